'use client';
import { Handle, type NodeProps, Position, useStore } from '@xyflow/react';
import { useTranslations } from 'use-intl';
import { useCluster } from '../cluster/cluster-context.ts';
import { useFreshness } from '../cluster/ages.ts';
import { usePutBackLately } from '../cluster/put-backs.ts';
import { useHostState } from '../cluster/host-state.ts';
import { problemsWithin } from '../editor/problems-at.ts';
import { addressOf } from '../editor/new-things.ts';
import { formatCount, formatShare } from '../figures/format.ts';
import { cn } from '../kit/class-names.ts';
import { Lamp } from '../kit/lamp.tsx';
import { useSaid } from '../kit/said.ts';
import { useBoardFigures } from './board-figures.tsx';
import type { CompactNode, FrameNode } from './flow-types.ts';
import { WeightText } from './weight-text.tsx';

/** Seen from afar names and addresses are written larger, so that they can be read. */
const useFar = (): boolean => useStore(({ transform: [, , zoom] }) => zoom < 0.8);

/** One of many real servers: name, address, connections, and its share as a line under them. */
export function CompactCard({ id, selected }: NodeProps<CompactNode>) {
  const { topology, problems } = useCluster();
  const { hosts, realServers } = useBoardFigures();
  const state = useHostState();
  const far = useFar();
  const t = useTranslations('board');
  const said = useSaid();
  const [newest] = usePutBackLately(id);
  const putBack = newest && t('putBackTitle', { what: said(newest.message) });
  const node = topology.nodes.find((one) => one.id === id);
  const figures = realServers.get(id);
  const freshness = useFreshness(...(figures?.directorIds ?? []).map((director) => hosts.get(director)));
  if (!node) return null;
  const { lamp } = state(node, hosts.get(id));
  const active = figures?.traffic?.active ?? null;
  const share = active !== null && figures && figures.activeOfAll > 0 ? active / figures.activeOfAll : 0;
  const grey = freshness.kind === 'stale' ? 'text-ink-3' : '';
  const wrong = problemsWithin(problems, 'nodes', id).length > 0;
  return (
    <div
      className={cn(
        'relative h-[44px] w-[148px] overflow-hidden rounded-[7px] border border-line-2 bg-panel px-2 pt-1 text-small shadow-card',
        (wrong || putBack) && 'border-warn',
        selected && 'border-nat ring-[3px] ring-nat/20',
      )}
    >
      {putBack ? <span className="sr-only">{putBack}</span> : null}
      <div className={cn('flex items-center gap-1.5', far && 'text-[16px]', 'leading-[18px]')}>
        <Lamp state={lamp} />
        <span className="truncate font-semibold" title={putBack ?? node.name}>
          {node.name}
        </span>
        <b className={cn('ml-auto pl-1 font-semibold', grey)}>
          {active === null ? '–' : formatCount(active)}
        </b>
      </div>
      <div className="flex items-center justify-between gap-1.5 text-tiny leading-[16px] text-ink-2">
        <span className={cn('mono truncate', far ? 'text-[14px]' : 'text-tiny', 'leading-[16px]')}>
          {addressOf(node)?.text ?? '–'}
        </span>
        <span className={cn('shrink-0', grey, far && 'sr-only')}>
          {active === null || !figures ? '' : formatShare(active, figures.activeOfAll)}
        </span>
      </div>
      <span
        aria-hidden
        className="absolute bottom-0 left-0 h-[3px] bg-request"
        style={{ width: `${Math.round(share * 100)}%` }}
      />
      <span className="sr-only">{figures ? <WeightText weights={figures.weights} /> : null}</span>
    </div>
  );
}

/** The frame around the real servers when they are many: wires end here. */
export function GroupFrame({ width, height }: NodeProps<FrameNode>) {
  const t = useTranslations('board');
  const { topology } = useCluster();
  const far = useFar();
  const count = topology.nodes.filter(({ kind }) => kind === 'realServer').length;
  return (
    <div
      className={cn(
        'rounded-xl border border-line-2 bg-bg/60 px-3 pt-1 font-medium text-ink-3',
        far ? 'text-[14px] leading-[18px]' : 'text-tiny',
      )}
      style={{ width: width ?? 0, height: height ?? 0 }}
    >
      <Handle type="target" position={Position.Left} className="!opacity-0" isConnectable={false} />
      {t('columnRealServer')} · {formatCount(count)}
      <Handle type="source" position={Position.Right} className="!opacity-0" isConnectable={false} />
    </div>
  );
}

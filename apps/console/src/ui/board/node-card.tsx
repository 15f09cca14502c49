'use client';
import type { Node } from '@signalbox/cluster';
import { formatCidr } from '@signalbox/cluster';
import { Handle, type NodeProps, Position } from '@xyflow/react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { useCluster } from '../cluster/cluster-context.ts';
import { useFreshness } from '../cluster/ages.ts';
import { useHostState } from '../cluster/host-state.ts';
import { usePutBackLately } from '../cluster/put-backs.ts';
import { formatBits, formatCount, formatShare } from '../figures/format.ts';
import { problemsWithin } from '../editor/problems-at.ts';
import { cn } from '../kit/class-names.ts';
import { Lamp } from '../kit/lamp.tsx';
import { useSaid } from '../kit/said.ts';
import { Tag } from '../kit/tag.tsx';
import { useBoardFigures } from './board-figures.tsx';
import { DrainLine, ProbeLine } from './figure-lines.tsx';
import { FigureLine } from './figure-line.tsx';
import type { CardNode } from './flow-types.ts';
import { SHOWN_ADDRESSES } from './layout.ts';
import { WeightText } from './weight-text.tsx';

/** A node on the board: lamp, name, addresses, and the figures that belong to its kind. */
export function NodeCard({ id, selected }: NodeProps<CardNode>) {
  const { topology } = useCluster();
  const { hosts } = useBoardFigures();
  const state = useHostState();
  const node = topology.nodes.find((one) => one.id === id);
  if (!node) return null;
  const { lamp, word } = state(node, hosts.get(id));
  const isVipHolder = topology.vips.some(({ directorId }) => directorId === id);
  return (
    <div
      className={cn(
        'w-[184px] rounded-[9px] border border-line-2 bg-panel px-[11px] pt-[9px] pb-2 text-body shadow-card',
        selected && 'border-nat ring-[3px] ring-nat/20',
      )}
    >
      <Handles />
      <div className="flex items-center gap-[7px] font-semibold whitespace-nowrap">
        <Lamp state={lamp} />
        <span className="truncate" title={node.name}>
          {node.name}
        </span>
        <span className="ml-auto flex shrink-0 gap-1 pl-1">
          <CardTag node={node} isVipHolder={isVipHolder} />
        </span>
      </div>
      <Addresses node={node} />
      {lamp === 'ok' ? (
        <span className="sr-only">{word}</span>
      ) : (
        <div className={cn('mt-px leading-[17px]', lamp === 'bad' ? 'text-bad' : 'text-ink-3')}>{word}</div>
      )}
      <CardFigures node={node} />
    </div>
  );
}

/** Problems come before what a card is otherwise marked with. */
function CardTag({ node, isVipHolder }: { node: Node; isVipHolder: boolean }) {
  const t = useTranslations('board');
  const { problems } = useCluster();
  const said = useSaid();
  const putBack = usePutBackLately(node.id);
  const [newest] = putBack;
  const own = problemsWithin(problems, 'nodes', node.id);
  if (own.length > 0) {
    const bad = own.some(({ severity }) => severity === 'error');
    return <Tag tone={bad ? 'bad' : 'warn'}>{t('problems', { count: own.length })}</Tag>;
  }
  if (newest)
    return (
      <span title={t('putBackTitle', { what: said(newest.message) })}>
        <Tag tone="warn">{t('putBack', { count: formatCount(putBack.length) })}</Tag>
      </span>
    );
  return isVipHolder ? <Tag>{t('vip')}</Tag> : null;
}

function Addresses({ node }: { node: Node }) {
  const t = useTranslations('inspector');
  const all = node.interfaces.flatMap(({ addresses }) => addresses);
  if (all.length === 0) return <div className="mt-px text-ink-3">{t('noAddress')}</div>;
  const more = all.length - SHOWN_ADDRESSES;
  return all.slice(0, SHOWN_ADDRESSES).map(({ cidr }, i) => (
    <div key={formatCidr(cidr)} className="mono mt-px truncate leading-[17px] text-ink-2">
      {formatCidr(cidr)}
      {i === SHOWN_ADDRESSES - 1 && more > 0 ? ` +${more}` : ''}
    </div>
  ));
}

/** Its connections and its share of all, where there are any. */
const activeOf = (active: number, all: number): string =>
  all === 0 ? formatCount(active) : `${formatCount(active)} · ${formatShare(active, all)}`;

function CardFigures({ node }: { node: Node }) {
  const t = useTranslations('board');
  const { directors, realServers, hosts } = useBoardFigures();
  const traffic = directors.get(node.id);
  const server = realServers.get(node.id);
  if (node.kind === 'director')
    return (
      <Aged hosts={[node.id]}>
        <FigureLine name={t('activeConn')} value={traffic ? formatCount(traffic.active) : '–'} />
        <DrainLine>
          <FigureLine name={t('newShort')} value={traffic ? formatCount(traffic.newPerSecond) : '–'} plain />
        </DrainLine>
      </Aged>
    );
  if (server)
    return (
      <Aged hosts={server.directorIds}>
        <FigureLine
          name={<WeightText weights={server.weights} />}
          value={server.traffic ? activeOf(server.traffic.active, server.activeOfAll) : '–'}
        />
      </Aged>
    );
  const rates = [...(hosts.get(node.id)?.linkRates.values() ?? [])];
  // Lines that will have figures are there before these: the card keeps its height.
  if (node.agent === null) return null;
  const text = (of: 'inBytes' | 'outBytes') =>
    rates.length === 0 ? '–' : formatBits(rates.reduce((total, rate) => total + rate[of], 0));
  return (
    <Aged hosts={[node.id]}>
      <FigureLine name={t('in')} value={text('inBytes')} />
      <ProbeLine nodeId={node.id}>
        <FigureLine name={t('out')} value={text('outBytes')} plain />
      </ProbeLine>
    </Aged>
  );
}

/** Figures that are old are grey; the card's word says how old. */
function Aged({ hosts: ids, children }: { hosts: readonly string[]; children: ReactNode }) {
  const { hosts } = useBoardFigures();
  const freshness = useFreshness(...ids.map((id) => hosts.get(id)));
  return <div className={cn(freshness.kind === 'stale' && '[&_*]:text-ink-3')}>{children}</div>;
}

/** Where connections are drawn from and to; wires find their own ends. */
function Handles() {
  const { mayEdit } = useCluster();
  const look = '!size-3 !border-0 !bg-transparent';
  return (
    <>
      <Handle type="target" position={Position.Left} isConnectable={mayEdit} className={look} />
      <Handle type="source" position={Position.Right} isConnectable={mayEdit} className={look} />
    </>
  );
}

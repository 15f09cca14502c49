'use client';
import { EdgeLabelRenderer, type EdgeProps, useInternalNode } from '@xyflow/react';
import { useTranslations } from 'use-intl';
import { useCluster } from '../cluster/cluster-context.ts';
import { formatBits } from '../figures/format.ts';
import { cn } from '../kit/class-names.ts';
import { useBoardFigures } from './board-figures.tsx';
import type { BoardNode, WireEdge as WireEdgeType } from './flow-types.ts';
import { type Box, order } from './layout.ts';
import {
  dotSeconds,
  dotsOn,
  type ReplyCourse,
  replyShape,
  requestShape,
  type WireShape,
  wireWidth,
} from './wire-shape.ts';
import type { Wire } from './wires.ts';

/** A wire with its traffic: width by rate, dots in the direction of travel, an arrow head. */
export function WireEdge({ source, target, data }: EdgeProps<WireEdgeType>) {
  const { rates, busiest } = useBoardFigures();
  const from = useBox(source);
  const to = useBox(target);
  const course = useReplyCourse(source, target);
  if (!data || !from || !to) return null;
  const { wire } = data;
  const rate = rates.get(wire.id) ?? 0;
  const shape = wire.kind === 'reply' ? replyShape(from, to, course) : requestShape(from, to);
  const color = colorOf(wire);
  const storage = wire.kind === 'storage';
  return (
    <>
      <path
        d={shape.path}
        fill="none"
        stroke={color}
        strokeWidth={storage ? 1.2 : wireWidth(rate, busiest)}
        strokeDasharray={wire.kind === 'reply' ? '7 5' : storage ? '2 4' : undefined}
        strokeLinecap="round"
        markerEnd={
          storage ? undefined : `url(#arrow-${wire.kind === 'reply' ? (wire.method ?? 'masq') : 'request'})`
        }
      />
      <Dots count={dotsOn(rate, busiest)} shape={shape} color={color} />
      <WireLabel wire={wire} shape={shape} rate={rate} skips={course !== 'back'} />
    </>
  );
}

const colorOf = ({ kind, method }: Wire): string =>
  kind !== 'reply' ? 'var(--request)' : method === 'masq' ? 'var(--nat)' : 'var(--dr)';

function Dots({ count, shape, color }: { count: number; shape: WireShape; color: string }) {
  const seconds = dotSeconds(shape.length);
  return Array.from({ length: count }, (_, i) => (
    // Keyed by how many there are: they stay evenly spread when one joins.
    <circle
      key={`${count} ${i}`}
      r="3"
      fill={color}
      stroke="var(--panel)"
      strokeWidth="1.5"
      className="traffic-dot"
    >
      <animateMotion
        dur={`${seconds.toFixed(2)}s`}
        begin={`-${((seconds / count) * i).toFixed(2)}s`}
        repeatCount="indefinite"
        path={shape.path}
      />
    </circle>
  ));
}

/** Rates are written where wires have room: at the client's side, and on replies that go their own way. */
function WireLabel({
  wire,
  shape,
  rate,
  skips,
}: {
  wire: Wire;
  shape: WireShape;
  rate: number;
  skips: boolean;
}) {
  const t = useTranslations('board');
  const { topology } = useCluster();
  const kindOf = (id: string) => topology.nodes.find((node) => node.id === id)?.kind;
  const atClient = kindOf(wire.from) === 'client' || kindOf(wire.to) === 'client';
  if (shape.label === null || wire.kind === 'storage' || rate <= 0 || !(atClient || skips)) return null;
  const text = skips
    ? t('replyDirect', {
        node: topology.nodes.find(({ id }) => id === wire.to)?.name ?? '',
        rate: formatBits(rate),
      })
    : formatBits(rate);
  return (
    <EdgeLabelRenderer>
      <div
        className={cn(
          'pointer-events-none absolute rounded bg-panel/85 px-1 text-small leading-4 whitespace-nowrap',
          wire.kind === 'request' ? 'text-ink-2' : wire.method === 'masq' ? 'text-nat' : 'text-dr',
        )}
        style={{ transform: `translate(-50%, -50%) translate(${shape.label.x}px, ${shape.label.y}px)` }}
      >
        {text}
      </div>
    </EdgeLabelRenderer>
  );
}

/** Where the node is now, also while it is dragged. */
function useBox(id: string): Box | null {
  const node = useInternalNode<BoardNode>(id);
  if (!node) return null;
  const { x, y } = node.internals.positionAbsolute;
  const { width = node.width ?? 0, height = node.height ?? 0 } = node.measured;
  return { x, y, width, height };
}

/** Whether a column with nodes lies between two nodes, and whether others of its column hem the first in. */
function useReplyCourse(from: string, to: string): ReplyCourse {
  const { topology } = useCluster();
  const { layout } = useBoardFigures();
  const kindOf = (id: string) => topology.nodes.find((node) => node.id === id)?.kind ?? 'realServer';
  const a = order.indexOf(kindOf(from));
  const b = order.indexOf(kindOf(to));
  const skips = layout.columns.some(({ kind }) => {
    const at = order.indexOf(kind);
    return at > Math.min(a, b) && at < Math.max(a, b);
  });
  if (!skips) return 'back';
  const own = layout.boxes.get(from);
  if (!own || layout.group !== null) return 'around';
  const beside = topology.nodes
    .filter(({ id, kind }) => id !== from && kind === kindOf(from))
    .flatMap(({ id }) => layout.boxes.get(id) ?? [])
    .filter(({ x, width }) => x < own.x + own.width && own.x < x + width);
  return beside.some(({ y }) => y < own.y) && beside.some(({ y }) => y > own.y) ? 'under' : 'around';
}

/** Arrow heads, in the colours of what arrives. */
export function ArrowHeads() {
  const heads = [
    { id: 'request', color: 'var(--request)' },
    { id: 'masq', color: 'var(--nat)' },
    { id: 'gate', color: 'var(--dr)' },
    { id: 'ipip', color: 'var(--dr)' },
  ];
  return (
    <svg className="absolute size-0" aria-hidden>
      <defs>
        {heads.map(({ id, color }) => (
          <marker
            key={id}
            id={`arrow-${id}`}
            viewBox="0 0 8 8"
            refX="6"
            refY="4"
            markerUnits="userSpaceOnUse"
            markerWidth="11"
            markerHeight="11"
            orient="auto"
          >
            <path d="M0 .8 7 4 0 7.2z" fill={color} />
          </marker>
        ))}
      </defs>
    </svg>
  );
}

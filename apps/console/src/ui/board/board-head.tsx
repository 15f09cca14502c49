'use client';
import { useTranslations } from 'use-intl';
import { useCluster } from '../cluster/cluster-context.ts';
import { useAgeText, useFreshness } from '../cluster/ages.ts';
import { useLive } from '../cluster/live-provider.tsx';
import { StateLine } from '../cluster/state-line.tsx';
import { formatCount, scaledBits } from '../figures/format.ts';
import { clusterTraffic } from '../figures/totals.ts';
import { cn } from '../kit/class-names.ts';
import { ClusterLever } from '../switch/cluster-lever.tsx';

/** The cluster's name, its state in one line, what it moves now, and the lever. */
export function BoardHead() {
  const { topology } = useCluster();
  return (
    <div className="flex flex-wrap items-center gap-x-6 gap-y-2 px-5 pt-3.5 pb-3">
      <div className="min-w-0 grow basis-64">
        <h1 className="truncate text-[18px] leading-tight font-[650] tracking-[-0.015em]">{topology.name}</h1>
        <StateLine />
      </div>
      <Tiles />
      <ClusterLever />
    </div>
  );
}

function Tiles() {
  const t = useTranslations('board');
  const age = useAgeText();
  const { topology } = useCluster();
  const { hosts } = useLive();
  const traffic = clusterTraffic(topology, hosts);
  const directors = topology.nodes.filter(({ kind }) => kind === 'director');
  const freshness = useFreshness(...directors.map(({ id }) => hosts.get(id)));
  const stale = freshness.kind === 'stale';
  const incoming = scaledBits(traffic?.inBytes ?? 0);
  const outgoing = scaledBits(traffic?.outBytes ?? 0);
  const dash = (figure: string) => (traffic === null ? '–' : figure);
  return (
    <dl
      aria-label={t('figures')}
      className="ml-2 flex flex-wrap items-start gap-x-5 gap-y-1 max-[720px]:ml-0 max-[720px]:grid max-[720px]:w-full max-[720px]:grid-cols-4 max-[720px]:gap-x-2"
    >
      <Tile name={t('activeConn')} figure={dash(formatCount(traffic?.active ?? 0))} stale={stale} />
      <Tile
        name={t('newConnections')}
        figure={dash(formatCount(traffic?.newPerSecond ?? 0))}
        unit={traffic === null ? undefined : t('perSecond')}
        stale={stale}
      />
      <Tile
        name={t('in')}
        figure={dash(incoming.figure)}
        unit={traffic === null ? undefined : incoming.unit}
        stale={stale}
      />
      <Tile
        name={t('out')}
        figure={dash(outgoing.figure)}
        unit={traffic === null ? undefined : outgoing.unit}
        stale={stale}
      />
      {freshness.kind === 'stale' ? (
        <div className="self-center text-ink-3">{t('figuresAge', { age: age(freshness.ageMs) })}</div>
      ) : null}
    </dl>
  );
}

interface TileProps {
  readonly name: string;
  readonly figure: string;
  readonly unit?: string | undefined;
  readonly stale: boolean;
}

/** Wide enough for what figures become: nothing moves when they change. */
function Tile({ name, figure, unit, stale }: TileProps) {
  return (
    <div className="flex min-w-[80px] flex-col-reverse max-[720px]:min-w-0">
      <dt className="text-[11.5px] text-ink-3">{name}</dt>
      <dd
        className={cn('text-[19px] leading-[1.15] font-semibold tracking-[-0.02em]', stale && 'text-ink-3')}
      >
        {figure}
        {unit === undefined ? null : <span className="text-[12px] font-medium"> {unit}</span>}
      </dd>
    </div>
  );
}

'use client';
import type { VirtualService } from '@signalbox/cluster';
import { useTranslations } from 'use-intl';
import { seriesOfService } from '../../live/history.ts';
import { useFreshness } from '../cluster/ages.ts';
import { useCluster } from '../cluster/cluster-context.ts';
import { useLive } from '../cluster/live-provider.tsx';
import type { Selection } from '../cluster/selection.ts';
import { problemsWithin } from '../editor/problems-at.ts';
import { formatBits, formatCount, formatShare } from '../figures/format.ts';
import {
  connectionsOf,
  destinationReading,
  endpointOf,
  serviceAt,
  serviceReading,
} from '../figures/readings.ts';
import { cn } from '../kit/class-names.ts';
import { Problems } from '../kit/problems.tsx';
import { Fact, Facts, SectionTitle } from './facts.tsx';
import { MinuteLine } from './minute-line.tsx';

interface ServiceLiveProps {
  readonly service: VirtualService;
  readonly onSelect: (selection: Selection) => void;
}

export function ServiceLive({ service, onSelect }: ServiceLiveProps) {
  const t = useTranslations();
  const { topology, problems } = useCluster();
  const { hosts } = useLive();
  const at = serviceAt(topology, service);
  const host = at ? hosts.get(at.directorId) : undefined;
  const stale = useFreshness(host).kind === 'stale';
  const reading = at && serviceReading(host?.reading ?? null, at.name);
  const director = topology.nodes.find(({ id }) => id === at?.directorId);
  const connections = reading && connectionsOf(reading);
  const own = problemsWithin(problems, 'services', service.id);
  return (
    <>
      <Facts>
        <Fact name={t('inspector.scheduler')}>{t(`scheduler.${service.scheduler}`)}</Fact>
        <Fact name={t('inspector.method')}>{t(`method.${service.method}Long`)}</Fact>
        <Fact name={t('inspector.heldBy')}>{director?.name ?? '–'}</Fact>
        {service.persistence === null ? null : (
          <Fact name={t('inspector.persistence')}>
            {t('services.persistent', { seconds: String(service.persistence.timeoutSeconds) })}
          </Fact>
        )}
      </Facts>
      <div className={cn(stale && '[&_dd]:text-ink-3')}>
        <SectionTitle>{t('inspector.overview')}</SectionTitle>
        <Facts>
          <Fact name={t('services.activeConn')}>{connections ? formatCount(connections.active) : '–'}</Fact>
          <Fact name={t('services.inActConn')}>{connections ? formatCount(connections.inactive) : '–'}</Fact>
          <Fact name={t('services.newShort')}>{reading ? formatCount(reading.rates.connections) : '–'}</Fact>
          <Fact name={t('board.traffic')}>
            {reading ? `${formatBits(reading.rates.inBytes)} · ${formatBits(reading.rates.outBytes)}` : '–'}
          </Fact>
        </Facts>
      </div>
      {at === null ? null : (
        <>
          <SectionTitle>{t('inspector.lastMinute')}</SectionTitle>
          <MinuteLine series={[seriesOfService(at.directorId, at.name)]} />
        </>
      )}
      <SectionTitle>{t('inspector.destinations')}</SectionTitle>
      <ul>
        {service.destinations.map((destination) => {
          const read = at && destinationReading(host?.reading ?? null, at.name, endpointOf(destination));
          return (
            <li key={destination.id} className="flex items-baseline gap-2 border-t border-line py-1.5">
              <button
                type="button"
                className="truncate underline decoration-line-2 underline-offset-2 hover:decoration-ink"
                onClick={() => onSelect({ kind: 'node', id: destination.nodeId })}
              >
                {topology.nodes.find(({ id }) => id === destination.nodeId)?.name ?? destination.nodeId}
              </button>
              <span className="mono truncate text-ink-2">{endpointOf(destination)}</span>
              <span className={cn('ml-auto whitespace-nowrap', stale && 'text-ink-3')}>
                {read
                  ? `${formatCount(read.active)} · ${formatShare(read.active, connections?.active ?? 0)}`
                  : '–'}
              </span>
            </li>
          );
        })}
      </ul>
      {own.length === 0 ? null : (
        <>
          <SectionTitle>{t('inspector.problems')}</SectionTitle>
          <Problems problems={own} />
        </>
      )}
    </>
  );
}

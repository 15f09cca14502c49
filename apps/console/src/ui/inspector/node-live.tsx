'use client';
import type { Node } from '@signalbox/cluster';
import { formatCidr } from '@signalbox/cluster';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { seriesOfDestination, seriesOfService } from '../../live/history.ts';
import { useFreshness } from '../cluster/ages.ts';
import { useCluster } from '../cluster/cluster-context.ts';
import { useHostState } from '../cluster/host-state.ts';
import { useHost } from '../cluster/live-provider.tsx';
import type { Selection } from '../cluster/selection.ts';
import { problemsWithin } from '../editor/problems-at.ts';
import { formatBits } from '../figures/format.ts';
import { endpointOf, serviceAt, serviceTitle } from '../figures/readings.ts';
import { buttonLook } from '../kit/button.tsx';
import { cn } from '../kit/class-names.ts';
import { Problems } from '../kit/problems.tsx';
import { Fact, Facts, SectionTitle } from './facts.tsx';
import { MinuteLine } from './minute-line.tsx';

interface NodeLiveProps {
  readonly node: Node;
  readonly onSelect: (selection: Selection) => void;
}

export function NodeLive({ node, onSelect }: NodeLiveProps) {
  const t = useTranslations('inspector');
  const { view, topology, problems } = useCluster();
  const host = useHost(node.id);
  const { word } = useHostState()(node, host);
  const own = problemsWithin(problems, 'nodes', node.id);
  const held = topology.vips.filter(({ directorId }) => directorId === node.id);
  return (
    <>
      <Facts>
        <Fact name={t('agent')}>
          {host?.agent.kind === 'answers'
            ? t('agentAnswers', { ms: String(host.agent.roundTripMs), version: host.agent.version })
            : word}
        </Fact>
        <Fact name={t('addresses')}>
          {node.interfaces.length === 0 ? t('noAddress') : null}
          {node.interfaces.map((device) => (
            <div key={device.id} className="mono">
              {device.addresses.length === 0 ? `${device.name} –` : null}
              {device.addresses.map(({ cidr }) => (
                <div key={formatCidr(cidr)}>
                  {device.name} {formatCidr(cidr)}
                </div>
              ))}
            </div>
          ))}
        </Fact>
        {held.length === 0 ? null : (
          <Fact name={t('holds')}>
            {held.map(({ id, address }) => (
              <div key={id} className="mono">
                {address.text}
              </div>
            ))}
          </Fact>
        )}
        <Fact name={t('gateway')}>
          <span className="mono">{node.gateway?.text ?? '–'}</span>
        </Fact>
      </Facts>
      <LinkRates node={node} />
      <Traffic node={node} onSelect={onSelect} />
      {own.length === 0 ? null : (
        <>
          <SectionTitle>{t('problems')}</SectionTitle>
          <Problems problems={own} />
        </>
      )}
      <Link
        href={`/clusters/${view.id}/nodes/${node.id}`}
        className={cn(buttonLook({ size: 'small' }), 'mt-4')}
      >
        {t('openNode')}
      </Link>
    </>
  );
}

/** What moves through each interface, from two readings in a row. */
function LinkRates({ node }: { node: Node }) {
  const t = useTranslations('board');
  const host = useHost(node.id);
  const freshness = useFreshness(host);
  const rates = [...(host?.linkRates ?? [])].filter(([name]) => name !== 'lo');
  if (rates.length === 0) return null;
  return (
    <>
      <SectionTitle>{t('traffic')}</SectionTitle>
      <ul className={cn(freshness.kind === 'stale' && 'text-ink-3')}>
        {rates.map(([name, { inBytes, outBytes }]) => (
          <li key={name} className="flex gap-2">
            <span className="mono">{name}</span>
            <span className="ml-auto">
              {formatBits(inBytes)} · {formatBits(outBytes)}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** The last minute of what a director serves, or of what reaches a real server. */
function Traffic({ node, onSelect }: NodeLiveProps) {
  const t = useTranslations('inspector');
  const { topology } = useCluster();
  const services = topology.services.flatMap((service) => {
    const at = serviceAt(topology, service);
    if (!at) return [];
    const destination = service.destinations.find(({ nodeId }) => nodeId === node.id);
    const series =
      at.directorId === node.id
        ? seriesOfService(at.directorId, at.name)
        : destination && seriesOfDestination(at.directorId, at.name, endpointOf(destination));
    return series === undefined ? [] : [{ service, series }];
  });
  if (services.length === 0) return null;
  return (
    <>
      <SectionTitle>{t('lastMinute')}</SectionTitle>
      <MinuteLine series={services.map(({ series }) => series)} />
      <SectionTitle>{t(node.kind === 'director' ? 'services' : 'destinationOf')}</SectionTitle>
      <ul>
        {services.slice(0, 12).map(({ service }) => (
          <li key={service.id}>
            <button
              type="button"
              className="py-0.5 underline decoration-line-2 underline-offset-2 hover:decoration-ink"
              onClick={() => onSelect({ kind: 'service', id: service.id })}
            >
              {serviceTitle(topology, service)}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

'use client';
import type { Node } from '@signalbox/cluster';
import { formatCidr } from '@signalbox/cluster';
import { useTranslations } from 'use-intl';
import { useCluster } from '../cluster/cluster-context.ts';
import { Fact, Facts } from '../inspector/facts.tsx';
import { Tag } from '../kit/tag.tsx';
import { Card } from './card.tsx';

/** What was drawn of the node. */
export function DrawnCard({ node }: { node: Node }) {
  const t = useTranslations();
  const { topology } = useCluster();
  const networks = new Map(topology.networks.map(({ id, name }) => [id, name]));
  const vips = topology.vips.filter(({ directorId }) => directorId === node.id);
  return (
    <Card title={t('nodes.addresses')}>
      <Facts wide>
        {node.interfaces.map((device) => (
          <Fact key={device.id} name={`${device.name} · ${networks.get(device.networkId) ?? '?'}`}>
            {device.addresses.length === 0 ? t('inspector.noAddress') : null}
            {device.addresses.map(({ cidr, origin }) => (
              <div key={formatCidr(cidr)}>
                <span className="mono">{formatCidr(cidr)}</span>{' '}
                {origin === 'signalbox' ? <Tag>{t('inspector.originSignalbox')}</Tag> : null}
              </div>
            ))}
          </Fact>
        ))}
        {vips.length === 0 ? null : (
          <Fact name={t('inspector.holds')}>
            {vips.map(({ id, address }) => (
              <div key={id} className="mono">
                {address.text}
              </div>
            ))}
          </Fact>
        )}
        <Fact name={t('nodes.gateway')}>
          <span className="mono">{node.gateway?.text ?? '–'}</span>
        </Fact>
        <Fact name={t('nodes.agent')}>
          <span className="mono">{node.agent ? `${node.agent.host}:${node.agent.port}` : '–'}</span>
        </Fact>
      </Facts>
    </Card>
  );
}

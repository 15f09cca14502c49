'use client';
import type { Node } from '@signalbox/cluster';
import { useTranslations } from 'use-intl';
import { useAgeText, useFreshness } from '../cluster/ages.ts';
import { useHost } from '../cluster/live-provider.tsx';
import { formatBits, formatCount } from '../figures/format.ts';
import { Table, Cell, HeadCell, RowHead } from '../kit/table.tsx';
import { Card } from './card.tsx';

/** What moves through the interfaces; of a host that does not answer, what it said last, grey and with its age. */
export function LiveCard({ node }: { node: Node }) {
  const t = useTranslations();
  const age = useAgeText();
  const host = useHost(node.id);
  const freshness = useFreshness(host);
  const links = host?.reading?.links ?? [];
  if (links.length === 0) return null;
  return (
    <Card
      title={t('nodes.links')}
      stale={freshness.kind === 'stale'}
      aside={freshness.kind === 'never' ? null : t('board.sampleAge', { age: age(freshness.ageMs) })}
    >
      <div className="overflow-x-auto">
        <Table aria-label={t('nodes.links')} className="[&_tr>*:first-child]:pl-0 [&_tr>*:last-child]:pr-0">
          <thead>
            <tr>
              <HeadCell words>{t('nodes.links')}</HeadCell>
              <HeadCell>{t('nodes.in')}</HeadCell>
              <HeadCell>{t('nodes.out')}</HeadCell>
              <HeadCell className="max-[720px]:hidden">{t('services.inBytes')}</HeadCell>
              <HeadCell className="max-[720px]:hidden">{t('services.outBytes')}</HeadCell>
            </tr>
          </thead>
          <tbody>
            {links.map(({ name, inBytes, outBytes }) => {
              const rate = host?.linkRates.get(name);
              return (
                <tr key={name}>
                  <RowHead className="mono">{name}</RowHead>
                  <Cell>{rate ? formatBits(rate.inBytes) : '–'}</Cell>
                  <Cell>{rate ? formatBits(rate.outBytes) : '–'}</Cell>
                  <Cell className="max-[720px]:hidden">{formatCount(inBytes)}</Cell>
                  <Cell className="max-[720px]:hidden">{formatCount(outBytes)}</Cell>
                </tr>
              );
            })}
          </tbody>
        </Table>
      </div>
    </Card>
  );
}

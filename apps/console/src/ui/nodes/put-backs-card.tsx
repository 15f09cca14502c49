'use client';
import type { Node } from '@signalbox/cluster';
import { useTranslations } from 'use-intl';
import { usePutBacks } from '../cluster/put-backs.ts';
import { ClockText } from '../kit/clock-text.tsx';
import { useSaid } from '../kit/said.ts';
import { Card } from './card.tsx';

const SHOWN = 8;

/** What somebody else took away here and the agent put back: nothing while nobody meddles. */
export function PutBacksCard({ node }: { node: Node }) {
  const t = useTranslations('nodes');
  const said = useSaid();
  const all = usePutBacks(node.id);
  if (all.length === 0) return null;
  return (
    <Card title={t('putBacks')} hint={t('putBacksHint')}>
      <ol className="flex flex-col gap-1.5">
        {all.slice(0, SHOWN).map(({ id, at, message }) => (
          <li key={id} className="flex items-baseline gap-3">
            <span className="shrink-0 text-small text-ink-3 tabular-nums">
              <ClockText iso={at} seconds />
            </span>
            <span className="min-w-0 [overflow-wrap:anywhere]">{said(message)}</span>
          </li>
        ))}
      </ol>
      {all.length > SHOWN ? (
        <p className="mt-2 text-small text-ink-3">{t('putBacksMore', { count: all.length - SHOWN })}</p>
      ) : null}
    </Card>
  );
}

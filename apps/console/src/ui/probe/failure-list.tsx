'use client';
import { useTranslations } from 'use-intl';
import { formatCount } from '../figures/format.ts';
import { useSaid } from '../kit/said.ts';

/** Why requests failed, most frequent first, in the words of the client's kernel. */
export function FailureList({ failures }: { failures: ReadonlyMap<string, number> }) {
  const t = useTranslations('probe');
  const said = useSaid();
  if (failures.size === 0) return null;
  return (
    <section>
      <h2 className="mb-1 text-small font-semibold text-bad">{t('whyFailed')}</h2>
      <ul>
        {[...failures]
          .toSorted(([, a], [, b]) => b - a)
          .slice(0, 6)
          .map(([reason, count]) => (
            <li key={reason} className="flex gap-3">
              <span className="min-w-12 text-right font-semibold">{formatCount(count)}</span>
              <span className="mono min-w-0 [overflow-wrap:anywhere]">{said(reason)}</span>
            </li>
          ))}
      </ul>
    </section>
  );
}

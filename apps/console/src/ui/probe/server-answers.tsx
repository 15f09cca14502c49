'use client';
import { useTranslations } from 'use-intl';
import { formatCount, formatShare } from '../figures/format.ts';
import type { Totals } from '../../api/probe-totals.ts';
import type { ServerNames } from './server-name.ts';

const SHOWN = 8;

/** How often each real server answered, as bars; the rest of many in one line. */
export function ServerAnswers({ totals, names }: { totals: Totals; names: ServerNames }) {
  const t = useTranslations('probe');
  const all = [...totals.servers].reduce((sum, [, count]) => sum + count, 0);
  if (all === 0) return null;
  const servers = merged(totals, names);
  return (
    <section>
      <h2 className="mb-1 text-small font-semibold text-ink-2">{t('byServer')}</h2>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(230px,1fr))] gap-x-6 gap-y-1">
        {servers.slice(0, SHOWN).map(({ name, count }) => (
          <li key={name} className="grid grid-cols-[minmax(0,1fr)_64px_44px] items-center gap-2">
            <span className="truncate" title={name}>
              {name}
            </span>
            <span className="text-right">{formatCount(count)}</span>
            <span className="text-right text-ink-3">{formatShare(count, all)}</span>
            <span className="col-span-3 h-1 overflow-hidden rounded-full bg-line" aria-hidden>
              <span
                className="block h-full rounded-full bg-request"
                style={{ width: `${(count / all) * 100}%` }}
              />
            </span>
          </li>
        ))}
      </ul>
      {servers.length > SHOWN ? (
        <p className="mt-1 text-ink-3">
          {servers
            .slice(SHOWN)
            .map(({ name, count }) => `${name} ${formatCount(count)}`)
            .join(' · ')}
        </p>
      ) : null}
    </section>
  );
}

/** Several answers of one server are one; in the order of the drawing. */
function merged({ servers }: Totals, { nameOf, indexOf }: ServerNames) {
  const sums = new Map<string, { name: string; count: number; index: number }>();
  for (const [by, count] of servers) {
    const name = nameOf(by);
    const before = sums.get(name);
    sums.set(name, { name, index: before?.index ?? indexOf(by), count: (before?.count ?? 0) + count });
  }
  return [...sums.values()].toSorted((a, b) => a.index - b.index);
}

'use client';
import type { TopologyChange } from '@signalbox/cluster';
import { useTranslations } from 'use-intl';
import { cn } from '../kit/class-names.ts';
import { useChangeText } from './change-text.ts';

interface ChangeListProps {
  readonly title?: string;
  readonly changes: readonly TopologyChange[];
  /** Shows so many, and how many more there are. */
  readonly atMost?: number;
  readonly warn?: boolean;
}

/** Differences of two drawings, one sentence each. */
export function ChangeList({ title, changes, atMost = 50, warn = false }: ChangeListProps) {
  const t = useTranslations('editor');
  const text = useChangeText();
  const more = changes.length - atMost;
  return (
    <section>
      {title === undefined ? null : (
        <h3 className={cn('mb-1 text-small font-semibold', warn ? 'text-warn' : 'text-ink-2')}>{title}</h3>
      )}
      <ul className="flex flex-col gap-0.5">
        {changes.slice(0, atMost).map((change) => (
          <li
            key={[change.kind, change.object, ...change.path, change.field].join('/')}
            className="[overflow-wrap:anywhere]"
          >
            {text(change)}
          </li>
        ))}
      </ul>
      {more > 0 ? <p className="text-ink-3">{t('more', { count: String(more) })}</p> : null}
    </section>
  );
}

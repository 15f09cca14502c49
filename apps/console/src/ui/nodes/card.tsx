import type { ReactNode } from 'react';
import { cn } from '../kit/class-names.ts';

interface CardProps {
  readonly title: string;
  readonly hint?: string;
  /** Last known: shown grey. */
  readonly stale?: boolean;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** One subject of a page. */
export function Card({ title, hint, stale = false, aside, children }: CardProps) {
  return (
    <section className="rounded-xl border border-line bg-panel px-4 py-3 shadow-card">
      <div className="mb-2 flex items-baseline gap-2">
        <h2 className="font-[650]">{title}</h2>
        {hint === undefined ? null : <span className="text-small text-ink-3">{hint}</span>}
        <span className="ml-auto text-small text-ink-3">{aside}</span>
      </div>
      <div className={cn(stale && 'text-ink-3 [&_*]:!text-ink-3')}>{children}</div>
    </section>
  );
}

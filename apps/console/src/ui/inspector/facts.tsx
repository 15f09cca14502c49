import type { ReactNode } from 'react';
import { cn } from '../kit/class-names.ts';

/** Name and value, one fact a line. */
export function Facts({ wide = false, children }: { wide?: boolean; children: ReactNode }) {
  return (
    <dl className={cn('grid gap-x-2 gap-y-1.5', wide ? 'grid-cols-[144px_1fr]' : 'grid-cols-[104px_1fr]')}>
      {children}
    </dl>
  );
}

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-3">{name}</dt>
      <dd className="min-w-0 [overflow-wrap:anywhere] [&_span]:whitespace-normal">{children}</dd>
    </>
  );
}

export function SectionTitle({ children }: { children: ReactNode }) {
  return <h3 className="mt-4 mb-1.5 text-tiny font-semibold text-ink-3">{children}</h3>;
}

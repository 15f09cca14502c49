import type { ReactNode } from 'react';
import { cn } from './class-names.ts';

const look = {
  plain: 'bg-bg text-ink-2',
  ok: 'bg-ok-bg text-ok',
  warn: 'bg-warn-bg text-warn',
  bad: 'bg-bad-bg text-bad',
} as const;

/** A short word on something: "VIP", "2 problems". */
export function Tag({ tone = 'plain', children }: { tone?: keyof typeof look; children: ReactNode }) {
  return (
    <span className={cn('rounded px-[5px] py-px text-[10.5px] font-semibold whitespace-nowrap', look[tone])}>
      {children}
    </span>
  );
}

import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from './class-names.ts';

const tones = {
  plain: { look: 'border-line bg-bg text-ink', icon: Info },
  ok: { look: 'border-ok/30 bg-ok-bg text-ok', icon: CircleCheck },
  warn: { look: 'border-warn/30 bg-warn-bg text-warn', icon: TriangleAlert },
  bad: { look: 'border-bad/30 bg-bad-bg text-bad', icon: CircleAlert },
} as const;

interface NoticeProps {
  readonly tone?: keyof typeof tones;
  readonly title: ReactNode;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}

/** Something to know about a whole page or part of it, with what to do about it. */
export function Notice({ tone = 'plain', title, children, actions }: NoticeProps) {
  const { look, icon: Icon } = tones[tone];
  return (
    <div className={cn('flex items-start gap-2.5 rounded-[9px] border px-3.5 py-2.5', look)}>
      <Icon className="mt-0.5 size-4 shrink-0" aria-hidden />
      <div className="min-w-0 flex-1">
        <div className="font-semibold [overflow-wrap:anywhere]">{title}</div>
        {children === undefined ? null : <div className="mt-0.5 text-ink-2">{children}</div>}
      </div>
      {actions}
    </div>
  );
}

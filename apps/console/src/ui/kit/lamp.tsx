import { cn } from './class-names.ts';

export type LampState = 'ok' | 'warn' | 'bad' | 'off';

const look: Readonly<Record<LampState, string>> = {
  ok: 'bg-ok rounded-full',
  warn: 'bg-warn rotate-45 rounded-[1px] scale-90',
  bad: 'bg-bad rounded-[1px]',
  off: 'border-[1.5px] border-ink-3 rounded-full',
};

const word: Readonly<Record<LampState, string>> = {
  ok: 'text-ok',
  warn: 'text-warn',
  bad: 'text-bad',
  off: 'text-ink-3',
};

/** State at a glance: colour and shape. The word beside it says it to everybody else. */
export function Lamp({ state }: { state: LampState }) {
  return <span aria-hidden className={cn('inline-block size-2 shrink-0', look[state])} />;
}

/** A lamp with its word. */
export function LampWord({ state, children }: { state: LampState; children: string }) {
  return (
    <span className={cn('inline-flex items-center gap-1.5 whitespace-nowrap', word[state])}>
      <Lamp state={state} />
      {children}
    </span>
  );
}

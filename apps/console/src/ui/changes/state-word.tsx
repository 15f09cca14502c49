'use client';
import { CircleAlert, CircleCheck, LoaderCircle } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { RolloutView } from '../../api/contract.ts';
import { cn } from '../kit/class-names.ts';

const looks = {
  running: { icon: LoaderCircle, look: 'text-nat', spin: true },
  done: { icon: CircleCheck, look: 'text-ok', spin: false },
  stopped: { icon: CircleAlert, look: 'text-bad', spin: false },
} as const;

/** What became of a rollout, in a word and a sign. */
export function StateWord({ state }: { state: RolloutView['state'] }) {
  const t = useTranslations('changes');
  const { icon: Icon, look, spin } = looks[state];
  return (
    <span className={cn('inline-flex items-center gap-1.5 font-medium', look)}>
      <Icon className={cn('size-4', spin && 'animate-spin')} aria-hidden />
      {t(state)}
    </span>
  );
}

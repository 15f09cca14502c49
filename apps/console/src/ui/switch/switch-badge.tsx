'use client';
import { ArrowLeftRight, LoaderCircle } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { useCluster } from '../cluster/cluster-context.ts';
import { cn } from '../kit/class-names.ts';
import { switchPath } from './switch-address.ts';
import { useCurrentSwitch } from './switch-provider.tsx';

const words = {
  confirming: 'stateConfirming',
  draining: 'stateDraining',
  warm: 'stateWarm',
  retiring: 'stateRetiring',
  goingBack: 'stateGoingBack',
  held: 'stateHeld',
} as const;

/** That a switch is under way, on every page of its cluster, and the way back to it. */
export function SwitchBadge() {
  const t = useTranslations('lever');
  const states = useTranslations('switching');
  const methods = useTranslations('method');
  const { view, switchId } = useCluster();
  const current = useCurrentSwitch();
  if (switchId === null) return null;
  const state = current?.state;
  const rests = state === 'warm' || state === 'held' || state === 'confirming';
  const Icon = rests ? ArrowLeftRight : LoaderCircle;
  const word =
    state === undefined || state === 'done' || state === 'wentBack'
      ? t('underWay')
      : state === 'walking'
        ? t('under', { method: methods(current?.to ?? 'gate') })
        : states(words[state]);
  return (
    <Link
      href={switchPath(view.id, switchId)}
      title={t('show')}
      className={cn(
        'flex items-center gap-1.5 rounded-md px-2.5 py-1.5 font-medium',
        state === 'held' || state === 'confirming' ? 'bg-warn-bg text-warn' : 'bg-selected text-nat',
      )}
    >
      <Icon className={cn('size-3.5', !rests && 'animate-spin')} aria-hidden />
      {word}
    </Link>
  );
}

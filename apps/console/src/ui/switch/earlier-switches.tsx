'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { cameFrom } from '../../api/came-from.ts';
import type { SwitchView } from '../../api/switch-contract.ts';
import { useTRPC } from '../../trpc/client.ts';
import { useAgeText } from '../cluster/ages.ts';
import { useCluster } from '../cluster/cluster-context.ts';
import { ClockText } from '../kit/clock-text.tsx';
import { LampWord, type LampState } from '../kit/lamp.tsx';
import { switchPath } from './switch-address.ts';
import { useSwitchNote } from './turn-text.ts';

const words = {
  walking: 'stateWalking',
  confirming: 'stateConfirming',
  draining: 'stateDraining',
  warm: 'stateWarm',
  retiring: 'stateRetiring',
  goingBack: 'stateGoingBack',
  held: 'stateHeld',
  done: 'stateDone',
  wentBack: 'stateWentBack',
} as const;

const lamps: Partial<Record<SwitchView['state'], LampState>> = {
  done: 'ok',
  wentBack: 'warn',
  held: 'warn',
  confirming: 'warn',
};

/** Switches of before, newest first, with how each ended. */
export function EarlierSwitches() {
  const t = useTranslations('switching');
  const trpc = useTRPC();
  const { view } = useCluster();
  const { data } = useQuery(trpc.switches.list.queryOptions({ clusterId: view.id }));
  if (!data || data.length === 0) return null;
  return (
    <section className="mx-auto max-w-[1080px] px-6 pb-10">
      <h2 className="mb-1 font-[650]">{t('earlier')}</h2>
      <ul>
        {data.slice(0, 8).map((one) => (
          <EarlierSwitch key={one.id} one={one} />
        ))}
      </ul>
    </section>
  );
}

/** A switch in one line: between which ways, when, by whom, how it ended and what to know of it. */
export function EarlierSwitch({ one }: { one: SwitchView }) {
  const t = useTranslations('switching');
  const methods = useTranslations('method');
  const age = useAgeText();
  const note = useSwitchNote(one);
  const from = cameFrom(one);
  return (
    <li className="flex flex-wrap items-baseline gap-x-4 border-t border-line py-1.5">
      <Link href={switchPath(one.clusterId, one.id)} className="w-32 font-semibold hover:underline">
        {from ? methods(from) : '–'} → {methods(one.to)}
      </Link>
      <span className="w-24">
        <ClockText iso={one.startedAt} seconds />
      </span>
      <span className="w-32 truncate text-ink-2">{one.by}</span>
      <span className="w-20 text-right text-ink-2">
        {one.finishedAt === null ? '–' : age(Date.parse(one.finishedAt) - Date.parse(one.startedAt))}
      </span>
      <LampWord state={lamps[one.state] ?? 'off'}>{t(words[one.state])}</LampWord>
      <span className="min-w-0 flex-1 truncate text-ink-3" title={note ?? undefined}>
        {note}
      </span>
    </li>
  );
}

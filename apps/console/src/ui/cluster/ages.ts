'use client';
import { useTranslations } from 'use-intl';
import { type Freshness, freshnessOf } from '../../live/age.ts';
import type { HostSeen } from '../../live/live-state.ts';
import { ageParts } from '../figures/format.ts';
import { useNow } from '../kit/now.ts';
import { useLiveStore } from './live-provider.tsx';

/** Now by the console's clock, renewed each second. */
export function useConsoleNow(): number {
  const store = useLiveStore();
  return useNow(1000) + store.state().clockOffsetMs;
}

const units = { second: 'seconds', minute: 'minutes', hour: 'hours', day: 'days' } as const;

/** 400 -> `0.4 s`. */
export function useAgeText(): (ms: number) => string {
  const t = useTranslations('common');
  return (ms) => {
    const { value, unit } = ageParts(ms);
    const text = unit === 'second' && value < 10 ? value.toFixed(1) : String(value);
    return t(units[unit], { value: text });
  };
}

/** The oldest of several hosts decides how old a sum of their figures is. */
export function oldest(hosts: readonly (HostSeen | null | undefined)[], nowMs: number): Freshness {
  let worst: Freshness = { kind: 'never' };
  for (const host of hosts) {
    const one: Freshness = host ? freshnessOf(host, nowMs) : { kind: 'never' };
    if (one.kind === 'never') continue;
    if (worst.kind === 'never' || one.ageMs > worst.ageMs || (one.kind === 'stale' && worst.kind === 'fresh'))
      worst = one;
  }
  return worst;
}

/** How old what a host said is. */
export function useFreshness(...hosts: readonly (HostSeen | null | undefined)[]): Freshness {
  return oldest(hosts, useConsoleNow());
}

'use client';
import { useEffect } from 'react';
import { useLiveStore } from '../cluster/live-provider.tsx';
import { useCurrentSwitch } from '../switch/switch-provider.tsx';
import type { RunningProbe } from './probe-context.ts';
import { waitsForProbeOnly } from './waits-for-probe.ts';

/** A probe's long connections would keep a switch waiting for ever: it lets go of them when nothing else is left. */
export function LetGo({ probe, onLetGo }: { probe: RunningProbe; onLetGo: (open: number) => void }) {
  const current = useCurrentSwitch();
  const { clockOffsetMs } = useLiveStore().state();
  const { samples, beganAtMs } = probe.store.series();
  const open = samples.at(-1)?.open ?? 0;
  const due =
    current !== null &&
    beganAtMs !== null &&
    waitsForProbeOnly(current, {
      serviceId: probe.order.serviceId,
      open,
      beganMs: beganAtMs + clockOffsetMs,
    });
  useEffect(() => {
    if (due) onLetGo(open);
  }, [due, open, onLetGo]);
  return null;
}

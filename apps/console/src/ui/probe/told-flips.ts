import { useEffect } from 'react';
import type { SwitchView } from '../../api/switch-contract.ts';
import { useLive } from '../cluster/live-provider.tsx';
import type { RunningProbe } from './probe-context.ts';
import { flipsOfSwitch } from './switch-flips.ts';

/** Tells a probe, to the millisecond, when a switch changed the way of its service. */
export function useToldFlips({ order, store }: RunningProbe, view: SwitchView | null): void {
  const { clockOffsetMs } = useLive();
  const flips = view === null ? [] : flipsOfSwitch(view, order.serviceId);
  const told = flips.map(({ from, method, atMs }) => `${from} ${method} ${atMs}`).join();
  useEffect(() => {
    for (const flip of flips) store.flipIs({ ...flip, atMs: flip.atMs - clockOffsetMs });
    // Told when there is another flip; the clock's offset moves by milliseconds with every reading.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [store, told]);
}

'use client';
import { useEffect } from 'react';
import { cameFrom } from '../../api/came-from.ts';
import { useCluster } from '../cluster/cluster-context.ts';
import { useLive } from '../cluster/live-provider.tsx';
import { useCurrentSwitch } from '../switch/switch-provider.tsx';
import { kernelWay } from './kernel-way.ts';
import type { RunningProbe } from './probe-context.ts';

/** Tells a probe which way its answers come: by the director's kernel, and to the millisecond by the switch. */
export function WayFollower({ probe: { order, store } }: { probe: RunningProbe }) {
  const { view } = useCluster();
  const { hosts, clockOffsetMs } = useLive();
  const topology = view.applied?.topology ?? view.topology;
  const applied = topology.services.find(({ id }) => id === order.serviceId)?.method ?? null;
  const way = kernelWay(topology, hosts, order.serviceId);
  const method = way?.method ?? applied;
  const atMs = way?.atMs ?? null;
  useEffect(() => {
    if (method !== null) store.wayIs({ method, atMs: atMs === null ? Date.now() : atMs - clockOffsetMs });
    // Told when the way changes; the clock's offset moves by milliseconds with every reading.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [store, method]);

  const current = useCurrentSwitch();
  // On the way back it was flipped once and is not any more.
  const flippedAt =
    current?.step === 'flipped' && current.services.some(({ serviceId }) => serviceId === order.serviceId)
      ? current.flippedAt
      : null;
  const to = current?.to ?? null;
  const from = current === null ? null : cameFrom(current);
  useEffect(() => {
    if (flippedAt !== null && to !== null)
      store.flipIs({ from, method: to, atMs: Date.parse(flippedAt) - clockOffsetMs });
    // oxlint-disable-next-line react/exhaustive-deps
  }, [store, flippedAt, to]);
  return null;
}

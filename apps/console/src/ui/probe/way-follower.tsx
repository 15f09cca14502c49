'use client';
import { useEffect } from 'react';
import { useCluster } from '../cluster/cluster-context.ts';
import { useLive } from '../cluster/live-provider.tsx';
import { useCurrentSwitch } from '../switch/switch-provider.tsx';
import { kernelWay } from './kernel-way.ts';
import type { RunningProbe } from './probe-context.ts';
import { useToldFlips } from './told-flips.ts';

/** Tells a probe which way its answers come: by the director's kernel, and to the millisecond by the switch. */
export function WayFollower({ probe }: { probe: RunningProbe }) {
  const { order, store } = probe;
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
  useToldFlips(probe, useCurrentSwitch());
  return null;
}

'use client';
import { useMemo } from 'react';
import { useConsoleNow } from '../cluster/ages.ts';
import { useCluster } from '../cluster/cluster-context.ts';
import { useLive } from '../cluster/live-provider.tsx';
import type { Source } from './row-figures.ts';

/** What rows are computed from: the drawing, and what its hosts said last. */
export function useSource(): Source {
  const { topology, view, changes, unsaved } = useCluster();
  const { hosts } = useLive();
  const nowMs = useConsoleNow();
  const settled = view.applied !== null && changes.length === 0 && unsaved === 0;
  return useMemo((): Source => ({ topology, hosts, nowMs, settled }), [topology, hosts, nowMs, settled]);
}

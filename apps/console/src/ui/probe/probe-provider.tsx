'use client';
import type { ProbeReading } from '@signalbox/agent-api';
import { type ReactNode, useCallback, useEffect, useMemo, useState } from 'react';
import type { ProbeOrder } from '../../api/switch-contract.ts';
import { joinSharedStream } from '../../live/shared-stream.ts';
import { type ConsoleClient, useTRPCClient } from '../../trpc/client.ts';
import { listen } from '../../trpc/listen.ts';
import { ProbingContext, type Probing, type RunningProbe } from './probe-context.ts';
import { ProbeStore } from './probe-store.ts';
import { useCluster } from '../cluster/cluster-context.ts';
import { LetGo } from './let-go.tsx';
import { WayFollower } from './way-follower.tsx';

const HANDOVER_MS = 700;

/** Keeps a probe going for all pages of a cluster. It ends with `stop`, or when nobody has the cluster open any more. */
export function ProbeProvider({ children }: { children: ReactNode }) {
  const client = useTRPCClient();
  const [probe, setProbe] = useState<RunningProbe | null>(null);
  useEffect(() => {
    if (probe === null || probe.stopped) return undefined;
    const over = new AbortController();
    // A node runs one load at a time: the one before has to end first.
    const timer = setTimeout(
      () => follow(client, probe, over.signal),
      probe.letGo === null ? 0 : HANDOVER_MS,
    );
    return () => {
      clearTimeout(timer);
      over.abort();
    };
  }, [client, probe]);
  const start = useCallback(
    (order: ProbeOrder, withSwitch = false) =>
      setProbe({ order, store: new ProbeStore(), stopped: false, withSwitch, letGo: null }),
    [],
  );
  const letGo = useCallback(
    (open: number) =>
      setProbe(
        (before) =>
          before && {
            ...before,
            order: { ...before.order, longLived: 0 },
            letGo: { open, of: before.order.longLived },
          },
      ),
    [],
  );
  const stop = useCallback(() => setProbe((before) => before && { ...before, stopped: true }), []);
  const probing = useMemo((): Probing => ({ probe, start, stop }), [probe, start, stop]);
  return (
    <ProbingContext.Provider value={probing}>
      {probe === null ? null : <WayFollower probe={probe} />}
      {probe === null || probe.stopped || probe.order.longLived === 0 ? null : (
        <LetGo probe={probe} onLetGo={letGo} />
      )}
      {probe?.withSwitch === true && !probe.stopped ? <EndWithSwitch onEnd={stop} /> : null}
      {children}
    </ProbingContext.Provider>
  );
}

/** What clients see after the switch belongs to it; then no more requests are sent. */
const AFTER_MS = 3000;

function EndWithSwitch({ onEnd }: { onEnd: () => void }) {
  const { switchId } = useCluster();
  const [begun, setBegun] = useState(false);
  if (switchId !== null && !begun) setBegun(true);
  const over = begun && switchId === null;
  useEffect(() => {
    if (!over) return undefined;
    const timer = setTimeout(onEnd, AFTER_MS);
    return () => clearTimeout(timer);
  }, [over, onEnd]);
  return null;
}

/** One stream for all tabs that ask for the same load. */
function follow(client: ConsoleClient, { order, store }: RunningProbe, signal: AbortSignal): void {
  joinSharedStream<ProbeReading>(
    {
      topic: `probe ${Object.values(order).join(' ')}`,
      listen: (to, until) =>
        listen(
          { client, ends: false, open: (handlers) => client.probes.watch.subscribe(order, handlers) },
          to,
          until,
        ),
      listener: {
        onValue: (reading) => store.read(reading),
        onStatus: (status) => store.fails(status.kind === 'down' ? status.message : null),
      },
      snapshot: () => store.last(),
    },
    signal,
  );
}

'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type ReactNode, useCallback, useEffect, useMemo, useState } from 'react';
import { toast } from 'sonner';
import { useTranslations } from 'use-intl';
import type { ProbeOrder, ProbeTold, ProbeWish } from '../../api/switch-contract.ts';
import { joinSharedStream, tellTabs } from '../../live/shared-stream.ts';
import { type ConsoleClient, useTRPC, useTRPCClient } from '../../trpc/client.ts';
import { listen } from '../../trpc/listen.ts';
import { ProbingContext, type Probing, type RunningProbe } from './probe-context.ts';
import { ProbeStore } from './probe-store.ts';
import { useCluster } from '../cluster/cluster-context.ts';
import { useSaid } from '../kit/said.ts';
import { LetGo } from './let-go.tsx';
import { WayFollower } from './way-follower.tsx';

const HANDOVER_MS = 700;

/**
 * Keeps a probe going for all pages of a cluster, and goes on with one that the console kept while a page was loaded. It
 * ends with `stop`, or a minute after nobody has the cluster open any more.
 */
export function ProbeProvider({ children }: { children: ReactNode }) {
  const client = useTRPCClient();
  const [probe, setProbe] = useState<RunningProbe | null>(null);
  const halt = useCallback(() => setProbe((before) => before && { ...before, stopped: true }), []);
  const find = useCallback(
    (wish: ProbeWish) => setProbe((before) => before ?? { ...begun(wish), found: true }),
    [],
  );
  useKeptProbe(find);
  useEffect(() => {
    if (probe === null || probe.stopped) return undefined;
    const over = new AbortController();
    // A node runs one load at a time: the one before has to end first.
    const timer = setTimeout(
      () => follow(client, { probe, onStopped: halt }, over.signal),
      probe.letGo === null ? 0 : HANDOVER_MS,
    );
    return () => {
      clearTimeout(timer);
      over.abort();
    };
  }, [client, probe, halt]);
  const start = useCallback(
    (order: ProbeOrder, withSwitch = false) => setProbe(begun({ order, withSwitch })),
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
  const tell = useStop();
  const order = probe?.order ?? null;
  const stop = useCallback(() => {
    if (order === null) return;
    halt();
    // One that is hidden would begin it anew when it is seen again.
    tellTabs(topicOf(order), { kind: 'stopped' } satisfies ProbeTold);
    tell({ clusterId: order.clusterId, nodeId: order.nodeId });
  }, [halt, tell, order]);
  const probing = useMemo((): Probing => ({ probe, start, stop }), [probe, start, stop]);
  return (
    <ProbingContext.Provider value={probing}>
      {probe === null ? null : <WayFollower probe={probe} />}
      {probe === null || probe.stopped || probe.order.longLived === 0 ? null : (
        <LetGo probe={probe} onLetGo={letGo} />
      )}
      {probe?.withSwitch === true && !probe.stopped ? <EndWithSwitch probe={probe} onEnd={stop} /> : null}
      {children}
    </ProbingContext.Provider>
  );
}

/** What clients see after the switch belongs to it; then no more requests are sent. */
const AFTER_MS = 3000;

function EndWithSwitch({ probe, onEnd }: { probe: RunningProbe; onEnd: () => void }) {
  const { switchId } = useCluster();
  // Its switch may have ended while the page was loaded.
  const [begun, setBegun] = useState(probe.found);
  if (switchId !== null && !begun) setBegun(true);
  const over = begun && switchId === null;
  useEffect(() => {
    if (!over) return undefined;
    const timer = setTimeout(onEnd, AFTER_MS);
    return () => clearTimeout(timer);
  }, [over, onEnd]);
  return null;
}

const begun = ({ order, withSwitch }: ProbeWish): RunningProbe => ({
  order,
  withSwitch,
  store: new ProbeStore(),
  stopped: false,
  found: false,
  letGo: null,
});

/** Asks once, when the page comes, whether this operator has a probe running. */
function useKeptProbe(onFound: (wish: ProbeWish) => void): void {
  const trpc = useTRPC();
  const { view, mayEdit } = useCluster();
  const { data } = useQuery(
    trpc.probes.mine.queryOptions(
      { clusterId: view.id },
      { enabled: mayEdit, staleTime: Number.POSITIVE_INFINITY, gcTime: 0 },
    ),
  );
  useEffect(() => {
    if (data) onFound(data);
  }, [data, onFound]);
}

/** In all tabs, and on the client node. */
function useStop() {
  const t = useTranslations('probe');
  const said = useSaid();
  const trpc = useTRPC();
  const { mutate } = useMutation(
    trpc.probes.stop.mutationOptions({
      onError: (error) => toast.error(t('notStopped', { message: said(error) })),
    }),
  );
  return mutate;
}

const topicOf = (order: ProbeOrder) => `probe ${Object.values(order).join(' ')}`;

interface Following {
  readonly probe: RunningProbe;
  readonly onStopped: () => void;
}

/** One stream for all tabs that ask for the same load. */
function follow(client: ConsoleClient, { probe, onStopped }: Following, signal: AbortSignal): void {
  const { order, withSwitch, store } = probe;
  joinSharedStream<ProbeTold>(
    {
      topic: topicOf(order),
      listen: (to, until) =>
        listen(
          {
            client,
            ends: false,
            open: (handlers) => client.probes.watch.subscribe({ ...order, withSwitch }, handlers),
          },
          to,
          until,
        ),
      listener: {
        onValue: (told) => (told.kind === 'stopped' ? onStopped() : store.told(told)),
        onStatus: (status) => store.fails(status.kind === 'down' ? status.message : null),
      },
      snapshot: store.past,
    },
    signal,
  );
}

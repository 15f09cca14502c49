'use client';
import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import type { LiveEvent } from '../../api/contract.ts';
import type { HostSeen, LiveState } from '../../live/live-state.ts';
import { nothingHeard } from '../../live/live-state.ts';
import { type Link, LiveStore } from '../../live/live-store.ts';
import { joinSharedStream } from '../../live/shared-stream.ts';
import { useTRPC, useTRPCClient } from '../../trpc/client.ts';
import { listen } from '../../trpc/listen.ts';

const Store = createContext<LiveStore | null>(null);

/** Follows one cluster for all that is shown of it. */
export function LiveProvider({ clusterId, children }: { clusterId: string; children: ReactNode }) {
  const client = useTRPCClient();
  const [store] = useState(() => new LiveStore());
  const refresh = useRefresh(clusterId);

  useEffect(() => {
    const over = new AbortController();
    joinSharedStream<LiveEvent>(
      {
        topic: `live ${clusterId}`,
        listen: (to, signal) =>
          listen(
            { client, ends: false, open: (handlers) => client.live.watch.subscribe({ clusterId }, handlers) },
            to,
            signal,
          ),
        listener: {
          onValue: (event) => {
            store.merge(event);
            if (event.kind === 'cluster') refresh();
          },
          onStatus: (status) =>
            store.setLink(
              status.kind === 'up' ? status : { kind: 'down', sinceMs: Date.now(), message: status.message },
            ),
        },
        snapshot: () => store.snapshot(),
      },
      over.signal,
    );
    return () => over.abort();
  }, [client, clusterId, store, refresh]);

  return <Store.Provider value={store}>{children}</Store.Provider>;
}

/** What is known of a cluster beside the stream is asked again when the console says that it changed. */
function useRefresh(clusterId: string): () => void {
  const queries = useQueryClient();
  const trpc = useTRPC();
  const [refresh] = useState(() => () => {
    void queries.invalidateQueries(trpc.clusters.get.queryFilter({ clusterId }));
    void queries.invalidateQueries(trpc.rollouts.list.queryFilter({ clusterId }));
    void queries.invalidateQueries(trpc.switches.list.queryFilter({ clusterId }));
    void queries.invalidateQueries(trpc.nodes.get.queryFilter());
  });
  return refresh;
}

export function useLiveStore(): LiveStore {
  const store = useContext(Store);
  if (!store) throw new Error('useLiveStore belongs inside LiveProvider');
  return store;
}

/** Everything known live; renders again with each event. */
export function useLive(): LiveState {
  const store = useLiveStore();
  return useSyncExternalStore(store.subscribe, store.state, () => nothingHeard);
}

/** One host; renders again only when it is heard of. */
export function useHost(nodeId: string): HostSeen | null {
  const store = useLiveStore();
  return useSyncExternalStore(
    store.subscribe,
    () => store.state().hosts.get(nodeId) ?? null,
    () => null,
  );
}

const connecting: Link = { kind: 'connecting' };

export function useLink(): Link {
  const store = useLiveStore();
  return useSyncExternalStore(store.subscribe, store.link, () => connecting);
}

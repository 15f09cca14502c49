'use client';
import { useEffect, useState } from 'react';
import type { RolloutView } from '../../api/contract.ts';
import { useTRPCClient } from '../../trpc/client.ts';
import { listen } from '../../trpc/listen.ts';

/** A rollout as it goes on; `stale` while the console is not heard. Ends by itself when the rollout does. */
export function useRollout(initial: RolloutView): { rollout: RolloutView; stale: boolean } {
  const client = useTRPCClient();
  const [rollout, setRollout] = useState(initial);
  const [stale, setStale] = useState(false);
  const over = rollout.state !== 'running';
  useEffect(() => {
    if (over) return;
    const leaving = new AbortController();
    listen<RolloutView>(
      {
        client,
        ends: true,
        open: (handlers) => client.rollouts.watch.subscribe({ rolloutId: initial.id }, handlers),
      },
      { onValue: setRollout, onStatus: ({ kind }) => setStale(kind === 'down') },
      leaving.signal,
    );
    return () => leaving.abort();
  }, [client, initial.id, over]);
  return { rollout, stale: stale && !over };
}

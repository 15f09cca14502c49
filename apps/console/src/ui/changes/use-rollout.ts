'use client';
import { useEffect, useRef, useState } from 'react';
import type { RolloutView } from '../../api/contract.ts';
import { joinSharedStream } from '../../live/shared-stream.ts';
import { useTRPCClient } from '../../trpc/client.ts';
import { listen } from '../../trpc/listen.ts';

/** A rollout as it is now, followed while it runs. One stream for all tabs that look at it. */
export function useRollout(initial: RolloutView): { readonly rollout: RolloutView; readonly lost: boolean } {
  const client = useTRPCClient();
  const [rollout, setRollout] = useState(initial);
  const [lost, setLost] = useState(false);
  const latest = useRef(initial);
  const running = rollout.state === 'running';
  const { id: rolloutId } = rollout;
  useEffect(() => {
    if (!running) return undefined;
    const over = new AbortController();
    joinSharedStream<RolloutView>(
      {
        topic: `rollout ${rolloutId}`,
        listen: (to, signal) =>
          listen(
            {
              client,
              ends: true,
              open: (handlers) => client.rollouts.watch.subscribe({ rolloutId }, handlers),
            },
            to,
            signal,
          ),
        listener: {
          onValue: (next) => {
            latest.current = next;
            setRollout(next);
          },
          onStatus: ({ kind }) => setLost(kind === 'down'),
        },
        snapshot: () => latest.current,
      },
      over.signal,
    );
    return () => over.abort();
  }, [client, rolloutId, running]);
  return { rollout, lost: lost && running };
}

'use client';
import { useEffect, useRef, useState } from 'react';
import type { SwitchView } from '../../api/switch-contract.ts';
import { joinSharedStream } from '../../live/shared-stream.ts';
import { useTRPCClient } from '../../trpc/client.ts';
import { listen } from '../../trpc/listen.ts';
import { isAtEnd } from './switch-state.ts';

export interface FollowedSwitch {
  readonly view: SwitchView | null;
  /** No connection: what is shown may be out of date. */
  readonly lost: boolean;
}

/** A switch as it is now, followed until its end. One stream for all tabs and places that show it. */
export function useSwitch(switchId: string | null, initial: SwitchView | null = null): FollowedSwitch {
  const client = useTRPCClient();
  const [heard, setHeard] = useState(initial);
  const [lost, setLost] = useState(false);
  const latest = useRef(initial);
  const view = heard?.id === switchId ? heard : initial?.id === switchId ? initial : null;
  const followed = switchId !== null && (view === null || !isAtEnd(view)) ? switchId : null;
  useEffect(() => {
    if (followed === null) return undefined;
    const over = new AbortController();
    joinSharedStream<SwitchView>(
      {
        topic: `switch ${followed}`,
        listen: (to, signal) =>
          listen(
            {
              client,
              ends: true,
              open: (handlers) => client.switches.watch.subscribe({ switchId: followed }, handlers),
            },
            to,
            signal,
          ),
        listener: {
          onValue: (next) => {
            latest.current = next;
            setHeard(next);
          },
          onStatus: ({ kind }) => setLost(kind === 'down'),
        },
        snapshot: () => (latest.current?.id === followed ? latest.current : null),
      },
      over.signal,
    );
    return () => over.abort();
  }, [client, followed]);
  return { view, lost: lost && followed !== null };
}

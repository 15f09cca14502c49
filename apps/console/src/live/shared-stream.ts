// One stream for all tabs: the tab that holds the topic's lock listens to the console and tells the others. Browsers
// allow six connections per host over HTTP/1.1 for all tabs together, and a stream takes one for good.
import { holdLock, holdOneOf } from './web-lock.ts';

/** Streams of different topics at once; the rest of the six connections stays free for requests. */
const SLOTS = ['signalbox-slot-1', 'signalbox-slot-2', 'signalbox-slot-3', 'signalbox-slot-4'];

export type StreamStatus = { readonly kind: 'up' } | { readonly kind: 'down'; readonly message: string };

export interface SharedStream<T> {
  readonly topic: string;
  /** Listens to the console until the signal aborts, coming back by itself when it breaks. */
  readonly listen: (to: StreamListener<T>, signal: AbortSignal) => void;
  readonly listener: StreamListener<T>;
  /** What a tab that joins late is told by the one that listens; null when there is nothing yet. */
  readonly snapshot: () => T | null;
}

export interface StreamListener<T> {
  readonly onValue: (value: T) => void;
  readonly onStatus: (status: StreamStatus) => void;
}

type Message<T> =
  | { readonly kind: 'value'; readonly value: T }
  | { readonly kind: 'status'; readonly status: StreamStatus }
  /** Somebody joined and knows nothing. */
  | { readonly kind: 'hello' };

/** Takes part in a topic until the signal aborts: as the tab that listens, or as one that is told. */
export function joinSharedStream<T>(stream: SharedStream<T>, signal: AbortSignal): void {
  const { topic, listen, listener, snapshot } = stream;
  const channel = new BroadcastChannel(`signalbox ${topic}`);
  let leads = false;
  let status: StreamStatus | null = null;
  const tell = (message: Message<T>) => channel.postMessage(message);

  channel.addEventListener('message', ({ data }: MessageEvent<Message<T>>) => {
    if (data.kind === 'value') listener.onValue(data.value);
    else if (data.kind === 'status') listener.onStatus(data.status);
    else if (leads) {
      const value = snapshot();
      if (value !== null) tell({ kind: 'value', value });
      if (status !== null) tell({ kind: 'status', status });
    }
  });
  signal.addEventListener('abort', () => channel.close(), { once: true });
  tell({ kind: 'hello' });

  whileSeen(signal, (seen) =>
    holdLock(`signalbox ${topic}`, seen, (held) =>
      holdOneOf(SLOTS, held, (until) => {
        leads = true;
        until.addEventListener('abort', () => (leads = false), { once: true });
        listen(
          {
            onValue: (value) => {
              if (until.aborted) return;
              listener.onValue(value);
              tell({ kind: 'value', value });
            },
            onStatus: (next) => {
              if (until.aborted) return;
              status = next;
              listener.onStatus(next);
              tell({ kind: 'status', status: next });
            },
          },
          until,
        );
      }),
    ),
  );
}

/** Tells every tab that takes part in a topic, this one too, what the console need not say. */
export function tellTabs(topic: string, value: unknown): void {
  const channel = new BroadcastChannel(`signalbox ${topic}`);
  channel.postMessage({ kind: 'value', value } satisfies Message<unknown>);
  channel.close();
}

/** A hidden tab may be frozen by the browser: it lets a visible one listen after this long. */
const HIDDEN_FOR_MS = 5000;

/** Runs `work` while somebody can see this tab; its signal aborts some time after the tab was hidden. */
function whileSeen(signal: AbortSignal, work: (seen: AbortSignal) => void): void {
  let seen: AbortController | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = () => {
    clearTimeout(timer);
    if (document.visibilityState === 'visible') {
      if (seen) return;
      seen = new AbortController();
      work(AbortSignal.any([signal, seen.signal]));
    } else {
      timer = setTimeout(() => {
        seen?.abort();
        seen = null;
      }, HIDDEN_FOR_MS);
    }
  };
  document.addEventListener('visibilitychange', look, { signal });
  signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  look();
}

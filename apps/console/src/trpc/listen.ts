// A subscription for as long as it is wanted: comes back by itself, and says whether it is up.
import type { StreamListener } from '../live/shared-stream.ts';
import { type ConsoleClient, isSignedOut, sentenceOf } from './client.ts';

interface Handlers<T> {
  readonly onStarted: () => void;
  readonly onData: (value: T) => void;
  readonly onError: (error: unknown) => void;
  readonly onComplete: () => void;
  readonly onConnectionStateChange: (state: { readonly state: string; readonly error: unknown }) => void;
}

export interface Subscription<T> {
  readonly client: ConsoleClient;
  readonly open: (handlers: Handlers<T>) => { unsubscribe(): void };
  /** Whether the end of the stream is the end of the matter, as with a rollout that is done. */
  readonly ends: boolean;
}

const FIRST_RETRY_MS = 1000;
const LAST_RETRY_MS = 10_000;

/** Listens until the signal aborts, or for good when the stream ends and that is its end. */
export function listen<T>(subscription: Subscription<T>, to: StreamListener<T>, signal: AbortSignal): void {
  const { client, open, ends } = subscription;
  let failures = 0;
  const again = (message: string) => {
    if (signal.aborted) return;
    to.onStatus({ kind: 'down', message });
    const ms = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(failures++, 10));
    const timer = setTimeout(start, ms);
    signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  };
  const start = () => {
    const opened = open({
      onStarted: () => {
        failures = 0;
        to.onStatus({ kind: 'up' });
      },
      onData: to.onValue,
      // An EventSource does not say why it was refused: a question does.
      onError: (error) => void signInAgain(client, error).then(() => again(sentenceOf(error))),
      onComplete: () => {
        if (!ends) again('The stream ended.');
      },
      onConnectionStateChange: ({ state, error }) => {
        if (state === 'connecting' && error !== null)
          to.onStatus({ kind: 'down', message: sentenceOf(error) });
      },
    });
    signal.addEventListener('abort', () => opened.unsubscribe(), { once: true });
  };
  if (!signal.aborted) start();
}

/** Goes to the sign-in page when the session is over; anything else is for the caller to try again. */
async function signInAgain(client: ConsoleClient, error: unknown): Promise<void> {
  const why = isSignedOut(error)
    ? error
    : await client.me.query().then(
        () => null,
        (refused: unknown) => refused,
      );
  if (isSignedOut(why)) location.assign('/sign-in');
}

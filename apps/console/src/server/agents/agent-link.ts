// One agent as the console sees it: the `Agent` interface over tRPC on mutual TLS, every reply parsed, every call timed.
import {
  type Agent,
  AgentEvent,
  AgentInfo,
  AgentRefusal,
  type AgentRouter,
  Observation,
  PhaseResult,
  Preview,
  type Proofs,
  RefusalKind,
  type Renewal,
  RenewalRequest,
  RenewalResult,
} from '@signalbox/agent-api';
import { type AgentEndpoint, KernelSupport } from '@signalbox/cluster';
import {
  createTRPCClient,
  type getFetch,
  httpLink,
  httpSubscriptionLink,
  splitLink,
  TRPCClientError,
} from '@trpc/client';
import { EventSource, type FetchLike } from 'eventsource';
import { Agent as Dispatcher, fetch as undiciFetch } from 'undici';
import * as z from 'zod';
import { hostInUrl } from '../http/listen.ts';
import { Newest } from '../hub/newest.ts';
import { agentConnector, type ConnectorOptions, type ShownCertificate } from './agent-connector.ts';
import { AgentUnreachable, agentUnreachable } from './agent-unreachable.ts';
import { linkToProofs } from './proofs-link.ts';

export interface AgentLink extends Agent {
  readonly proofs: Proofs;
  readonly renewal: Renewal;
  /** Null before the first connection. */
  shown(): ShownCertificate | null;
  /** Closes its sockets; calls under way fail. */
  close(): Promise<void>;
}

export interface LinkOptions extends ConnectorOptions {
  readonly endpoint: AgentEndpoint;
}

const ASK_MS = 10_000;
/** A phase of 10,000 operations with read-back takes seconds; this only ends a call that will never end. */
const EXECUTE_MS = 120_000;
/** A reading of 10,000 destinations is 5 MB, an observation less than 64. */
const MAX_REPLY_BYTES = 64 * 1024 * 1024;

/** Makes a link; nothing is dialled before the first call. All failures are AgentUnreachable or AgentRefusal. */
export function linkToAgent(options: LinkOptions): AgentLink {
  const { endpoint } = options;
  const at = `${hostInUrl(endpoint.host)}:${endpoint.port}`;
  let shown: ShownCertificate | null = null;
  const connect = agentConnector(options, { at, shown: (certificate) => (shown = certificate) });
  // Agents speak HTTP/1.1. Left open, calls to a host that is silent would wait for the first to be given up, one by one.
  const allowH2 = false;
  const calls = new Dispatcher({ maxResponseSize: MAX_REPLY_BYTES, connect, allowH2 });
  const streams = new Dispatcher({ maxResponseSize: -1, connect, allowH2 });
  const client = createTRPCClient<AgentRouter>({ links: [transport(`https://${at}`, { calls, streams })] });

  const ask = async <T>(
    ms: number,
    schema: z.ZodType<T>,
    call: (signal: AbortSignal) => Promise<unknown>,
  ) => {
    try {
      return schema.parse(await call(AbortSignal.timeout(ms)));
    } catch (error) {
      throw refusalOf(error) ?? failureOf(error, at);
    }
  };
  return {
    info: () => ask(ASK_MS, AgentInfo, (signal) => client.info.query(undefined, { signal })),
    support: () => ask(ASK_MS, KernelSupport, (signal) => client.support.query(undefined, { signal })),
    observe: () => ask(ASK_MS, Observation, (signal) => client.observe.query(undefined, { signal })),
    preview: (desired) => ask(ASK_MS * 3, Preview, (signal) => client.preview.mutate(desired, { signal })),
    accept: (input) => ask(ASK_MS * 3, AgentInfo, (signal) => client.accept.mutate(input, { signal })),
    execute: (input) => ask(EXECUTE_MS, PhaseResult, (signal) => client.execute.mutate(input, { signal })),
    confirm: (input) => ask(ASK_MS, AgentInfo, (signal) => client.confirm.mutate(input, { signal })),
    watch: (signal) => watch(client, signal, at),
    shown: () => shown,
    renewal: {
      request: () =>
        ask(ASK_MS, RenewalRequest, (signal) => client.renewal.request.mutate(undefined, { signal })),
      install: (renewed) =>
        ask(ASK_MS, RenewalResult, (signal) => client.renewal.install.mutate(renewed, { signal })),
    },
    proofs: linkToProofs(client, { ask, failed: (error) => failureOf(error, at) }),
    close: async () => {
      await Promise.all([calls.destroy(), streams.destroy()]);
    },
  };
}

function transport(url: string, { calls, streams }: { calls: Dispatcher; streams: Dispatcher }) {
  return splitLink<AgentRouter>({
    condition: (operation) => operation.type === 'subscription',
    true: httpSubscriptionLink({ url, EventSource, eventSourceOptions: { fetch: fetchThrough(streams) } }),
    false: httpLink({ url, fetch: fetchThrough(calls) }),
  });
}

type FetchForLinks = ReturnType<typeof getFetch> & FetchLike;

/** undici's own fetch takes our dispatcher; the platform's takes only the one Node was built with. */
function fetchThrough(dispatcher: Dispatcher): FetchForLinks {
  const through = (url: string, init: Parameters<typeof undiciFetch>[1]) =>
    undiciFetch(url, { ...init, dispatcher });
  return through as unknown as FetchForLinks; // its answers are the platform's but for their type
}

/** One attempt: ends or throws when the stream breaks. Who wants it back asks again. */
async function* watch(
  client: ReturnType<typeof createTRPCClient<AgentRouter>>,
  signal: AbortSignal,
  at: string,
): AsyncGenerator<AgentEvent, void, undefined> {
  const events = new Newest<AgentEvent>();
  const fail = (error: unknown) => events.fail(failureOf(error, at));
  const subscription = client.watch.subscribe(undefined, {
    onData: (data) => {
      const event = AgentEvent.safeParse(data);
      if (event.success) events.put(event.data.kind, event.data);
      else fail(event.error);
    },
    onConnectionStateChange: (state) => {
      // The first `connecting` has no error; later ones are the link's own endless retries, and retrying is not its job.
      if (state.state === 'connecting' && state.error) fail(state.error);
    },
    onError: fail,
    onComplete: () => events.end(),
  });
  try {
    yield* events.read(signal);
  } finally {
    subscription.unsubscribe();
  }
}

const RefusalData = z.object({
  refusal: RefusalKind,
  problems: Preview.shape.problems,
});

function refusalOf(error: unknown): AgentRefusal | null {
  if (!(error instanceof TRPCClientError)) return null;
  const data = RefusalData.safeParse(error.data);
  return data.success ? new AgentRefusal(data.data.refusal, error.message, data.data.problems) : null;
}

function failureOf(error: unknown, at: string): AgentUnreachable {
  if (error instanceof TRPCClientError && error.shape)
    return new AgentUnreachable(`The agent at ${at} failed: ${error.message}`, {
      answered: true,
      cause: error,
    });
  return agentUnreachable(error, at);
}

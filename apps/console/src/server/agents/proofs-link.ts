// What an agent can find out and try, over the same link as the rest of it.
import {
  type AgentRouter,
  ArpResult,
  CanariesResult,
  ConnectResult,
  type ProbeInput,
  ProbeReading,
  type Proofs,
  SocketsResult,
} from '@signalbox/agent-api';
import { CANARY_SECONDS, HostFacts } from '@signalbox/cluster';
import type { TRPCClient } from '@trpc/client';
import * as z from 'zod';
import { Newest } from '../hub/newest.ts';

/** The link's own way to call: times it, parses the reply, and turns failures into what callers expect. */
export interface Asking {
  readonly ask: <T>(
    ms: number,
    schema: z.ZodType<T>,
    call: (signal: AbortSignal) => Promise<unknown>,
  ) => Promise<T>;
  readonly failed: (error: unknown) => Error;
}

const FACTS_MS = 10_000;
/** Canaries take turns with whatever the agent does on its host. */
const CANARIES_MS = CANARY_SECONDS * 1000;
/** Beyond what the question itself allows. */
const MARGIN_MS = 5000;
/** As long as the programs that ask may take. */
const ARP_MS = 25_000;
/** Readings that a slow reader may fall behind by. */
const KEPT_READINGS = 40;

export function linkToProofs(client: TRPCClient<AgentRouter>, { ask, failed }: Asking): Proofs {
  const { proof } = client;
  return {
    facts: (input) => ask(FACTS_MS, HostFacts, (signal) => proof.facts.mutate(input, { signal })),
    canaries: (input) =>
      ask(CANARIES_MS, CanariesResult, (signal) => proof.canaries.mutate(input, { signal })),
    connect: (input) =>
      ask(input.timeoutMs + MARGIN_MS, z.array(ConnectResult), (signal) =>
        proof.connect.mutate(input, { signal }),
      ),
    askArp: (input) => ask(ARP_MS, ArpResult, (signal) => proof.askArp.mutate(input, { signal })),
    sockets: (input) => ask(FACTS_MS, SocketsResult, (signal) => proof.sockets.mutate(input, { signal })),
    probe: (input, signal) => probe(client, input, { signal, failed }),
  };
}

async function* probe(
  client: TRPCClient<AgentRouter>,
  input: ProbeInput,
  { signal, failed }: { readonly signal: AbortSignal } & Pick<Asking, 'failed'>,
): AsyncGenerator<ProbeReading, void, undefined> {
  const readings = new Newest<ProbeReading>();
  let count = 0;
  const subscription = client.proof.probe.subscribe(input, {
    onData: (data) => {
      const reading = ProbeReading.safeParse(data);
      if (reading.success) readings.put(String(count++ % KEPT_READINGS), reading.data);
      else readings.fail(failed(reading.error));
    },
    onConnectionStateChange: (state) => {
      // Its own retries would begin the load anew and hide that it broke.
      if (state.state === 'connecting' && state.error) readings.fail(failed(state.error));
    },
    onError: (error) => readings.fail(failed(error)),
    onComplete: () => readings.end(),
  });
  try {
    yield* readings.read(signal);
  } finally {
    subscription.unsubscribe();
  }
}

// What proves that a way works before clients are sent over it: reads and probes, and canaries that end by themselves.
import {
  Address,
  Canary,
  CANARY_SECONDS,
  type HostFacts,
  InterfaceName,
  Port,
  Protocol,
} from '@signalbox/cluster';
import * as z from 'zod';

/** `sysctls`: names to read along. */
export const FactsInput = z.object({ sysctls: z.array(z.string().max(100)).max(500) });
export type FactsInput = z.infer<typeof FactsInput>;

/** The whole set of canaries of this host: what is not in it goes. All go after `seconds`, and when the agent starts. */
export const CanariesInput = z.object({
  canaries: z.array(Canary).max(500),
  seconds: z.int().min(1).max(CANARY_SECONDS),
});
export type CanariesInput = z.infer<typeof CanariesInput>;

/**
 * What became of it. `problem`: a sentence with the kernel's word when one could not be set; then none is left.
 * `stood`: the set before this one was there until now. Else what was answered meanwhile may have gone the ordinary way.
 */
export const CanariesResult = z.object({ problem: z.string().nullable(), stood: z.boolean() });
export type CanariesResult = z.infer<typeof CanariesResult>;

/** One connection per item, all at once, each from the first free port of its range. */
export const ConnectInput = z.object({
  connections: z
    .array(
      z.object({
        from: Address.nullable(),
        fromPorts: z
          .object({ first: Port, last: Port })
          .refine(({ first, last }) => first <= last)
          .nullable(),
        to: Address,
        port: Port,
        protocol: Protocol,
      }),
    )
    .max(500),
  timeoutMs: z.int().min(50).max(10_000),
});
export type ConnectInput = z.infer<typeof ConnectInput>;

/** `refused`, `timedOut` and `unreachable` (ICMP) point at different causes. `failed`: we could not even ask. */
export const ConnectResult = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('answered'), milliseconds: z.number() }),
  z.object({
    kind: z.enum(['refused', 'timedOut', 'unreachable', 'failed']),
    errno: z.string(),
    message: z.string(),
  }),
]);
export type ConnectResult = z.infer<typeof ConnectResult>;

/**
 * Who answers for an address on the link, asked both as nobody (0.0.0.0) and as this host. Silence takes a second, because
 * proxies answer late; `shortly` is enough where only those matter who have the address themselves.
 */
export const ArpInput = z.object({
  interface: InterfaceName,
  address: Address,
  from: Address,
  listen: z.enum(['shortly', 'second']),
});
export type ArpInput = z.infer<typeof ArpInput>;

/** `askedAs` names the question it answered: proxy_arp answers only the second. This host never hears itself. */
export const ArpResult = z.object({
  replies: z.array(z.object({ mac: z.string(), askedAs: z.enum(['nobody', 'host']) })),
});
export type ArpResult = z.infer<typeof ArpResult>;

/** Established connections by their local end; `except`: remote addresses that do not count (directors' checks). */
export const SocketsInput = z.object({
  locals: z.array(z.object({ protocol: Protocol, address: Address, port: Port })).max(5000),
  except: z.array(Address).max(500),
});
export type SocketsInput = z.infer<typeof SocketsInput>;

/** One count per item of `locals`, in its order. */
export const SocketsResult = z.object({ counts: z.array(z.int()) });
export type SocketsResult = z.infer<typeof SocketsResult>;

/** The client node's load: HTTP GET in a loop by `workers`, and connections that stay and are written on each second. */
export const ProbeInput = z.object({
  to: Address,
  port: Port,
  path: z
    .string()
    .regex(/^\/[\x21-\x7e]*$/)
    .max(500),
  workers: z.int().min(1).max(64),
  /** Together, at most; 0 is as fast as answers come. */
  requestsPerSecond: z.int().min(0).max(5000),
  longLived: z.int().min(0).max(1000),
  timeoutMs: z.int().min(100).max(30_000),
});
export type ProbeInput = z.infer<typeof ProbeInput>;

/** What happened since the last one, four times a second. */
export const ProbeReading = z.object({
  at: z.string(),
  requests: z.int(),
  failed: z.int(),
  /** How often each server answered, by the first line of its body (the lab's servers say their address). */
  answers: z.array(z.object({ by: z.string(), count: z.int() })),
  /** Reasons of the failed ones with how often. */
  failures: z.array(z.object({ reason: z.string(), count: z.int() })),
  latencyMs: z.object({ p50: z.number(), p99: z.number(), max: z.number() }).nullable(),
  longLived: z.object({ open: z.int(), lost: z.int() }),
});
export type ProbeReading = z.infer<typeof ProbeReading>;

/** What an agent can find out and try. Nothing here changes what the host should have, but canaries, which end by themselves. */
export interface Proofs {
  facts(input: FactsInput): Promise<HostFacts>;
  canaries(input: CanariesInput): Promise<CanariesResult>;
  connect(input: ConnectInput): Promise<readonly ConnectResult[]>;
  askArp(input: ArpInput): Promise<ArpResult>;
  sockets(input: SocketsInput): Promise<SocketsResult>;
  /** Loads until `signal` aborts. */
  probe(input: ProbeInput, signal: AbortSignal): AsyncIterable<ProbeReading>;
}

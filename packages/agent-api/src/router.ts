// The `Agent` and `Renewal` interfaces over tRPC 11: the only thing both programs share.
import { HostState } from '@signalbox/cluster';
import { initTRPC, TRPCError } from '@trpc/server';
import { type Agent, AcceptInput, ConfirmInput, ExecuteInput } from './agent.ts';
import { ArpInput, CanariesInput, ConnectInput, FactsInput, ProbeInput, SocketsInput } from './proof.ts';
import { AgentRefusal, type RefusalKind } from './refusal.ts';
import { type Renewal, RenewedCertificate } from './renewal.ts';

const codes = {
  digestDiffers: 'CONFLICT',
  epochTooLow: 'CONFLICT',
  rolloutUnknown: 'NOT_FOUND',
  phaseOutOfOrder: 'PRECONDITION_FAILED',
  busy: 'TOO_MANY_REQUESTS',
  certificateUnfit: 'PRECONDITION_FAILED',
  problems: 'PRECONDITION_FAILED',
} as const satisfies Record<RefusalKind, TRPCError['code']>;

/** The largest body an agent reads: 1,000 services of 100 destinations as JSON are 20 MB. */
export const MAX_BODY_BYTES = 32 * 1024 * 1024;

/** A silent stream still says it lives; whoever hears nothing for `LOST_AFTER_MS` may take it for dead. */
export const PING_MS = 5000;
export const LOST_AFTER_MS = 15_000;

const t = initTRPC.create({
  isDev: false,
  sse: {
    ping: { enabled: true, intervalMs: PING_MS },
    client: { reconnectAfterInactivityMs: LOST_AFTER_MS },
  },
  /** `data.refusal` names what was refused, null when the agent itself failed; `data.problems` say why. */
  errorFormatter: ({ shape, error }) => {
    const refusal = error.cause instanceof AgentRefusal ? error.cause : null;
    return {
      ...shape,
      data: { ...shape.data, refusal: refusal?.kind ?? null, problems: refusal?.problems ?? [] },
    };
  },
});

const procedure = t.procedure.use(async ({ next }) => {
  const result = await next();
  if (!result.ok && result.error.cause instanceof AgentRefusal) {
    const { cause } = result.error;
    throw new TRPCError({ code: codes[cause.kind], message: cause.message, cause });
  }
  return result;
});

/** Procedures that carry much are mutations though they change nothing: it is too long for a URL. */
export function agentRouter(agent: Agent, renewal: Renewal) {
  return t.router({
    info: procedure.query(() => agent.info()),
    support: procedure.query(() => agent.support()),
    observe: procedure.query(() => agent.observe()),
    preview: procedure.input(HostState).mutation(({ input }) => agent.preview(input)),
    accept: procedure.input(AcceptInput).mutation(({ input }) => agent.accept(input)),
    execute: procedure.input(ExecuteInput).mutation(({ input }) => agent.execute(input)),
    confirm: procedure.input(ConfirmInput).mutation(({ input }) => agent.confirm(input)),
    proof: t.router({
      facts: procedure.input(FactsInput).mutation(({ input }) => agent.proofs.facts(input)),
      canaries: procedure.input(CanariesInput).mutation(({ input }) => agent.proofs.canaries(input)),
      connect: procedure.input(ConnectInput).mutation(({ input }) => agent.proofs.connect(input)),
      askArp: procedure.input(ArpInput).mutation(({ input }) => agent.proofs.askArp(input)),
      sockets: procedure.input(SocketsInput).mutation(({ input }) => agent.proofs.sockets(input)),
      probe: procedure.input(ProbeInput).subscription(async function* ({ input, signal }) {
        yield* agent.proofs.probe(input, signal ?? new AbortController().signal);
      }),
    }),
    renewal: t.router({
      request: procedure.mutation(() => renewal.request()),
      install: procedure.input(RenewedCertificate).mutation(({ input }) => renewal.install(input)),
    }),
    watch: procedure.subscription(async function* ({ signal }) {
      yield* agent.watch(signal ?? new AbortController().signal);
    }),
  });
}

export type AgentRouter = ReturnType<typeof agentRouter>;

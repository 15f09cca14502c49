import { initTRPC, TRPCError, type TRPC_ERROR_CODE_KEY } from '@trpc/server';
import type { Console, Operator } from '../server/console.ts';
import { ConsoleRefusal, type RefusalKind } from '../server/refusal.ts';
import type { Role } from './contract.ts';

/** What each request carries: the running console and who asks (null: not signed in). */
export interface ConsoleContext {
  readonly console: Console;
  readonly operator: Operator | null;
}

const codes: Readonly<Record<RefusalKind, TRPC_ERROR_CODE_KEY>> = {
  notFound: 'NOT_FOUND',
  invalid: 'BAD_REQUEST',
  conflict: 'CONFLICT',
  notNow: 'PRECONDITION_FAILED',
  forbidden: 'FORBIDDEN',
  unreachable: 'SERVICE_UNAVAILABLE',
};

/** Failures without an operator's sentence say only this: their text may hold paths or addresses of the server. */
const unexpected = 'The console failed to do this. Its log says why.';

const t = initTRPC.context<ConsoleContext>().create({
  errorFormatter: ({ shape, error }) => ({
    ...shape,
    message: error.code === 'INTERNAL_SERVER_ERROR' ? unexpected : shape.message,
    data: {
      code: shape.data.code,
      httpStatus: shape.data.httpStatus,
      path: shape.data.path,
      problems: error.cause instanceof ConsoleRefusal ? error.cause.problems : [],
    },
  }),
  sse: { ping: { enabled: true, intervalMs: 5000 }, client: { reconnectAfterInactivityMs: 15_000 } },
});

const refusals = t.middleware(async ({ next }) => {
  const result = await next();
  if (result.ok || !(result.error.cause instanceof ConsoleRefusal)) return result;
  const { cause } = result.error;
  throw new TRPCError({ code: codes[cause.kind], message: cause.message, cause });
});

const rank: Readonly<Record<Role, number>> = { viewer: 0, operator: 1, admin: 2 };

const atLeast = (role: Role) =>
  publicProcedure.use(({ ctx, next }) => {
    if (!ctx.operator) throw new TRPCError({ code: 'UNAUTHORIZED', message: 'Sign in first.' });
    if (rank[ctx.operator.role] < rank[role])
      throw new TRPCError({ code: 'FORBIDDEN', message: `This needs the role ${role}.` });
    return next({ ctx: { ...ctx, operator: ctx.operator } });
  });

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;
/** For everyone, signed in or not. */
export const publicProcedure = t.procedure.use(refusals);
/** For everyone signed in. */
export const viewerProcedure = atLeast('viewer');
/** For operators and administrators. */
export const operatorProcedure = atLeast('operator');
/** For administrators. */
export const adminProcedure = atLeast('admin');

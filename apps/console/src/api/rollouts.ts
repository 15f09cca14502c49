import { Id } from '@signalbox/cluster';
import * as z from 'zod';
import { renewed } from './renewed-stream.ts';
import { operatorProcedure, router, viewerProcedure } from './trpc.ts';

const Digest = z.string().regex(/^[0-9a-f]{64}$/);
const RolloutId = z.object({ rolloutId: z.string().min(1).max(40) });

export const rollouts = router({
  start: operatorProcedure
    .input(z.object({ clusterId: Id, revision: z.int().min(0), digests: z.record(Id, Digest) }))
    .mutation(async ({ ctx, input }) => ({
      rolloutId: await ctx.console.rollouts.start(input, ctx.operator),
    })),
  get: viewerProcedure.input(RolloutId).query(({ ctx, input }) => ctx.console.rollouts.get(input.rolloutId)),
  list: viewerProcedure
    .input(z.object({ clusterId: Id }))
    .query(({ ctx, input }) => ctx.console.rollouts.list(input.clusterId)),
  watch: viewerProcedure
    .input(RolloutId)
    .subscription(({ ctx, input, signal }) =>
      renewed((until) => ctx.console.rollouts.watch(input.rolloutId, until), signal),
    ),
});

import { Id } from '@signalbox/cluster';
import * as z from 'zod';
import { adminProcedure, operatorProcedure, router, viewerProcedure } from './trpc.ts';

const NodeRef = z.object({ clusterId: Id, nodeId: Id });

export const nodes = router({
  get: viewerProcedure.input(NodeRef).query(({ ctx, input }) => ctx.console.nodes.get(input)),
  putBacks: viewerProcedure
    .input(z.object({ clusterId: Id }))
    .query(({ ctx, input }) => ctx.console.nodes.putBacks(input.clusterId)),
  join: operatorProcedure
    .input(NodeRef)
    .mutation(({ ctx, input }) => ctx.console.nodes.join(input, ctx.operator)),
  revoke: adminProcedure.input(NodeRef).mutation(async ({ ctx, input }) => {
    await ctx.console.nodes.revoke(input, ctx.operator);
    return { ok: true };
  }),
});

import { Id, Topology } from '@signalbox/cluster';
import * as z from 'zod';
import { operatorProcedure, router, viewerProcedure } from './trpc.ts';

const Revision = z.int().min(0);

export const clusters = router({
  list: viewerProcedure.query(({ ctx }) => ctx.console.clusters.list()),
  get: viewerProcedure
    .input(z.object({ clusterId: Id }))
    .query(({ ctx, input }) => ctx.console.clusters.get(input.clusterId)),
  create: operatorProcedure
    .input(z.object({ name: Topology.shape.name }))
    .mutation(({ ctx, input }) => ctx.console.clusters.create(input.name, ctx.operator)),
  save: operatorProcedure
    .input(z.object({ clusterId: Id, revision: Revision, topology: Topology }))
    .mutation(({ ctx, input }) => ctx.console.clusters.save(input, ctx.operator)),
  discard: operatorProcedure
    .input(z.object({ clusterId: Id, revision: Revision }))
    .mutation(({ ctx, input }) => ctx.console.clusters.discard(input, ctx.operator)),
  review: operatorProcedure
    .input(z.object({ clusterId: Id }))
    .mutation(({ ctx, input }) => ctx.console.clusters.review(input.clusterId)),
});

import { ForwardingMethod, Id } from '@signalbox/cluster';
import * as z from 'zod';
import { renewed } from './renewed-stream.ts';
import { operatorProcedure, router, viewerProcedure } from './trpc.ts';

const SwitchId = z.object({ switchId: z.string().min(1).max(40) });
const Order = z.object({
  clusterId: Id,
  services: z.array(Id).min(1).max(10_000),
  to: ForwardingMethod,
});

export const switches = router({
  preflight: operatorProcedure
    .input(Order)
    .mutation(({ ctx, input }) => ctx.console.switches.preflight(input)),
  start: operatorProcedure
    .input(
      Order.extend({
        revision: z.int().min(0),
        /** Seconds in which the flip is to be confirmed, or it is undone; null: it stays. */
        confirmWithin: z.int().min(10).max(3600).nullable().default(null),
      }),
    )
    .mutation(async ({ ctx, input }) => ({
      switchId: await ctx.console.switches.start(input, ctx.operator),
    })),
  command: operatorProcedure
    .input(SwitchId.extend({ command: z.enum(['goBack', 'goOn', 'confirm', 'keepBoth', 'drain', 'cutNow']) }))
    .mutation(async ({ ctx, input }) => {
      await ctx.console.switches.command(input, ctx.operator);
      return { ok: true } as const;
    }),
  get: viewerProcedure.input(SwitchId).query(({ ctx, input }) => ctx.console.switches.get(input.switchId)),
  list: viewerProcedure
    .input(z.object({ clusterId: Id }))
    .query(({ ctx, input }) => ctx.console.switches.list(input.clusterId)),
  watch: viewerProcedure
    .input(SwitchId)
    .subscription(({ ctx, input, signal }) =>
      renewed((until) => ctx.console.switches.watch(input.switchId, until), signal),
    ),
});

const ProbeOrder = z.object({
  clusterId: Id,
  nodeId: Id,
  serviceId: Id,
  workers: z.int().min(1).max(64),
  requestsPerSecond: z.int().min(0).max(5000),
  longLived: z.int().min(0).max(1000),
});

export const probes = router({
  watch: operatorProcedure
    .input(ProbeOrder.extend({ withSwitch: z.boolean().default(false) }))
    .subscription(({ ctx, input: { withSwitch, ...order }, signal }) =>
      renewed((until) => ctx.console.probes.watch({ order, withSwitch }, ctx.operator, until), signal),
    ),
  mine: operatorProcedure
    .input(z.object({ clusterId: Id }))
    .query(({ ctx, input }) => ctx.console.probes.mine(input.clusterId, ctx.operator)),
  stop: operatorProcedure.input(z.object({ clusterId: Id, nodeId: Id })).mutation(({ ctx, input }) => {
    ctx.console.probes.stop(input, ctx.operator);
    return { ok: true } as const;
  }),
});

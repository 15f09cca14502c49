import { Id } from '@signalbox/cluster';
import * as z from 'zod';
import { renewed } from './renewed-stream.ts';
import { router, viewerProcedure } from './trpc.ts';

export const live = router({
  watch: viewerProcedure
    .input(z.object({ clusterId: Id }))
    .subscription(({ ctx, input, signal }) =>
      renewed((until) => ctx.console.live.watch(input.clusterId, until), signal),
    ),
});

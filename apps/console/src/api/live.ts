import { Id } from '@signalbox/cluster';
import { z } from 'zod';
import { router, viewerProcedure } from './trpc.ts';

export const live = router({
  watch: viewerProcedure.input(z.object({ clusterId: Id })).subscription(async function* ({
    ctx,
    input,
    signal,
  }) {
    yield* ctx.console.live.watch(input.clusterId, signal ?? new AbortController().signal);
  }),
});

import { NewAdministrator } from './new-administrator.ts';
import { publicProcedure, router } from './trpc.ts';

export const setup = router({
  state: publicProcedure.query(async ({ ctx }) => ({
    needsAdministrator: await ctx.console.setup.needsAdministrator(),
  })),
  createAdministrator: publicProcedure.input(NewAdministrator).mutation(async ({ ctx, input }) => {
    await ctx.console.setup.createAdministrator(input);
    return { ok: true };
  }),
});

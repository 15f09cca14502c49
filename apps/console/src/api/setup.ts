import { z } from 'zod';
import { publicProcedure, router } from './trpc.ts';

/** An administrator's sign-in. better-auth refuses longer passwords, so does this door. */
export const NewAdministrator = z.object({
  name: z.string().trim().min(1).max(100),
  email: z.email().max(254).toLowerCase(),
  password: z.string().min(10).max(128),
});

export const setup = router({
  state: publicProcedure.query(async ({ ctx }) => ({
    needsAdministrator: await ctx.console.setup.needsAdministrator(),
  })),
  createAdministrator: publicProcedure.input(NewAdministrator).mutation(async ({ ctx, input }) => {
    await ctx.console.setup.createAdministrator(input);
    return { ok: true };
  }),
});

import { clusters } from './clusters.ts';
import { live } from './live.ts';
import { nodes } from './nodes.ts';
import { rollouts } from './rollouts.ts';
import { setup } from './setup.ts';
import { probes, switches } from './switches.ts';
import { router, viewerProcedure } from './trpc.ts';

/** The console's whole API; `contract.ts` says what each procedure answers and to whom. */
export const consoleRouter = router({
  setup,
  me: viewerProcedure.query(({ ctx }) => ctx.operator),
  clusters,
  rollouts,
  switches,
  probes,
  live,
  nodes,
});

/** What the browser's client is typed by: import it as a type only. */
export type ConsoleRouter = typeof consoleRouter;

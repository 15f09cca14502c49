import type { inferRouterOutputs } from '@trpc/server';
import type { ConsoleRouter } from '../api/root.ts';

/**
 * What procedures answer after their way through JSON: the contract's values, in lists that the query cache may own.
 * Needed where an answer is handed back to that cache; everywhere else the contract's types say the same.
 */
export type Answers = inferRouterOutputs<ConsoleRouter>;

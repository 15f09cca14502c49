import { drawingRules } from './drawing-rules.ts';
import type { Problem } from './problem.ts';
import { problemMaker } from './problem-rules.ts';
import { serviceRules } from './service-rules.ts';

/** Every rule a topology can break: one row each, whose values the screens put into sentences of their own languages. */
const topologyRules = { ...drawingRules, ...serviceRules };

/** Names of the rules. */
export type TopologyProblemCode = keyof typeof topologyRules;

/** A problem of a topology. Its path is of ids: ['services', 'web', 'destinations', 'rs1', 'port']. */
export type TopologyProblem = Problem & { readonly code: TopologyProblemCode };

export const topologyProblem = problemMaker(topologyRules);

// What is worth saying about an apply as a change, though what it leads to is right.
import { methodNames } from './method-names.ts';
import type { Problem } from './problem.ts';
import { problemMaker, type ProblemRule } from './problem-rules.ts';
import { methodsOf } from './switch-steps.ts';
import type { Topology, VirtualService } from './topology.ts';
import { serviceName, topologyIndex } from './topology-index.ts';

export const applyRules = {
  methodChangedByApply: {
    severity: 'warning',
    message:
      '{service} goes from {from} to {to} by this apply, untried and without waiting: connections under way may be lost. Discard this change and throw the lever instead, which loses none.',
  },
} as const satisfies Readonly<Record<string, ProblemRule>>;

const applyProblem = problemMaker(applyRules);

/** Warnings about turning what is applied into what is drawn. */
export function applyProblems(applied: Topology, drawn: Topology): Problem[] {
  const index = topologyIndex(applied);
  return drawn.services.flatMap((after) => {
    const before = applied.services.find(({ id }) => id === after.id);
    if (!before || !moves(before, after)) return [];
    const words = { service: serviceName(index, before), from: ways(before), to: ways(after) };
    return [applyProblem('methodChangedByApply', ['services', after.id, 'method'], words)];
  });
}

/** Whether a destination that stays, and may have connections, is forwarded by another method afterwards. */
const moves = (before: VirtualService, after: VirtualService): boolean =>
  before.destinations.some((one) => {
    const other = after.destinations.find(({ id }) => id === one.id);
    return other !== undefined && (one.method ?? before.method) !== (other.method ?? after.method);
  });

const ways = (service: VirtualService): string =>
  methodsOf(service)
    .map((method) => methodNames[method])
    .join(' and ');

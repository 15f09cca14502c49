import type { RolloutView } from '../../api/contract.ts';

/** How many operations a rollout has, and how many of them are done. */
export function operationsOf({ hosts }: RolloutView): { done: string; of: string; total: number } {
  const phases = hosts.flatMap((host) => host.phases);
  const total = phases.reduce((all, { of }) => all + of, 0);
  return { done: String(phases.reduce((all, { done }) => all + done, 0)), of: String(total), total };
}

import { foreignInTheWay, type HostProblem, missingSysctls } from './host-problems.ts';
import type { HostState } from './host-state.ts';
import type { Ledger } from './ledger.ts';
import type { PlannedOperation } from './operation.ts';
import { ownedBy, withoutSatisfied, withRestores } from './ownership.ts';
import { plan } from './plan.ts';

/** What a host would do for a desired state, and why it cannot. An error among the problems refuses it. */
export interface HostPlan {
  readonly operations: readonly PlannedOperation[];
  readonly problems: readonly HostProblem[];
}

/**
 * The whole of an agent's deciding: the plan from what was observed to what is desired, touching only what is ours and
 * restoring what has lost its reason. `observed.sysctls` must hold what `sysctlsToRead` names; `ledger` is settled.
 */
export function planHost(desired: HostState, observed: HostState, ledger: Ledger): HostPlan {
  const { owned, unmanaged } = ownedBy(observed, ledger);
  // A sysctl that is gone went with its interface: there is nothing to restore.
  const there = new Set(observed.sysctls.map(({ name }) => name));
  const restorable = { ...ledger, sysctls: ledger.sysctls.filter(({ name }) => there.has(name)) };
  const wanted = withRestores(withoutSatisfied(desired, unmanaged), restorable);
  return {
    operations: plan(wanted, owned),
    problems: [...foreignInTheWay(desired, observed, ledger), ...missingSysctls(desired, observed)],
  };
}

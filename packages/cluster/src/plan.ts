import type { HostState } from './host-state.ts';
import type { PlannedOperation } from './operation.ts';
import { planAddresses, planMarks, planRules } from './plan-objects.ts';
import { inOrder } from './plan-order.ts';
import { planRoutes } from './plan-routes.ts';
import { planServices } from './plan-services.ts';
import { planSysctls } from './plan-sysctls.ts';

/**
 * What turns `owned` into `desired`: sorted by phase and, inside it, so that every prefix serves. Pure and total;
 * the order of the inputs' lists does not matter; `plan(x, x)` is empty. `owned` is our part of what the host has
 * (`ownedBy`), so nothing foreign is ever edited or deleted. Sysctls are the exception: `owned` holds all that were
 * read, and one that is not in `desired` is left as it is; one that is wanted and was not read is set from ''.
 */
export function plan(desired: HostState, owned: HostState): PlannedOperation[] {
  return inOrder([
    ...planSysctls(desired.sysctls, owned.sysctls),
    ...planRoutes(desired.routes, owned.routes),
    ...planRules(desired.rules, owned.rules),
    ...planAddresses(desired.addresses, owned.addresses),
    ...planServices(desired.services, owned.services),
    ...planMarks(desired.marks, owned.marks),
  ]);
}

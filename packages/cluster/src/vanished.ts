// What a plan would only put back: ours, wanted, and gone from the host since it was made.
import type { HostState } from './host-state.ts';
import { keyOfMade } from './made-object.ts';
import { objectKey } from './object-key.ts';
import type { Operation, PlannedOperation } from './operation.ts';
import { sysctlMover } from './sysctls.ts';

/**
 * Of a plan, what makes objects that are missing and sets wanted sysctls again that moved away. What the host has
 * otherwise than wanted was changed on purpose by somebody, and stays for an operator to see; nothing is taken away.
 */
export function vanished(plan: readonly PlannedOperation[], desired: HostState): PlannedOperation[] {
  const replaced = new Set(
    plan.flatMap(({ operation }) =>
      operation.kind === 'deleteRoute' ? [objectKey({ ...operation, kind: 'route' })] : [],
    ),
  );
  const wanted = new Set(desired.sysctls.map(({ name }) => name));
  const isVanished = (operation: Operation): boolean => {
    // Without a value before, it went with its interface.
    if (operation.kind === 'setSysctl')
      return (
        operation.from !== '' && (wanted.has(operation.name) || wanted.has(sysctlMover(operation.name) ?? ''))
      );
    const made = keyOfMade(operation);
    return made !== null && !replaced.has(made);
  };
  return plan.filter(({ operation }) => isVanished(operation));
}

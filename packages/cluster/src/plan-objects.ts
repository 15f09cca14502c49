// Kinds that are only added and deleted: all they are is their identity.
import type { HostAddress, HostMark, HostRule } from './host-state.ts';
import { objectKey } from './object-key.ts';
import { match } from './matching.ts';
import type { PlacedOperation } from './plan-order.ts';

const addressKey = (address: HostAddress) => objectKey({ kind: 'address', address });
const ruleKey = (rule: HostRule) => objectKey({ kind: 'rule', rule });
const markKey = (mark: HostMark) => objectKey({ kind: 'mark', mark });

/** An address whose label differs is the same address: it is never taken down for its name. */
export function planAddresses(
  desired: readonly HostAddress[],
  owned: readonly HostAddress[],
): PlacedOperation[] {
  const { added, removed } = match(desired, owned, addressKey);
  return [
    ...added.map(
      (address): PlacedOperation => ({
        place: { phase: 'prepare', stage: 'address', text: addressKey(address) },
        operation: { kind: 'addAddress', address },
      }),
    ),
    ...removed.map(
      (address): PlacedOperation => ({
        place: { phase: 'retire', stage: 'address', text: addressKey(address) },
        operation: { kind: 'deleteAddress', address },
      }),
    ),
  ];
}

export function planRules(desired: readonly HostRule[], owned: readonly HostRule[]): PlacedOperation[] {
  const { added, removed } = match(desired, owned, ruleKey);
  return [
    ...added.map(
      (rule): PlacedOperation => ({
        place: { phase: 'prepare', stage: 'rule', text: ruleKey(rule) },
        operation: { kind: 'addRule', rule },
      }),
    ),
    ...removed.map(
      (rule): PlacedOperation => ({
        place: { phase: 'retire', stage: 'rule', text: ruleKey(rule) },
        operation: { kind: 'deleteRule', rule },
      }),
    ),
  ];
}

/** A mark diverts traffic to its service, so it is set in the switch phase, when every host is prepared. */
export function planMarks(desired: readonly HostMark[], owned: readonly HostMark[]): PlacedOperation[] {
  const { added, removed } = match(desired, owned, markKey);
  return [
    ...added.map(
      (mark): PlacedOperation => ({
        place: { phase: 'switch', stage: 'mark', text: markKey(mark) },
        operation: { kind: 'addMark', mark },
      }),
    ),
    ...removed.map(
      (mark): PlacedOperation => ({
        place: { phase: 'retire', stage: 'mark', text: markKey(mark) },
        operation: { kind: 'deleteMark', mark },
      }),
    ),
  ];
}

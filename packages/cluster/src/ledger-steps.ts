// How the ledger changes. Each step is pure; the agent writes and fsyncs what it answers.
import type { HostState } from './host-state.ts';
import { emptyLedger, type Ledger, type LedgerSysctl } from './ledger.ts';
import { keyOfMade } from './made-object.ts';
import { objectKeys } from './object-key.ts';
import type { Operation } from './operation.ts';
import { sysctlMover, sysctlReason } from './sysctls.ts';

/**
 * The ledger before the kernel is touched: what the operations may make becomes ours now, so that nothing we made is
 * unknown after a crash. What they delete stays ours until `settle` sees that it is gone.
 */
export function recordIntent(ledger: Ledger, operations: readonly Operation[], rollout: string): Ledger {
  const objects = { ...ledger.objects };
  const sysctls = new Map(ledger.sysctls.map((entry) => [entry.name, entry]));
  for (const operation of operations) {
    const key = keyOfMade(operation);
    if (key !== null) objects[key] = rollout;
    // Without a value before there is nothing to go back to: the sysctl is not there, and the write will fail.
    if (operation.kind === 'setSysctl' && operation.from !== '') {
      sysctls.set(operation.name, intended(sysctls, operation));
    }
  }
  return { ...ledger, objects, sysctls: [...sysctls.values()] };
}

/** Writing the original back takes the reasons away: the entry then waits for `settle` to see the value. */
function intended(
  sysctls: ReadonlyMap<string, LedgerSysctl>,
  { name, from, to }: Extract<Operation, { kind: 'setSysctl' }>,
): LedgerSysctl {
  const entry = sysctls.get(name) ?? { name, original: from, written: to, reasons: [] };
  const restores = sysctls.has(name) && to === entry.original;
  return restores ? { ...entry, reasons: [] } : { ...entry, written: to, reasons: [sysctlReason(name)] };
}

/**
 * The ledger after a look at the host: what is gone is forgotten. A sysctl entry goes when its original is back and
 * no reason is left, and when the value is neither ours nor the original: then somebody else set it, and theirs stays.
 */
export function settle(ledger: Ledger, observed: HostState): Ledger {
  const there = objectKeys(observed);
  const seen = new Map(observed.sysctls.map(({ name, value }) => [name, value]));
  const kept = ledger.sysctls.filter((entry) => isOurs(entry, seen.get(entry.name)));
  const names = new Set(kept.map(({ name }) => name));
  return {
    ...ledger,
    objects: Object.fromEntries(Object.entries(ledger.objects).filter(([key]) => there.has(key))),
    // What moves with another sysctl is needed until that one is restored.
    sysctls: ledger.sysctls.filter(({ name }) => names.has(name) || names.has(sysctlMover(name) ?? '')),
  };
}

function isOurs({ original, written, reasons }: LedgerSysctl, seen: string | undefined): boolean {
  if (seen === undefined) return true;
  return reasons.length === 0 && seen === original ? false : seen === written;
}

/** A reboot clears the kernel: with another boot id nothing is ours and every original is to be read again. */
export const forgetBoot = (ledger: Ledger, bootId: string): Ledger =>
  ledger.bootId === bootId ? ledger : emptyLedger(bootId);

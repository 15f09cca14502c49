import type { HostSysctl } from './host-state.ts';
import type { Phase } from './operation.ts';
import type { PlacedOperation } from './plan-order.ts';
import { movedSysctl, sysctlMover, sysctlRelaxes, sysctlSatisfied, sysctlSortText } from './sysctls.ts';

/**
 * Sets what is not satisfied. Where the kernel moves a second sysctl along (forwarding and accept_redirects), we set
 * that one first to what the kernel will make it: the plan then shows it, the ledger remembers what it was, and
 * undoing the plan in reverse order ends with the value it had.
 */
export function planSysctls(desired: readonly HostSysctl[], seen: readonly HostSysctl[]): PlacedOperation[] {
  const now = new Map(seen.map(({ name, value }) => [name, value]));
  const phaseOf = new Map<string, Phase>();
  const placed: PlacedOperation[] = [];

  const wanted = new Map(desired.map((sysctl) => [sysctl.name, sysctl]));
  // What this plan itself does to `all` must not undo what satisfies an interface now.
  const after = (name: string) => wanted.get(name)?.value ?? now.get(name);
  for (const { name, value } of [...wanted.values()].sort(byOrderOfWriting)) {
    const from = now.get(name) ?? '';
    const own = (other: string) => (other === name ? from : after(other));
    if (sysctlSatisfied(name, value, (other) => now.get(other)) && sysctlSatisfied(name, value, own))
      continue;
    const phase =
      phaseOf.get(sysctlMover(name) ?? '') ?? (sysctlRelaxes(name, from, value) ? 'retire' : 'prepare');
    const moved = movedSysctl(name, value);
    const movedFrom = moved && now.get(moved.name);
    if (moved && movedFrom !== undefined && movedFrom !== null) {
      placed.push(
        set({ name: moved.name, from: movedFrom, to: moved.value }, phase, `${sysctlSortText(name)} 0`),
      );
      now.set(moved.name, moved.value);
    }
    placed.push(set({ name, from, to: value }, phase, `${sysctlSortText(name)} 1`));
    phaseOf.set(name, phase);
  }
  return placed;
}

function set(
  change: { name: string; from: string; to: string },
  phase: Phase,
  text: string,
): PlacedOperation {
  const operation = { kind: 'setSysctl', ...change } as const;
  return phase === 'retire'
    ? { place: { phase, stage: 'sysctl', text }, operation }
    : { place: { phase: 'prepare', stage: 'sysctl', text }, operation };
}

const byOrderOfWriting = (a: HostSysctl, b: HostSysctl) =>
  sysctlSortText(a.name) < sysctlSortText(b.name) ? -1 : 1;

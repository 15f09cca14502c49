import { type HostState, type Ledger, withoutCanaries } from '@signalbox/cluster';
import { inRollouts } from './acceptance.ts';
import type { Memory } from './memory.ts';

/** The host and its ledger as they would be without canaries: `sysctls` that were set for them have their originals. */
export function asWithoutCanaries(
  seen: HostState,
  ledger: Ledger,
  sysctls: ReadonlySet<string>,
): { readonly seen: HostState; readonly ledger: Ledger } {
  const forCanaries = ledger.sysctls.filter(({ name }) => sysctls.has(name));
  const originals = new Map(forCanaries.map(({ name, original }) => [name, original]));
  const bare = withoutCanaries(seen);
  return {
    seen: {
      ...bare,
      sysctls: bare.sysctls.map(({ name, value }) => ({ name, value: originals.get(name) ?? value })),
    },
    ledger: { ...ledger, sysctls: ledger.sysctls.filter(({ name }) => !sysctls.has(name)) },
  };
}

/** Of these sysctls those that no rollout wants: what one wants is its own, also while it is on its way. */
export function forCanariesAlone(
  names: Iterable<string>,
  memory: Pick<Memory, 'accepted' | 'progress'>,
): ReadonlySet<string> {
  const wanted = new Set(inRollouts(memory).flatMap(({ sysctls }) => sysctls.map(({ name }) => name)));
  return new Set([...names].filter((name) => !wanted.has(name)));
}

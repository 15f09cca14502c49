import {
  type HostState,
  type Ledger,
  type PlannedOperation,
  planHost,
  type Problem,
  settle,
  sysctlsToRead,
} from '@signalbox/cluster';
import type { Kernel, MarksLook } from '@signalbox/kernel';
import { inRollouts } from './acceptance.ts';
import { asWithoutCanaries, forCanariesAlone } from './as-without-canaries.ts';
import type { Host } from './host.ts';
import type { Memory } from './memory.ts';

/** One look at the host with a desired state in mind: what is there, and what is left to do. */
export interface HostLook {
  readonly seen: HostState;
  /** Without what is gone from the kernel. */
  readonly ledger: Ledger;
  readonly operations: readonly PlannedOperation[];
  readonly problems: readonly Problem[];
}

export async function lookAtHost({ kernel, memory }: Host, desired: HostState): Promise<HostLook> {
  // Asking loads IPVS, which brings its sysctls.
  const missing = await missingIpvs(kernel, desired);
  const seen = await kernel.observe(sysctlsToRead(desired, memory.ledger), marksLook(desired, memory));
  const ledger = settle(memory.ledger, seen);
  // Canaries come and go by themselves: a plan that somebody is shown or accepts is as if there were none.
  const bare = asWithoutCanaries(seen, ledger, forCanariesAlone(memory.canarySysctls, memory));
  const { operations, problems } = planHost(desired, bare.seen, bare.ledger);
  return { seen, ledger, operations, problems: [...missing, ...problems] };
}

/** Reading marks takes a program. Where no rollout wants any there are only those of canaries, which no plan is about. */
export const marksLook = (desired: HostState, memory: Pick<Memory, 'accepted' | 'progress'>): MarksLook =>
  [desired, ...inRollouts(memory)].some(({ marks }) => marks.length > 0) ? 'asked' : 'asLeft';

/** Services cannot be made where the kernel has no IPVS: said before anything is tried. */
async function missingIpvs(kernel: Kernel, desired: HostState): Promise<Problem[]> {
  if (desired.services.length === 0) return [];
  const missing = await kernel.missingIpvs();
  if (missing === null) return [];
  const { kernelRelease, reason, remedy } = missing;
  return [
    {
      code: 'ipvsMissing',
      severity: 'error',
      path: ['services'],
      values: { kernelRelease, reason, remedy },
      message: `The kernel of this host (${kernelRelease}) has no IPVS. ${reason} ${remedy}`,
    },
  ];
}

export const errorsIn = (problems: readonly Problem[]): Problem[] =>
  problems.filter(({ severity }) => severity === 'error');

// Canaries of this host: laid over what it should have by the ordinary plan, and taken off again by themselves.
import type { CanariesInput, CanariesResult } from '@signalbox/agent-api';
import {
  type Canary,
  canaryState,
  emptyHostState,
  type HostState,
  isCanaryOperation,
  objectKeys,
  type Operation,
  planHost,
  settle,
  sysctlsToRead,
  withCanaries,
} from '@signalbox/cluster';
import type { MarksLook } from '@signalbox/kernel';
import { inForce } from '../agent/acceptance.ts';
import { forCanariesAlone } from '../agent/as-without-canaries.ts';
import type { Host } from '../agent/host.ts';
import { marksLook } from '../agent/host-look.ts';
import { runOperations } from '../agent/run-operations.ts';
import type { Turns } from '../agent/turns.ts';
import { errorText } from '../log.ts';

/** Under this name the ledger remembers what belongs to canaries. */
const ROLLOUT = 'canaries';
const RETRY_SECONDS = 5;

export interface Canaries {
  /** The whole set: what is not in it goes. To be called in a turn of its own. */
  set(input: CanariesInput): Promise<CanariesResult>;
  /** Takes off what an agent that was killed has left. To be called in a turn of its own. */
  clear(): Promise<void>;
  /** Takes off what flies, in a turn of its own. */
  close(): void;
}

export function createCanaries(host: Host, turns: Turns): Canaries {
  let timer: NodeJS.Timeout | null = null;
  /** What was set last; null when that is not known, or it was taken off. */
  let flying: readonly Canary[] | null = null;
  let closed = false;
  const stopTimer = () => {
    if (timer) clearTimeout(timer);
    timer = null;
  };
  const ended = () => {
    stopTimer();
    flying = null;
  };
  const endIn = (seconds: number) => {
    stopTimer();
    if (!closed) timer = setTimeout(endInTurn, seconds * 1000).unref();
  };
  /** Where too many wait in line it is tried again. */
  const endInTurn = () => void turns.take(end).catch(() => endIn(RETRY_SECONDS));
  /** Answers whether they are gone. Never rejects: what could not be taken off is tried again. */
  const end = async (): Promise<boolean> => {
    const problem = await bringTo(host, [], null).then(({ problem }) => problem, errorText);
    if (problem === null) ended();
    else {
      host.log(`Canaries could not be taken off: ${problem}`);
      endIn(RETRY_SECONDS);
    }
    return problem === null;
  };
  return {
    set: async ({ canaries, seconds }) => {
      // Also for those that were there before, should this throw.
      endIn(seconds);
      const former = flying;
      flying = canaries;
      const { problem, seen } = await bringTo(host, canaries, former);
      const stood = problem === null && former !== null && stand(former, seen);
      if (problem === null && canaries.length === 0) ended();
      const areGone = problem !== null && (await end());
      return { problem: areGone && canaries.length === 0 ? null : problem, stood };
    },
    clear: async () => void (await end()),
    close: () => {
      stopTimer();
      closed = true;
      if (flying !== null) endInTurn();
    },
  };
}

/**
 * Whether marks and services of all of them are on the host. Another program that flushes its rules takes ours along:
 * marks that are known as they were left show it when they cannot be taken off.
 */
function stand(canaries: readonly Canary[], seen: HostState): boolean {
  const there = objectKeys(seen);
  const { services, marks } = canaryState(canaries);
  return [...objectKeys({ ...emptyHostState, services, marks })].every((key) => there.has(key));
}

/** Interfaces, whose sysctls canaries may need, are found by the addresses that are there: mostly they were read with them. */
async function lookWith(
  canaries: readonly Canary[],
  { host: { kernel, memory }, base, marks }: { host: Host; base: HostState; marks: MarksLook },
): Promise<{ readonly desired: HostState; readonly seen: HostState }> {
  const read = sysctlsToRead(base, memory.ledger);
  const first = await kernel.observe(read, marks);
  const desired = withCanaries(base, canaries, first.addresses);
  const needed = sysctlsToRead(desired, memory.ledger);
  const seen = needed.every((name) => read.includes(name)) ? first : await kernel.observe(needed, marks);
  return { desired, seen };
}

/**
 * Does what is about canaries and nothing else: drift of the rest is not put right behind anybody's back. Answers what
 * the host had before.
 */
async function bringTo(
  host: Host,
  canaries: readonly Canary[],
  former: readonly Canary[] | null,
): Promise<{ readonly problem: string | null; readonly seen: HostState }> {
  const { memory } = host;
  const base = inForce(memory.accepted, memory.progress)?.desired ?? emptyHostState;
  const replaces = former !== null && canaries.length > 0;
  const marks = replaces ? 'asked' : marksLook(base, memory);
  const { desired, seen } = await lookWith(canaries, { host, base, marks });
  const names = [...memory.canarySysctls, ...desired.sysctls.map(({ name }) => name)];
  const flying = forCanariesAlone(names, memory);
  const ledger = settle(memory.ledger, seen);
  const { operations } = planHost(desired, seen, ledger);
  const isOurs = (operation: Operation) => isCanaryOperation(operation, flying);
  const due = operations.map(({ operation }) => operation).filter(isOurs);
  if (due.length > 0) {
    await memory.rememberLedger(ledger);
    await memory.rememberCanarySysctls(flying);
    const run = { host, rollout: ROLLOUT, desired, operations: due, later: [], marks, onProgress: () => {} };
    for (const { outcome } of await runOperations(run))
      if (outcome.kind === 'failed') return { problem: outcome.message, seen };
  }
  if (canaries.length === 0) await memory.rememberCanarySysctls(new Set());
  return { problem: null, seen };
}

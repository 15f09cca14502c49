// Canaries of this host: laid over what it should have by the ordinary plan, and taken off again by themselves.
import type { CanariesInput, CanariesResult } from '@signalbox/agent-api';
import {
  type Canary,
  emptyHostState,
  isCanaryOperation,
  type Operation,
  planHost,
  settle,
  sysctlsToRead,
  withCanaries,
} from '@signalbox/cluster';
import { inForce } from '../agent/acceptance.ts';
import type { Host } from '../agent/host.ts';
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
  close(): void;
}

export function createCanaries(host: Host, turns: Turns): Canaries {
  let timer: NodeJS.Timeout | null = null;
  const stopTimer = () => {
    if (timer) clearTimeout(timer);
    timer = null;
  };
  const endIn = (seconds: number) => {
    stopTimer();
    timer = setTimeout(() => void turns.take(end), seconds * 1000).unref();
  };
  /** Never rejects: what could not be taken off is tried again. */
  const end = async () => {
    const problem = await bringTo(host, []).catch(errorText);
    if (problem === null) return;
    host.log(`Canaries could not be taken off: ${problem}`);
    endIn(RETRY_SECONDS);
  };
  return {
    set: async ({ canaries, seconds }) => {
      // Also for those that were there before, should this throw.
      endIn(seconds);
      const problem = await bringTo(host, canaries);
      if (problem !== null) await end();
      else if (canaries.length === 0) stopTimer();
      return { problem };
    },
    clear: end,
    close: stopTimer,
  };
}

/** Does what is about canaries and nothing else: drift of the rest is not put right behind anybody's back. */
async function bringTo(host: Host, canaries: readonly Canary[]): Promise<string | null> {
  const { kernel, memory } = host;
  const base = inForce(memory.accepted, memory.progress)?.desired ?? emptyHostState;
  // Interfaces are found by the addresses that are there.
  const { addresses } = await kernel.observe([]);
  const desired = withCanaries(base, canaries, addresses);
  const own = new Set(base.sysctls.map(({ name }) => name));
  const added = desired.sysctls.map(({ name }) => name).filter((name) => !own.has(name));
  const flying = new Set([...memory.canarySysctls, ...added]);
  const seen = await kernel.observe(sysctlsToRead(desired, memory.ledger));
  const ledger = settle(memory.ledger, seen);
  const { operations } = planHost(desired, seen, ledger);
  const isOurs = (operation: Operation) => isCanaryOperation(operation, flying);
  const due = operations.map(({ operation }) => operation).filter(isOurs);
  if (due.length === 0) return null;
  await memory.rememberLedger(ledger);
  memory.canarySysctls = canaries.length > 0 ? flying : new Set();
  const results = await runOperations({
    host,
    rollout: ROLLOUT,
    desired,
    operations: due,
    later: [],
    onProgress: () => {},
  });
  for (const { outcome } of results) if (outcome.kind === 'failed') return outcome.message;
  return null;
}

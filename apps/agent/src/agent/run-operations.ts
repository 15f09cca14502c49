import type { OperationResult } from '@signalbox/agent-api';
import {
  describe,
  type HostState,
  type Ledger,
  type Operation,
  type PlannedOperation,
  planHost,
  recordIntent,
  settle,
  sysctlsToRead,
  touchedObject,
} from '@signalbox/cluster';
import { errorText } from '../log.ts';
import type { Host } from './host.ts';
import { afterReadingBack, cannotBeReadBack, noAnswer, notKept, type Outcome } from './read-back.ts';

export interface Run {
  readonly host: Host;
  readonly rollout: string;
  readonly desired: HostState;
  readonly operations: readonly Operation[];
  /** What the plan leaves for later phases. */
  readonly later: readonly PlannedOperation[];
  readonly onProgress: (done: number) => void;
}

/**
 * Does the operations in order, stops at the first that fails, reads the host back, and answers what became of each.
 * The ledger on disk knows of all of them before the kernel hears of the first.
 * @throws only when the disk fails: what the kernel does or refuses is in the results.
 */
export async function runOperations(run: Run): Promise<OperationResult[]> {
  const { operations } = run;
  const { memory } = run.host;
  if (operations.length === 0) return [];
  const intent = recordIntent(memory.ledger, operations, run.rollout);
  await memory.rememberLedger(intent);
  const outcomes = await outcomesOf(run);
  const readBack = await readHostBack(run, intent);
  return operations.map((operation, at) => {
    const outcome = outcomes[at] ?? noAnswer('it said nothing about this one');
    return { operation, command: describe(operation), outcome: readBack(operation, outcome) };
  });
}

async function outcomesOf({ host, operations, onProgress }: Run): Promise<readonly Outcome[]> {
  try {
    return await host.kernel.run(operations, onProgress);
  } catch (error) {
    const outcome = noAnswer(errorText(error));
    return operations.map(() => outcome);
  }
}

async function readHostBack({ host, desired, later }: Run, intent: Ledger) {
  const { kernel, memory } = host;
  let seen: HostState;
  try {
    seen = await kernel.observe(sysctlsToRead(desired, intent));
  } catch (error) {
    const reason = errorText(error);
    return (_: Operation, outcome: Outcome) => cannotBeReadBack(outcome, reason);
  }
  await memory.rememberLedger(settle(intent, seen));
  const wrong = notKept(planHost(desired, seen, intent).operations, later);
  return (operation: Operation, outcome: Outcome) =>
    afterReadingBack(outcome, wrong.get(touchedObject(operation)));
}

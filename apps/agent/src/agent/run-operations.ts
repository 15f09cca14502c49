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
import type { Kernel, MarksLook } from '@signalbox/kernel';
import { errorText } from '../log.ts';
import type { Host } from './host.ts';
import { lastConnections, letsConnectionsEnd } from './last-connections.ts';
import { afterReadingBack, cannotBeReadBack, noAnswer, notKept, type Outcome } from './read-back.ts';

export interface Run {
  readonly host: Host;
  readonly rollout: string;
  readonly desired: HostState;
  readonly operations: readonly Operation[];
  /** What the plan leaves for later phases. */
  readonly later: readonly PlannedOperation[];
  /** How marks are read back: see `Kernel.observe`. */
  readonly marks?: MarksLook;
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
    return await inParts(host.kernel, operations, onProgress);
  } catch (error) {
    const outcome = noAnswer(errorText(error));
    return operations.map(() => outcome);
  }
}

/** The first destination that leaves waits for the last connections of all that do. */
async function inParts(
  kernel: Kernel,
  operations: readonly Operation[],
  onProgress: (done: number) => void,
): Promise<readonly Outcome[]> {
  const leaving = operations.filter(letsConnectionsEnd);
  const [first] = leaving;
  if (first === undefined) return kernel.run(operations, onProgress);
  const at = operations.indexOf(first);
  const before = at === 0 ? [] : await kernel.run(operations.slice(0, at), onProgress);
  const rest = operations.slice(at);
  if (before.some(({ kind }) => kind !== 'done')) return [...before, ...rest.map(() => notRun)];
  const cut = await lastConnections(kernel, leaving);
  const after = await kernel.run(rest, (done) => onProgress(at + done));
  return [...before, ...after.map((outcome, index) => withCut(outcome, cut, rest[index]))];
}

const notRun: Outcome = { kind: 'notRun' };

function withCut(outcome: Outcome, cut: ReadonlyMap<string, number>, operation?: Operation): Outcome {
  const open = operation?.kind === 'deleteDestination' ? cut.get(touchedObject(operation)) : undefined;
  return outcome.kind === 'done' && open !== undefined ? { ...outcome, cut: open } : outcome;
}

async function readHostBack({ host, desired, later, marks }: Run, intent: Ledger) {
  const { kernel, memory } = host;
  let seen: HostState;
  try {
    seen = await kernel.observe(sysctlsToRead(desired, intent), marks);
  } catch (error) {
    const reason = errorText(error);
    return (_: Operation, outcome: Outcome) => cannotBeReadBack(outcome, reason);
  }
  await memory.rememberLedger(settle(intent, seen));
  const wrong = notKept(planHost(desired, seen, intent).operations, later);
  return (operation: Operation, outcome: Outcome) =>
    afterReadingBack(outcome, wrong.get(touchedObject(operation)));
}

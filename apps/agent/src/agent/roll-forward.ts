// Bringing the host to a state that is in force already, without the console: after a reboot, and after our own death.
import type { OperationResult } from '@signalbox/agent-api';
import { describe, objectKey, type Operation, touchedObject } from '@signalbox/cluster';
import { type Acceptance, type InForce, operationsOf, PHASES } from './acceptance.ts';
import type { Host } from './host.ts';
import { errorsIn, type HostLook, lookAtHost } from './host-look.ts';
import { logResults } from './log-results.ts';
import { phaseResult } from './phase-result.ts';
import { runOperations } from './run-operations.ts';

/** Does whatever the host still lacks, all phases in their order. What is foreign and in the way stays, and is logged. */
export async function rollForward(host: Host, { rollout, desired }: InForce): Promise<OperationResult[]> {
  const look = await lookAtHost(host, desired);
  for (const { message } of errorsIn(look.problems)) host.log(message);
  await host.memory.rememberLedger(look.ledger);
  const { free, blocked } = blockedByForeign(look);
  const ran = await runOperations({
    host,
    rollout,
    desired,
    operations: free,
    later: [],
    onProgress: () => {},
  });
  const results = [...ran, ...blocked.map(inTheWay)];
  logResults(host.log, `Rolled forward to rollout ${rollout}`, results);
  return results;
}

/** Rolls forward a rollout that was cut short, and stores what that means for each operation of its plan. */
export async function finish(host: Host, acceptance: Acceptance): Promise<OperationResult[]> {
  const { memory } = host;
  const { rollout, plan, id } = acceptance;
  // On disk before the kernel is touched: killed again, the next start comes here again.
  if (!memory.progress.running) await memory.rememberProgress({ ...memory.progress, running: 'prepare' });
  const rolled = await rollForward(host, acceptance);

  // What is left to do of an object may not be what was planned for it.
  const outcomes = new Map([
    ...rolled.map(({ operation, outcome }) => [touchedObject(operation), outcome] as const),
    ...rolled.map(({ command, outcome }) => [command, outcome] as const),
  ]);
  const planned = PHASES.map((phase) => ({ phase, operations: operationsOf(plan, phase) }));
  const results = planned
    .filter(({ operations }) => operations.length > 0)
    .map(({ phase, operations }) =>
      phaseResult({ rollout, phase, results: operations.map((operation) => resultOf(operation, outcomes)) }),
    );
  await memory.rememberProgress({ acceptance: id, running: null, results });
  return rolled;
}

/** Where nothing was left to do, the operation had been done before we died. */
function resultOf(operation: Operation, outcomes: ReadonlyMap<string, OperationResult['outcome']>) {
  const command = describe(operation);
  const outcome =
    outcomes.get(command) ?? outcomes.get(touchedObject(operation)) ?? ({ kind: 'done' } as const);
  return { operation, command, outcome };
}

const inTheWay = (operation: Operation): OperationResult => ({
  operation,
  command: describe(operation),
  outcome: { kind: 'failed', errno: 'EEXIST', message: 'this host has one that Signalbox did not make' },
});

/** What would be made where a foreign object stands, or inside a foreign service, is left out; the rest goes on. */
export function blockedByForeign({ operations, problems }: Pick<HostLook, 'operations' | 'problems'>) {
  const foreign = new Set(
    problems.flatMap(({ code, values }) => (code === 'foreignObjectInTheWay' ? [values['object']] : [])),
  );
  const isBlocked = (operation: Operation) =>
    foreign.has(touchedObject(operation)) ||
    (operation.kind === 'addDestination' &&
      foreign.has(objectKey({ kind: 'service', key: operation.service })));
  const all = operations.map(({ operation }) => operation);
  return { free: all.filter((operation) => !isBlocked(operation)), blocked: all.filter(isBlocked) };
}

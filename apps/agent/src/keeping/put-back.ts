// One look at what is kept, and what disappeared of it put back.
import { objectKey, type Operation, vanished, touchedObject } from '@signalbox/cluster';
import type { Host } from '../agent/host.ts';
import { lookAtHost } from '../agent/host-look.ts';
import { blockedByForeign } from '../agent/roll-forward.ts';
import { runOperations } from '../agent/run-operations.ts';
import { type Kept, keptNow } from './kept.ts';
import type { Patience } from './patience.ts';
import { failedSentence, leftSentence, putBackSentence } from './sentences.ts';

/** Whether something of what is kept is missing. Reads only, so it need not be in a turn: what is being done may look so. */
export async function isMissing(host: Host): Promise<boolean> {
  const kept = keptNow(host.memory);
  return kept !== null && (await missingOf(host, kept)).missing.length > 0;
}

async function missingOf(host: Host, kept: Kept) {
  const look = await lookAtHost(host, kept.desired);
  return { look, missing: vanished(look.operations, kept.desired).filter(kept.isKept) };
}

/** To be called in a turn. Answers a sentence for each thing that something is new about. */
export async function putBack(host: Host, patience: Patience): Promise<readonly string[]> {
  const kept = keptNow(host.memory);
  if (kept === null) return [];
  patience.begin(kept.id);
  const { look, missing } = await missingOf(host, kept);
  const { free } = blockedByForeign({ operations: missing, problems: look.problems });
  const { due, sentences } = whatToTry(free, patience);
  if (due.length === 0) return sentences;
  await host.memory.rememberLedger(look.ledger);
  return [...sentences, ...(await tryAll({ host, kept, patience }, due))];
}

function whatToTry(missing: readonly Operation[], patience: Patience) {
  const due: Operation[] = [];
  const sentences: string[] = [];
  const without = new Set<string>();
  for (const operation of missing) {
    const verdict = isWithin(operation, without) ? 'wait' : patience.verdictOn(touchedObject(operation));
    if (verdict === 'try') due.push(operation);
    else without.add(touchedObject(operation));
    if (verdict === 'left') sentences.push(leftSentence(operation));
  }
  return { due, sentences };
}

/** What stands on something that is not there. */
const isWithin = (operation: Operation, missing: ReadonlySet<string>): boolean =>
  operation.kind === 'addDestination' && missing.has(objectKey({ kind: 'service', key: operation.service }));

interface Keeping {
  readonly host: Host;
  readonly kept: Kept;
  readonly patience: Patience;
}

/** A thing that fails keeps nothing else from coming back. */
async function tryAll({ host, kept, patience }: Keeping, due: readonly Operation[]): Promise<string[]> {
  const { rollout, desired } = kept;
  const sentences: string[] = [];
  const failed = new Set<string>();
  for (let left = due; left.length > 0; ) {
    const run = { host, rollout, desired, operations: left, later: [], onProgress: () => {} };
    const results = await runOperations(run);
    for (const { operation, outcome } of results) {
      const thing = touchedObject(operation);
      if (outcome.kind === 'done') {
        patience.wasPutBack(thing);
        sentences.push(putBackSentence(operation));
      } else if (outcome.kind === 'failed') {
        failed.add(thing);
        if (patience.hasFailed(thing)) sentences.push(failedSentence(operation, outcome.message));
      }
    }
    left = results
      .filter(({ operation, outcome }) => outcome.kind === 'notRun' && !isWithin(operation, failed))
      .map(({ operation }) => operation);
  }
  return sentences;
}

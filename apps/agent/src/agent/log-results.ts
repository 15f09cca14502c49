import type { OperationResult } from '@signalbox/agent-api';
import type { Log } from '../log.ts';

/** Commands written out one by one; more are only counted. */
const MOST_LINES = 20;

/** Says what was done, and of each failure what and why. */
export function logResults(log: Log, what: string, results: readonly OperationResult[]): void {
  const count = (kind: OperationResult['outcome']['kind']) =>
    results.filter(({ outcome }) => outcome.kind === kind).length;
  log(`${what}: ${count('done')} of ${results.length} operations done, ${count('failed')} failed.`);
  const worthALine = results.length <= MOST_LINES ? results : results.filter(isFailed).slice(0, MOST_LINES);
  for (const { command, outcome } of worthALine) {
    log(`  ${command}: ${endText(outcome)}`);
  }
}

function endText(outcome: OperationResult['outcome']): string {
  if (outcome.kind === 'failed') return `failed, ${outcome.errno}: ${outcome.message}`;
  const cut = outcome.kind === 'done' ? outcome.cut : undefined;
  return cut === undefined ? outcome.kind : `${outcome.kind}, ${cut} open connections cut`;
}

const isFailed = ({ outcome }: OperationResult): boolean => outcome.kind === 'failed';

// Reading back: a kernel that acknowledged a write has not always kept every field of it. Planning again tells, with the
// planner's own idea of what is equal: of what was just done, nothing may be left to do.
import { type OperationResult, READ_BACK_ERRNO } from '@signalbox/agent-api';
import {
  canonicalOperations,
  type Operation,
  type PlannedOperation,
  touchedObject,
} from '@signalbox/cluster';

export type Outcome = OperationResult['outcome'];

const NO_ANSWER_ERRNO = 'ENOANSWER';

/** The kernel was asked and did not say: only reading back can tell whether it was done. */
export const noAnswer = (reason: string): Outcome => ({
  kind: 'failed',
  errno: NO_ANSWER_ERRNO,
  message: `the kernel did not answer: ${reason}`,
});

/** The outcome once the host was read back; `wrong` is what `notKept` says of the object. */
export function afterReadingBack(outcome: Outcome, wrong: string | undefined): Outcome {
  if (outcome.kind === 'done' && wrong !== undefined) return notAsWritten(wrong);
  const unanswered = outcome.kind === 'failed' && outcome.errno === NO_ANSWER_ERRNO;
  return unanswered && wrong === undefined ? { kind: 'done' } : outcome;
}

/** What cannot be checked is not called done. */
export const cannotBeReadBack = (outcome: Outcome, reason: string): Outcome =>
  outcome.kind === 'done' ? notAsWritten(`it was written but cannot be read back: ${reason}`) : outcome;

const notAsWritten = (message: string): Outcome => ({ kind: 'failed', errno: READ_BACK_ERRNO, message });

/**
 * Why each thing that was touched is not as it was written, by `touchedObject`. `remaining` is the plan after the
 * write; `later` is what was left for later phases from the start.
 */
export function notKept(
  remaining: readonly PlannedOperation[],
  later: readonly PlannedOperation[],
): ReadonlyMap<string, string> {
  const expected = new Set(later.map((planned) => canonicalOperations([planned])));
  const unexpected = remaining.filter((planned) => !expected.has(canonicalOperations([planned])));
  return new Map(unexpected.map(({ operation }) => [touchedObject(operation), whatIsWrong(operation)]));
}

/** What is still to be done says what the kernel has instead. */
function whatIsWrong(operation: Operation): string {
  switch (operation.kind) {
    case 'addService':
    case 'addDestination':
    case 'addAddress':
    case 'addRoute':
    case 'addRule':
    case 'addMark':
      return 'it was written, but the kernel does not have it';
    case 'deleteService':
    case 'deleteDestination':
    case 'deleteAddress':
    case 'deleteRoute':
    case 'deleteRule':
    case 'deleteMark':
      return 'the kernel still has it, or has it otherwise';
    case 'editService':
    case 'editDestination':
      return differences(operation.from, operation.to);
    case 'setSysctl':
      return `the kernel has ${operation.from || 'nothing'} where ${operation.to} was written`;
  }
}

function differences(there: object, written: object): string {
  const found = new Map<string, unknown>(Object.entries(there));
  return Object.entries(written)
    .filter(([field, value]) => JSON.stringify(found.get(field)) !== JSON.stringify(value))
    .map(
      ([field, value]) =>
        `${field}: the kernel has ${text(found.get(field))} where ${text(value)} was written`,
    )
    .join('; ');
}

const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

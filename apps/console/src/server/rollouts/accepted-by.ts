// A host takes its plan. What a host puts back by itself between review and now makes the plan another one.
import { AgentRefusal } from '@signalbox/agent-api';
import { linked, type RolloutHand } from './rollout-hand.ts';
import { isWithin, orderedHost } from './rollout-record.ts';
import type { RunningRollout } from './running-rollout.ts';
import { withPatience } from './with-patience.ts';

const MOST_LOOKS = 5;

/**
 * Asks the host to accept what it was reviewed for, and again with what it is to do by now while that is still what was
 * ordered: of a switch, to come to this step, whatever that takes; of an operator's apply, nothing but what was shown.
 * @throws AgentRefusal, AgentUnreachable
 */
export async function acceptedBy(run: RunningRollout, hand: RolloutHand, signal: AbortSignal): Promise<null> {
  for (let looks = 1; ; looks += 1) {
    try {
      await withPatience(signal, () => accept(run, hand));
      return null;
    } catch (error) {
      if (!isOtherwise(error) || looks === MOST_LOOKS) throw error;
      if (!(await isOrderedAgain(run, hand, signal))) throw error;
    }
  }
}

function accept(run: RunningRollout, hand: RolloutHand) {
  const { id: rollout, epoch } = run.record;
  const { desired, revert, keep } = hand;
  const digest = orderedOf(run, hand)?.digest ?? '';
  return linked(hand).accept({ rollout, epoch, step: 0, desired, digest, revert, keep });
}

/** Answers false when the host would do now what nobody ordered. Problems it has are its own to say when it accepts. */
async function isOrderedAgain(run: RunningRollout, hand: RolloutHand, signal: AbortSignal): Promise<boolean> {
  const { digest, operations } = await withPatience(signal, () => linked(hand).preview(hand.desired));
  const now = orderedHost({ nodeId: hand.nodeId, digest, operations });
  const ordered = orderedOf(run, hand);
  const isStep = run.record.switchId !== null;
  if (!isStep && (ordered === undefined || !isWithin(now, ordered))) return false;
  await run.hostOrdered(now);
  return true;
}

const orderedOf = (run: RunningRollout, { nodeId }: RolloutHand) =>
  run.record.hosts.find((host) => host.nodeId === nodeId);

const isOtherwise = (error: unknown): boolean =>
  error instanceof AgentRefusal && error.kind === 'digestDiffers';

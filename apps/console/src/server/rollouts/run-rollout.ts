// The walk: every host accepts the plan that was shown, then phase by phase on all hosts at once with a barrier after each.
import { AgentRefusal } from '@signalbox/agent-api';
import type { Phase } from '@signalbox/cluster';
import { AgentUnreachable } from '../agents/agent-unreachable.ts';
import { acceptedBy } from './accepted-by.ts';
import { linked, type RolloutHand } from './rollout-hand.ts';
import { failureOf, hostPhase, hostPhaseOf, lostHostPhase, phases } from './rollout-record.ts';
import type { RunningRollout } from './running-rollout.ts';
import { withPatience } from './with-patience.ts';

/**
 * Runs a rollout, or goes on with one that an earlier process began: what is accepted or done already is not done twice.
 * Ends it as done or stopped, unless `signal` aborts first: then it stays as it is for the next process.
 */
export async function runRollout(
  run: RunningRollout,
  hands: readonly RolloutHand[],
  signal: AbortSignal,
): Promise<void> {
  const failure = await firstFailure(run, hands, signal);
  if (signal.aborted) return;
  if (failure === null) await run.done();
  else await run.stopped(failure);
}

async function firstFailure(
  run: RunningRollout,
  hands: readonly RolloutHand[],
  signal: AbortSignal,
): Promise<string | null> {
  const over = () => signal.aborted;
  // Once a phase was entered all have accepted. To accept again would only hide what was done since.
  const entered = run.record.phase;
  const refused = entered
    ? null
    : await onAll(hands, (hand) => saying(hand, () => acceptedBy(run, hand, signal)));
  if (refused !== null || over()) return refused;
  for (const phase of phases.slice(entered ? phases.indexOf(entered) : 0)) {
    const busy = hands.filter((hand) => hostPhase(run.record, hand.nodeId, phase).state !== 'done');
    const idle = phase === entered ? hands.filter((hand) => !busy.includes(hand)) : [];
    if (busy.length > 0) await run.enterPhase(phase);
    const failures = await Promise.all([
      onAll(busy, (hand) => execute(run, { hand, phase }, signal)),
      onAll(idle, (hand) => stillAccepted(run, hand, signal)),
    ]);
    const failed = failures.find((failure) => failure !== null) ?? null;
    if (failed !== null || over()) return failed;
  }
  return null;
}

/** All hosts at once; waits for every one, and answers the first failure in their order. */
async function onAll(
  hands: readonly RolloutHand[],
  work: (hand: RolloutHand) => Promise<string | null>,
): Promise<string | null> {
  const failures = await Promise.all(hands.map(work));
  return failures.find((failure) => failure !== null) ?? null;
}

/** Another console, or one with an older database, may have gone over the host while nobody led this rollout. */
async function stillAccepted(
  run: RunningRollout,
  hand: RolloutHand,
  signal: AbortSignal,
): Promise<string | null> {
  return saying(hand, async () => {
    const { rollout } = await withPatience(signal, () => linked(hand).info());
    return rollout?.rollout === run.record.id
      ? null
      : `${hand.name}: something else was accepted there meanwhile.`;
  });
}

async function execute(
  run: RunningRollout,
  { hand, phase }: { hand: RolloutHand; phase: Phase },
  signal: AbortSignal,
): Promise<string | null> {
  const before = hostPhase(run.record, hand.nodeId, phase);
  let ended = lostHostPhase(before);
  const failure = await saying(hand, async () => {
    const result = await withPatience(signal, () => linked(hand).execute({ rollout: run.record.id, phase }));
    ended = hostPhaseOf(result);
    return result.state === 'done' ? null : (failureOf(hand.name, result.results) ?? `${hand.name}: failed.`);
  });
  // Cut off by our own stop, nothing is known to have failed: the next process asks again.
  if (!signal.aborted || ended.state === 'done') await run.hostPhaseEnded(hand.nodeId, ended);
  return failure;
}

/** Turns what an agent refuses or does not answer into the sentence a rollout stops with. */
async function saying(hand: RolloutHand, work: () => Promise<string | null>): Promise<string | null> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AgentUnreachable || error instanceof AgentRefusal)
      return `${hand.name}: ${error.message}`;
    throw error;
  }
}

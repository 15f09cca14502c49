// The walk of one switch (docs/decisions/002): from step to step towards its target, whatever interrupts it.
import { isEndStep, type SwitchStepName } from '@signalbox/cluster';
import type { StoredSwitch } from '@signalbox/db';
import type { SwitchStageName } from '../../api/switch-contract.ts';
import type { StepLook } from '../clusters/review.ts';
import type { StepOutcome } from '../rollouts/rollouts.ts';
import type { RunningSwitch } from './running-switch.ts';
import { backTarget, goesBack, type Hop, isFlip, isFlipForward, isForward, nextStep } from './switch-walk.ts';
import { pause, until } from './until.ts';
import type { WalkHands } from './walk-hands.ts';

/** How long a held switch waits before it tries again. */
const TRY_AGAIN_MS = 5000;
/** More often than a proof grows old, and as long before it does. */
const PROVE_EVERY_MS = 45_000;
const PROVE_BEFORE_ITS_END_MS = 15_000;

/** Ends when the switch is at its end, or leaves it as it is for the next process when `stopped` aborts. */
export async function walk(run: RunningSwitch, hands: WalkHands, stopped: AbortSignal): Promise<void> {
  let { shown } = hands;
  while (!stopped.aborted) {
    // Before anything is looked at, so that a command that comes meanwhile is not waited past.
    const walking = { run, hands, stopped, shown, signal: AbortSignal.any([stopped, run.commanded]) };
    // It is about the first step, and of this moment.
    shown = null;
    const { step, target, warm } = run.stored;
    const to = nextStep(step, target);
    if (isUnconfirmed(run)) await confirmation(walking);
    else if (to !== null) await hop(walking, { from: step, to });
    else if (isEndStep(step) && run.record.forgottenAt !== null) await forget(walking, step);
    else if (step === 'done') return run.finish('done');
    else if (step === 'from') return run.finish('wentBack');
    else {
      if (run.stored.state !== 'warm' && warm) await run.change({ state: 'warm' });
      await hands.changed(run);
      if (step === 'prepared' && warm) await stayProven(walking);
      else await until(walking.signal);
    }
  }
}

interface Walking {
  readonly run: RunningSwitch;
  readonly hands: WalkHands;
  readonly shown: StepLook | null;
  /** The end of this process. */
  readonly stopped: AbortSignal;
  /** The end of this process, or a command: nothing is waited for any longer. */
  readonly signal: AbortSignal;
}

const retires = ({ to }: Hop) => isEndStep(to);

async function hop(walking: Walking, way: Hop): Promise<void> {
  if (retires(way) && run(walking).stored.flippedAt !== null) return retire(walking, way);
  const forward = isForward(way);
  await run(walking).change({ state: forward ? 'walking' : 'goingBack' });
  let looked = walking.shown;
  if (isFlipForward(way)) {
    looked = await cleared(walking, way);
    if (looked === null) return;
  }
  const outcome = await move(walking, way, { stage: stageOf(way), looked });
  if (outcome.kind === 'done') await arrived(walking, way);
  else if (outcome.kind === 'stopped')
    await (forward ? turnBack(walking, way, outcome) : hold(walking, outcome));
}

const run = ({ run }: Walking) => run;

/** An end step takes a way down: first the connections that use it must be gone. */
async function retire(walking: Walking, way: Hop): Promise<void> {
  const { run, hands, signal } = walking;
  await run.change({ state: 'draining' });
  await hands.changed(run);
  await run.beginStage('drain');
  if ((await hands.drained(run, signal)) === 'woken') return;
  const forgottenAt = run.isCut() ? await hands.forgottenAt(run) : null;
  await run.endStage('drain', { state: 'done' });
  await run.change({ state: 'retiring', record: { ...run.record, forgottenAt } });
  const cuts = forgottenAt !== null;
  const outcome = await move(walking, { ...way, cuts }, { stage: 'retire', looked: null });
  if (outcome.kind === 'done') await arrived(walking, way);
  else if (outcome.kind === 'stopped') await hold(walking, outcome);
}

/** The way is down, and its connections are cut: until directors have forgotten them, whoever comes again gets the new way. */
async function forget(walking: Walking, end: SwitchStepName): Promise<void> {
  const { run, hands, stopped } = walking;
  await run.change({ state: 'retiring' });
  await hands.changed(run);
  const { forgottenAt } = run.record;
  await pause(Math.max(0, Date.parse(forgottenAt ?? '') - hands.now().getTime()), stopped);
  const { failure } = run.stored;
  while (!stopped.aborted) {
    const outcome = await hands.move(run, { from: end, to: end }, { looked: null, begun: () => undefined });
    if (outcome.kind !== 'stopped') {
      if (outcome.kind === 'done')
        await run.change({ failure, record: { ...run.record, forgottenAt: null } });
      return;
    }
    // What it leaves harms nobody, so it is only said.
    await run.change({ failure: outcome.failure });
    await pause(TRY_AGAIN_MS, stopped);
  }
}

const stageOf = ({ from, to }: Hop): SwitchStageName => {
  if (isFlip({ from, to })) return 'flip';
  return from === 'from' || to === 'from' ? 'prepare' : 'retire';
};

/** While both ways are kept the other one is tried again and again: a flip need not wait, and what broke is seen before. */
async function stayProven(walking: Walking): Promise<void> {
  const { hands, signal } = walking;
  const over = () => signal.aborted;
  const first = (await hands.provenForMs()) - PROVE_BEFORE_ITS_END_MS;
  for (let due = first; !over(); due = PROVE_EVERY_MS) {
    if (due > 0) await pause(due, signal);
    if (!over()) await tried(walking);
  }
}

/** Looks at the hosts while the trial only listens. Null: new connections stay where they are. */
async function cleared(walking: Walking, way: Hop): Promise<StepLook | null> {
  const { run, hands, signal } = walking;
  const listening = Promise.withResolvers<void>();
  const looking = listening.promise.then(() => hands.look(run, way));
  looking.catch(() => undefined);
  if (!(await proven(walking, listening.resolve))) return null;
  const looked = await Promise.race([looking, until(signal).then(() => null)]);
  // An operator may have thought better of it meanwhile.
  return nextStep(way.from, run.stored.target) === way.to ? looked : null;
}

/** @param listening called when the hosts have time for something else */
async function proven(walking: Walking, listening: () => void): Promise<boolean> {
  const { run, hands, stopped } = walking;
  if ((await hands.provenForMs()) > 0) {
    listening();
    return true;
  }
  const failure = await tried(walking, listening);
  if (failure !== null && !stopped.aborted) await run.turn(wayBack(run.stored, failure), null);
  return failure === null && !stopped.aborted;
}

/** Answers the first thing that keeps the new way from being safe; null when it is. */
async function tried(
  { run, hands, stopped }: Walking,
  listening: () => void = () => undefined,
): Promise<string | null> {
  await run.beginStage('prove');
  const problems = await hands.prove(run, listening);
  if (stopped.aborted) return null;
  const errors = problems.filter(({ severity }) => severity === 'error');
  await run.endStage('prove', { state: errors.length > 0 ? 'failed' : 'done', problems });
  return errors[0]?.message ?? null;
}

async function move(
  { run, hands }: Walking,
  way: Hop,
  { stage, looked }: { stage: SwitchStageName; looked: StepLook | null },
): Promise<StepOutcome> {
  const { confirm } = run.record;
  const by = new Date(hands.now().getTime() + (confirm?.seconds ?? 0) * 1000).toISOString();
  const confirmed = confirm !== null && isFlipForward(way) ? { confirm: { ...confirm, by } } : {};
  await run.recorded({ attempting: way.to, uneven: run.record.uneven || retires(way), ...confirmed });
  await run.beginStage(stage);
  let told = Promise.resolve();
  const begun = (rolloutId: string) => {
    told = run.stage(stage, { rolloutId });
  };
  const outcome = await hands.move(run, way, { looked, begun });
  await told;
  if (outcome.kind === 'stopped') await run.endStage(stage, { state: 'failed', problems: outcome.problems });
  if (outcome.kind === 'done')
    await run.endStage(stage, { state: isForward(way) || stage === 'retire' ? 'done' : 'undone' });
  return outcome;
}

async function arrived({ run, hands }: Walking, way: Hop): Promise<void> {
  const record = { ...run.record, attempting: null, uneven: false };
  if (!isFlip(way)) await run.change({ step: way.to, record });
  else if (isForward(way))
    await run.flipped({ step: way.to, record, flippedAt: hands.now(), failure: null, method: 'to' });
  else await run.flipped({ step: way.to, record: { ...record, confirm: null }, method: 'from' });
  await hands.changed(run);
}

const isUnconfirmed = ({ stored: { step, target }, record }: RunningSwitch) =>
  step === 'flipped' && !goesBack(target) && record.confirm !== null;

/** The flip stays when an operator says so in time. The directors go back a little later, where no console does it. */
async function confirmation({ run, hands, signal }: Walking): Promise<void> {
  const { confirm } = run.record;
  if (confirm === null) return;
  const undone = (failure: string) =>
    run.turn({ ...wayBack(run.stored, failure), record: { ...run.record, confirm: null } }, null);
  if (confirm.given) {
    const failure = await hands.confirmed(run);
    if (failure === null) await run.recorded({ confirm: null });
    else await undone(failure);
    return;
  }
  if (run.stored.state !== 'confirming') {
    await run.change({ state: 'confirming' });
    await hands.changed(run);
  }
  const left = Date.parse(confirm.by ?? '') - hands.now().getTime();
  // Also where there is no time at all: what is not confirmed does not stay.
  if (!(left > 0))
    return undone(`Nobody confirmed the switch within ${confirm.seconds} seconds, so it is undone.`);
  await pause(left, signal);
}

/** Some hosts may have gone further than others: back from the farther step, so that nothing of it is left. */
async function turnBack(
  { run, hands }: Walking,
  way: Hop,
  { failure }: { readonly failure: string },
): Promise<void> {
  const flippedAt = isFlip(way) ? { flippedAt: run.stored.flippedAt ?? hands.now() } : {};
  await run.turn({ ...wayBack(run.stored, failure), ...flippedAt, step: way.to }, null);
}

const wayBack = (stored: StoredSwitch, failure: string) => ({ failure, target: backTarget(stored) });

/** Every step serves, so there is time: again in a while, or when the operator says so. */
async function hold(
  { run, hands, signal }: Walking,
  { failure }: { readonly failure: string },
): Promise<void> {
  await run.change({ state: 'held', failure });
  await hands.changed(run);
  await pause(TRY_AGAIN_MS, signal);
}

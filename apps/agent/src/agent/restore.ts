// What the agent does when it starts: the last accepted state is in force without the console.
import { setTimeout as sleep } from 'node:timers/promises';
import type { OperationResult } from '@signalbox/agent-api';
import { type Acceptance, type InForce, isBegun, rolloutState } from './acceptance.ts';
import { errorText } from '../log.ts';
import type { Host } from './host.ts';
import type { Memory } from './memory.ts';
import { finish, rollForward } from './roll-forward.ts';
import type { Turns } from './turns.ts';

/** Seconds between attempts: an interface may come up after us. Then the operator's next rollout has to do it. */
const RETRY_SECONDS = [2, 5, 10, 20, 30, 60, 60, 60];

/** Restores, and tries again while something fails, until `signal` aborts or another rollout is accepted. */
export async function restore(host: Host, turns: Turns, signal: AbortSignal): Promise<void> {
  const { memory, log } = host;
  await turns.take(() => dropUnbegun(memory));
  const current = memory.accepted.current?.id;
  for (const seconds of RETRY_SECONDS) {
    const complete = await turns.take(async () => {
      if (memory.accepted.current?.id !== current) return true;
      return attempt(host);
    });
    if (complete) return;
    log(`Not everything could be restored: trying again in ${seconds} s.`);
    // The one rejection is the abort.
    await sleep(seconds * 1000, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
  }
  log('Not everything could be restored. Apply again from the console.');
}

async function attempt(host: Host): Promise<boolean> {
  try {
    const results = await restoreOnce(host);
    return results.every(({ outcome }) => outcome.kind === 'done');
  } catch (error) {
    host.log(`Restoring failed: ${errorText(error)}`);
    return false;
  }
}

async function restoreOnce(host: Host): Promise<readonly OperationResult[]> {
  const { memory, log } = host;
  const due = whatIsDue(memory);
  switch (due.kind) {
    case 'nothing':
      log(due.why);
      return [];
    case 'putBack':
      return rollForward(host, due.state);
    case 'finish':
      log(`Rollout ${due.acceptance.rollout} was cut short on this host: rolling forward.`);
      return finish(host, due.acceptance);
  }
}

type Due =
  | { readonly kind: 'nothing'; readonly why: string }
  | { readonly kind: 'putBack'; readonly state: InForce }
  | { readonly kind: 'finish'; readonly acceptance: Acceptance };

/** A rollout that waits for its next phase, or stopped at a failure, is the console's to go on with: not after a reboot. */
export function whatIsDue({ accepted, progress, rebooted }: Memory): Due {
  const { current, previous } = accepted;
  if (!current)
    return previous
      ? { kind: 'putBack', state: previous }
      : { kind: 'nothing', why: 'Nothing has been accepted on this host yet.' };
  const { state, rollout } = rolloutState(current, progress, false);
  if (state === 'done' || state === 'reverted') return { kind: 'putBack', state: current };
  if (progress.running || rebooted) return { kind: 'finish', acceptance: current };
  return { kind: 'nothing', why: `Rollout ${rollout} is ${state} here: it is left as it is.` };
}

/** A plan that was frozen before a reboot and not begun fits nothing any more: the console has to ask again. */
async function dropUnbegun({ accepted, progress, rebooted, rememberAccepted }: Memory): Promise<void> {
  const { current } = accepted;
  if (rebooted && current && !isBegun(current, progress))
    await rememberAccepted({ ...accepted, current: null });
}

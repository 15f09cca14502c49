import { randomUUID } from 'node:crypto';
import { type AcceptInput, AgentRefusal, planDigest } from '@signalbox/agent-api';
import { type Acceptance, inForce, rolloutState } from './acceptance.ts';
import type { Host } from './host.ts';
import { errorsIn, lookAtHost } from './host-look.ts';

/**
 * Looks again, plans again, and freezes the plan on disk if it is the one that was shown. Asking twice is harmless.
 * @throws AgentRefusal when it may not or cannot be done here now.
 */
export async function accept(host: Host, input: AcceptInput): Promise<void> {
  const { memory, log } = host;
  const { accepted, progress } = memory;
  if (isSame(accepted.current, input)) return;
  refuseOutdated(host, input);

  const { rollout, epoch, step, desired, digest, revert = null, keep = false } = input;
  const { operations, problems, ledger } = await lookAtHost(host, desired);
  const errors = errorsIn(problems);
  const [first] = errors;
  if (first) throw new AgentRefusal('problems', first.message, errors);
  if (planDigest(operations) !== digest)
    throw new AgentRefusal(
      'digestDiffers',
      'This host has changed since the plan was shown: review it again.',
    );

  await memory.rememberLedger(ledger);
  await memory.rememberAccepted({
    epoch,
    current: {
      id: randomUUID(),
      rollout,
      epoch,
      step,
      digest,
      desired,
      plan: [...operations],
      revert: revert && { at: secondsFromNow(revert.afterSeconds), to: revert.to },
      keep,
      reverted: false,
    },
    previous: inForce(accepted, progress),
  });
  log(`Accepted rollout ${rollout} step ${step} (epoch ${epoch}): ${operations.length} operations.`);
}

const secondsFromNow = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();

const isSame = (current: Acceptance | null, { rollout, step, epoch, digest }: AcceptInput): boolean =>
  current?.rollout === rollout &&
  current.step === step &&
  current.epoch === epoch &&
  current.digest === digest;

/** A console that is out of date is refused; so is a second rollout of one epoch while the first is on its way. */
function refuseOutdated({ memory: { accepted, progress } }: Host, { rollout, epoch }: AcceptInput): void {
  const { current } = accepted;
  if (epoch < accepted.epoch)
    throw new AgentRefusal(
      'epochTooLow',
      `This host has accepted epoch ${accepted.epoch}; ${epoch} is older.`,
    );
  if (!current || current.rollout === rollout || epoch > accepted.epoch) return;
  const { state } = rolloutState(current, progress, false);
  if (state === 'running' || state === 'interrupted')
    throw new AgentRefusal('busy', `Rollout ${current.rollout} of the same epoch is not at its end here.`);
}

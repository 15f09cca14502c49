// Commit-confirm: a state that nobody confirms in time is undone here, by this host alone, whether a console can be reached or not.
import { randomUUID } from 'node:crypto';
import { AgentRefusal, planDigest } from '@signalbox/agent-api';
import type { HostState } from '@signalbox/cluster';
import { errorText } from '../log.ts';
import { type Acceptance, isBegun } from './acceptance.ts';
import type { Host } from './host.ts';
import { lookAtHost } from './host-look.ts';
import { finish } from './roll-forward.ts';
import type { Turns } from './turns.ts';

export interface Revert {
  /** Goes back when the time of what is accepted now has come. Called after each change of what is accepted. */
  readonly watch: () => void;
  /** Goes back at once where the time has passed. */
  readonly ifDue: () => Promise<void>;
  /** What is accepted stays. In a turn. @throws AgentRefusal `rolloutUnknown`: it is not what is accepted, or was undone. */
  readonly confirm: (rollout: string) => Promise<void>;
  readonly close: () => void;
}

/** A disk or kernel that failed is asked again. */
const RETRY_MS = 5000;

export function createRevert(host: Host, turns: Turns): Revert {
  const { memory, log } = host;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  const dueIn = (): number | null => {
    const revert = memory.accepted.current?.revert ?? null;
    return revert && Date.parse(revert.at) - Date.now();
  };

  const ifDue = () =>
    turns.take(async () => {
      const { current } = memory.accepted;
      const left = dueIn();
      if (current?.revert && left !== null && left <= 0) await goBack(host, current, current.revert.to);
    });

  const wait = (milliseconds: number) => {
    clearTimeout(timer);
    if (!closed) timer = setTimeout(() => void attempt(), milliseconds).unref();
  };

  const attempt = async () => {
    try {
      await ifDue();
      watch();
    } catch (error) {
      log(`Nobody confirmed in time, and going back failed: ${errorText(error)}. It is tried again.`);
      wait(RETRY_MS);
    }
  };

  const watch = () => {
    const left = dueIn();
    clearTimeout(timer);
    if (left !== null) wait(Math.max(0, left));
  };

  return {
    watch,
    ifDue,
    confirm: async (rollout) => {
      const { current } = memory.accepted;
      if (current?.rollout !== rollout)
        throw new AgentRefusal('rolloutUnknown', `Rollout ${rollout} is not accepted on this host.`);
      if (current.reverted)
        throw new AgentRefusal(
          'rolloutUnknown',
          'Nobody confirmed in time: this host has gone back by itself.',
        );
      if (current.revert === null) return;
      await memory.rememberAccepted({ ...memory.accepted, current: { ...current, revert: null } });
      log(`Rollout ${rollout} is confirmed: it stays.`);
    },
    close: () => {
      closed = true;
      clearTimeout(timer);
    },
  };
}

/** The way back is an acceptance like any other: killed in the middle of it, the next start rolls it forward. */
async function goBack(host: Host, current: Acceptance, desired: HostState): Promise<void> {
  const { memory, log } = host;
  const { accepted, progress } = memory;
  if (!isBegun(current, progress)) {
    await memory.rememberAccepted({ ...accepted, current: null });
    log(`Rollout ${current.rollout} was accepted here and never begun: it is forgotten.`);
    return;
  }
  const { operations, ledger } = await lookAtHost(host, desired);
  log(`Nobody confirmed rollout ${current.rollout} in time: this host goes back to what it had before.`);
  await memory.rememberLedger(ledger);
  const back: Acceptance = {
    ...current,
    id: randomUUID(),
    digest: planDigest(operations),
    desired,
    plan: [...operations],
    revert: null,
    reverted: true,
  };
  await memory.rememberAccepted({
    ...accepted,
    current: back,
    previous: { rollout: current.rollout, desired: current.desired, keep: current.keep },
  });
  await finish(host, back);
}

// While two ways are kept ready, what disappears of ours is put back at once, console or not.
import { setTimeout as sleep } from 'node:timers/promises';
import type { AgentEvent } from '@signalbox/agent-api';
import { emptyHostState, sysctlsToRead } from '@signalbox/cluster';
import type { Host } from '../agent/host.ts';
import type { Turns } from '../agent/turns.ts';
import { errorText } from '../log.ts';
import { isKeeping } from './kept.ts';
import { createPatience } from './patience.ts';
import { isMissing, putBack } from './put-back.ts';
import { shortened } from './sentences.ts';

export interface Keeper {
  /** Begins or ends as what is accepted now asks for. Called after each change of it. */
  readonly watch: () => void;
  /** Resolves when the last look has ended. */
  readonly close: () => Promise<void>;
}

export interface KeeperOptions {
  readonly host: Host;
  readonly turns: Turns;
  readonly publish: (event: AgentEvent) => void;
  /** How often is glanced at what the kernel tells nobody of: services and sysctls. */
  readonly lookEveryMs: number;
}

/** What was accepted a moment ago is only about to be done, and then to be proven: hosts have no time for more than that. */
const BEGIN_AFTER_LOOKS = 3;
/** Looks take at most a twentieth of the time; a quarter while there is much to hear, after the first few. */
const REST_PER_LOOK = 20;
const SHORT_REST_PER_LOOK = 3;
/** So many looks may follow one another: what disappears right after a look is not to wait for its rest. */
const LOOKS_AT_ONCE = 6;

export function createKeeper({ host, turns, publish, lookEveryMs }: KeeperOptions): Keeper {
  const { kernel, memory, log } = host;
  const patience = createPatience(() => performance.now());
  let keeping: AbortController | null = null;
  let ended = Promise.resolve();
  let closed = false;
  let failing = false;
  let heard = Promise.withResolvers<void>();
  let lost = Promise.withResolvers<void>();
  const hearing = new AbortController();
  // Heard from the start: to begin in the middle of a switch would cost it the start of a program.
  const changed = (removed: boolean) => {
    patience.heard();
    heard.resolve();
    if (removed) lost.resolve();
  };
  kernel.hearNetwork(changed, hearing.signal);

  const putBackInTurn = () =>
    turns.take(async () => {
      if (keeping === null) return;
      const sentences = shortened(await putBack(host, patience));
      for (const sentence of sentences) log(sentence);
      if (sentences.length > 0) publish({ kind: 'putBack', sentences });
    });

  /** Answers how long the look took. Beside the turns, so that no order waits for it: mostly nothing is missing. */
  const look = async () => {
    const started = performance.now();
    if (await isMissing(host)) await putBackInTurn();
    return performance.now() - started;
  };

  const lookOrSay = async (): Promise<number> => {
    try {
      const took = await look();
      if (failing) log('What is kept can be looked at again.');
      failing = false;
      return took;
    } catch (error) {
      if (!failing) log(`What is kept cannot be looked at: ${errorText(error)} It is tried again.`);
      failing = true;
      return lookEveryMs;
    }
  };

  const glance = () => {
    const desired = (memory.accepted.current ?? memory.accepted.previous)?.desired ?? emptyHostState;
    return kernel.glance(sysctlsToRead(desired, memory.ledger)).catch(errorText);
  };

  const keepUntil = async (signal: AbortSignal) => {
    // The one rejection is the abort, which the loop looks at itself.
    const rest = (ms: number) => sleep(ms, undefined, { signal }).catch(() => undefined);
    // Making ready takes nothing away: if something is heard to go, it was somebody else.
    lost = Promise.withResolvers();
    await Promise.race([lost.promise, rest(lookEveryMs * BEGIN_AFTER_LOOKS)]);
    const over = () => signal.aborted;
    let rested = 0;
    while (!over()) {
      heard = Promise.withResolvers<void>();
      const before = await glance();
      const took = await lookOrSay();
      const due = took * SHORT_REST_PER_LOOK;
      rested = Math.max(rested, performance.now()) + due;
      await rest(Math.max(0, rested - due * LOOKS_AT_ONCE - performance.now()));
      const next = performance.now() + Math.max(lookEveryMs, took * REST_PER_LOOK);
      while (!over() && performance.now() < next) {
        const something = heard.promise.then(() => 'heard' as const);
        if ((await Promise.race([something, rest(lookEveryMs)])) === 'heard') break;
        if ((await glance()) !== before) break;
      }
    }
  };

  return {
    watch: () => {
      const wanted = !closed && isKeeping(memory.accepted);
      if (wanted && !keeping) {
        keeping = new AbortController();
        const { signal } = keeping;
        ended = ended.then(() => keepUntil(signal));
      } else if (!wanted) {
        keeping?.abort();
        keeping = null;
      }
    },
    close: async () => {
      closed = true;
      hearing.abort();
      keeping?.abort();
      keeping = null;
      await ended;
    },
  };
}

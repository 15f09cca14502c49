// One agent's live stream for as long as it is wanted: connects, listens, and when it breaks comes back with patience.
import { setTimeout as delay } from 'node:timers/promises';
import { type AgentEvent, LOST_AFTER_MS } from '@signalbox/agent-api';
import type { AgentLink } from '../agents/agent-link.ts';
import { agentUnreachable } from '../agents/agent-unreachable.ts';

export interface AgentFollower {
  /** The agent answered `info`. */
  answered(version: string, roundTripMs: number): void;
  event(event: AgentEvent): void;
  /** It does not answer, or its stream broke. Told once per attempt. */
  lost(message: string): void;
}

export interface FollowOptions {
  /** Asked before each attempt, because links are made anew when trust or endpoint change. */
  readonly link: () => AgentLink | null;
  readonly signal: AbortSignal;
  readonly follower: AgentFollower;
}

const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 10_000;
const ROUND_TRIP_EVERY_MS = 10_000;

/** Resolves when the signal aborts; never rejects. */
export async function followAgent({ link, signal, follower }: FollowOptions): Promise<void> {
  const over = () => signal.aborted;
  for (let failures = 0; !over(); failures++) {
    const attempt = new AbortController();
    try {
      const agent = link();
      if (!agent) throw new Error('The node has not joined.');
      await measure(agent, follower);
      const watching = AbortSignal.any([signal, attempt.signal]);
      void pulseOf(agent, { follower, signal: watching });
      for await (const event of livelyEvents(agent, watching, () => attempt.abort())) {
        failures = 0;
        follower.event(event);
      }
      if (!over()) follower.lost('The agent ended the stream, or fell silent.');
    } catch (error) {
      if (!over()) follower.lost(agentUnreachable(error, 'The agent').message);
    } finally {
      attempt.abort();
    }
    await delay(retryAfter(failures), undefined, { signal }).catch(() => undefined);
  }
}

async function measure(agent: AgentLink, follower: AgentFollower): Promise<void> {
  const asked = performance.now();
  const { version } = await agent.info();
  follower.answered(version, Math.round((performance.now() - asked) * 10) / 10);
}

/** Measures the round trip now and then; a failure is the stream's to notice. */
async function pulseOf(
  agent: AgentLink,
  { follower, signal }: { follower: AgentFollower; signal: AbortSignal },
): Promise<void> {
  const over = () => signal.aborted;
  while (!over()) {
    await delay(ROUND_TRIP_EVERY_MS, undefined, { signal, ref: false }).catch(() => undefined);
    if (!over()) await measure(agent, follower).catch(() => undefined);
  }
}

/** The agent's events; ends the attempt when nothing came for so long that the connection must be dead. */
async function* livelyEvents(agent: AgentLink, signal: AbortSignal, dead: () => void) {
  let timer = setTimeout(dead, LOST_AFTER_MS);
  try {
    for await (const event of agent.watch(signal)) {
      clearTimeout(timer);
      timer = setTimeout(dead, LOST_AFTER_MS);
      yield event;
    }
  } finally {
    clearTimeout(timer);
  }
}

/** Doubles from half a second to ten, a little scattered so that a lost rack does not come back in step. */
function retryAfter(failures: number): number {
  const ms = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(failures, 10));
  return ms * (0.8 + Math.random() * 0.4);
}

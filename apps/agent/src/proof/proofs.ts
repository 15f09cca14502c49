// What the agent can find out and try, for a console that wants proof before it sends clients another way.
import type { Proofs } from '@signalbox/agent-api';
import type { Host } from '../agent/host.ts';
import type { Turns } from '../agent/turns.ts';
import { connectAll } from './connect.ts';
import type { Canaries } from './canaries.ts';
import { createProbe } from './probe.ts';

export function createProofs({ kernel }: Host, turns: Turns, canaries: Canaries): Proofs {
  return {
    facts: ({ sysctls }) => kernel.facts(sysctls),
    canaries: (input) => turns.take(() => canaries.set(input)),
    connect: connectAll,
    askArp: async (question) => ({ replies: await kernel.askArp(question) }),
    sockets: async ({ locals, except }) => ({ counts: await kernel.countConnections(locals, except) }),
    probe: createProbe(),
  };
}

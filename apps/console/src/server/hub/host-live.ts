import type { AgentEndpoint } from '@signalbox/cluster';
import type { HostLive } from '../../api/contract.ts';

/** A node that nobody dials: it has no agent, or its agent has not enrolled. */
export const idleHost = (nodeId: string, agent: AgentEndpoint | null): HostLive => ({
  nodeId,
  agent: { kind: agent ? 'notEnrolled' : 'none' },
  reading: null,
  receivedAt: null,
});

/** Unreachable since it was first lost, with its last reading. */
export function lostHost(
  nodeId: string,
  before: HostLive | null,
  { at, message }: { at: string; message: string },
): HostLive {
  const since = before?.agent.kind === 'unreachable' ? before.agent.since : at;
  return {
    nodeId,
    agent: { kind: 'unreachable', since, message },
    reading: before?.reading ?? null,
    receivedAt: before?.receivedAt ?? null,
  };
}

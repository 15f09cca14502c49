import { planDigest, type Preview } from '@signalbox/agent-api';
import { describe, type HostState } from '@signalbox/cluster';
import type { Host } from './host.ts';
import { lookAtHost } from './host-look.ts';

/** What would be done for this desired state, and the digest that `accept` will ask for. Changes nothing. */
export async function preview(host: Host, desired: HostState): Promise<Preview> {
  const { operations, problems } = await lookAtHost(host, desired);
  return {
    at: new Date().toISOString(),
    digest: planDigest(operations),
    operations: operations.map((planned) => ({ ...planned, command: describe(planned.operation) })),
    problems: [...problems],
    epoch: host.memory.accepted.epoch,
  };
}

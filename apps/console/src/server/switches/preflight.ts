// Before a switch: what stands in its way, and what it would do on each host.
import { type ForwardingMethod, type Problem, serviceKeyText, type Topology } from '@signalbox/cluster';
import type { StoredCluster } from '@signalbox/db';
import type { SwitchedService, SwitchPreflight } from '../../api/switch-contract.ts';
import type { AgentPool } from '../agents/agent-pool.ts';
import { appliedTopology } from '../clusters/cluster-view.ts';
import { reviewHosts } from '../clusters/review.ts';
import type { ClusterSwitch } from '../console.ts';
import { desiresBetween } from './switch-walk.ts';

export async function preflight(
  { pool }: { readonly pool: AgentPool },
  cluster: StoredCluster,
  { services, to }: ClusterSwitch,
): Promise<SwitchPreflight> {
  const topology = appliedTopology(cluster);
  const problems: Problem[] = [];
  const found = services.flatMap((id) => switchedService(topology, id, to));
  const walker = { services: found.filter(({ verdict }) => verdict === 'willSwitch'), to };
  const steps = [
    { step: 'prepared' as const, from: 'from' as const },
    { step: 'flipped' as const, from: 'prepared' as const },
    { step: 'done' as const, from: 'flipped' as const },
  ];
  return {
    clusterId: cluster.id,
    revision: cluster.revision,
    to,
    services: found,
    problems,
    checks: { rules: 0, hosts: 0 },
    steps: await Promise.all(
      steps.map(async ({ step, from }) => ({
        step,
        hosts: await reviewHosts(desiresBetween(cluster, walker, { from, to: step }), pool),
      })),
    ),
  };
}

function switchedService(topology: Topology, id: string, to: ForwardingMethod): SwitchedService[] {
  const service = topology.services.find((one) => one.id === id);
  const vip = topology.vips.find((one) => one.id === service?.at.vipId);
  if (!service || !vip) return [];
  const name = serviceKeyText({ ...service.at, kind: 'address', address: vip.address });
  const verdict = service.method === to ? 'alreadyThere' : 'willSwitch';
  return [{ serviceId: id, name, from: service.method, verdict, problems: [] }];
}

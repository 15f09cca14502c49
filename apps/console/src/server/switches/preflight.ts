// Before a switch: what stands in its way, and what it would do on each host.
import {
  type FactsByNode,
  type ForwardingMethod,
  methodsOf,
  serviceKeyText,
  type SwitchProblem,
  switchProblems,
  switchRules,
  type SwitchStepName,
  type Topology,
} from '@signalbox/cluster';
import type { StoredCluster } from '@signalbox/db';
import type { SwitchedService, SwitchPreflight } from '../../api/switch-contract.ts';
import type { AgentPool } from '../agents/agent-pool.ts';
import { appliedTopology, nodesToCover } from '../clusters/cluster-view.ts';
import { type Desires, plannedLook, type StepLook } from '../clusters/review.ts';
import type { ClusterSwitch } from '../console.ts';
import type { ArpSilence } from './arp-silence.ts';
import { nodeLinks } from './node-links.ts';
import { questionOf, type RecentFacts } from './recent-facts.ts';
import type { Recent } from './recent.ts';
import { desiresBetween, orderOf } from './switch-walk.ts';

export interface PreflightRoom {
  readonly pool: AgentPool;
  readonly facts: RecentFacts;
  readonly silence: ArpSilence;
  /** What the hosts were found to do for the first step. */
  readonly looks: Recent<StepLook>;
  /** Asks all hosts what they would do. */
  readonly look: (desires: Desires) => Promise<StepLook>;
}

/** What stands in the way of a switch: the preflight without its plan. */
export type Findings = Omit<SwitchPreflight, 'steps'>;

/** Asks all hosts for facts and for the plan of the first step. Changes nothing. */
export async function preflight(
  room: PreflightRoom,
  cluster: StoredCluster,
  order: ClusterSwitch,
): Promise<SwitchPreflight> {
  const { facts, silence, pool } = room;
  const links = nodeLinks(pool, cluster.id, nodesToCover(cluster));
  const topology = appliedTopology(cluster);
  const found = findings(cluster, order, await facts.ask(topology, order, links));
  const services = found.services.filter(({ verdict }) => verdict === 'willSwitch');
  // Heard until the lever is thrown; nobody waits for it here.
  silence.listen({ clusterId: cluster.id, topology, order: orderOf({ services, to: order.to }), links });
  return { ...found, steps: await steps(room, cluster, { services, to: order.to }) };
}

/** What all hosts were found to do for the first step of this switch, where that was shown a moment ago. */
export function shownLook(
  { looks }: Pick<PreflightRoom, 'looks'>,
  cluster: StoredCluster,
  walker: Walker,
): StepLook | null {
  return looks.take(firstStep(cluster, walker));
}

type Walker = Parameters<typeof desiresBetween>[1];

const firstStep = (cluster: StoredCluster, walker: Walker): string =>
  questionOf(appliedTopology(cluster), orderOf(walker));

/** The same when it is confirmed: by the facts that were shown, where that was a moment ago. */
export async function confirmedPreflight(
  { facts, pool }: Pick<PreflightRoom, 'facts' | 'pool'>,
  cluster: StoredCluster,
  order: ClusterSwitch,
): Promise<Findings> {
  const links = nodeLinks(pool, cluster.id, nodesToCover(cluster));
  return findings(cluster, order, await facts.take(appliedTopology(cluster), order, links));
}

function findings(cluster: StoredCluster, order: ClusterSwitch, facts: FactsByNode): Findings {
  const topology = appliedTopology(cluster);
  const problems = switchProblems(topology, order, facts);
  const services = order.services.flatMap((id) => switchedService(topology, { id, to: order.to, problems }));
  return {
    clusterId: cluster.id,
    revision: cluster.revision,
    to: order.to,
    services,
    problems: problems.filter((problem) => serviceOf(problem) === null),
    checks: { rules: Object.keys(switchRules).length, hosts: facts.size },
  };
}

/** A problem of one service, that the switch can go on without, or null: of a host or of the whole. */
const serviceOf = ({ path: [section, id] }: SwitchProblem): string | null =>
  section === 'services' ? (id ?? null) : null;

function switchedService(
  topology: Topology,
  { id, to, problems }: { id: string; to: ForwardingMethod; problems: readonly SwitchProblem[] },
): SwitchedService[] {
  const service = topology.services.find((one) => one.id === id);
  const vip = topology.vips.find((one) => one.id === service?.at.vipId);
  if (!service || !vip) return [];
  const name = serviceKeyText({ ...service.at, kind: 'address', address: vip.address });
  const own = problems.filter((problem) => serviceOf(problem) === id);
  const isThere = methodsOf(service).every((method) => method === to);
  const isRefused = own.some(({ severity }) => severity === 'error');
  const verdict = isThere ? 'alreadyThere' : isRefused ? 'refused' : 'willSwitch';
  return [{ serviceId: id, name, from: service.method, verdict, problems: own }];
}

const hops: readonly { readonly from: SwitchStepName; readonly to: SwitchStepName }[] = [
  { from: 'from', to: 'prepared' },
  { from: 'prepared', to: 'flipped' },
  { from: 'flipped', to: 'done' },
];

/** The first step as the hosts plan it now; the later ones as they follow from it. */
function steps(
  { looks, look }: PreflightRoom,
  cluster: StoredCluster,
  walker: Walker,
): Promise<SwitchPreflight['steps']> {
  return Promise.all(
    hops.map(async (hop) => {
      const desires = desiresBetween(cluster, walker, hop);
      if (hop.from !== 'from') return { step: hop.to, hosts: [...plannedLook(desires).hosts] };
      const { hosts } = await looks.ask(firstStep(cluster, walker), () => look(desires));
      return { step: hop.to, hosts: [...hosts] };
    }),
  );
}

// How the walk of a switch reaches hosts and records: the other side of what walk-hands.ts asks for.
import { isReady, type SwitchStepName } from '@signalbox/cluster';
import type { StoredCluster, StoredStep, StoredSwitch } from '@signalbox/db';
import { cameFrom } from '../../api/came-from.ts';
import { appliedTopology, nodesToCover } from '../clusters/cluster-view.ts';
import { clusterOf } from '../clusters/clusters.ts';
import { type Desires, plannedLook, type StepLook } from '../clusters/review.ts';
import { takesPart } from '../rollouts/rollout-order.ts';
import type { RolloutRoom, RolloutService } from '../rollouts/rollouts.ts';
import type { ArpSilence } from './arp-silence.ts';
import { confirmAt, revertAfter } from './confirmation.ts';
import { drained, forgottenAt } from './drain.ts';
import { KeptProof } from './kept-proof.ts';
import { nodeLinks } from './node-links.ts';
import { prove } from './prove.ts';
import type { RunningSwitch } from './running-switch.ts';
import { desiresBetween, type Hop, isFlip, isForward, orderOf, preparedBy } from './switch-walk.ts';
import { ledBy } from './turns.ts';
import { udpEntries } from './udp-entries.ts';
import type { WalkHands } from './walk-hands.ts';

export interface SwitchRoom extends Pick<RolloutRoom, 'database' | 'pool' | 'hub'> {
  readonly rollouts: RolloutService;
  readonly now: () => Date;
  readonly silence: ArpSilence;
}

/** What the walk of one switch asks of the console and its agents. */
export function walkHands(
  { database, pool, hub, now, rollouts, silence }: SwitchRoom,
  run: RunningSwitch,
): Omit<WalkHands, 'changed' | 'shown'> {
  const { clusterId, id: switchId } = run.stored;
  const proof = new KeptProof(now);
  const standing = async () => {
    const cluster = await clusterOf(database, clusterId);
    return {
      cluster,
      topology: appliedTopology(cluster),
      links: nodeLinks(pool, clusterId, nodesToCover(cluster)),
    };
  };
  const isHeard = (nodeId: string) => hub.live({ clusterId, nodeId })?.agent.kind === 'answers';
  /** What a flip takes of hosts that all keep both ways: it follows from what they keep, while each of them is heard. */
  const followingLook = ({ record }: RunningSwitch, desires: Desires, hop: Hop): StepLook | null => {
    if (!isFlip(hop) || record.uneven) return null;
    const isSilent = desires.nodes.some(({ id, agent }) => agent && takesPart(desires, id) && !isHeard(id));
    return isSilent ? null : plannedLook(desires);
  };
  /** What taking a way down will do on each host. */
  const reviewing =
    ({ stored }: RunningSwitch, cluster: StoredCluster) =>
    async () => {
      const retiring = { from: stored.step, to: stored.target };
      return (await rollouts.look(desiresBetween(cluster, stored, retiring))).hosts;
    };
  return {
    now,
    look: async (looking, hop) => {
      const { cluster } = await standing();
      const desires = desiresBetween(cluster, looking.stored, hop);
      return followingLook(looking, desires, hop) ?? rollouts.look(desires);
    },
    move: async (moving, hop, { looked: given, begun }) => {
      const { cluster, topology, links } = await standing();
      if (hop.from === 'from' && isForward(hop))
        silence.listenIfNotShown({ clusterId, topology, order: orderOf(moving.stored), links });
      const desires = desiresBetween(cluster, moving.stored, hop);
      const looked = given ?? followingLook(moving, desires, hop);
      const revertAfterSeconds = revertAfter(moving, hop);
      const keepsAt = (step: SwitchStepName) => preparedBy({ ...moving.stored, step }).some(isReady);
      const [keptBefore, keep] = [keepsAt(hop.from), keepsAt(hop.to)];
      const { by, step } = orderedStep(moving.stored, hop);
      const order = { cluster, desires, looked, by, switchId, step, revertAfterSeconds, keptBefore, keep };
      return rollouts.step(order, begun);
    },
    confirmed: async (confirming) => {
      const { cluster } = await standing();
      return confirmAt(pool, cluster, confirming.record);
    },
    prove: async (proving, listening) => {
      const { topology, links } = await standing();
      const problems = await prove({ run: proving, topology, links, silence, listening });
      proof.made(topology, problems);
      return problems;
    },
    provenForMs: async () => proof.holdsFor((await standing()).topology),
    forgottenAt: async (cut) => {
      const { cluster, topology, links } = await standing();
      return forgottenAt(cut, topology, { links, now, reviewed: reviewing(cut, cluster) });
    },
    drained: async (draining, signal) => {
      const { cluster, topology, links } = await standing();
      const hands = {
        links,
        now,
        udpEntries: () => udpEntries({ clusterId, topology, hub }, draining.stored),
        reviewed: reviewing(draining, cluster),
      };
      return drained(draining, topology, { hands, signal });
    },
  };
}

/** Whose order a step is, as the changes tell it. What goes back by itself is kept beside the name of who threw the lever. */
function orderedStep(stored: StoredSwitch, { from, to }: Hop): { by: string; step: StoredStep } {
  const by = ledBy(stored);
  const step = { from, to, ways: { from: cameFrom(stored), to: stored.to }, byItself: by === null };
  return { by: by ?? stored.by, step };
}

// How the walk of a switch reaches hosts and records: the other side of what walk.ts asks for.
import type { SwitchStepName } from '@signalbox/cluster';
import type { StoredStep, StoredSwitch } from '@signalbox/db';
import { cameFrom } from '../../api/came-from.ts';
import { appliedTopology, nodesToCover } from '../clusters/cluster-view.ts';
import { clusterOf } from '../clusters/clusters.ts';
import type { RolloutRoom, RolloutService } from '../rollouts/rollouts.ts';
import type { ArpSilence } from './arp-silence.ts';
import { confirmAt, revertAfter } from './confirmation.ts';
import { drained } from './drain.ts';
import { KeptProof } from './kept-proof.ts';
import { nodeLinks } from './node-links.ts';
import { prove } from './prove.ts';
import type { RunningSwitch } from './running-switch.ts';
import { desiresBetween, type Hop, orderOf, preparedBy } from './switch-walk.ts';
import { ledBy } from './turns.ts';
import { udpEntries } from './udp-entries.ts';
import type { WalkHands } from './walk.ts';

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
  return {
    now,
    look: async (looking, hop) => {
      const { cluster } = await standing();
      return rollouts.look(desiresBetween(cluster, looking.stored, hop));
    },
    move: async (moving, hop, { looked, begun }) => {
      const { cluster, topology, links } = await standing();
      if (hop.from === 'from')
        silence.listenIfNotShown({ clusterId, topology, order: orderOf(moving.stored), links });
      const desires = desiresBetween(cluster, moving.stored, hop);
      const revertAfterSeconds = revertAfter(moving, hop);
      const keepsAt = (step: SwitchStepName) => preparedBy({ ...moving.stored, step }).length > 0;
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
    isProven: async () => proof.holds((await standing()).topology),
    drained: async (draining, signal) => {
      const { cluster, topology, links } = await standing();
      const { step, target } = draining.stored;
      const retiring = { from: step, to: target };
      const hands = {
        links,
        now,
        udpEntries: () => udpEntries({ clusterId, topology, hub }, draining.stored),
        reviewed: async () => (await rollouts.look(desiresBetween(cluster, draining.stored, retiring))).hosts,
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

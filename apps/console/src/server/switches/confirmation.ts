// Commit-confirm: a flip that nobody confirms is undone, by the console in an orderly walk, or by the director alone.
import { AgentRefusal } from '@signalbox/agent-api';
import type { StoredCluster } from '@signalbox/db';
import type { AgentPool } from '../agents/agent-pool.ts';
import { AgentUnreachable } from '../agents/agent-unreachable.ts';
import { nodesToCover } from '../clusters/cluster-view.ts';
import type { RunningSwitch } from './running-switch.ts';
import type { SwitchRecord } from './switch-record.ts';
import { type Hop, isFlipForward } from './switch-walk.ts';

/** A console that lives walks back first: a director that did so meanwhile would only make it look again. */
const CONSOLE_FIRST_SECONDS = 5;

/** After how many seconds a director undoes this hop by itself; null when it does not. */
export function revertAfter({ record }: Pick<RunningSwitch, 'record'>, hop: Hop): number | null {
  if (record.confirm === null || !isFlipForward(hop)) return null;
  return record.confirm.seconds + CONSOLE_FIRST_SECONDS;
}

/** Tells every director that the flip stays. Answers a sentence about the first that was not told, null when all were. */
export async function confirmAt(
  pool: AgentPool,
  cluster: StoredCluster,
  { stages }: Pick<SwitchRecord, 'stages'>,
): Promise<string | null> {
  const rollout = stages.find(({ name }) => name === 'flip')?.rolloutId;
  if (!rollout) throw new Error('A flip that is to be confirmed has a rollout.');
  const directors = nodesToCover(cluster).filter(({ kind, agent }) => kind === 'director' && agent !== null);
  const failures = await Promise.all(
    directors.map(async ({ id: nodeId, name, agent }) => {
      const link = agent && pool.link({ clusterId: cluster.id, nodeId }, agent);
      if (!link) return `${name} could not be told that the switch stays: its agent is not trusted any more.`;
      try {
        await link.confirm({ rollout });
        return null;
      } catch (error) {
        if (error instanceof AgentUnreachable || error instanceof AgentRefusal)
          return `${name} could not be told that the switch stays: ${error.message}`;
        throw error;
      }
    }),
  );
  return failures.find((failure) => failure !== null) ?? null;
}

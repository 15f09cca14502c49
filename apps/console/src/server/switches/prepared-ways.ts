import type { PreparedWay } from '@signalbox/cluster';
import { type Database, locksCluster, type StoredCluster } from '@signalbox/db';
import { preparedBy } from './switch-walk.ts';

/** Whether a switch has the cluster for itself. */
export async function isLocked(
  database: Database,
  { switchId }: Pick<StoredCluster, 'switchId'>,
): Promise<boolean> {
  const live = switchId === null ? null : await database.switches.get(switchId);
  return live !== null && locksCluster(live.state);
}

/** The ways that the cluster's switch keeps open: part of what its hosts should have until it is at its end. */
export async function preparedWays(
  database: Database,
  { switchId }: Pick<StoredCluster, 'switchId'>,
): Promise<readonly PreparedWay[]> {
  const live = switchId === null ? null : await database.switches.get(switchId);
  return live === null ? [] : preparedBy(live);
}

import type { PreparedWay } from '@signalbox/cluster';
import type { Database, StoredCluster } from '@signalbox/db';
import { preparedBy } from './switch-walk.ts';

/** The ways that the cluster's switch keeps open: part of what its hosts should have until it is at its end. */
export async function preparedWays(
  database: Database,
  { switchId }: Pick<StoredCluster, 'switchId'>,
): Promise<readonly PreparedWay[]> {
  const live = switchId === null ? null : await database.switches.get(switchId);
  return live === null ? [] : preparedBy(live);
}

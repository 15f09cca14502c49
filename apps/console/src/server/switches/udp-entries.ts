import { sameServiceKey, type Topology } from '@signalbox/cluster';
import type { StoredSwitch } from '@signalbox/db';
import type { Hub } from '../hub/hub.ts';

/**
 * Entries in the directors' connection tables for the switch's UDP services, by either way: the table does not say which.
 * Null when a director's reading is missing.
 */
export function udpEntries(
  { clusterId, topology, hub }: { clusterId: string; topology: Topology; hub: Hub },
  { services }: Pick<StoredSwitch, 'services'>,
): number | null {
  let entries = 0;
  for (const { serviceId } of services) {
    const at = topology.services.find(({ id }) => id === serviceId)?.at;
    const vip = topology.vips.find(({ id }) => id === at?.vipId);
    if (!at || !vip || at.protocol !== 'udp') continue;
    const { address, directorId: nodeId } = vip;
    const reading = hub.live({ clusterId, nodeId })?.reading;
    const found = reading?.services.find(({ key }) =>
      sameServiceKey(key, { ...at, kind: 'address', address }),
    );
    if (!found) return null;
    entries += found.destinations.reduce((sum, { active, inactive }) => sum + active + inactive, 0);
  }
  return entries;
}

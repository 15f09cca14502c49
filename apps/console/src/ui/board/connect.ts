'use client';
import { useCluster } from '../cluster/cluster-context.ts';
import type { Selection } from '../cluster/selection.ts';
import { newDestination, randomId } from '../editor/new-things.ts';
import { serviceAt } from '../figures/readings.ts';

/**
 * What drawing a wire from a director to a real server does: the server becomes a destination of the selected service,
 * or of every service of the director that does not have it yet.
 */
export function useConnect(selection: Selection): (directorId: string, realServerId: string) => void {
  const { topology, edit } = useCluster();
  return (directorId, realServerId) => {
    const node = topology.nodes.find(({ id }) => id === realServerId);
    if (!node) return;
    const open = topology.services.filter(
      (service) =>
        serviceAt(topology, service)?.directorId === directorId &&
        service.destinations.every(({ nodeId }) => nodeId !== realServerId),
    );
    const chosen = open.filter(({ id }) => selection.kind === 'service' && selection.id === id);
    for (const service of chosen.length > 0 ? chosen : open) {
      const destination = newDestination(node, service.at.port, randomId);
      if (destination) edit({ kind: 'addDestination', serviceId: service.id, destination });
    }
  };
}

import { hostCidr } from './cidr.ts';
import { clientSideInterface } from './client-side.ts';
import type { HostAddress, HostServiceWithDestinations, HostState } from './host-state.ts';
import { interfaceWith } from './links.ts';
import type { Node, Vip, VirtualService } from './topology.ts';
import { methodOf, serviceKeyOf, type TopologyIndex } from './topology-index.ts';

/** What a director has whatever the method: its services with their destinations, and the VIPs they refer to. */
export function desiredDirector(index: TopologyIndex, node: Node): Partial<HostState> {
  const services = index.topology.services.filter(
    ({ at }) => index.vips.get(at.vipId)?.directorId === node.id,
  );
  const vips = [...new Set(services.map(({ at }) => at.vipId))].flatMap((id) => index.vips.get(id) ?? []);
  return {
    services: services.flatMap((service) => desiredService(index, service)),
    addresses: vips.flatMap((vip) => desiredVip(index, node, vip)),
  };
}

function desiredService(index: TopologyIndex, service: VirtualService): HostServiceWithDestinations[] {
  const key = serviceKeyOf(index, service);
  if (key === null) return [];
  const { scheduler, schedulerFlags, persistence, onePacket } = service;
  const destinations = service.destinations.map((destination) => ({
    address: destination.address,
    port: destination.port,
    method: methodOf({ service, destination }),
    weight: destination.weight,
    upperThreshold: destination.upperThreshold,
    lowerThreshold: destination.lowerThreshold,
    tunnel: null,
  }));
  return [{ key, scheduler, schedulerFlags, persistence, onePacket, destinations }];
}

/**
 * A /32 on the interface facing the clients, never on lo (with rp_filter=1 the director would not hear them there).
 * Nothing when the VIP is drawn as an address of the director already, as on a two-arm director.
 */
function desiredVip(index: TopologyIndex, director: Node, vip: Vip): HostAddress[] {
  const device = clientSideInterface(index, director, vip);
  if (device === null || interfaceWith(director, vip.address) !== null) return [];
  return [{ interface: device.name, cidr: hostCidr(vip.address), label: null }];
}

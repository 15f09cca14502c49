import type { Node, Topology, VirtualService } from '@signalbox/cluster';
import type { Edit } from './edit.ts';
import { without } from './removal.ts';

/** The drawing after one edit. An edit of something that is not there (any more) changes nothing. */
export function applyEdit(topology: Topology, edit: Edit): Topology {
  switch (edit.kind) {
    case 'renameCluster':
      return { ...topology, name: edit.name };
    case 'addNetwork':
      return { ...topology, networks: [...topology.networks, edit.network] };
    case 'changeNetwork':
      return { ...topology, networks: changed(topology.networks, edit.networkId, edit.change) };
    case 'addNode':
      return { ...topology, nodes: [...topology.nodes, edit.node] };
    case 'moveNodes':
      return { ...topology, nodes: topology.nodes.map((node) => moved(node, edit.positions)) };
    case 'addVip':
      return { ...topology, vips: [...topology.vips, edit.vip] };
    case 'changeVip':
      return { ...topology, vips: changed(topology.vips, edit.vipId, edit.change) };
    case 'addService':
      return { ...topology, services: [...topology.services, edit.service] };
    case 'remove':
      return without(topology, edit.what);
    case 'changeNode':
    case 'addInterface':
    case 'changeInterface':
    case 'removeInterface':
      return { ...topology, nodes: mapped(topology.nodes, edit.nodeId, (node) => editedNode(node, edit)) };
    case 'changeService':
    case 'addDestination':
    case 'changeDestination':
    case 'removeDestination':
      return {
        ...topology,
        services: mapped(topology.services, edit.serviceId, (service) => editedService(service, edit)),
      };
  }
}

type NodeEdit = Extract<Edit, { nodeId: string }>;
type ServiceEdit = Extract<Edit, { serviceId: string }>;

function editedNode(node: Node, edit: NodeEdit): Node {
  switch (edit.kind) {
    case 'changeNode':
      return { ...node, ...edit.change };
    case 'addInterface':
      return { ...node, interfaces: [...node.interfaces, edit.interface] };
    case 'changeInterface':
      return { ...node, interfaces: changed(node.interfaces, edit.interfaceId, edit.change) };
    case 'removeInterface':
      return { ...node, interfaces: node.interfaces.filter(({ id }) => id !== edit.interfaceId) };
  }
}

function editedService(service: VirtualService, edit: ServiceEdit): VirtualService {
  switch (edit.kind) {
    case 'changeService':
      return { ...service, ...edit.change };
    case 'addDestination':
      return { ...service, destinations: [...service.destinations, edit.destination] };
    case 'changeDestination':
      return { ...service, destinations: changed(service.destinations, edit.destinationId, edit.change) };
    case 'removeDestination':
      return {
        ...service,
        destinations: service.destinations.filter(({ id }) => id !== edit.destinationId),
      };
  }
}

function moved(node: Node, positions: ReadonlyMap<string, Node['position']>): Node {
  const position = positions.get(node.id);
  return position === undefined ? node : { ...node, position };
}

const mapped = <T extends { readonly id: string }>(items: T[], id: string, change: (item: T) => T): T[] =>
  items.map((item) => (item.id === id ? change(item) : item));

const changed = <T extends { readonly id: string }>(
  items: T[],
  id: string,
  change: Partial<NoInfer<T>>,
): T[] => mapped(items, id, (item) => ({ ...item, ...change }));

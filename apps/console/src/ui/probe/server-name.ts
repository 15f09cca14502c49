// Whose answer it is. Web servers that say their address or name are known; others are shown by what they say. Pure.
import type { Topology } from '@signalbox/cluster';

export interface ServerNames {
  readonly nameOf: (by: string) => string;
  /** 0 for the first of the service's real servers, and so on: which shade it has. */
  readonly indexOf: (by: string) => number;
}

export function serverNames(topology: Topology, serviceId: string): ServerNames {
  const service = topology.services.find(({ id }) => id === serviceId);
  const servers = (service?.destinations ?? []).map(({ nodeId, address }) => {
    const node = topology.nodes.find(({ id }) => id === nodeId);
    const addresses =
      node?.interfaces.flatMap((one) => one.addresses.map(({ cidr }) => cidr.address.text)) ?? [];
    return { name: node?.name ?? nodeId, words: [nodeId, node?.name ?? nodeId, address.text, ...addresses] };
  });
  const unknown: string[] = [];
  const find = (by: string) => {
    const words = new Set(by.split(/[^\w.:-]+/));
    return servers.findIndex((server) => server.words.some((word) => words.has(word)));
  };
  return {
    nameOf: (by) => servers[find(by)]?.name ?? by,
    indexOf: (by) => {
      const known = find(by);
      if (known !== -1) return known;
      if (!unknown.includes(by)) unknown.push(by);
      return servers.length + unknown.indexOf(by);
    },
  };
}

import type { Topology } from '@signalbox/cluster';

/** The first id that two things of one list share, null when all differ: rows are kept by id. */
export function repeatedId({ networks, nodes, vips, services }: Topology): string | null {
  const lists = [
    networks,
    nodes,
    vips,
    services,
    ...nodes.map((node) => node.interfaces),
    ...services.map((service) => service.destinations),
  ];
  for (const list of lists) {
    const seen = new Set<string>();
    for (const { id } of list) {
      if (seen.has(id)) return id;
      seen.add(id);
    }
  }
  return null;
}

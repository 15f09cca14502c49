import { repeated } from './repeated.ts';
import type { Topology } from './topology.ts';
import { topologyProblem, type TopologyProblem } from './topology-problem.ts';

/** Identifiers and names that should tell things apart and do not. */
export function problemsOfIdentity(topology: Topology): TopologyProblem[] {
  const { networks, nodes, vips, services } = topology;
  return [
    ...duplicateIds('networks', networks, ['networks']),
    ...duplicateIds('nodes', nodes, ['nodes']),
    ...duplicateIds('VIPs', vips, ['vips']),
    ...duplicateIds('services', services, ['services']),
    ...nodes.flatMap(({ id, interfaces }) =>
      duplicateIds('interfaces', interfaces, ['nodes', id, 'interfaces']),
    ),
    ...services.flatMap(({ id, destinations }) =>
      duplicateIds('destinations', destinations, ['services', id, 'destinations']),
    ),
    ...duplicateNames('networks', networks),
    ...duplicateNames('nodes', nodes),
    ...nodes.flatMap((node) =>
      repeated(node.interfaces, ({ name }) => name).map(({ item: { id, name } }) =>
        topologyProblem('duplicateInterfaceName', ['nodes', node.id, 'interfaces', id, 'name'], {
          node: node.name,
          interface: name,
        }),
      ),
    ),
  ];
}

function duplicateIds(
  kind: string,
  items: readonly { id: string }[],
  path: readonly string[],
): TopologyProblem[] {
  return repeated(items, ({ id }) => id).map(({ item: { id } }) =>
    topologyProblem('duplicateId', [...path, id], { kind, id }),
  );
}

function duplicateNames(
  kind: 'networks' | 'nodes',
  items: readonly { id: string; name: string }[],
): TopologyProblem[] {
  return repeated(items, ({ name }) => name).map(({ item: { id, name } }) =>
    topologyProblem('duplicateName', [kind, id, 'name'], { kind, name }),
  );
}

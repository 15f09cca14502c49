import type { Address } from './address.ts';
import { formatCidr } from './cidr.ts';
import { interfaceWith, linkTo } from './links.ts';
import type { Node } from './topology.ts';
import { nodeOfAddress, type TopologyIndex } from './topology-index.ts';
import { topologyProblem, type TopologyProblem } from './topology-problem.ts';

/** Default gateways: facts of the machines, but the drawing must make sense of them. */
export function problemsOfGateways(index: TopologyIndex): TopologyProblem[] {
  return index.topology.nodes.flatMap((node) =>
    node.gateway === null ? [] : problemsOfGateway(index, node, node.gateway),
  );
}

function problemsOfGateway(index: TopologyIndex, node: Node, gateway: Address): TopologyProblem[] {
  const path = ['nodes', node.id, 'gateway'];
  const values = { node: node.name, gateway: gateway.text };
  if (interfaceWith(node, gateway) !== null) return [topologyProblem('gatewayIsSelf', path, values)];
  if (linkTo(node, gateway) === null) {
    const subnets = node.interfaces.flatMap(({ addresses }) => addresses.map(({ cidr }) => formatCidr(cidr)));
    return [topologyProblem('gatewayOffLink', path, { ...values, subnets: subnets.join(', ') || '-' })];
  }
  const owner = nodeOfAddress(index, gateway);
  if (owner === null) {
    // What is behind a router or a client is often not ours to draw; replies start at the others.
    return node.kind === 'realServer' || node.kind === 'mysql'
      ? [topologyProblem('gatewayUnknown', path, values)]
      : [];
  }
  const forwards = owner.kind === 'router' || owner.kind === 'director';
  return forwards ? [] : [topologyProblem('gatewayDoesNotForward', path, { ...values, other: owner.name })];
}

import { type Address, networkOf, parseCidr, type Topology } from '@signalbox/cluster';
import { linkName, type Scenario, type ScenarioNode } from '../scenarios/scenario.ts';

type Node = Topology['nodes'][number];

/** The cluster an operator would have drawn over a scenario's machines: their facts, a VIP, one NAT service, round robin. */
export function drawnTopology(scenario: Scenario, agentPorts: ReadonlyMap<string, number>): Topology {
  const { vip, port, directorId } = scenario.service;
  const realServers = scenario.nodes.filter((node) => node.kind === 'realServer');
  return {
    name: scenario.title,
    networks: scenario.networks.map(({ id, name, cidr }) => ({ id, name, cidrs: [networkOf(cidrOf(cidr))] })),
    nodes: scenario.nodes.map((node) => drawnNode(node, agentPorts.get(node.id))),
    vips: [{ id: 'vip', address: addressOf(vip), directorId }],
    services: [
      {
        id: 'web',
        at: { kind: 'address', protocol: 'tcp', vipId: 'vip', port },
        scheduler: 'rr',
        schedulerFlags: [],
        persistence: null,
        onePacket: false,
        method: 'masq',
        destinations: realServers.map((node) => ({
          id: `web-${node.name}`,
          nodeId: node.id,
          address: cidrOf(node.links[0]?.address ?? '').address,
          port,
          weight: 1,
          upperThreshold: 0,
          lowerThreshold: 0,
          method: null,
        })),
      },
    ],
  };
}

function drawnNode(node: ScenarioNode, agentPort: number | undefined): Node {
  return {
    id: node.id,
    name: node.name,
    kind: node.kind,
    agent: agentPort === undefined ? null : { host: '127.0.0.1', port: agentPort },
    interfaces: node.links.map(({ network, address }, index) => ({
      id: `${node.id}-${linkName(index)}`,
      name: linkName(index),
      networkId: network,
      addresses: [{ cidr: cidrOf(address), origin: 'host' }],
    })),
    gateway: node.gateway === null ? null : addressOf(node.gateway),
    // The board lays out what nobody has dragged.
    position: null,
  };
}

const addressOf = (text: string): Address => ({ family: 'ipv4', text });

function cidrOf(text: string) {
  const cidr = parseCidr(text);
  if (cidr === null) throw new Error(`${text} is not an address with a prefix length`);
  return cidr;
}

import type { Address, Interface, Node, Topology } from '@signalbox/cluster';

const ip = (text: string): Address => ({ family: 'ipv4', text });

const device = (name: string, networkId: string, address: string): Interface => ({
  id: name,
  name,
  networkId,
  addresses: [{ cidr: { address: ip(address), prefix: 24 }, origin: 'host' }],
});

const network = (id: string, base: string) => ({
  id,
  name: id,
  cidrs: [{ address: ip(base), prefix: 24 }],
});

/** Where each node's agent listens on loopback; a node that is not named has none. */
export type AgentPorts = Readonly<Record<string, number>>;

/** NAT through a director with two arms, two real servers behind it; `weight` is the first one's. */
export function twoArms(agents: AgentPorts, weight = 1): Topology {
  const node = (id: string, kind: Node['kind'], rest: Pick<Node, 'interfaces' | 'gateway'>): Node => {
    const port = agents[id];
    const agent = port === undefined ? null : { host: '127.0.0.1', port };
    return { id, name: id, kind, agent, position: null, ...rest };
  };
  const realServer = (id: string, address: string) =>
    node(id, 'realServer', {
      interfaces: [device('eth0', 'inner', address)],
      gateway: ip('192.168.137.129'),
    });
  const destination = (id: string, address: string, weight: number) => ({
    id,
    nodeId: id,
    address: ip(address),
    port: 80,
    weight,
    upperThreshold: 0,
    lowerThreshold: 0,
    method: null,
  });
  return {
    name: 'Two arms',
    networks: [network('outer', '192.168.0.0'), network('inner', '192.168.137.0')],
    nodes: [
      node('client', 'client', { interfaces: [device('eth0', 'outer', '192.168.0.109')], gateway: null }),
      node('director', 'director', {
        interfaces: [device('eth0', 'outer', '192.168.0.111'), device('eth1', 'inner', '192.168.137.129')],
        gateway: null,
      }),
      realServer('rs1', '192.168.137.131'),
      realServer('rs2', '192.168.137.130'),
    ],
    vips: [{ id: 'vip', address: ip('192.168.0.111'), directorId: 'director' }],
    services: [
      {
        id: 'web',
        at: { kind: 'address', protocol: 'tcp', vipId: 'vip', port: 80 },
        scheduler: 'wrr',
        schedulerFlags: [],
        persistence: null,
        onePacket: false,
        method: 'masq',
        destinations: [
          destination('rs1', '192.168.137.131', weight),
          destination('rs2', '192.168.137.130', 1),
        ],
      },
    ],
  };
}

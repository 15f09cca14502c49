import { realServers } from './real-servers.ts';
import type { Scenario } from './scenario.ts';

const GATEWAY = '192.168.137.129';
const inner = (host: number) => [{ network: 'inner', address: `192.168.137.${host}/24` }];

/** The director has two arms and is the real servers' gateway; there is no other router. */
export const natScenario = (count: number): Scenario => ({
  name: 'nat',
  title: 'NAT',
  networks: [
    { id: 'outer', name: 'Clients', cidr: '192.168.0.0/24' },
    { id: 'inner', name: 'Servers', cidr: '192.168.137.0/24' },
  ],
  nodes: [
    {
      id: 'node1',
      name: 'client',
      kind: 'client',
      links: [{ network: 'outer', address: '192.168.0.109/24' }],
      gateway: null,
      forwards: false,
    },
    {
      id: 'node2',
      name: 'director',
      kind: 'director',
      links: [{ network: 'outer', address: '192.168.0.111/24' }, ...inner(129)],
      gateway: null,
      forwards: false,
    },
    ...realServers({ count, afterNode: 5, gateway: GATEWAY }),
    {
      id: 'node5',
      name: 'mysql',
      kind: 'mysql',
      links: inner(132),
      gateway: GATEWAY,
      forwards: false,
    },
  ],
  service: { vip: '192.168.0.111', port: 80, directorId: 'node2' },
});

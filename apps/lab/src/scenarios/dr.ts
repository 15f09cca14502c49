import { realServers } from './real-servers.ts';
import type { Scenario } from './scenario.ts';

const ROUTER_OUTSIDE = '192.168.0.111';
const ROUTER_INSIDE = '192.168.137.129';
const inner = (host: number) => [{ network: 'inner', address: `192.168.137.${host}/24` }];

/** The director has one arm and stands beside the real servers, behind a router that forwards by itself. */
export const drScenario = (count: number): Scenario => ({
  name: 'dr',
  title: 'Direct routing',
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
      gateway: ROUTER_OUTSIDE,
      forwards: false,
    },
    {
      id: 'node2',
      name: 'router',
      kind: 'router',
      links: [
        { network: 'outer', address: `${ROUTER_OUTSIDE}/24` },
        { network: 'inner', address: `${ROUTER_INSIDE}/24` },
      ],
      gateway: null,
      forwards: true,
    },
    ...realServers({ count, afterNode: 6, gateway: ROUTER_INSIDE }),
    {
      id: 'node5',
      name: 'director',
      kind: 'director',
      links: inner(132),
      gateway: ROUTER_INSIDE,
      forwards: false,
    },
    {
      id: 'node6',
      name: 'mysql',
      kind: 'mysql',
      links: inner(133),
      gateway: ROUTER_INSIDE,
      forwards: false,
    },
  ],
  service: { vip: '192.168.137.100', port: 80, directorId: 'node5' },
});

import type { ScenarioNode } from './scenario.ts';

/** Hosts of the first two real servers, as the tutorial has them; further ones follow from 140. */
const KNOWN_HOSTS = [131, 130];
const FIRST_FREE_HOST = 140;
const FIRST_NODE = 3;

/** Real servers rs1, rs2, ...: node3 and node4, then the numbers after `afterNode`, so that the other nodes keep theirs. */
export function realServers(wanted: { count: number; afterNode: number; gateway: string }): ScenarioNode[] {
  return Array.from({ length: wanted.count }, (_, index) => {
    const known = KNOWN_HOSTS[index];
    const extra = index - KNOWN_HOSTS.length;
    const number = known === undefined ? wanted.afterNode + 1 + extra : FIRST_NODE + index;
    return {
      id: `node${number}`,
      name: `rs${index + 1}`,
      kind: 'realServer',
      links: [{ network: 'inner', address: `192.168.137.${known ?? FIRST_FREE_HOST + extra}/24` }],
      gateway: wanted.gateway,
      forwards: false,
    };
  });
}

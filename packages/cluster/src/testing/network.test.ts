import { describe, expect, test } from 'vitest';
import { desiredFor } from '../desired.ts';
import type { HostState, HostSysctl } from '../host-state.ts';
import { interfaceSysctl } from '../sysctls.ts';
import type { Node, Topology } from '../topology.ts';
import { topologyIndex } from '../topology-index.ts';
import { waysOf } from '../ways.ts';
import { arrived, fresh } from './agents.ts';
import { oneArm, twoArms, withWeb } from './drawings.ts';
import { connectionsBy, losses } from './service.ts';
import { behindDirector, leaves } from './switch-grounds.test.ts';

describe('the model that the laws are asked of', () => {
  const lossesOf = (topology: Topology, change: (id: string, state: HostState) => HostState): string[] => {
    const index = topologyIndex(topology);
    const usual = ({ interfaces }: Node): HostSysctl[] => [
      { name: 'net.ipv4.ip_forward', value: '0' },
      { name: 'net.ipv4.vs.conn_reuse_mode', value: '1' },
      ...['all', 'lo', ...interfaces.map(({ name }) => name)].flatMap((name) =>
        Object.keys(leaves).map((leaf) => ({
          name: interfaceSysctl(name, leaf),
          value: leaf === 'rp_filter' || leaf === 'send_redirects' ? '1' : '0',
        })),
      ),
    ];
    const agents = arrived(fresh(topology, topology.nodes.map(usual)), (id) => desiredFor(topology, id));
    const changed = new Map(
      [...agents].map(([id, agent]) => [id, { ...agent, state: change(id, agent.state) }]),
    );
    return losses(topology, changed, connectionsBy(topology, waysOf(index)));
  };
  const gate = (topology: Topology) => withWeb(topology, { method: 'gate' });
  const without =
    (host: string, parts: Partial<HostState>) =>
    (id: string, state: HostState): HostState =>
      id === host ? { ...state, ...parts } : state;
  const set = (host: string, name: string, value: string) => (id: string, state: HostState) =>
    id === host
      ? { ...state, sysctls: state.sysctls.map((one) => (one.name === name ? { name, value } : one)) }
      : state;
  const same = (_: string, state: HostState) => state;

  test('finds nothing lost where all is as it should be', () => {
    for (const drawn of [oneArm(), twoArms(), gate(oneArm()), gate(twoArms()), gate(behindDirector())])
      expect(lossesOf(drawn, same)).toEqual([]);
  });

  test.each([
    ['no VIP on lo', gate(oneArm()), without('rs1', { addresses: [] }), 'rs1 has no 192.168.137.100'],
    ['no pinned route', gate(oneArm()), without('director', { routes: [] }), 'cached route'],
    ['no NAT rule', oneArm(), without('rs1', { rules: [] }), 'bypasses director'],
    ['no accept_local', gate(twoArms()), set('director', 'net.ipv4.conf.eth1.accept_local', '0'), 'martian'],
    ['strict filter', gate(twoArms()), set('director', 'net.ipv4.conf.eth1.rp_filter', '1'), 'rp_filter'],
    ['no forwarding', oneArm(), set('director', 'net.ipv4.ip_forward', '0'), 'director does not forward'],
    ['redirects', oneArm(), set('director', 'net.ipv4.conf.eth0.send_redirects', '1'), 'redirects'],
    ['ARP answered', gate(oneArm()), set('rs1', 'net.ipv4.conf.all.arp_ignore', '0'), 'answer ARP'],
    ['no table to the router', gate(behindDirector()), without('rs1', { rules: [] }), 'martian'],
  ])('finds what is lost with %s', (...[, drawn, change, reason]) => {
    expect(lossesOf(drawn, change).join('\n')).toContain(reason);
  });
});

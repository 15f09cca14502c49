import { describe, expect, test } from 'vitest';
import { formatCidr } from './cidr.ts';
import { desiredFor } from './desired.ts';
import { emptyHostState, HostState } from './host-state.ts';
import { describe as line } from './describe.ts';
import { plan } from './plan.ts';
import {
  cidr,
  destination,
  device,
  ip,
  node,
  oneArm,
  twoArms,
  withDestination,
  withNode,
} from './testing/drawings.ts';
import { rs, web } from './testing/host-objects.ts';
import type { Topology } from './topology.ts';

/** What would be typed on a host that has nothing yet. */
const commands = (topology: Topology, id: string) =>
  plan(desiredFor(topology, id), emptyHostState).map(({ operation }) => line(operation));

describe('a director with two arms', () => {
  test('forwards and serves; its VIP is its own address and stays a fact', () => {
    expect(desiredFor(twoArms(), 'director')).toEqual({
      ...emptyHostState,
      services: [web([rs('131'), rs('130')])],
      sysctls: [{ name: 'net.ipv4.ip_forward', value: '1' }],
    });
  });

  test('leaves nothing to do on real servers whose gateway it is', () => {
    for (const id of ['rs1', 'rs2', 'mysql', 'client'])
      expect(desiredFor(twoArms(), id)).toEqual(emptyHostState);
  });

  test('does not forward when nothing is served', () => {
    expect(desiredFor({ ...twoArms(), services: [] }, 'director')).toEqual(emptyHostState);
  });
});

describe('a director with one arm', () => {
  test('holds the VIP alone on its arm and does not redirect', () => {
    expect(commands(oneArm(), 'director')).toEqual([
      'sysctl -w net.ipv4.ip_forward=1',
      'sysctl -w net.ipv4.conf.all.send_redirects=0',
      'sysctl -w net.ipv4.conf.eth0.send_redirects=0',
      'ip addr add 192.168.137.100/32 dev eth0',
      'ipvsadm -A -t 192.168.137.100:80 -s rr',
      'ipvsadm -a -t 192.168.137.100:80 -r 192.168.137.130:80 -m -w 1',
      'ipvsadm -a -t 192.168.137.100:80 -r 192.168.137.131:80 -m -w 1',
    ]);
  });

  test('gets replies by a rule on each real server, around the neighbours that talk to it', () => {
    expect(commands(oneArm(), 'rs1')).toEqual([
      'ip route add 192.168.137.133/32 dev eth0 table 5432 proto 83',
      'ip route add default via 192.168.137.132 dev eth0 table 5432 proto 83',
      'ip route add blackhole default metric 4278198272 table 5432 proto 83',
      'ip rule add priority 5300 from 192.168.137.131/32 ipproto tcp sport 80 lookup 5432 protocol 83',
    ]);
  });

  test('gets replies of the port that the destination has', () => {
    const { rules } = desiredFor(withDestination(oneArm(), 'rs1', { port: 8080 }), 'rs1');
    expect(rules.map(({ sourcePort }) => sourcePort)).toEqual([8080]);
  });

  test('needs no VIP without a service', () => {
    expect(desiredFor({ ...oneArm(), services: [] }, 'director')).toEqual(emptyHostState);
  });
});

describe('replies', () => {
  test('need a rule when a client is on a link of the real server, even with the director as gateway', () => {
    const near = node('near', 'client', { interfaces: [device('eth0', 'inner', '192.168.137.50/24')] });
    const topology = { ...twoArms(), nodes: [...twoArms().nodes, near] };
    expect(desiredFor(topology, 'rs1').rules).toHaveLength(1);
    expect(commands(topology, 'director')).toContain('sysctl -w net.ipv4.conf.eth1.send_redirects=0');
    // The client is not among the exceptions: its replies are what the rule is for.
    expect(desiredFor(topology, 'rs1').routes.map(({ destination }) => formatCidr(destination))).toEqual([
      '0.0.0.0/0',
      '0.0.0.0/0',
      '192.168.137.132/32',
    ]);
  });

  test('need none when the gateway is a VIP of the director', () => {
    const topology = withNode(oneArm(), 'rs1', () => ({ gateway: ip('192.168.137.100') }));
    expect(desiredFor(topology, 'rs1')).toEqual(emptyHostState);
  });

  test('of one port to one director need one rule, however many services', () => {
    const topology = oneArm();
    const second = topology.services.map((service) => ({
      ...service,
      id: 'tls',
      at: { ...service.at, port: 443 },
    }));
    const { rules, routes } = desiredFor({ ...topology, services: [...topology.services, ...second] }, 'rs1');
    expect([rules.length, routes.length]).toEqual([1, 3]);
  });

  test('have a table per director, numbered by its address, so that another does not renumber it', () => {
    const second = (last: number, networkId = 'inner'): Topology => {
      const topology = oneArm();
      const other = node('other', 'director', {
        interfaces: [device('eth0', networkId, `192.168.137.${last}/24`)],
      });
      const service = topology.services.map((one) => ({
        ...one,
        id: 'other',
        at: { ...one.at, vipId: 'other' },
        destinations: [{ ...destination('rs1', 'rs1', '192.168.137.131'), port: 8080 }],
      }));
      return {
        ...topology,
        nodes: [...topology.nodes, other],
        vips: [...topology.vips, { id: 'other', address: ip('192.168.137.101'), directorId: 'other' }],
        services: [...topology.services, ...service],
      };
    };
    const tables = (topology: Topology) =>
      desiredFor(topology, 'rs1').rules.map(({ sourcePort, table }) => [sourcePort, table]);
    expect(tables(oneArm())).toEqual([[80, 5432]]);
    expect(tables(second(140))).toEqual([
      [80, 5432],
      [8080, 5440],
    ]);
    expect(tables(second(120))).toEqual([
      [80, 5432],
      [8080, 5420],
    ]);
  });

  test('go around the other director, which checks the real server itself', () => {
    const other = node('other', 'director', { interfaces: [device('eth0', 'inner', '192.168.137.140/24')] });
    const { routes } = desiredFor({ ...oneArm(), nodes: [...oneArm().nodes, other] }, 'rs1');
    expect(routes.map(({ destination, via }) => [formatCidr(destination), via?.text])).toEqual([
      ['0.0.0.0/0', '192.168.137.132'],
      ['0.0.0.0/0', undefined],
      ['192.168.137.133/32', undefined],
      ['192.168.137.140/32', undefined],
    ]);
  });
});

describe('where a VIP is held', () => {
  const nets = (...ranges: [string, string][]) =>
    ranges.map(([id, range]) => ({ id, name: id, cidrs: [cidr(range)] }));
  const holding = (vip: string, change: Partial<Topology>): Topology => ({
    ...twoArms(),
    networks: nets(['outer', '192.168.0.0/24'], ['inner', '192.168.137.0/24'], ['other', '10.0.0.0/8']),
    vips: [{ id: 'vip', address: ip(vip), directorId: 'director' }],
    ...change,
  });
  const heldOn = (topology: Topology) =>
    desiredFor(topology, 'director').addresses.map((address) => [
      formatCidr(address.cidr),
      address.interface,
    ]);

  test('the interface on a network that contains it', () => {
    expect(heldOn(holding('192.168.137.100', {}))).toEqual([['192.168.137.100/32', 'eth1']]);
  });

  test('else the one of the gateway', () => {
    const topology = withNode(holding('203.0.113.5', {}), 'director', () => ({
      gateway: ip('192.168.137.131'),
    }));
    expect(heldOn(topology)).toEqual([['203.0.113.5/32', 'eth1']]);
  });

  test('else the one shared with a client, else with a router, else the first', () => {
    const turned = withNode(holding('203.0.113.5', {}), 'director', ({ interfaces }) => ({
      interfaces: interfaces.toReversed(),
    }));
    expect(heldOn(turned)).toEqual([['203.0.113.5/32', 'eth0']]);
    const asRouter = withNode(turned, 'client', () => ({ kind: 'router' }));
    expect(heldOn(asRouter)).toEqual([['203.0.113.5/32', 'eth0']]);
    const alone = withNode(turned, 'client', () => ({ kind: 'mysql' }));
    expect(heldOn(alone)).toEqual([['203.0.113.5/32', 'eth1']]);
  });

  test('nowhere when it is drawn as an address of the director already', () => {
    expect(heldOn(holding('192.168.137.129', {}))).toEqual([]);
  });
});

describe('any node', () => {
  test('has the addresses that are ours to put up, and only those', () => {
    const router = withNode(oneArm(), 'router', ({ interfaces }) => ({
      interfaces: interfaces.map((one) => ({
        ...one,
        addresses: [
          ...one.addresses,
          { cidr: cidr(`10.0.0.20${one.id.at(-1)}/8`), origin: 'signalbox' as const },
        ],
      })),
    }));
    expect(commands(router, 'router')).toEqual([
      'sysctl -w net.ipv4.ip_forward=1',
      'ip addr add 10.0.0.200/8 dev eth0',
      'ip addr add 10.0.0.201/8 dev eth1',
    ]);
  });

  test('has nothing when it is not in the topology', () => {
    expect(desiredFor(twoArms(), 'gone')).toEqual(emptyHostState);
  });

  test('has a state that the agents take', () => {
    for (const topology of [twoArms(), oneArm()]) {
      for (const { id } of topology.nodes) {
        const desired = desiredFor(topology, id);
        expect(HostState.parse(desired)).toEqual(desired);
      }
    }
  });

  test('has the same state whatever the order of lists in the drawing', () => {
    const topology = oneArm();
    const turned: Topology = {
      ...topology,
      nodes: topology.nodes.toReversed(),
      networks: topology.networks.toReversed(),
    };
    for (const { id } of topology.nodes) expect(desiredFor(turned, id)).toEqual(desiredFor(topology, id));
  });
});

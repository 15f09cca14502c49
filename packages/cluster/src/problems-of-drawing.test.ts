// Problems of what is drawn: identity, networks, addresses, gateways, VIPs.
import { describe, expect, test } from 'vitest';
import { problemsOf } from './problems.ts';
import { cidr, device, ip, node, oneArm, twoArms, withNode } from './testing/drawings.ts';
import type { Topology } from './topology.ts';

const codes = (topology: Topology) => problemsOf(topology).map(({ code }) => code);
const found = (topology: Topology) =>
  problemsOf(topology).map(({ code, path }) => `${code} ${path.join('/')}`);

test('the clusters of the lab have no problems', () => {
  expect(problemsOf(twoArms())).toEqual([]);
  expect(problemsOf(oneArm())).toEqual([]);
});

describe('identity', () => {
  test('identifiers are used once among their kind', () => {
    const { networks, nodes, vips, services, ...rest } = twoArms();
    const twice = <T>(list: T[]) => [...list, ...list.slice(0, 1)];
    const topology = {
      ...rest,
      networks: twice(networks),
      nodes: twice(nodes),
      vips: twice(vips),
      services: twice(services.map((service) => ({ ...service, destinations: twice(service.destinations) }))),
    };
    expect(found(topology).filter((text) => text.startsWith('duplicateId'))).toEqual([
      'duplicateId networks/outer',
      'duplicateId nodes/client',
      'duplicateId vips/vip',
      'duplicateId services/web',
      'duplicateId services/web/destinations/rs1',
      'duplicateId services/web/destinations/rs1',
    ]);
  });

  test('names tell nodes and networks apart', () => {
    const topology = twoArms();
    expect(found(withNode(topology, 'rs2', () => ({ name: 'rs1' })))).toEqual([
      'duplicateName nodes/rs2/name',
    ]);
    const networks = topology.networks.map((network) => ({ ...network, name: 'lan' }));
    expect(found({ ...topology, networks })).toEqual(['duplicateName networks/inner/name']);
  });

  test('an interface has one name on its node', () => {
    const topology = withNode(twoArms(), 'director', ({ interfaces }) => ({
      interfaces: interfaces.map((one) => ({ ...one, name: 'eth0' })),
    }));
    expect(found(topology)).toEqual(['duplicateInterfaceName nodes/director/interfaces/eth1/name']);
  });
});

describe('networks', () => {
  const withInner = (...cidrs: string[]): Topology => ({
    ...twoArms(),
    networks: [
      { id: 'outer', name: 'outer', cidrs: [cidr('192.168.0.0/24')] },
      { id: 'inner', name: 'inner', cidrs: cidrs.map(cidr) },
    ],
  });

  test('have no host bits', () => {
    const [problem] = problemsOf(withInner('192.168.137.1/24'));
    expect(problem).toMatchObject({ code: 'networkHasHostBits', values: { corrected: '192.168.137.0/24' } });
    expect(problem?.message).toBe(
      '192.168.137.1/24 of network inner is the address of a host. Write the network as 192.168.137.0/24.',
    );
  });

  test('do not overlap, neither each other nor within', () => {
    expect(codes(withInner('192.168.0.0/16'))).toContain('networksOverlap');
    expect(codes(withInner('192.168.137.0/24', '192.168.137.128/25'))).toContain('networksOverlap');
    expect(codes(withInner('192.168.137.0/24', '10.0.0.0/8'))).toEqual([]);
  });
});

describe('addresses', () => {
  const rs1At = (text: string, networkId = 'inner') =>
    withNode({ ...twoArms(), services: [] }, 'rs1', () => ({
      interfaces: [device('eth0', networkId, text)],
    }));

  test('are on a network that exists', () => {
    expect(found(rs1At('192.168.137.131/24', 'nowhere'))).toEqual([
      'unknownNetwork nodes/rs1/interfaces/eth0/networkId',
    ]);
  });

  test('are in a range of their network', () => {
    expect(found(rs1At('192.168.138.131/24'))).toEqual([
      'addressNotOnNetwork nodes/rs1/interfaces/eth0/addresses/192.168.138.131/24',
      'gatewayOffLink nodes/rs1/gateway',
    ]);
  });

  test('have the prefix of their range, or stand alone', () => {
    expect(problemsOf(rs1At('192.168.137.131/16'))).toMatchObject([
      { code: 'prefixDiffersFromNetwork', severity: 'warning' },
    ]);
    const alone = withNode(twoArms(), 'rs1', ({ interfaces }) => ({
      interfaces: interfaces.map((one) => ({
        ...one,
        addresses: [...one.addresses, { cidr: cidr('192.168.137.99/32'), origin: 'signalbox' as const }],
      })),
    }));
    expect(codes(alone)).toEqual([]);
  });

  test.each([
    '192.168.137.0/24',
    '192.168.137.255/24',
    '0.0.0.0/0',
    '224.0.0.1/4',
    '127.0.0.1/8',
    '240.0.0.1/4',
  ])('are not %s', (text) => {
    expect(codes(rs1At(text))).toContain('addressNotUsable');
  });

  test('belong to one node', () => {
    const [problem] = problemsOf(rs1At('192.168.137.130/24'));
    expect(problem).toMatchObject({
      code: 'duplicateAddress',
      values: { address: '192.168.137.130', node: 'rs2', other: 'rs1' },
    });
  });

  test('of IPv6 may be there, but cannot be put up yet', () => {
    const six = (origin: 'host' | 'signalbox'): Topology => ({
      ...withNode(twoArms(), 'rs1', ({ interfaces }) => ({
        interfaces: interfaces.map((one) => ({
          ...one,
          addresses: [...one.addresses, { cidr: cidr('2001:db8::1/64'), origin }],
        })),
      })),
      networks: [
        { id: 'outer', name: 'outer', cidrs: [cidr('192.168.0.0/24')] },
        { id: 'inner', name: 'inner', cidrs: [cidr('192.168.137.0/24'), cidr('2001:db8::/64')] },
      ],
    });
    expect(codes(six('host'))).toEqual([]);
    expect(codes(six('signalbox'))).toEqual(['ipv6NotAvailable']);
  });
});

describe('gateways', () => {
  const via = (gateway: string, id = 'rs1') => withNode(twoArms(), id, () => ({ gateway: ip(gateway) }));

  test('are on a link of their node', () => {
    const [problem] = problemsOf(via('192.168.0.111'));
    expect(problem).toMatchObject({
      code: 'gatewayOffLink',
      severity: 'error',
      path: ['nodes', 'rs1', 'gateway'],
    });
    expect(problem?.message).toBe(
      'The gateway 192.168.0.111 of rs1 is in none of its subnets (192.168.137.131/24), so it cannot be reached. Use an address of a router there.',
    );
  });

  test('are not the node itself', () => {
    expect(codes(via('192.168.137.131'))).toEqual(['gatewayIsSelf']);
  });

  test('of a real server should be drawn; of a client they need not', () => {
    expect(problemsOf(via('192.168.137.1'))).toMatchObject([{ code: 'gatewayUnknown', severity: 'warning' }]);
    expect(codes(via('192.168.0.1', 'client'))).toEqual([]);
  });

  test('forward', () => {
    expect(problemsOf(via('192.168.137.132'))).toMatchObject([
      { code: 'gatewayDoesNotForward', severity: 'warning', values: { other: 'mysql' } },
    ]);
  });

  test('may be the VIP of a director', () => {
    const topology = withNode(oneArm(), 'rs1', () => ({ gateway: ip('192.168.137.100') }));
    expect(codes(topology)).toEqual([]);
  });
});

describe('VIPs', () => {
  const vip = (text: string, directorId = 'director'): Topology => ({
    ...oneArm(),
    vips: [{ id: 'vip', address: ip(text), directorId }],
  });

  test('are held by a director with interfaces', () => {
    expect(codes(vip('192.168.137.100', 'nobody'))).toEqual(['unknownDirector']);
    expect(codes(vip('192.168.137.100', 'mysql'))).toContain('vipHolderNotDirector');
    const bare = withNode(oneArm(), 'director', () => ({ interfaces: [], gateway: null }));
    expect(codes(bare)).toContain('directorWithoutInterface');
  });

  test('may be the own address of their director, and of nobody else', () => {
    expect(codes(twoArms())).toEqual([]);
    expect(found(vip('192.168.137.131'))).toContain('vipIsRealServer vips/vip/address');
    expect(found(vip('192.168.137.129'))).toContain('vipIsOtherNode vips/vip/address');
  });

  test('are held once, by one director', () => {
    const second = (directorId: string): Topology => ({
      ...oneArm(),
      nodes: [
        ...oneArm().nodes,
        node('backup', 'director', { interfaces: [device('eth0', 'inner', '192.168.137.140/24')] }),
      ],
      vips: [...oneArm().vips, { id: 'again', address: ip('192.168.137.100'), directorId }],
    });
    expect(found(second('director'))).toEqual(['duplicateVip vips/again/address']);
    expect(problemsOf(second('backup'))).toMatchObject([
      { code: 'secondDirector', values: { node: 'director', other: 'backup' } },
    ]);
  });

  test.each(['192.168.137.255', '192.168.137.0', '224.0.0.1', '127.0.0.1', '0.0.0.0'])(
    'are not %s',
    (text) => {
      expect(codes(vip(text))).toEqual(['vipNotUsable']);
    },
  );

  test('in no drawn network are said out loud', () => {
    expect(problemsOf(vip('203.0.113.5'))).toMatchObject([
      { code: 'vipOffEveryNetwork', severity: 'warning' },
    ]);
  });

  test('of IPv6 are refused by name', () => {
    expect(codes(vip('2001:db8::1'))).toContain('ipv6NotAvailable');
  });
});

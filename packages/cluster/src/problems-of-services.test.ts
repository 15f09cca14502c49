import { describe, expect, test } from 'vitest';
import { isPersistenceNetmask } from './persistence-netmask.ts';
import { problemsOf } from './problems.ts';
import {
  device,
  destination,
  ip,
  node,
  oneArm,
  twoArms,
  withDestination,
  withNode,
  withWeb,
} from './testing/drawings.ts';
import type { Topology, VirtualService } from './topology.ts';

const codes = (topology: Topology) => problemsOf(topology).map(({ code }) => code);
const found = (topology: Topology) =>
  problemsOf(topology).map(({ code, path }) => `${code} ${path.join('/')}`);
const change = (part: Partial<VirtualService>) => withWeb(twoArms(), part);
const udp = { kind: 'address', protocol: 'udp', vipId: 'vip', port: 80 } as const;

describe('services', () => {
  test('have a VIP that exists', () => {
    expect(found(change({ at: { ...udp, vipId: 'gone' } }))).toEqual(['unknownVip services/web/at/vipId']);
  });

  test('differ in protocol, VIP or port', () => {
    const topology = twoArms();
    const second = topology.services.map((service) => ({ ...service, id: 'again' }));
    const [problem] = problemsOf({ ...topology, services: [...topology.services, ...second] });
    expect(problem).toMatchObject({
      code: 'duplicateService',
      path: ['services', 'again', 'at'],
      values: { service: 'tcp 192.168.0.111:80' },
    });
    const other = second.map((service) => ({ ...service, at: udp }));
    expect(codes({ ...topology, services: [...topology.services, ...other] })).toEqual([]);
  });

  test('without anyone to serve are said out loud', () => {
    expect(problemsOf(change({ destinations: [] }))).toMatchObject([
      { code: 'emptyService', severity: 'warning' },
    ]);
    const quiet = twoArms().services[0]?.destinations.map((one) => ({ ...one, weight: 0 })) ?? [];
    expect(problemsOf(change({ destinations: quiet }))).toMatchObject([
      { code: 'noLiveDestination', severity: 'warning' },
    ]);
  });

  test('schedule single packets and SIP calls under UDP only', () => {
    const sip = { timeoutSeconds: 360, netmask: '255.255.255.255', engine: 'sip' } as const;
    expect(codes(change({ onePacket: true }))).toEqual(['onePacketNeedsUdp']);
    expect(codes(change({ persistence: sip }))).toEqual(['sipEngineNeedsUdp']);
    expect(codes(change({ at: udp, onePacket: true, persistence: sip }))).toEqual([]);
  });

  test('persist by a netmask', () => {
    const persistence = { timeoutSeconds: 360, netmask: '255.0.255.0', engine: null };
    expect(found(change({ persistence }))).toEqual(['netmaskNotUsable services/web/persistence/netmask']);
    expect(codes(change({ persistence: { ...persistence, netmask: '255.255.255.0' } }))).toEqual([]);
  });

  test.each(['255.255.255.255', '255.255.255.0', '255.254.0.0', '128.0.0.0'])('%s is a netmask', (text) => {
    expect(isPersistenceNetmask(text, 'ipv4')).toBe(true);
    expect(isPersistenceNetmask(text, 'ipv6')).toBe(false);
  });

  test.each(['0.0.0.0', '255.0.255.0', '0.255.255.255', '24', '', '255.255.255', '::'])(
    '"%s" is not',
    (text) => {
      expect(isPersistenceNetmask(text, 'ipv4')).toBe(false);
    },
  );

  test('persist in IPv6 by a prefix length', () => {
    expect(['1', '64', '128'].map((text) => isPersistenceNetmask(text, 'ipv6'))).toEqual([true, true, true]);
    expect(['0', '129', '064', '-1', 'x'].map((text) => isPersistenceNetmask(text, 'ipv6'))).toEqual(
      Array.from({ length: 5 }, () => false),
    );
  });
});

describe('schedulers', () => {
  const weighted = (weights: [number, number]) =>
    withDestination(withDestination(twoArms(), 'rs1', { weight: weights[0] }), 'rs2', { weight: weights[1] });

  test('have their own flags only', () => {
    expect(found(change({ scheduler: 'sh', schedulerFlags: ['sh-port', 'mh-fallback'] }))).toEqual([
      'schedulerFlagMismatch services/web/schedulerFlags',
    ]);
    expect(codes(change({ scheduler: 'mh', schedulerFlags: ['mh-port', 'mh-fallback'] }))).toEqual([]);
  });

  test.each([
    ['rr', 'wrr'],
    ['lc', 'wlc'],
    ['dh', 'mh'],
  ] as const)('%s ignores weights; %s does not', (scheduler, better) => {
    expect(problemsOf(withWeb(weighted([6, 2]), { scheduler }))).toMatchObject([
      { code: 'weightsIgnored', severity: 'warning', values: { scheduler, weighted: better } },
    ]);
    expect(codes(withWeb(weighted([6, 2]), { scheduler: better }))).toEqual([]);
    expect(codes(withWeb(weighted([6, 6]), { scheduler }))).toEqual([]);
    expect(codes(withWeb(weighted([6, 0]), { scheduler }))).toEqual([]);
  });

  test('that hash need a fallback beside weight 0', () => {
    for (const scheduler of ['sh', 'mh'] as const) {
      const flag = `${scheduler}-fallback` as const;
      expect(problemsOf(withWeb(weighted([1, 0]), { scheduler }))).toMatchObject([
        { code: 'hashingMeetsWeightZero', severity: 'warning', values: { flag } },
      ]);
      expect(codes(withWeb(weighted([1, 0]), { scheduler, schedulerFlags: [flag] }))).toEqual([]);
    }
  });
});

describe('destinations', () => {
  const rs1 = (part: Parameters<typeof withDestination>[2]) => withDestination(twoArms(), 'rs1', part);

  test('are on a real server, with one of its addresses', () => {
    expect(found(rs1({ nodeId: 'gone' }))).toEqual(['unknownNode services/web/destinations/rs1/nodeId']);
    expect(codes(rs1({ nodeId: 'mysql', address: ip('192.168.137.132') }))).toEqual([
      'destinationNotRealServer',
    ]);
    const [problem] = problemsOf(rs1({ address: ip('192.168.137.99') }));
    expect(problem).toMatchObject({
      code: 'destinationAddressNotOfNode',
      values: { destination: '192.168.137.99:80', addresses: '192.168.137.131' },
    });
  });

  test('are in their service once', () => {
    const again = [
      ...(twoArms().services[0]?.destinations ?? []),
      destination('more', 'rs1', '192.168.137.131'),
    ];
    expect(found(change({ destinations: again }))).toEqual([
      'duplicateDestination services/web/destinations/more',
    ]);
  });

  test('have their thresholds in order', () => {
    expect(found(rs1({ lowerThreshold: 5 }))).toEqual([
      'thresholdsReversed services/web/destinations/rs1/lowerThreshold',
    ]);
    expect(codes(rs1({ lowerThreshold: 5, upperThreshold: 5 }))).toEqual([]);
    expect(found(rs1({ upperThreshold: 0x80000000 }))).toEqual([
      'thresholdTooHigh services/web/destinations/rs1/upperThreshold',
    ]);
    expect(codes(rs1({ upperThreshold: 0x7fffffff }))).toEqual([]);
  });

  test('of IPv6 are refused by name', () => {
    expect(codes(rs1({ address: ip('2001:db8::1') }))).toContain('ipv6NotAvailable');
  });

  test('are served by NAT at any port, and by DR; not by TUN', () => {
    expect(codes(rs1({ port: 8080 }))).toEqual([]);
    expect(codes(rs1({ method: 'gate' }))).toEqual([]);
    expect(problemsOf(rs1({ method: 'ipip' }))).toMatchObject([
      { code: 'methodNotAvailable', values: { method: 'TUN' }, severity: 'error' },
    ]);
    expect(codes(withDestination(change({ method: 'ipip' }), 'rs1', { method: 'masq' }))).toEqual([
      'methodNotAvailable',
    ]);
  });

  test('cannot have another port than their service without NAT, and are told so', () => {
    const problems = problemsOf(rs1({ method: 'gate', port: 8080 }));
    expect(problems.map(({ code }) => code)).toEqual(['portDiffersUnderDirectRouting']);
    expect(problems[0]?.message).toBe(
      '192.168.137.131:8080 has another port than tcp 192.168.0.111:80. Forwarding by DR cannot translate ports: use port 80, or NAT.',
    );
  });
});

describe('NAT', () => {
  test('whose replies no rule can bring back to the director is refused', () => {
    const topology = withNode(twoArms(), 'director', ({ interfaces }) => ({
      interfaces: interfaces.slice(0, 1),
    }));
    const problems = problemsOf(topology).filter(({ severity }) => severity === 'error');
    expect(problems.map(({ code }) => code)).toEqual([
      'natRepliesBypassDirector',
      'natRepliesBypassDirector',
    ]);
    expect(problems[0]).toMatchObject({ values: { director: 'director', node: 'rs1' } });
  });

  test('on one network is not enough: the addresses must be in one subnet', () => {
    const topology = withNode(oneArm(), 'director', () => ({
      interfaces: [device('eth0', 'inner', '10.0.0.1/8')],
      gateway: null,
    }));
    expect(codes(topology)).toContain('natRepliesBypassDirector');
  });

  test('cannot serve one port of a real server by two directors', () => {
    const topology = oneArm();
    const second = node('second', 'director', {
      interfaces: [device('eth0', 'inner', '192.168.137.140/24')],
    });
    const web = topology.services.map((service) => ({
      ...service,
      id: 'other',
      at: { ...service.at, vipId: 'other' },
    }));
    const both: Topology = {
      ...topology,
      nodes: [...topology.nodes, second],
      vips: [...topology.vips, { id: 'other', address: ip('192.168.137.101'), directorId: 'second' }],
      services: [...topology.services, ...web],
    };
    expect(problemsOf(both)).toMatchObject([
      { code: 'natServesTwoDirectors', values: { director: 'director', other: 'second', node: 'rs1' } },
      { code: 'natServesTwoDirectors', values: { node: 'rs2' } },
    ]);
    const apart = both.services.map((service) =>
      service.id === 'other'
        ? { ...service, destinations: service.destinations.map((one) => ({ ...one, port: 8080 })) }
        : service,
    );
    expect(codes({ ...both, services: apart })).toEqual([]);
  });
});

describe('DR', () => {
  const gate = (topology: Topology) => withWeb(topology, { method: 'gate' });

  test('needs a link between director and real server', () => {
    const topology = withNode(gate(twoArms()), 'director', ({ interfaces }) => ({
      interfaces: interfaces.slice(0, 1),
    }));
    expect(problemsOf(topology).filter(({ severity }) => severity === 'error')).toMatchObject([
      {
        code: 'directRoutingOffLink',
        path: ['services', 'web', 'destinations', 'rs1'],
        values: { director: 'director', node: 'rs1', destination: '192.168.137.131:80' },
      },
      { code: 'directRoutingOffLink', values: { node: 'rs2' } },
    ]);
  });

  test('needs a way from the real server to the clients', () => {
    const topology = withNode(gate(oneArm()), 'rs1', () => ({ gateway: null }));
    expect(problemsOf(topology)).toMatchObject([
      { code: 'directRepliesHaveNoWay', values: { node: 'rs1', client: 'client' } },
    ]);
    expect(codes(withNode(oneArm(), 'rs1', () => ({ gateway: null })))).toEqual([]);
    const behindUnknown = withNode(gate(oneArm()), 'rs1', () => ({ gateway: ip('192.168.137.77') }));
    expect(codes(behindUnknown)).toEqual(['gatewayUnknown']);
  });

  test('works on the lab’s drawings', () => {
    expect(codes(gate(oneArm()))).toEqual([]);
    expect(codes(gate(twoArms()))).toEqual([]);
    expect(codes(withNode(gate(oneArm()), 'rs1', () => ({ gateway: ip('192.168.137.132') })))).toEqual([]);
  });
});

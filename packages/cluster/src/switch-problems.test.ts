import { describe, expect, test } from 'vitest';
import type { HostFacts, Listener } from './host-facts.ts';
import { switchProblems } from './switch-problems.ts';
import { factsToRead, nodesToAsk } from './switch-sysctls.ts';
import type { SwitchOrder } from './switch-steps.ts';
import {
  destination,
  device,
  ip,
  node,
  oneArm,
  twoArms,
  withDestination,
  withNode,
  withWeb,
} from './testing/drawings.ts';
import type { Topology } from './topology.ts';

const toDr: SwitchOrder = { services: ['web'], to: 'gate' };
const toNat: SwitchOrder = { services: ['web'], to: 'masq' };
const gate = (topology: Topology) => withWeb(topology, { method: 'gate' });
const agent = { host: '10.9.0.1', port: 7001 };
const managed = (topology: Topology): Topology => ({
  ...topology,
  nodes: topology.nodes.map((one) => ({ ...one, agent })),
});

const listens = (protocol: 'tcp' | 'udp', address: string, port = 80): Listener => ({
  protocol,
  address: ip(address),
  port,
});

const healthy = (change: Partial<HostFacts> = {}): HostFacts => ({
  kernelRelease: '6.1.0-18-amd64',
  links: [],
  sysctls: [],
  listeners: [listens('tcp', '0.0.0.0')],
  forwardFilter: { kind: 'open' },
  otherWriters: [],
  ipvsTimeouts: { tcp: 900, tcpFin: 0, udp: 300 },
  translatedPorts: [],
  ...change,
});

/** Facts of all nodes: healthy but for those that are named. */
const facts = (topology: Topology, change: Readonly<Record<string, Partial<HostFacts> | null>> = {}) =>
  new Map(
    topology.nodes.map(({ id }) => {
      const own = change[id];
      return [id, own === null ? null : healthy(own)] as const;
    }),
  );

const ask = (
  topology: Topology,
  order: SwitchOrder,
  change: Readonly<Record<string, Partial<HostFacts> | null>> = {},
) => switchProblems(managed(topology), order, facts(topology, change));

const codes = (...args: Parameters<typeof ask>) =>
  ask(...args).map(({ code, path }) => `${code} ${path.join('/')}`);

const dr = oneArm();

describe('a switch', () => {
  test('of healthy hosts has nothing in its way', () => {
    expect(codes(dr, toDr)).toEqual([]);
    expect(codes(gate(dr), toNat)).toEqual([]);
    expect(codes(gate(twoArms()), toNat)).toEqual([]);
  });

  test('says that DR saves nothing where replies pass the director still', () => {
    expect(ask(twoArms(), toDr)).toMatchObject([
      { code: 'directSavesNothing', severity: 'warning', path: ['services', 'web', 'method'], fix: null },
    ]);
  });

  test('says what is there already, and that destinations of their own come along', () => {
    expect(codes(dr, toNat)).toEqual(['alreadyThatWay services/web/method']);
    expect(codes(withDestination(dr, 'rs1', { method: 'gate' }), toDr)).toEqual([
      'mixedMethods services/web/method',
    ]);
  });

  test('is refused for a translated port, for TUN and for a real server off the link', () => {
    expect(
      codes(withDestination(dr, 'rs1', { port: 8080 }), toDr, {
        rs1: { listeners: [listens('tcp', '0.0.0.0', 8080)] },
      }),
    ).toEqual(['portDiffersUnderDirectRouting services/web/destinations/rs1/port']);
    expect(codes(dr, { services: ['web'], to: 'ipip' })).toContain(
      'methodNotAvailable services/web/destinations/rs1/method',
    );
    const away = withNode(dr, 'rs1', () => ({ interfaces: [device('eth0', 'outer', '192.168.0.131/24')] }));
    const moved = withDestination(away, 'rs1', { address: ip('192.168.0.131') });
    expect(codes(moved, toDr)).toContain('directRoutingOffLink services/web/destinations/rs1');
  });

  test('says no word about services that were not ordered', () => {
    expect(codes(dr, { services: [], to: 'gate' }, { director: null, rs1: { listeners: [] } })).toEqual([]);
  });

  test('has complete sentences', () => {
    const all = ask(twoArms(), toNat, {}).concat(
      ask(dr, toDr, {
        rs1: { listeners: [] },
        rs2: null,
        director: { otherWriters: [{ name: 'a', evidence: 'b' }] },
      }),
    );
    for (const { message, values } of all) {
      expect(message).not.toMatch(/[{}]|undefined/);
      for (const value of Object.values(values)) expect(message).toContain(value);
    }
  });
});

describe('agents', () => {
  test('that do not answer stop it', () => {
    expect(codes(dr, toDr, { rs1: null })).toEqual(['agentSilent nodes/rs1']);
    expect(codes(dr, toDr, { director: null })).toEqual(['agentSilent nodes/director']);
  });

  test('that are not there stop it at the director, and leave doubt at a real server', () => {
    expect(switchProblems(dr, toDr, new Map())).toMatchObject([
      { code: 'realServerWithoutAgent', severity: 'warning', values: { node: 'rs1' } },
      { code: 'realServerWithoutAgent', severity: 'warning', values: { node: 'rs2' } },
      { code: 'directorWithoutAgent', severity: 'error' },
    ]);
  });
});

describe('a real server', () => {
  test('must listen where the new way speaks to it', () => {
    const bound = { rs1: { listeners: [listens('tcp', '192.168.137.131')] } };
    expect(ask(dr, toDr, bound)).toMatchObject([
      {
        code: 'noListenerOnVip',
        path: ['services', 'web', 'destinations', 'rs1'],
        values: { vip: '192.168.137.100', listens: '192.168.137.131:80' },
      },
    ]);
    expect(codes(gate(dr), toNat, bound)).toEqual([]);
    const onVip = { rs1: { listeners: [listens('tcp', '192.168.137.100')] } };
    expect(codes(dr, toDr, onVip)).toEqual([]);
    expect(codes(gate(dr), toNat, onVip)).toEqual(['noListenerOnAddress services/web/destinations/rs1']);
    const ipv6 = { rs1: { listeners: [{ ...listens('tcp', '::'), protocol: 'tcp' as const }] } };
    expect(codes(dr, toDr, ipv6)).toEqual([]);
    expect(codes(dr, toDr, { rs1: { listeners: [] } })).toEqual([
      'noListenerOnVip services/web/destinations/rs1',
    ]);
  });

  test('must bind UDP to the address, unless NAT replies pass the director anyway', () => {
    const udp = (topology: Topology) =>
      withWeb(topology, { at: { kind: 'address', protocol: 'udp', vipId: 'vip', port: 80 } });
    const wild = { listeners: [listens('udp', '0.0.0.0')] };
    const both = { rs1: wild, rs2: wild };
    expect(codes(udp(dr), toDr, both)).toEqual([
      'wildcardUdp services/web/destinations/rs1',
      'wildcardUdp services/web/destinations/rs2',
    ]);
    expect(codes(gate(udp(dr)), toNat, both)).toHaveLength(2);
    expect(codes(gate(udp(twoArms())), toNat, both)).toEqual([]);
    const bound = {
      rs1: { listeners: [listens('udp', '192.168.137.100')] },
      rs2: { listeners: [listens('udp', '192.168.137.100')] },
    };
    expect(codes(udp(dr), toDr, bound)).toEqual([]);
  });

  test('cannot lead back what a container replies', () => {
    const container = {
      rs1: {
        listeners: [],
        translatedPorts: [{ protocol: 'tcp' as const, port: 80, to: '172.17.0.2:8080' }],
      },
    };
    expect(codes(gate(dr), toNat, container)).toEqual(['translatedByHost services/web/destinations/rs1']);
    expect(codes(gate(twoArms()), toNat, container)).toEqual([]);
    expect(codes(dr, toDr, container)).toEqual([]);
  });

  test('needs Linux 4.17 where NAT needs a rule', () => {
    const old = { rs1: { kernelRelease: '4.16.18' } };
    expect(codes(gate(dr), toNat, old)).toEqual(['kernelTooOld services/web/destinations/rs1']);
    expect(codes(gate(twoArms()), toNat, old)).toEqual([]);
    expect(codes(dr, toDr, old)).toEqual([]);
    for (const kernelRelease of ['4.17.0', '5.4.0-1', '10.0', 'custom'])
      expect(codes(gate(dr), toNat, { rs1: { kernelRelease } })).toEqual([]);
  });
});

describe('strict reverse-path filtering', () => {
  const name = 'net.ipv4.conf.eth0.rp_filter';
  const strict = { sysctls: [{ name, value: '1' }] };
  /** A real server that reaches clients by another interface than the director's. */
  const twoLegs = withNode(dr, 'rs1', ({ interfaces }) => ({
    interfaces: [...interfaces, device('eth1', 'outer', '192.168.0.131/24')],
  }));

  test('kills requests at a real server whose way back is by another interface', () => {
    expect(ask(twoLegs, toDr, { rs1: strict, rs2: strict })).toMatchObject([
      {
        code: 'strictReversePath',
        path: ['nodes', 'rs1', 'interfaces', 'eth0'],
        values: { interface: 'eth0', other: 'eth1', node: 'rs1' },
        fix: `sysctl -w ${name}=2`,
      },
    ]);
    const loose = { sysctls: [...strict.sysctls, { name: 'net.ipv4.conf.all.rp_filter', value: '2' }] };
    expect(codes(twoLegs, toDr, { rs1: loose })).toEqual([]);
    expect(factsToRead(twoLegs, toDr, 'rs1')).toEqual(['net.ipv4.conf.all.rp_filter', name]);
    expect(factsToRead(dr, toDr, 'rs1')).toEqual([]);
  });

  test('kills replies at a router for which the VIP is elsewhere', () => {
    const far = { ...dr, vips: dr.vips.map((vip) => ({ ...vip, address: ip('192.168.0.50') })) };
    const inner = 'net.ipv4.conf.eth1.rp_filter';
    expect(ask(far, toDr, { router: { sysctls: [{ name: inner, value: '1' }] } })).toMatchObject([
      { code: 'strictReversePath', values: { node: 'router', interface: 'eth1', other: 'eth0' } },
    ]);
    expect(nodesToAsk(far, toDr)).toEqual(['director', 'rs1', 'rs2', 'router', 'mysql']);
  });
});

describe('facts', () => {
  test('are asked of whoever could answer ARP for a VIP too', () => {
    expect(nodesToAsk(dr, toDr)).toEqual(['director', 'rs1', 'rs2', 'router', 'mysql']);
    expect(nodesToAsk(gate(dr), toNat)).toEqual(['director', 'rs1', 'rs2']);
    expect(nodesToAsk(dr, toNat)).toEqual([]);
  });
});

describe('a director', () => {
  const drops: Partial<HostFacts> = { forwardFilter: { kind: 'dropsUntracked', rule: '-P FORWARD DROP' } };
  const tracking = { sysctls: [{ name: 'net.ipv4.vs.conntrack', value: '1' }] };

  test('must let replies pass that it does not track', () => {
    expect(ask(gate(dr), toNat, { director: drops })).toMatchObject([
      {
        code: 'forwardDropsReplies',
        values: { rule: '-P FORWARD DROP', method: 'NAT' },
        fix: 'sysctl -w net.ipv4.vs.conntrack=1',
      },
    ]);
    expect(codes(twoArms(), toDr, { director: drops })).toContain('forwardDropsReplies nodes/director');
    expect(codes(dr, toDr, { director: drops })).toEqual([]);
    expect(codes(gate(dr), toNat, { director: { ...drops, ...tracking } })).toEqual([]);
    const unknown: Partial<HostFacts> = { forwardFilter: { kind: 'unknown', reason: 'no iptables' } };
    expect(ask(gate(dr), toNat, { director: unknown })).toMatchObject([
      { code: 'forwardUnknown', severity: 'warning' },
    ]);
    expect(factsToRead(dr, toDr, 'director')).toEqual([
      'net.ipv4.vs.conn_lfactor',
      'net.ipv4.vs.conn_reuse_mode',
      'net.ipv4.vs.conntrack',
    ]);
  });

  test('should have a large table before it has many connections, where its kernel makes it larger', () => {
    const withFactor = (value: string) => ({
      director: { sysctls: [{ name: 'net.ipv4.vs.conn_lfactor', value }] },
    });
    expect(ask(dr, toDr, withFactor('-4'))).toMatchObject([
      { code: 'tableGrows', severity: 'warning', fix: 'sysctl -w net.ipv4.vs.conn_lfactor=-8' },
    ]);
    expect(ask(dr, toDr, withFactor('-8'))).toEqual([]);
    expect(ask(dr, toDr, { director: { sysctls: [] } })).toEqual([]);
  });

  test('should not reuse old connections, and must be the only writer of its table', () => {
    const reuse = { sysctls: [{ name: 'net.ipv4.vs.conn_reuse_mode', value: '0' }] };
    expect(ask(dr, toDr, { director: reuse })).toMatchObject([
      { code: 'connectionsReused', severity: 'warning', fix: 'sysctl -w net.ipv4.vs.conn_reuse_mode=1' },
    ]);
    const otherWriters = [
      { name: 'keepalived', evidence: 'pid 812' },
      { name: 'ipvsadm.service', evidence: 'enabled' },
    ];
    expect(ask(dr, toDr, { director: { otherWriters } })).toMatchObject([
      { code: 'otherWriter', severity: 'error', fix: null },
      { code: 'otherWriterAtBoot', severity: 'warning', fix: 'systemctl disable ipvsadm.service' },
    ]);
  });
});

test('more ways than can be tried at once are refused', () => {
  const many = Array.from({ length: 501 }, (_, number) => ({
    rip: `192.168.${138 + Math.floor(number / 200)}.${(number % 200) + 1}`,
    id: `s${number}`,
  }));
  const wide = withNode(dr, 'director', () => ({
    interfaces: [device('eth0', 'inner', '192.168.137.132/16')],
  }));
  const topology = withWeb(
    {
      ...wide,
      nodes: [
        ...wide.nodes,
        ...many.map(({ id, rip }) =>
          node(id, 'realServer', {
            interfaces: [device('eth0', 'inner', `${rip}/16`)],
            gateway: '192.168.137.129',
          }),
        ),
      ],
    },
    { destinations: many.map(({ id, rip }) => destination(id, id, rip)) },
  );
  expect(ask(topology, toDr)).toContainEqual(
    expect.objectContaining({ code: 'tooManyCanaries', values: { count: '501', most: '500' } }),
  );
});

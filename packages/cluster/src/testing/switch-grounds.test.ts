// Random clusters to switch: the lab's drawings with more or less in them, on hosts that were set in any way before.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { HostSysctl } from '../host-state.ts';
import { problemsOf } from '../problems.ts';
import { interfaceSysctl } from '../sysctls.ts';
import type { Node, Topology } from '../topology.ts';
import { cidr, destination, device, ip, node, oneArm, twoArms, withNode, withWeb } from './drawings.ts';

const servers = [
  { id: 'rs1', rip: '192.168.137.131' },
  { id: 'rs2', rip: '192.168.137.130' },
  { id: 'rs3', rip: '192.168.137.135' },
] as const;

/** Real servers behind the director though the router stands on their link. */
export const behindDirector = (): Topology =>
  ['rs1', 'rs2'].reduce(
    (drawn, id) => withNode(drawn, id, () => ({ gateway: ip('192.168.137.132') })),
    oneArm(),
  );

/** The VIP in a subnet of its own, of which the router gets an address from us. */
const otherSubnet = (): Topology => {
  const drawn = withNode(oneArm(), 'router', ({ interfaces }) => ({
    interfaces: interfaces.map((one) =>
      one.id === 'eth1'
        ? {
            ...one,
            addresses: [...one.addresses, { cidr: cidr('10.0.0.200/8'), origin: 'signalbox' as const }],
          }
        : one,
    ),
  }));
  const networks = drawn.networks.map((one) =>
    one.id === 'inner' ? { ...one, cidrs: [...one.cidrs, cidr('10.0.0.0/8')] } : one,
  );
  return { ...drawn, networks, vips: [{ id: 'vip', address: ip('10.0.0.100'), directorId: 'director' }] };
};

const grounds = { oneArm, twoArms, behindDirector, otherSubnet };

/** 1 to 3 real servers, 1 or 2 services (of one VIP or two), and at times a client beside the real servers. */
const ground: fc.Arbitrary<Topology> = fc
  .record({
    kind: fc.constantFrom(...(Object.keys(grounds) as (keyof typeof grounds)[])),
    count: fc.integer({ min: 1, max: 3 }),
    weights: fc.tuple(fc.constant(1), fc.nat(1), fc.nat(1)),
    second: fc.constantFrom('none', 'sameVip', 'ownVip'),
    near: fc.boolean(),
  })
  .map(({ kind, count, weights, second, near }) => {
    const base = grounds[kind]();
    const gateway = base.nodes.find(({ id }) => id === 'rs1')?.gateway?.text ?? '';
    const rs3 = node('rs3', 'realServer', {
      interfaces: [device('eth0', 'inner', '192.168.137.135/24')],
      gateway,
    });
    const beside = node('near', 'client', {
      interfaces: [device('eth0', 'inner', '192.168.137.50/24')],
      gateway: '192.168.137.129',
    });
    const destinations = servers
      .slice(0, count)
      .map(({ id, rip }, number) => ({ ...destination(id, id, rip), weight: weights[number] ?? 1 }));
    const drawn = withWeb(
      { ...base, nodes: [...base.nodes, rs3, ...(near ? [beside] : [])] },
      { destinations },
    );
    if (second === 'none') return drawn;
    const vipId = second === 'ownVip' ? 'other' : 'vip';
    const own = ip(kind === 'twoArms' ? '192.168.0.112' : '192.168.137.101');
    const other = { id: 'other', address: own, directorId: 'director' };
    return {
      ...drawn,
      vips: second === 'ownVip' ? [...drawn.vips, other] : drawn.vips,
      services: drawn.services.flatMap((one) => [
        one,
        {
          ...one,
          id: 'tls',
          at: { ...one.at, vipId, port: 443 },
          destinations: one.destinations.map((each) => ({ ...each, port: 443 })),
        },
      ]),
    };
  });

export const leaves = {
  rp_filter: ['0', '1', '2'],
  arp_ignore: ['0', '1', '2'],
  arp_announce: ['0', '1', '2'],
  accept_local: ['0', '1'],
  send_redirects: ['0', '1'],
  accept_redirects: ['0', '1'],
};

/** What a host is set to before we come: anything that lets it work at all. */
const originals = ({ interfaces }: Node): fc.Arbitrary<HostSysctl[]> => {
  const names = ['all', 'lo', ...interfaces.map(({ name }) => name)].flatMap((name) =>
    Object.entries(leaves).map(([leaf, values]) => [interfaceSysctl(name, leaf), values] as const),
  );
  return fc.tuple(
    ...[
      ...names,
      ['net.ipv4.ip_forward', ['0', '1']] as const,
      ['net.ipv4.vs.conn_reuse_mode', ['0', '1', '3']] as const,
    ].map(([name, values]) => fc.constantFrom(...values).map((value) => ({ name, value }))),
  );
};

export const cluster = ground.chain((topology) =>
  fc.record({
    topology: fc.constant(topology),
    sysctls: fc.tuple(...topology.nodes.map(originals)),
    ordered: fc.shuffledSubarray(
      topology.services.map(({ id }) => id),
      { minLength: 1 },
    ),
  }),
);

test('random clusters to switch have nothing wrong', () => {
  fc.assert(
    fc.property(cluster, ({ topology }) => {
      expect(problemsOf(topology).filter(({ severity }) => severity === 'error')).toEqual([]);
    }),
  );
});

import { describe, expect, test } from 'vitest';
import { cidr, device, ip, oneArm, twoArms, withDestination, withNode, withWeb } from './testing/drawings.ts';
import type { Topology } from './topology.ts';
import { diffTopology } from './topology-diff.ts';

/** `changed destination rs1 < tcp ...: weight 1 -> 6`. */
const lines = (from: Topology, to: Topology) =>
  diffTopology(from, to).map(({ kind, object, name, within, field, from, to }) => {
    const what = `${kind} ${object} ${[name, ...within].join(' < ')}`;
    return field === null ? what : `${what}: ${field} ${from} -> ${to}`;
  });
const base = twoArms();

describe('what changed', () => {
  test('is nothing between a drawing and itself in another order', () => {
    expect(diffTopology(base, base)).toEqual([]);
    expect(diffTopology(base, { ...base, nodes: base.nodes.toReversed() })).toEqual([]);
  });

  test('is said by field, in the operator’s words', () => {
    expect(lines(base, withDestination(base, 'rs1', { weight: 6, method: 'gate' }))).toEqual([
      'changed destination rs1 < tcp 192.168.0.111:80: weight 1 -> 6',
      'changed destination rs1 < tcp 192.168.0.111:80: method null -> gate',
    ]);
    expect(
      lines(
        base,
        withWeb(base, { scheduler: 'sh', schedulerFlags: ['sh-port', 'sh-fallback'], onePacket: true }),
      ),
    ).toEqual([
      'changed service tcp 192.168.0.111:80: scheduler rr -> sh',
      'changed service tcp 192.168.0.111:80: schedulerFlags null -> sh-fallback, sh-port',
      'changed service tcp 192.168.0.111:80: onePacket no -> yes',
    ]);
  });

  test('names a service by what it is now', () => {
    const at = { kind: 'address', protocol: 'tcp', vipId: 'vip', port: 81 } as const;
    expect(lines(base, withWeb(base, { at }))).toEqual([
      'changed service tcp 192.168.0.111:81: port 80 -> 81',
    ]);
  });

  test('of persistence is said by its parts', () => {
    const persistence = { timeoutSeconds: 360, netmask: '255.255.255.0', engine: null };
    expect(lines(base, withWeb(base, { persistence }))).toEqual([
      'changed service tcp 192.168.0.111:80: persistenceTimeout null -> 360 s',
      'changed service tcp 192.168.0.111:80: persistenceNetmask null -> 255.255.255.0',
    ]);
  });

  test('has paths as problems have them', () => {
    const [change] = diffTopology(base, withDestination(base, 'rs1', { weight: 6 }));
    expect(change?.path).toEqual(['services', 'web', 'destinations', 'rs1']);
  });

  test('of nodes, their interfaces and addresses', () => {
    const to = withNode(base, 'rs1', ({ interfaces }) => ({
      name: 'first',
      agent: { host: '10.1.1.1', port: 7420 },
      gateway: null,
      position: { x: 1, y: 2 },
      interfaces: [
        ...interfaces.map((one) => ({
          ...one,
          name: 'ens3',
          addresses: [{ cidr: cidr('192.168.137.131/24'), origin: 'signalbox' as const }],
        })),
        device('eth9', 'outer', '192.168.0.9/24'),
      ],
    }));
    expect(lines(base, to)).toEqual([
      'changed node first: name rs1 -> first',
      'changed node first: agent null -> 10.1.1.1:7420',
      'changed node first: gateway 192.168.137.129 -> null',
      'changed node first: position null -> 1, 2',
      'added interface eth9 < first',
      'changed interface ens3 < first: name eth0 -> ens3',
      'changed address 192.168.137.131/24 < ens3 < first: origin host -> signalbox',
    ]);
  });

  test('of networks and VIPs', () => {
    const to: Topology = {
      ...base,
      name: 'renamed',
      networks: base.networks.map((one) =>
        one.id === 'outer' ? { ...one, cidrs: [...one.cidrs, cidr('10.0.0.0/8')] } : one,
      ),
      vips: [{ id: 'vip', address: ip('192.168.0.112'), directorId: 'director' }],
    };
    expect(lines(base, to)).toEqual([
      'changed cluster renamed: name two arms -> renamed',
      'changed network outer: cidrs 192.168.0.0/24 -> 192.168.0.0/24, 10.0.0.0/8',
      'changed vip 192.168.0.112: address 192.168.0.111 -> 192.168.0.112',
    ]);
  });
});

describe('what came or went', () => {
  test('is one change with all that is in it', () => {
    const to = { ...base, services: [], nodes: base.nodes.filter(({ id }) => id !== 'rs2') };
    expect(lines(base, to)).toEqual(['removed node rs2', 'removed service tcp 192.168.0.111:80']);
    expect(lines(to, base)).toEqual(['added node rs2', 'added service tcp 192.168.0.111:80']);
  });

  test('inside what stays is said by itself', () => {
    const less = withWeb(base, { destinations: (base.services[0]?.destinations ?? []).slice(0, 1) });
    expect(lines(base, less)).toEqual(['removed destination rs2 < tcp 192.168.0.111:80']);
  });

  test('between two clusters is everything that differs', () => {
    expect(diffTopology(base, oneArm()).length).toBeGreaterThan(5);
  });
});

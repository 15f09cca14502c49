import { describe, expect, test } from 'vitest';
import { canariesFor } from './canary-plan.ts';
import { canaryState, withCanaries, withoutCanaries } from './canary-state.ts';
import { Canary } from './canary.ts';
import { describe as line } from './describe.ts';
import { desiredFor } from './desired.ts';
import { emptyHostState, HostState } from './host-state.ts';
import { plan } from './plan.ts';
import type { SwitchOrder } from './switch-steps.ts';
import { cidr, destination, device, ip, node, oneArm, twoArms, withWeb } from './testing/drawings.ts';
import type { Topology } from './topology.ts';

const toDr: SwitchOrder = { services: ['web'], to: 'gate' };
const everyone = ['client', 'director', 'rs1', 'rs2', 'router'];
const canariesOf = (topology: Topology, order: SwitchOrder) =>
  canariesFor(topology, order, everyone).canaries.get('director') ?? [];

describe('canaries', () => {
  test('go through each real server by the new method, from the director’s inner address and from clients', () => {
    const { canaries, probes } = canariesFor(oneArm(), toDr, everyone);
    expect(canaries.get('director')).toEqual([
      {
        mark: 0x5342_0000,
        protocol: 'tcp',
        vip: ip('192.168.137.100'),
        port: 80,
        destination: { address: ip('192.168.137.131'), port: 80 },
        method: 'gate',
        sources: [ip('192.168.137.132'), ip('192.168.0.109')],
        sourcePorts: { first: 28_000, last: 28_007 },
      },
      expect.objectContaining({ mark: 0x5342_0001, sourcePorts: { first: 28_008, last: 28_015 } }),
    ]);
    expect([...probes.keys()]).toEqual(['director', 'client']);
    expect(probes.get('client')).toMatchObject([
      {
        nodeId: 'rs1',
        directorId: 'director',
        serviceId: 'web',
        connection: { from: ip('192.168.0.109'), fromPorts: { first: 28_000, last: 28_007 }, port: 80 },
      },
      { nodeId: 'rs2' },
    ]);
  });

  test('need the director’s agent; clients without one are not asked', () => {
    expect(canariesFor(oneArm(), toDr, ['client']).canaries.size).toBe(0);
    expect([...canariesFor(oneArm(), toDr, ['director']).probes.keys()]).toEqual(['director']);
  });

  test('are for services that do not go that way yet', () => {
    expect(canariesOf(oneArm(), { services: ['web'], to: 'masq' })).toEqual([]);
    expect(canariesOf(oneArm(), { services: [], to: 'gate' })).toEqual([]);
  });

  test('of 40 real servers and 2 services have marks and ports of their own below the ephemeral range', () => {
    const servers = Array.from({ length: 40 }, (_, number) => ({
      id: `s${number}`,
      rip: `192.168.137.${number + 1}`,
    }));
    const destinations = servers.map(({ id, rip }) => destination(id, id, rip));
    const drawn = withWeb(oneArm(), { destinations });
    const topology: Topology = {
      ...drawn,
      nodes: [
        ...drawn.nodes,
        ...servers.map(({ id, rip }) =>
          node(id, 'realServer', { interfaces: [device('eth0', 'inner', `${rip}/24`)] }),
        ),
      ],
      services: drawn.services.flatMap((one) => [one, { ...one, id: 'tls', at: { ...one.at, port: 443 } }]),
    };
    const list = canariesOf(topology, { services: ['web', 'tls'], to: 'gate' });
    expect(list).toHaveLength(80);
    expect(new Set(list.map(({ mark }) => mark)).size).toBe(80);
    const ports = list.flatMap(({ sourcePorts: { first, last } }) =>
      Array.from({ length: last - first + 1 }, (_, step) => first + step),
    );
    expect(new Set(ports).size).toBe(640);
    expect(Math.max(...ports)).toBeLessThan(32_768);
    for (const canary of list) expect(Canary.parse(canary)).toEqual(canary);
  });
});

describe('the state of canaries', () => {
  const own = [{ interface: 'eth0', cidr: cidr('192.168.137.132/24'), label: null }];
  const canaries = canariesOf(oneArm(), toDr).slice(0, 1);

  test('is marks and services over what the director should have, and gone again without a trace', () => {
    const desired = desiredFor(oneArm(), 'director', [{ serviceId: 'web', method: 'gate' }]);
    const laid = withCanaries(desired, canaries, own);
    expect(HostState.parse(laid)).toEqual(laid);
    expect(plan(laid, desired).map(({ operation }) => line(operation))).toEqual([
      'sysctl -w net.ipv4.conf.eth0.accept_local=1',
      'sysctl -w net.ipv4.conf.eth0.rp_filter=2',
      'ipvsadm -A -f 1396834304 -s rr',
      'ipvsadm -a -f 1396834304 -r 192.168.137.131:80 -g -w 1',
      'iptables -t mangle -A SIGNALBOX -p tcp -s 192.168.0.109/32 -d 192.168.137.100 --sport 28000:28007 --dport 80 -j MARK --set-mark 1396834304',
      'iptables -t mangle -A SIGNALBOX -p tcp -s 192.168.137.132/32 -d 192.168.137.100 --sport 28000:28007 --dport 80 -j MARK --set-mark 1396834304',
    ]);
    expect(plan(desired, laid).map(({ operation }) => operation.kind)).toEqual([
      'deleteMark',
      'deleteMark',
      'deleteDestination',
      'deleteService',
    ]);
    expect({ ...withoutCanaries(laid), sysctls: [] }).toEqual({ ...desired, sysctls: [] });
  });

  test('by NAT, or probed by others, needs no packets from the VIP let in', () => {
    const byNat = canaries.map((canary) => ({ ...canary, method: 'masq' as const }));
    expect(canaryState(byNat, own).sysctls).toEqual([]);
    expect(canaryState(canaries, []).sysctls).toEqual([]);
    expect(canaryState([], own)).toEqual({ services: [], marks: [], sysctls: [] });
  });

  test('leaves sysctls that the director has anyway as they are', () => {
    const desired = desiredFor(withWeb(twoArms(), { method: 'gate' }), 'director');
    const laid = withCanaries(desired, canariesOf(twoArms(), toDr), [
      { interface: 'eth1', cidr: cidr('192.168.137.129/24'), label: null },
    ]);
    expect(laid.sysctls).toEqual(desired.sysctls);
    expect(withoutCanaries(emptyHostState)).toEqual(emptyHostState);
  });
});

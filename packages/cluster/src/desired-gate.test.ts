import { describe, expect, test } from 'vitest';
import { describe as line } from './describe.ts';
import { desiredFor } from './desired.ts';
import { emptyHostState, HostState } from './host-state.ts';
import { plan } from './plan.ts';
import type { PreparedWay } from './switch-steps.ts';
import { destination, device, ip, node, oneArm, twoArms, withNode, withWeb } from './testing/drawings.ts';
import type { Topology } from './topology.ts';

/** What would be typed on a host that has nothing yet. */
const commands = (topology: Topology, id: string, prepared?: PreparedWay[]) =>
  plan(desiredFor(topology, id, prepared), emptyHostState).map(({ operation }) => line(operation));

const gate = (topology: Topology) => withWeb(topology, { method: 'gate' });
const behindDirector = (topology: Topology) =>
  ['rs1', 'rs2'].reduce(
    (drawn, id) => withNode(drawn, id, () => ({ gateway: ip('192.168.137.132') })),
    topology,
  );

const silence = [
  'sysctl -w net.ipv4.conf.all.arp_announce=2',
  'sysctl -w net.ipv4.conf.all.arp_ignore=1',
  'sysctl -w net.ipv4.conf.lo.arp_announce=2',
  'sysctl -w net.ipv4.conf.lo.arp_ignore=1',
];

describe('DR with one arm', () => {
  test('pins a route to each real server and sends no redirects; nothing is forwarded', () => {
    expect(commands(gate(oneArm()), 'director')).toEqual([
      'sysctl -w net.ipv4.conf.all.send_redirects=0',
      'sysctl -w net.ipv4.conf.eth0.send_redirects=0',
      'sysctl -w net.ipv4.vs.conn_reuse_mode=3',
      'ip route add 192.168.137.130/32 via 192.168.137.130 dev eth0 onlink proto 83',
      'ip route add 192.168.137.131/32 via 192.168.137.131 dev eth0 onlink proto 83',
      'ip addr add 192.168.137.100/32 dev eth0',
      'ipvsadm -A -t 192.168.137.100:80 -s rr',
      'ipvsadm -a -t 192.168.137.100:80 -r 192.168.137.130:80 -g -w 1',
      'ipvsadm -a -t 192.168.137.100:80 -r 192.168.137.131:80 -g -w 1',
    ]);
  });

  test('has the VIP on lo of each real server, silent before it comes', () => {
    for (const id of ['rs1', 'rs2'])
      expect(commands(gate(oneArm()), id)).toEqual([
        ...silence,
        'ip addr add 192.168.137.100/32 dev lo label lo:1',
      ]);
  });

  test('needs forwarding on the router between, and nothing on other nodes', () => {
    expect(commands(gate(oneArm()), 'router')).toEqual(['sysctl -w net.ipv4.ip_forward=1']);
    for (const id of ['client', 'mysql']) expect(commands(gate(oneArm()), id)).toEqual([]);
  });

  test('leads replies around a director that is the gateway, to the router that leads to the clients', () => {
    const drawn = behindDirector(gate(oneArm()));
    expect(commands(drawn, 'rs1')).toEqual([
      ...silence,
      'ip route add 192.168.137.0/24 dev eth0 table 15429 proto 83',
      'ip route add default via 192.168.137.129 dev eth0 table 15429 proto 83',
      'ip rule add priority 5300 from 192.168.137.100/32 lookup 15429 protocol 83',
      'ip addr add 192.168.137.100/32 dev lo label lo:1',
    ]);
    expect(commands(drawn, 'director')).not.toContain('sysctl -w net.ipv4.ip_forward=1');
    expect(commands(drawn, 'router')).toEqual(['sysctl -w net.ipv4.ip_forward=1']);
  });
});

describe('DR with two arms', () => {
  test('forwards replies that come from the director’s own VIP', () => {
    expect(commands(gate(twoArms()), 'director')).toEqual([
      'sysctl -w net.ipv4.ip_forward=1',
      'sysctl -w net.ipv4.conf.all.send_redirects=0',
      'sysctl -w net.ipv4.conf.eth1.accept_local=1',
      'sysctl -w net.ipv4.conf.eth1.rp_filter=2',
      'sysctl -w net.ipv4.conf.eth1.send_redirects=0',
      'sysctl -w net.ipv4.vs.conn_reuse_mode=3',
      'ip route add 192.168.137.130/32 via 192.168.137.130 dev eth1 onlink proto 83',
      'ip route add 192.168.137.131/32 via 192.168.137.131 dev eth1 onlink proto 83',
      'ipvsadm -A -t 192.168.0.111:80 -s rr',
      'ipvsadm -a -t 192.168.0.111:80 -r 192.168.137.130:80 -g -w 1',
      'ipvsadm -a -t 192.168.0.111:80 -r 192.168.137.131:80 -g -w 1',
    ]);
    expect(commands(gate(twoArms()), 'rs1')).toEqual([
      ...silence,
      'ip addr add 192.168.0.111/32 dev lo label lo:1',
    ]);
  });

  test('does not where no client is behind the director', () => {
    const near = node('near', 'client', { interfaces: [device('eth0', 'inner', '192.168.137.50/24')] });
    const drawn = gate(twoArms());
    const topology = { ...drawn, nodes: [...drawn.nodes.filter(({ kind }) => kind !== 'client'), near] };
    expect(commands(topology, 'director')).not.toContain('sysctl -w net.ipv4.conf.eth1.accept_local=1');
  });
});

describe('VIPs on lo', () => {
  /** A second service: of the same VIP at another port, or of a VIP of its own that is drawn after the first. */
  const withSecond = (topology: Topology, vipId: 'vip' | 'other', method: 'gate' | 'masq'): Topology => ({
    ...topology,
    vips: [...topology.vips, { id: 'other', address: ip('192.168.137.20'), directorId: 'director' }],
    services: [
      ...topology.services,
      ...topology.services.map((service) => ({
        ...service,
        id: 'second',
        method,
        at: { ...service.at, vipId, port: 443 },
        destinations: [{ ...destination('rs1', 'rs1', '192.168.137.131'), port: 443 }],
      })),
    ],
  });
  const onLoopback = (topology: Topology) =>
    desiredFor(topology, 'rs1').addresses.map(({ cidr, label }) => `${cidr.address.text} ${label}`);

  test('are there once for all services, and as long as one of them goes by DR', () => {
    expect(onLoopback(withSecond(gate(oneArm()), 'vip', 'gate'))).toEqual(['192.168.137.100 lo:1']);
    expect(onLoopback(withSecond(gate(oneArm()), 'vip', 'masq'))).toEqual(['192.168.137.100 lo:1']);
    expect(onLoopback(withSecond(oneArm(), 'vip', 'gate'))).toEqual(['192.168.137.100 lo:1']);
    expect(onLoopback(withSecond(oneArm(), 'vip', 'masq'))).toEqual([]);
  });

  test('keep their labels when another comes, even one that sorts before', () => {
    expect(onLoopback(withSecond(gate(oneArm()), 'other', 'gate'))).toEqual([
      '192.168.137.100 lo:1',
      '192.168.137.20 lo:2',
    ]);
    expect(onLoopback(withSecond(oneArm(), 'other', 'gate'))).toEqual(['192.168.137.20 lo:2']);
  });
});

describe('a prepared way', () => {
  const ready: PreparedWay[] = [{ serviceId: 'web', method: 'gate' }];
  const warm: PreparedWay[] = [{ serviceId: 'web', method: 'masq' }];

  test('adds all that its method needs and leaves destinations as they are', () => {
    for (const topology of [oneArm(), twoArms(), behindDirector(oneArm())]) {
      for (const { id } of topology.nodes) {
        const [nat, both, dr] = [
          commands(topology, id),
          commands(topology, id, ready),
          commands(gate(topology), id),
        ];
        expect(new Set(both)).toEqual(
          new Set([...nat, ...dr.filter((command) => !command.startsWith('ipvsadm'))]),
        );
      }
    }
  });

  test('makes both middle steps of a switch the same but for the destinations', () => {
    for (const topology of [oneArm(), twoArms(), behindDirector(oneArm())]) {
      for (const { id } of topology.nodes) {
        const byNat = desiredFor(topology, id, ready);
        const byDr = desiredFor(gate(topology), id, warm);
        expect({ ...byDr, services: [] }).toEqual({ ...byNat, services: [] });
        expect(plan(byDr, byNat).map(({ operation }) => line(operation))).toEqual(
          id === 'director'
            ? ['130', '131'].map((last) => {
                const vip = topology.vips[0]?.address.text ?? '';
                return `ipvsadm -e -t ${vip}:80 -r 192.168.137.${last}:80 -g -w 1`;
              })
            : [],
        );
        expect(HostState.parse(byDr)).toEqual(byDr);
      }
    }
  });

  test('that is only remembered changes nothing but what its director does with a port that comes again', () => {
    const remembered: PreparedWay[] = [{ serviceId: 'web', method: 'gate', remembered: true }];
    for (const topology of [oneArm(), twoArms(), behindDirector(oneArm())]) {
      for (const { id } of topology.nodes) {
        const [plain, remembering] = [desiredFor(topology, id), desiredFor(topology, id, remembered)];
        expect(plan(remembering, plain).map(({ operation }) => line(operation))).toEqual(
          id === 'director' ? ['sysctl -w net.ipv4.vs.conn_reuse_mode=3'] : [],
        );
      }
    }
  });

  test('in use already adds nothing, and of a service that is not there neither', () => {
    expect(desiredFor(oneArm(), 'rs1', warm)).toEqual(desiredFor(oneArm(), 'rs1'));
    const gone: PreparedWay[] = [{ serviceId: 'gone', method: 'gate' }];
    expect(desiredFor(oneArm(), 'rs1', gone)).toEqual(desiredFor(oneArm(), 'rs1'));
  });
});

// T16: drawings that people make and that cannot work. Each is named before anything is applied.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Topology } from '@signalbox/cluster';
import { testLab } from '../src/client/test-lab.ts';
import { consoleCommand } from './console-command.ts';
import { hostsOf, oneArm } from './switching.ts';

const lab = testLab();
const ip = (text: string) => ({ family: 'ipv4' as const, text });

type Node = Topology['nodes'][number];
type Service = Topology['services'][number];

const withNode =
  (id: string, change: (node: Node) => Node) =>
  (topology: Topology): Topology => ({
    ...topology,
    nodes: topology.nodes.map((node) => (node.id === id ? change(node) : node)),
  });

const withService =
  (change: (service: Service) => Service) =>
  (topology: Topology): Topology => ({ ...topology, services: topology.services.map(change) });

/** The node's one interface with this address. */
const at =
  (address: string, networkId?: string) =>
  (node: Node): Node => ({
    ...node,
    interfaces: node.interfaces.map((one) => ({
      ...one,
      networkId: networkId ?? one.networkId,
      addresses: [{ cidr: { address: ip(address), prefix: 24 }, origin: 'host' as const }],
    })),
  });

/** rs2 stands among the clients, where the one-arm director has no link. */
const rs2AmongClients = (topology: Topology): Topology => {
  const moved = withNode('node4', (node) => ({
    ...at('192.168.0.130', 'outer')(node),
    gateway: ip('192.168.0.111'),
  }));
  const followed = withService((service) => ({
    ...service,
    destinations: service.destinations.map((destination) =>
      destination.nodeId === 'node4' ? { ...destination, address: ip('192.168.0.130') } : destination,
    ),
  }));
  return followed(moved(topology));
};

const byDr = withService((service) => ({ ...service, method: 'gate' }));

const mistakes: readonly { what: string; code: string; edit: (topology: Topology) => Topology }[] = [
  {
    what: 'a gateway off its link',
    code: 'gatewayOffLink',
    edit: withNode('node3', (node) => ({ ...node, gateway: ip('192.168.0.111') })),
  },
  {
    what: 'a VIP that is a real server’s own address',
    code: 'vipIsRealServer',
    edit: (topology) => ({
      ...topology,
      vips: topology.vips.map((vip) => ({ ...vip, address: ip('192.168.137.131') })),
    }),
  },
  {
    what: 'two nodes with one address',
    code: 'duplicateAddress',
    edit: withNode('node6', at('192.168.137.131')),
  },
  {
    what: 'DR with a translated port',
    code: 'portDiffersUnderDirectRouting',
    edit: withService((service) => ({
      ...service,
      method: 'gate',
      destinations: service.destinations.map((destination) => ({ ...destination, port: 8080 })),
    })),
  },
  {
    what: 'a destination outside the director’s link under DR',
    code: 'directRoutingOffLink',
    edit: (topology) => byDr(rs2AmongClients(topology)),
  },
  {
    what: 'NAT whose replies would bypass the director, and that no rule can bring back',
    code: 'natRepliesBypassDirector',
    edit: rs2AmongClients,
  },
];

void test('mistakes of a drawing are refused by name, one after the other, and nothing is applied', async (t) => {
  const { console } = await lab.reset(oneArm.scenario, { product: true });
  assert.ok(console, 'the lab runs a console');
  using signalbox = consoleCommand(console);
  const { topology } = (await signalbox.status()).cluster;
  const nodes = ['node3', 'node4', oneArm.director];
  const before = await hostsOf(lab, nodes);
  for (const { what, code, edit } of mistakes)
    await t.test(what, async () => {
      await signalbox.save(edit(topology));
      const { code: exit, printed } = await signalbox.run('apply');
      assert.notEqual(exit, 0);
      assert.match(printed, new RegExp(`"${code}"`));
    });
  assert.deepEqual(await hostsOf(lab, nodes), before);
});

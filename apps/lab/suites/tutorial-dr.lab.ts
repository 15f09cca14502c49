// The tutorial's DR rows without a browser: the console's command line, real agents, a real kernel, real requests.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Scheduler, Topology } from '@signalbox/cluster';
import { testLab } from '../src/client/test-lab.ts';
import { type ConsoleCommand, consoleCommand } from './console-command.ts';
import { eventually } from './eventually.ts';

const lab = testLab();
const VIP = '192.168.137.100';
const FAR_VIP = '10.0.0.100';
const REAL_SERVERS = ['node3', 'node4'];
const ARP_SYSCTLS = ['all/arp_ignore', 'all/arp_announce', 'lo/arp_ignore', 'lo/arp_announce'];

/** One one-arm director behind a router, nothing applied yet: each row goes on where the one before it ended. */
let signalbox: ConsoleCommand;
let drawn: Topology;
let sysctlsAsFound: Record<string, string>;
before(async () => {
  const { console } = await lab.reset('dr', { product: true });
  assert.ok(console, 'the lab runs a console');
  signalbox = consoleCommand(console);
  drawn = (await signalbox.status()).cluster.topology;
  await lab.read('node3', ['sysctl', '-w', 'net.ipv4.conf.all.arp_announce=1']);
  sysctlsAsFound = await sysctls('node3');
});
after(() => signalbox[Symbol.dispose]());

const byDr =
  (scheduler: Scheduler = 'rr', weights: Readonly<Record<string, number>> = {}) =>
  (topology: Topology): Topology => ({
    ...topology,
    services: topology.services.map((service) => ({
      ...service,
      method: 'gate',
      scheduler,
      destinations: service.destinations.map((destination) => ({
        ...destination,
        weight: weights[destination.address.text] ?? destination.weight,
      })),
    })),
  });

const ip = (text: string) => ({ family: 'ipv4', text }) as const;

/** The VIP in a subnet that only the router has an address in, put there by the console. */
const vipElsewhere = (topology: Topology): Topology => ({
  ...topology,
  networks: topology.networks.map((network) =>
    network.id === 'inner'
      ? { ...network, cidrs: [...network.cidrs, { address: ip('10.0.0.0'), prefix: 8 }] }
      : network,
  ),
  nodes: topology.nodes.map((node) =>
    node.id === 'node2'
      ? {
          ...node,
          interfaces: node.interfaces.map((device) =>
            device.name === 'eth1'
              ? {
                  ...device,
                  addresses: [
                    ...device.addresses,
                    { cidr: { address: ip('10.0.0.200'), prefix: 8 }, origin: 'signalbox' as const },
                  ],
                }
              : device,
          ),
        }
      : node,
  ),
  vips: topology.vips.map((vip) => ({ ...vip, address: ip(FAR_VIP) })),
});

const table = (...rows: readonly string[]) => rows.map((row) => `${row}\n`).join('');

async function sysctls(node: string): Promise<Record<string, string>> {
  const paths = ARP_SYSCTLS.map((name) => `/proc/sys/net/ipv4/conf/${name}`);
  const values = (await lab.read(node, ['cat', ...paths])).trim().split('\n');
  return Object.fromEntries(ARP_SYSCTLS.map((name, at) => [name, values[at] ?? '']));
}

const addressesOn = async (node: string, device: string) =>
  lab.read(node, ['ip', '-o', '-4', 'addr', 'show', device]);

/** Hardware addresses that answer for an address, asked by a host on the link. */
async function answersArp(node: string, address: string): Promise<Set<string>> {
  const { stdout } = await lab.exec(node, ['arping', '-c', '2', '-w', '3', '-I', 'eth0', address]);
  return new Set([...stdout.matchAll(/\[([0-9A-Fa-f:]{17})\]/g)].map(([, mac = '']) => mac.toLowerCase()));
}

async function macOf(node: string): Promise<string> {
  return (await lab.read(node, ['cat', '/sys/class/net/eth0/address'])).trim();
}

const commandsFor = (printed: string, nodeId: string): string[] => {
  const review = JSON.parse(printed) as {
    hosts: { nodeId: string; operations?: { command: string }[] }[];
  };
  return review.hosts
    .filter((host) => host.nodeId === nodeId)
    .flatMap(({ operations = [] }) => operations.map(({ command }) => command));
};

void describe('DR, as the tutorial has it', () => {
  void test('T8: the VIP is on the director and silently on each real server, and clients are served in turn', async () => {
    await signalbox.editAndApply(byDr());

    assert.equal(
      await lab.read('node5', ['ipvsadm', '-Sn']),
      table(
        `-A -t ${VIP}:80 -s rr`,
        `-a -t ${VIP}:80 -r 192.168.137.130:80 -g -w 1`,
        `-a -t ${VIP}:80 -r 192.168.137.131:80 -g -w 1`,
      ),
    );
    assert.match(await addressesOn('node5', 'eth0'), /192\.168\.137\.100\/32/);
    for (const node of REAL_SERVERS) {
      assert.match(await addressesOn(node, 'lo'), /192\.168\.137\.100\/32 .*\blo:1\b/);
      assert.deepEqual(await sysctls(node), {
        'all/arp_ignore': '1',
        'all/arp_announce': '2',
        'lo/arp_ignore': '1',
        'lo/arp_announce': '2',
      });
    }
    assert.deepEqual(await answersArp('node6', VIP), new Set([await macOf('node5')]));

    const answers = await lab.http('node1', `http://${VIP}/`, 6);
    assert.deepEqual(answers.toSorted(), [
      ...Array.from({ length: 3 }, () => `rs1 ${VIP}:80`),
      ...Array.from({ length: 3 }, () => `rs2 ${VIP}:80`),
    ]);
    assert.ok(
      answers.every((answer, i) => answer !== answers[i + 1]),
      `in turn: ${answers.join(', ')}`,
    );
    assert.deepEqual(commandsFor((await signalbox.run('preview')).printed, 'node3'), []);
  });

  void test('real servers that start again have their VIP and sysctls back without the console', async () => {
    await lab.stopService('console', 'console');
    await lab.read('node3', ['ip', 'addr', 'del', `${VIP}/32`, 'dev', 'lo']);
    await lab.killAgent('node3');
    const isBack = (addresses: string) => /192\.168\.137\.100/.test(addresses);
    await eventually(() => addressesOn('node3', 'lo'), isBack, 'the VIP did not come back');
    assert.deepEqual(
      new Set(await lab.http('node1', `http://${VIP}/`, 4)),
      new Set([`rs1 ${VIP}:80`, `rs2 ${VIP}:80`]),
    );
    await lab.startService('console', 'console');
    const agent = async () => (await signalbox.status()).nodes['node3'];
    await eventually(agent, (one) => one?.kind === 'answers', 'the agent of node3 did not come back');
  });

  void test('T9: stopping DR takes the VIP off first and gives each sysctl the value it had', async () => {
    assert.equal(sysctlsAsFound['all/arp_announce'], '1');
    assert.equal((await sysctls('node3'))['all/arp_announce'], '2');
    const { cluster } = await signalbox.status();
    await signalbox.save({ ...cluster.topology, services: [] });
    const commands = commandsFor((await signalbox.run('preview')).printed, 'node3');
    const [off, firstRestore] = [
      commands.findIndex((command) => command.startsWith('ip addr del')),
      commands.findIndex((command) => command.startsWith('sysctl')),
    ];
    assert.ok(off >= 0 && off < firstRestore, commands.join('\n'));
    assert.equal((await signalbox.run('apply')).code, 0);

    assert.doesNotMatch(await addressesOn('node3', 'lo'), /192\.168\.137\.100/);
    assert.deepEqual(await sysctls('node3'), sysctlsAsFound);
    assert.equal(await lab.read('node5', ['ipvsadm', '-Sn']), '');
    assert.doesNotMatch(await addressesOn('node5', 'eth0'), /192\.168\.137\.100/);
  });

  void test('T10: a VIP in another subnet, which the router reaches by an address from the console', async () => {
    const weighted = byDr('wrr', { '192.168.137.131': 6, '192.168.137.130': 2 });
    await signalbox.editAndApply(() => weighted(vipElsewhere(drawn)));

    assert.match(await addressesOn('node2', 'eth1'), /10\.0\.0\.200\/8/);
    const answers = await lab.http('node1', `http://${FAR_VIP}/`, 16);
    assert.equal(answers.filter((answer) => answer === `rs1 ${FAR_VIP}:80`).length, 12);
    assert.equal(answers.filter((answer) => answer === `rs2 ${FAR_VIP}:80`).length, 4);
  });
});

// Machines as they are found in the field, set up for real: the switch says what is wrong before the flip, or puts it
// right, and clients notice nothing.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Topology } from '@signalbox/cluster';
import { testLab } from '../src/client/test-lab.ts';
import { underLoad } from '../src/load/steady-load.ts';
import type { ConsoleCommand } from './console-command.ts';
import {
  backToNat,
  type Ground,
  hostsOf,
  methodsOn,
  nothingLost,
  oneArm,
  refused,
  serving,
  switchCut,
  thrown,
  twoArms,
  wentBack,
} from './switching.ts';

const lab = testLab();
const run = (node: string, ...argv: string[]) => lab.read(node, argv);

/** Clients go on being served while it happens. */
async function unharmed(ground: Ground, work: () => Promise<void>): Promise<void> {
  nothingLost(await underLoad(lab, { node: 'node1', vip: ground.vip }, work));
}

/** Starts a program on a node that stays until the machines are made anew. */
async function leaveRunning(node: string, script: string): Promise<void> {
  await run(node, 'setsid', '--fork', process.execPath, '-e', script);
  await new Promise((resolve) => setTimeout(resolve, 1500));
}

async function refusedBy(
  signalbox: ConsoleCommand,
  code: string,
  { ground, to = 'dr' }: { ground: Ground; to?: 'nat' | 'dr' },
) {
  const before = await hostsOf(lab, ['node3', 'node4', ground.director]);
  await unharmed(ground, async () => {
    const codes = await refused(signalbox, to);
    assert.ok(codes.includes(code), codes.join(', '));
  });
  assert.deepEqual(await hostsOf(lab, ['node3', 'node4', ground.director]), before, 'nothing was done');
}

/** The only service, at another port. */
const atPort =
  (port: number, protocol: 'tcp' | 'udp' = 'tcp') =>
  (topology: Topology): Topology => ({
    ...topology,
    services: topology.services.map((service) => ({
      ...service,
      at: { ...service.at, protocol, port },
      destinations: service.destinations.map((destination) => ({ ...destination, port })),
    })),
  });

/** One cluster for each topology: every test leaves it as it was found. */
let signalbox: ConsoleCommand;
const servingFor = (ground: Ground, prepare?: () => Promise<void>) => {
  before(async () => void (signalbox = await serving(lab, ground, prepare)));
  after(() => signalbox[Symbol.dispose]());
};

void describe('two arms', () => {
  const reuse = 'net.ipv4.vs.conn_reuse_mode';
  const strict = ['net.ipv4.conf.all.rp_filter=1', 'net.ipv4.conf.eth1.rp_filter=1', `${reuse}=0`];
  servingFor(twoArms, async () => {
    // What the director remembers of ended connections, the way back waits for.
    await run('node2', 'ipvsadm', '--set', '0', '3', '0');
    await run('node2', 'sysctl', '-w', ...strict);
  });

  void test('put right: rp_filter=1 on a director that is the way of DR replies, and conn_reuse_mode=0', async () => {
    const names = strict.map((setting) => setting.split('=')[0] ?? '');
    await unharmed(twoArms, () => thrown(signalbox, 'dr', '--until-flipped'));
    assert.equal((await run('node2', 'sysctl', '-n', reuse)).trim(), '3');
    await thrown(signalbox, 'nat');
    const now = await run('node2', 'sysctl', ...names);
    assert.deepEqual(now.replaceAll(' ', '').trim().split('\n'), strict);
  });

  void test('found by the trial, before the flip: a firewall on a real server that lets only its own address in', async () => {
    await run('node4', 'iptables-legacy', '-A', 'INPUT', '-d', '192.168.0.111', '-j', 'DROP');
    await unharmed(twoArms, async () => {
      assert.match(await wentBack(signalbox, 'dr'), /rs2/);
    });
    assert.deepEqual(await methodsOn(lab, 'node2'), ['-m', '-m']);
    await run('node4', 'iptables-legacy', '-F', 'INPUT');
    assert.doesNotMatch(await run('node3', 'ip', '-o', '-4', 'addr', 'show', 'lo'), /192\.168\.0\.111/);
  });

  void test('named before anything is done: a server that listens on its own address only', async () => {
    for (const [node, rip] of [
      ['node3', '192.168.137.131'],
      ['node4', '192.168.137.130'],
    ] as const)
      await leaveRunning(
        node,
        `require('http').createServer((q,s)=>s.end('${node} 1.1.1.1:81\\n')).listen(81,'${rip}')`,
      );
    await signalbox.editAndApply(atPort(81));
    const codes = await refused(signalbox, 'dr');
    await signalbox.editAndApply(atPort(80));
    assert.ok(codes.includes('noListenerOnVip'), codes.join(', '));
  });

  void test('named before anything is done: a UDP server bound to every address', async () => {
    for (const node of ['node3', 'node4'])
      await leaveRunning(node, `const s=require('dgram').createSocket('udp4');s.bind(53)`);
    await signalbox.editAndApply(atPort(53, 'udp'));
    const codes = await refused(signalbox, 'dr');
    await signalbox.editAndApply(atPort(80));
    assert.ok(codes.includes('wildcardUdp'), codes.join(', '));
  });
});

void describe('one arm', () => {
  servingFor(oneArm);

  void test('named before anything is done: another writer of the table', async () => {
    await run('node5', 'cp', '/bin/sleep', '/tmp/keepalived');
    await run('node5', 'setsid', '--fork', '/tmp/keepalived', '600');
    await refusedBy(signalbox, 'otherWriter', { ground: oneArm });
    await run('node5', 'pkill', '--exact', 'keepalived');
  });

  void test('found by the trial, before the flip: a neighbour that answers ARP for others (proxy_arp)', async () => {
    await run('node6', 'ip', 'link', 'add', 'far', 'type', 'dummy');
    await run('node6', 'ip', 'link', 'set', 'far', 'up');
    await run('node6', 'ip', 'route', 'add', '192.168.137.100/32', 'dev', 'far');
    await run('node6', 'sysctl', '-w', 'net.ipv4.ip_forward=1', 'net.ipv4.conf.eth0.proxy_arp=1');
    await run('node6', 'sysctl', '-w', 'net.ipv4.neigh.eth0.proxy_delay=0');
    const why = await wentBack(signalbox, 'dr');
    assert.match(why, /mysql/);
    assert.match(why, /192\.168\.137\.100/);
    assert.deepEqual(await methodsOn(lab, 'node5'), ['-m', '-m']);
    await run('node6', 'sysctl', '-w', 'net.ipv4.ip_forward=0', 'net.ipv4.conf.eth0.proxy_arp=0');
    await run('node6', 'ip', 'link', 'del', 'far');
  });

  void test('named before anything is done: a FORWARD chain that drops what it does not track, on the way of NAT replies', async () => {
    await thrown(signalbox, 'dr');
    await run('node5', 'iptables-legacy', '-P', 'FORWARD', 'DROP');
    await refusedBy(signalbox, 'forwardDropsReplies', { ground: oneArm, to: 'nat' });
    assert.match(await run('node5', 'iptables-legacy', '-S', 'FORWARD'), /-P FORWARD DROP/);
    // What lets packets of real servers pass, by the interface that they are on, is followed.
    await run('node5', 'iptables-legacy', '-N', 'servers');
    await run('node5', 'iptables-legacy', '-A', 'FORWARD', '-i', 'eth0', '-j', 'servers');
    await run('node5', 'iptables-legacy', '-A', 'servers', '-s', '192.168.137.128/25', '-j', 'ACCEPT');
    await unharmed(oneArm, () => thrown(signalbox, 'nat', '--until-flipped'));
    await switchCut(signalbox);
    await run('node5', 'iptables-legacy', '-P', 'FORWARD', 'ACCEPT');
    await run('node5', 'iptables-legacy', '-F');
  });

  void test('named before anything is done: a port that the real server passes on to a container, whose NAT replies no rule can turn', async () => {
    await thrown(signalbox, 'dr');
    const toContainer = ['-p', 'tcp', '--dport', '80', '-j', 'DNAT', '--to-destination', '172.17.0.2:8080'];
    await run('node3', 'iptables-legacy', '-t', 'nat', '-A', 'PREROUTING', '-i', 'eth9', ...toContainer);
    await refusedBy(signalbox, 'translatedByHost', { ground: oneArm, to: 'nat' });
    await run('node3', 'iptables-legacy', '-t', 'nat', '-F');
    await backToNat(signalbox);
  });
});

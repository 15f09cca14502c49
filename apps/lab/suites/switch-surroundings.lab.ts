// Neighbours that remember, and hosts that refuse: what is around a cluster while it changes.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { testLab } from '../src/client/test-lab.ts';
import { underLoad } from '../src/load/steady-load.ts';
import { methodsOn, nothingLost, oneArm, serving, twoArms, wentBack } from './switching.ts';

const lab = testLab();
const run = (node: string, ...argv: string[]) => lab.read(node, argv);
const ROUTER = 'node2';

const macOf = async (node: string) => (await run(node, 'cat', '/sys/class/net/eth0/address')).trim();
const neighbour = (node: string, address: string) => run(node, 'ip', 'neigh', 'show', address);

void describe('a neighbour that remembers the former holder of the VIP', () => {
  void test('hears of the new one at once', async () => {
    using signalbox = await serving(lab, oneArm, async () => {
      await run('node6', 'ip', 'addr', 'add', `${oneArm.vip}/32`, 'dev', 'eth0');
      await run(ROUTER, 'ping', '-c', '1', '-W', '2', oneArm.vip);
      await run('node6', 'ip', 'addr', 'del', `${oneArm.vip}/32`, 'dev', 'eth0');
      assert.ok((await neighbour(ROUTER, oneArm.vip)).includes(await macOf('node6')), 'it remembers');
    });
    assert.equal((await signalbox.status()).cluster.switchId, null);
    const known = await neighbour(ROUTER, oneArm.vip);
    assert.ok(known.includes(await macOf(oneArm.director)), known);
    assert.equal((await lab.http('node1', `http://${oneArm.vip}/`, 4)).length, 4);
  });
});

void describe('a host that refuses', () => {
  void test('a sysctl that cannot be written: named, everything goes back, and clients notice nothing', async () => {
    using signalbox = await serving(lab, twoArms);
    const file = '/proc/sys/net/ipv4/conf/lo/arp_ignore';
    await run('node3', 'mount', '--bind', file, file);
    await run('node3', 'mount', '-o', 'remount,ro,bind', file);
    const loaded = await underLoad(lab, { node: 'node1', vip: twoArms.vip }, async () => {
      const why = await wentBack(signalbox, 'dr');
      assert.match(why, /rs1/);
      assert.match(why, /net\.ipv4\.conf\.lo\.arp_ignore/);
      assert.deepEqual(await methodsOn(lab, twoArms.director), ['-m', '-m']);
    });
    nothingLost(loaded);
    for (const node of ['node3', 'node4'])
      assert.doesNotMatch(await run(node, 'ip', '-o', '-4', 'addr', 'show', 'lo'), /192\.168\.0\.111/);
  });
});

// One click NAT <-> DR under load, on both of the tutorial's topologies, in both directions: nothing is lost.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Topology } from '@signalbox/cluster';
import { testLab } from '../src/client/test-lab.ts';
import { type Loaded, underLoad } from '../src/load/steady-load.ts';
import type { ConsoleCommand } from './console-command.ts';
import {
  backToNat,
  hostsOf,
  methodsOn,
  nothingLost,
  oneArm,
  refused,
  serving,
  thrown,
  twoArms,
} from './switching.ts';

const lab = testLab();
const SWITCHES = 5;
const LONG_LIVED = 200;

const answeredBy = (loaded: Loaded, end: string) =>
  Object.entries(loaded.answers)
    .filter(([answer]) => answer.endsWith(end))
    .reduce((sum, [, count]) => sum + count, 0);

for (const ground of [twoArms, oneArm]) {
  const { scenario, director, vip } = ground;
  const touched = ['node3', 'node4', director];

  void describe(`the switch, ${scenario} topology`, () => {
    let signalbox: ConsoleCommand;
    before(async () => void (signalbox = await serving(lab, ground)));
    after(() => signalbox[Symbol.dispose]());

    void test('NAT <-> DR again and again under load: no request fails, no connection is lost', async () => {
      const load = { node: 'node1', vip, longLived: LONG_LIVED };
      const loaded = await underLoad(lab, load, async () => {
        for (let i = 0; i < SWITCHES; i += 1) {
          await thrown(signalbox, 'dr', '--until-flipped');
          assert.deepEqual(await methodsOn(lab, director), ['-g', '-g']);
          await thrown(signalbox, 'nat', '--until-flipped');
          assert.deepEqual(await methodsOn(lab, director), ['-m', '-m']);
        }
      });
      nothingLost(loaded);
      assert.ok(answeredBy(loaded, `${vip}:80`) > 0, 'some were served by DR');
    });

    void test('to DR and to the end: the NAT half is gone; and back: everything is as it was', async () => {
      await backToNat(signalbox);
      // Under DR the director remembers ended connections for two minutes, and their way stays as long.
      await lab.read(director, ['ipvsadm', '--set', '0', '3', '0']);
      const before = await hostsOf(lab, touched);
      await thrown(signalbox, 'dr');
      assert.deepEqual(await methodsOn(lab, director), ['-g', '-g']);
      assert.equal(await lab.read('node3', ['ip', 'rule', 'show', 'priority', '5300']), '');
      assert.deepEqual(
        new Set(await lab.http('node1', `http://${vip}/`, 4)),
        new Set([`rs1 ${vip}:80`, `rs2 ${vip}:80`]),
      );
      const { cluster } = await signalbox.status();
      assert.deepEqual([cluster.topology.services[0]?.method, cluster.changes], ['gate', []]);

      await thrown(signalbox, 'nat');
      assert.deepEqual(await hostsOf(lab, touched), before);
      assert.deepEqual(
        new Set(await lab.http('node1', `http://${vip}/`, 4)),
        new Set(['rs1 192.168.137.131:80', 'rs2 192.168.137.130:80']),
      );
    });
  });
}

void describe('a service on a translated port', () => {
  void test('T4: real servers move to port 8080 under load, and DR is refused because it cannot translate', async () => {
    using signalbox = await serving(lab, twoArms);
    const loaded = await underLoad(lab, { node: 'node1', vip: twoArms.vip, longLived: 0 }, () =>
      signalbox.editAndApply(onPort(8080)),
    );
    nothingLost(loaded);
    assert.deepEqual(
      new Set(await lab.http('node1', `http://${twoArms.vip}/`, 4)),
      new Set(['rs1 192.168.137.131:8080', 'rs2 192.168.137.130:8080']),
    );
    assert.ok((await refused(signalbox, 'dr')).includes('portDiffersUnderDirectRouting'));
    assert.deepEqual(await methodsOn(lab, 'node2'), ['-m', '-m']);
  });
});

const onPort =
  (port: number) =>
  (topology: Topology): Topology => ({
    ...topology,
    services: topology.services.map((service) => ({
      ...service,
      destinations: service.destinations.map((destination) => ({ ...destination, port })),
    })),
  });

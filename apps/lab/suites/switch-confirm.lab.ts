// A switch that is undone unless somebody confirms it.
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { testLab } from '../src/client/test-lab.ts';
import { underLoad } from '../src/load/steady-load.ts';
import { eventually } from './eventually.ts';
import { methodsOn, nothingLost, oneArm, serving, switchCut, twoArms } from './switching.ts';

const lab = testLab();
const NAT = ['-m', '-m'];
const DR = ['-g', '-g'];

void describe('a switch to be confirmed', () => {
  void test('the console is gone: the director alone goes back in time, and nobody notices', async () => {
    using signalbox = await serving(lab, oneArm);
    const loaded = await underLoad(lab, { node: 'node1', vip: oneArm.vip }, async () => {
      const { code, said } = await signalbox.run('switch', '--to', 'dr', '--confirm-within', '20');
      assert.equal(code, 0, said);
      assert.deepEqual(await methodsOn(lab, oneArm.director), DR);
      await lab.stopService('console', 'console');
      const isNat = (methods: unknown) => isDeepStrictEqual(methods, NAT);
      await eventually(() => methodsOn(lab, oneArm.director), isNat, 'it did not go back');
      // The prepared half is the console's to take down: a real server that dropped the VIP by its own clock might cut.
      assert.match(await lab.read('node3', ['ip', '-o', '-4', 'addr', 'show', 'lo']), /192\.168\.137\.100/);
      await sleep(2000);
    });
    nothingLost(loaded);
    await lab.startService('console', 'console');
    await switchCut(signalbox);
    assert.doesNotMatch(
      await lab.read('node3', ['ip', '-o', '-4', 'addr', 'show', 'lo']),
      /192\.168\.137\.100/,
    );
  });

  void test('confirmed in time, it stays and comes to its end', async () => {
    using signalbox = await serving(lab, twoArms);
    const loaded = await underLoad(lab, { node: 'node1', vip: twoArms.vip }, async () => {
      await signalbox.run('switch', '--to', 'dr', '--confirm-within', '20');
      const { code, said } = await signalbox.run('tell-switch', 'confirm');
      assert.equal(code, 0, said);
      await sleep(26_000);
      assert.deepEqual(await methodsOn(lab, twoArms.director), DR);
    });
    nothingLost(loaded);
  });
});

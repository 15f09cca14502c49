// What fails in the middle of a switch: each ends in a serving cluster and a named cause.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { testLab } from '../src/client/test-lab.ts';
import { underLoad } from '../src/load/steady-load.ts';
import type { ConsoleCommand } from './console-command.ts';
import { eventually } from './eventually.ts';
import {
  backToNat,
  held,
  holdsVip,
  methodsOn,
  nothingLost,
  oneArm,
  serving,
  switchEnded,
  thrown,
  twoArms,
  wentBack,
} from './switching.ts';

const lab = testLab();
const run = (node: string, ...argv: string[]) => lab.read(node, argv);

const isPrepared = () => holdsVip(lab, 'node3', twoArms.vip);

void describe('killed in the middle of a switch', () => {
  let signalbox: ConsoleCommand;
  before(async () => void (signalbox = await serving(lab, twoArms)));
  beforeEach(() => backToNat(signalbox));
  after(() => signalbox[Symbol.dispose]());

  for (const { who, node } of [
    { who: 'the agent of rs1', node: 'node3' },
    { who: 'the director’s agent', node: 'node2' },
  ])
    void test(`${who}: it comes back, and the switch comes to its end`, async () => {
      const loaded = await underLoad(lab, { node: 'node1', vip: twoArms.vip }, async () => {
        const switching = signalbox.run('switch', '--to', 'dr', '--until-flipped');
        await isPrepared();
        await lab.killAgent(node);
        const { said } = await switching;
        // Held while the agent is away, with the trial connections that it had laid out: then it goes back.
        const inOneWay = (methods: readonly unknown[]) => methods.length === 2 && methods[0] === methods[1];
        await eventually(() => methodsOn(lab, 'node2'), inOneWay, said);
      });
      nothingLost(loaded);
    });

  void test('the console: it goes on when it is back', async () => {
    const loaded = await underLoad(lab, { node: 'node1', vip: twoArms.vip }, async () => {
      const switching = signalbox.run('switch', '--to', 'dr', '--until-flipped');
      await isPrepared();
      await lab.signalService('console', 'console', 'SIGKILL');
      const { code, said } = await switching;
      assert.equal(code, 0, said);
      assert.deepEqual(await methodsOn(lab, 'node2'), ['-g', '-g']);
    });
    nothingLost(loaded);
  });
});

void describe('a switch that cannot be, and one that goes to and fro', () => {
  let signalbox: ConsoleCommand;
  before(async () => void (signalbox = await serving(lab, oneArm)));
  after(() => signalbox[Symbol.dispose]());

  void test('rs2 is unplugged: it halts before the flip and names rs2; plugged in again it goes back', async () => {
    await run('node4', 'ip', 'link', 'set', 'eth0', 'down');
    assert.match(await held(signalbox, 'dr'), /rs2/);
    assert.deepEqual(await methodsOn(lab, 'node5'), ['-m', '-m']);
    await run('node4', 'ip', 'link', 'set', 'eth0', 'up');
    await run('node4', 'ip', 'route', 'replace', 'default', 'via', '192.168.137.129');
    await switchEnded(signalbox);
    assert.doesNotMatch(await run('node3', 'ip', '-o', '-4', 'addr', 'show', 'lo'), /192\.168\.137\.100/);
    assert.equal((await lab.http('node1', `http://${oneArm.vip}/`, 4)).length, 4);
  });

  void test('the VIP is on another host too: nothing is put up, and its hardware address is named', async () => {
    const mac = (await run('node6', 'cat', '/sys/class/net/eth0/address')).trim();
    await run('node6', 'ip', 'addr', 'add', `${oneArm.vip}/32`, 'dev', 'eth0');
    const why = await wentBack(signalbox, 'dr');
    await run('node6', 'ip', 'addr', 'del', `${oneArm.vip}/32`, 'dev', 'eth0');
    assert.match(why.toLowerCase(), new RegExp(`${mac}|mysql`));
    assert.deepEqual(await methodsOn(lab, 'node5'), ['-m', '-m']);
  });

  void test('with both ways kept the lever goes to and fro at once, under load', async () => {
    const loaded = await underLoad(lab, { node: 'node1', vip: oneArm.vip }, async () => {
      await thrown(signalbox, 'dr', '--keep-both');
      await thrown(signalbox, 'nat', '--keep-both');
      await thrown(signalbox, 'dr', '--keep-both');
      assert.deepEqual(await methodsOn(lab, 'node5'), ['-g', '-g']);
    });
    nothingLost(loaded);
  });
});

// What breaks while a switch is on its way: clients go on, and what was not proven is not taken.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { testLab } from '../src/client/test-lab.ts';
import { underLoad } from '../src/load/steady-load.ts';
import type { CommandEnd, ConsoleCommand } from './console-command.ts';
import {
  backToNat,
  flap,
  type Ground,
  holdsVip,
  methodsOn,
  nothingLost,
  oneArm,
  onlyFailed,
  patientClients,
  serving,
  thrown,
  twoArms,
} from './switching.ts';

const RULE_FLUSHER = fileURLToPath(new URL('../src/load/rule-flusher.mjs', import.meta.url));
const lab = testLab();
const run = (node: string, ...argv: string[]) => lab.read(node, argv);

/** Throws the lever to DR, and does the work as soon as rs1 is prepared: the flip is about to come. */
async function midway(
  signalbox: ConsoleCommand,
  { ground, more }: { ground: Ground; more: readonly string[] },
  work: () => Promise<unknown>,
): Promise<CommandEnd> {
  const switching = signalbox.run('switch', '--to', 'dr', ...more);
  const ended = await Promise.race([switching, holdsVip(lab, 'node3', ground.vip)]);
  // Flipped before it was seen that rs1 is prepared: what breaks now, breaks right after the flip.
  assert.ok(ended === undefined || ended.code === 0, ended?.said);
  await work();
  return switching;
}

/**
 * All packet rules of the director are flushed again and again, before its agent has its turn: a trial that is left alone
 * is a proof. Not sooner than it is made ready for DR: a host that is so busy may not answer the preflight.
 */
async function flushedWhile<T>(director: string, work: () => Promise<T>): Promise<T> {
  const stopFile = `/tmp/stop-flushing-${randomUUID()}`;
  const flushing = run(director, 'nice', '-n', '-15', process.execPath, RULE_FLUSHER, stopFile);
  const done = work();
  await Promise.race([done, flushing]);
  await run(director, 'touch', stopFile);
  await flushing;
  return done;
}

/** All rules of rs1 are flushed in the middle of a switch. */
async function rulesFlushed(signalbox: ConsoleCommand): Promise<void> {
  const load = { node: 'node1', vip: oneArm.vip, ...patientClients };
  const loaded = await underLoad(lab, load, async () => {
    const more = ['--until-flipped'];
    const { code, said } = await midway(signalbox, { ground: oneArm, more }, () =>
      run('node3', 'ip', 'rule', 'del', 'priority', '5300'),
    );
    assert.equal(code, 0, said);
    assert.deepEqual(await methodsOn(lab, oneArm.director), ['-g', '-g']);
  });
  // Until the rule is back, replies by NAT leave past the director, and clients reset what they do not know.
  onlyFailed(loaded, /ECONNRESET$/);
}

void describe('while a switch is on its way', () => {
  void test('one arm: the director’s filter rules are flushed again and again, then the link of rs1 flaps, then all its rules are flushed', async () => {
    using signalbox = await serving(lab, oneArm);
    const load = { node: 'node1', vip: oneArm.vip };
    const loaded = await underLoad(lab, load, async () => {
      const more = ['--until-flipped'];
      const unproven = await flushedWhile(oneArm.director, () =>
        signalbox.run('switch', '--to', 'dr', ...more),
      );
      assert.equal(unproven.code, 4, unproven.said);
      // Without its mark a trial goes the ordinary way, and is answered all the same: that is no proof.
      assert.match(unproven.said, /packet marks|the kernel does not have it/);
      assert.deepEqual(await methodsOn(lab, oneArm.director), ['-m', '-m']);
      assert.doesNotMatch(await run('node3', 'ip', '-o', '-4', 'addr', 'show', 'lo'), /192\.168\.137\.100/);

      const { code, said } = await midway(signalbox, { ground: oneArm, more }, () =>
        flap(lab, 'node3', { device: 'eth0', gateway: '192.168.137.129' }),
      );
      assert.equal(code, 0, said);
      assert.deepEqual(await methodsOn(lab, oneArm.director), ['-g', '-g']);
    });
    nothingLost(loaded);

    await backToNat(signalbox);
    await rulesFlushed(signalbox);
  });

  void test('two arms: the link of rs1 flaps, and with both ways kept the director’s inner one', async () => {
    using signalbox = await serving(lab, twoArms);
    const loaded = await underLoad(lab, { node: 'node1', vip: twoArms.vip }, async () => {
      const { code, said } = await midway(signalbox, { ground: twoArms, more: ['--keep-both'] }, () =>
        flap(lab, 'node3', { device: 'eth0', gateway: '192.168.137.129' }),
      );
      assert.equal(code, 0, said);
      assert.deepEqual(await methodsOn(lab, twoArms.director), ['-g', '-g']);
      await flap(lab, twoArms.director, { device: 'eth1', gateway: null });
      await thrown(signalbox, 'nat', '--keep-both');
      await flap(lab, twoArms.director, { device: 'eth1', gateway: null });
      await thrown(signalbox, 'dr', '--keep-both');
      assert.deepEqual(await methodsOn(lab, twoArms.director), ['-g', '-g']);
    });
    // Who comes while the inner link is down hears from the director itself that it has no way to the servers.
    onlyFailed(loaded, /^EHOSTUNREACH$/);
  });
});

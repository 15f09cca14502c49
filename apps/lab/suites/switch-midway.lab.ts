// What breaks while a switch is on its way: clients go on, and what was not proven is not taken.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, test } from 'node:test';
import { testLab } from '../src/client/test-lab.ts';
import { underLoad } from '../src/load/steady-load.ts';
import type { ConsoleCommand } from './console-command.ts';
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

const lab = testLab();
const run = (node: string, ...argv: string[]) => lab.read(node, argv);

/** Throws the lever to DR, and does the work as soon as rs1 is prepared: the flip is still to come. */
async function midway(
  signalbox: ConsoleCommand,
  { ground, more = [] }: { ground: Ground; more?: readonly string[] },
  work: (switching: Promise<unknown>) => Promise<unknown>,
): Promise<{ code: number; printed: string }> {
  const switching = signalbox.run('switch', '--to', 'dr', ...more);
  const ended = await Promise.race([switching, holdsVip(lab, 'node3', ground.vip)]);
  assert.equal(ended, undefined, `it ended before rs1 was prepared: ${ended?.printed ?? ''}`);
  await work(switching);
  return switching;
}

/**
 * What a firewall script does before it writes its own rules, on the node itself and without pause: flushes further apart than
 * a trial takes may leave one alone, and that one is a proof.
 */
async function flushedWhile(node: string, work: Promise<unknown>): Promise<void> {
  const stopFile = `/tmp/stop-flushing-${randomUUID()}`;
  // By the kind of iptables that the machine takes, as such a script would.
  const kind = 'iptables-nft -S >/dev/null 2>&1 && kind=iptables-nft || kind=iptables-legacy';
  const flushes = '"$kind" -w -F && "$kind" -w -t mangle -F || exit 1';
  const flushing = run(node, 'sh', '-c', `${kind}; until [ -e "$0" ]; do ${flushes}; done`, stopFile);
  await Promise.race([work, flushing]);
  await run(node, 'touch', stopFile);
  await flushing;
}

/** All rules of rs1 are flushed in the middle of a switch. */
async function rulesFlushed(signalbox: ConsoleCommand): Promise<void> {
  const load = { node: 'node1', vip: oneArm.vip, ...patientClients };
  const loaded = await underLoad(lab, load, async () => {
    const more = ['--until-flipped'];
    const { code, printed } = await midway(signalbox, { ground: oneArm, more }, () =>
      run('node3', 'ip', 'rule', 'del', 'priority', '5300'),
    );
    assert.equal(code, 0, printed);
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
      const unproven = await midway(signalbox, { ground: oneArm }, (switching) =>
        flushedWhile(oneArm.director, switching),
      );
      assert.equal(unproven.code, 4, unproven.printed);
      // Without its mark a trial goes the ordinary way, and is answered all the same: that is no proof.
      assert.match(unproven.printed, /packet marks|the kernel does not have it/);
      assert.deepEqual(await methodsOn(lab, oneArm.director), ['-m', '-m']);
      assert.doesNotMatch(await run('node3', 'ip', '-o', '-4', 'addr', 'show', 'lo'), /192\.168\.137\.100/);

      const more = ['--until-flipped'];
      const { code, printed } = await midway(signalbox, { ground: oneArm, more }, () =>
        flap(lab, 'node3', { device: 'eth0', gateway: '192.168.137.129' }),
      );
      assert.equal(code, 0, printed);
      assert.deepEqual(await methodsOn(lab, oneArm.director), ['-g', '-g']);
    });
    nothingLost(loaded);

    await backToNat(signalbox);
    await rulesFlushed(signalbox);
  });

  void test('two arms: the link of rs1 flaps, and with both ways kept the director’s inner one', async () => {
    using signalbox = await serving(lab, twoArms);
    const loaded = await underLoad(lab, { node: 'node1', vip: twoArms.vip }, async () => {
      const { code, printed } = await midway(signalbox, { ground: twoArms, more: ['--keep-both'] }, () =>
        flap(lab, 'node3', { device: 'eth0', gateway: '192.168.137.129' }),
      );
      assert.equal(code, 0, printed);
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

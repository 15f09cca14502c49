// What disappears behind the back of a cluster that keeps both ways: the hosts put it back by themselves, clients go on.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { testLab } from '../src/client/test-lab.ts';
import { type Load, type Loaded, underLoad } from '../src/load/steady-load.ts';
import type { ConsoleCommand } from './console-command.ts';
import { eventually } from './eventually.ts';
import { flap, nothingLost, oneArm, onlyFailed, patientClients, serving, thrown } from './switching.ts';

const lab = testLab();
const run = (node: string, ...argv: string[]) => lab.read(node, argv);
const GATEWAY = '192.168.137.129';

/** What of ours can disappear on a host, in an order of its own. */
async function standing(node: string): Promise<string[]> {
  const looks = [
    ['ipvsadm', '-Sn'],
    ['ip', '-4', 'rule'],
    ['ip', '-4', 'route', 'show', 'table', 'all'],
    ['ip', '-o', '-4', 'addr'],
    ['sysctl', 'net.ipv4.conf.all.arp_ignore', 'net.ipv4.conf.lo.arp_ignore', 'net.ipv4.ip_forward'],
  ];
  const printed: string[] = [];
  for (const argv of looks) printed.push((await lab.exec(node, argv)).stdout);
  return printed
    .join('')
    .split('\n')
    .map((line) => line.replaceAll(/\s+/g, ' ').trim())
    .filter((line) => line !== '')
    .toSorted();
}

async function comesBack(node: string, before: readonly string[]): Promise<void> {
  const isBack = (now: readonly string[]) => isDeepStrictEqual(now, before);
  await eventually(() => standing(node), isBack, `${node} is not as it was`);
}

/** One cluster that keeps both ways and goes by NAT between the tests: each ends with everything as it was. */
let signalbox: ConsoleCommand;
before(async () => {
  signalbox = await serving(lab, oneArm);
  await thrown(signalbox, 'dr', '--keep-both');
});
after(() => signalbox[Symbol.dispose]());

/** Both ways kept and DR taken, connections of both ways alive; answers what the load saw. */
async function bothWaysKept(work: () => Promise<void>, load: Partial<Load> = {}): Promise<Loaded> {
  await thrown(signalbox, 'nat', '--keep-both');
  return underLoad(lab, { node: 'node1', vip: oneArm.vip, ...load }, async () => {
    await thrown(signalbox, 'dr', '--keep-both');
    await work();
  });
}

async function disappears(node: string, remove: () => Promise<unknown>): Promise<void> {
  const before = await standing(node);
  await remove();
  await comesBack(node, before);
}

/**
 * Without the rule replies of old NAT connections leave by the default route, past the director: clients do not know
 * who that is, and reset. A table's last resort does not help, for nothing leads there; a second rule would be flushed
 * with the first one, and everything else that could hold replies back (a filter, a default route of our own) is not
 * ours to touch. It lasts until the agent's next look.
 */
const OLD_NAT_REPLIES = /^long-lived ECONNRESET$/;

const flapped = (node: string) => flap(lab, node, { device: 'eth0', gateway: GATEWAY });

void describe('both ways kept', () => {
  void test('the link of a real server flaps: its routes for NAT replies come back', async () => {
    // The table's last resort stays, and keeps replies of old NAT connections from bypassing the director meanwhile.
    nothingLost(await bothWaysKept(() => disappears('node3', () => flapped('node3'))));
  });

  void test('the link of the director flaps: the pinned routes come back', async () => {
    nothingLost(await bothWaysKept(() => disappears(oneArm.director, () => flapped(oneArm.director))));
  });

  void test('the VIP on lo of a real server is deleted, and its ARP silence undone', async () => {
    const loaded = await bothWaysKept(() =>
      disappears('node3', async () => {
        await run('node3', 'ip', 'addr', 'del', `${oneArm.vip}/32`, 'dev', 'lo');
        await run('node3', 'sysctl', '-w', 'net.ipv4.conf.all.arp_ignore=0');
      }),
    );
    nothingLost(loaded);
  });

  void test('all rules of a real server are flushed, as a network manager that restarts does', async () => {
    const flushed = () => disappears('node3', () => run('node3', 'ip', 'rule', 'del', 'priority', '5300'));
    const loaded = await bothWaysKept(flushed, patientClients);
    onlyFailed(loaded, OLD_NAT_REPLIES);
  });

  void test('the console is dead, and the table of the director is cleared: its services come back alone', async () => {
    const cleared = async () => {
      await lab.stopService('console', 'console');
      await disappears(oneArm.director, () => run(oneArm.director, 'ipvsadm', '-C'));
      assert.equal((await lab.http('node1', `http://${oneArm.vip}/`, 4)).length, 4);
      await lab.startService('console', 'console');
    };
    const loaded = await bothWaysKept(cleared, patientClients);
    // Without a service the director itself refuses who comes, until the next look.
    onlyFailed(loaded, /ECONNREFUSED$|^long-lived ECONNRESET$/);
  });

  void test('the VIP is taken from the director: put up again, and the neighbours hear of it', async () => {
    // Nobody is served until it is up again: to ask whether another host has it takes a second alone.
    const taken = () =>
      disappears(oneArm.director, () =>
        run(oneArm.director, 'ip', 'addr', 'del', `${oneArm.vip}/32`, 'dev', 'eth0'),
      );
    const loaded = await bothWaysKept(taken, patientClients);
    assert.equal(loaded.lost, 0, JSON.stringify(loaded));
  });

  void test('a neighbour on the link that uses a real server directly is not harmed by the rule', async () => {
    nothingLost(
      await bothWaysKept(async () => {
        const direct = await lab.http('node6', 'http://192.168.137.131/', 8);
        assert.equal(direct.length, 8);
        for (const answer of direct) assert.match(answer, /^rs1 192\.168\.137\.131:80/);
        // Straight over the link, and not through the director.
        assert.match(
          await run(
            'node3',
            'ip',
            'route',
            'get',
            '192.168.137.133',
            'from',
            '192.168.137.131',
            'ipproto',
            'tcp',
            'sport',
            '80',
          ),
          /^192\.168\.137\.133 from 192\.168\.137\.131 dev eth0/,
        );
      }),
    );
  });
});

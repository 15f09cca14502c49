// The tutorial's NAT rows without a browser: the console's command line, real agents, a real kernel, real requests.
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, before, describe, test } from 'node:test';
import type { Scheduler, Topology } from '@signalbox/cluster';
import * as z from 'zod';
import { testLab } from '../src/client/test-lab.ts';
import { type ConsoleCommand, consoleCommand } from './console-command.ts';
import { eventually } from './eventually.ts';

const lab = testLab();
const VIP = 'http://192.168.0.111/';
const [RS1, RS2] = ['rs1 192.168.137.131:80', 'rs2 192.168.137.130:80'];

/** One cluster with agents and console, nothing applied yet: each row goes on where the one before it ended. */
let signalbox: ConsoleCommand;
before(async () => {
  const { console } = await lab.reset('nat', { product: true });
  assert.ok(console, 'the lab runs a console');
  signalbox = consoleCommand(console);
});
after(() => signalbox[Symbol.dispose]());

const weighted =
  (scheduler: Scheduler, weights: Readonly<Record<string, number>>) => (topology: Topology) => ({
    ...topology,
    services: topology.services.map((service) => ({
      ...service,
      scheduler,
      destinations: service.destinations.map((destination) => ({
        ...destination,
        weight: weights[destination.address.text] ?? destination.weight,
      })),
    })),
  });

const table = (...rows: readonly string[]) => rows.map((row) => `${row}\n`).join('');

const Operations = z.object({
  hosts: z.array(
    z.looseObject({
      kind: z.string(),
      operations: z.array(z.looseObject({ command: z.string() })).default([]),
    }),
  ),
});
const commandsIn = (printed: string) =>
  Operations.parse(JSON.parse(printed)).hosts.flatMap(({ operations }) =>
    operations.map(({ command }) => command),
  );

/** Totals of the service as `ipvsadm -Ln --stats --exact` prints them: Conns first. */
async function connectionsServed(): Promise<number> {
  const printed = await lab.read('node2', ['ipvsadm', '-Ln', '--stats', '--exact']);
  return Number(/^TCP\s+192\.168\.0\.111:80\s+(\d+)/m.exec(printed)?.[1] ?? Number.NaN);
}

/** IPVS brings its counters up to date every two seconds (ip_vs_est.c). */
const STATISTICS_MS = 2500;

void describe('NAT, as the tutorial has it', () => {
  void test('T0: the console knows what the kernel of each node can do', async () => {
    const { nodes } = await signalbox.status();
    const Answer = z.object({
      node: z.object({
        support: z.object({
          kernelRelease: z.string(),
          ipvs: z.looseObject({ kind: z.string() }),
          schedulers: z.array(z.object({ name: z.string(), state: z.string() })),
        }),
      }),
    });
    const { support } = Answer.parse(nodes['node2']).node;
    assert.equal(support.kernelRelease, (await lab.read('node2', ['uname', '-r'])).trim());
    assert.notEqual(support.ipvs.kind, 'missing');
    const usable = support.schedulers.filter(({ state }) => state !== 'missing').map(({ name }) => name);
    for (const name of ['rr', 'wrr', 'lc', 'wlc', 'sh', 'dh']) assert.ok(usable.includes(name), name);
  });

  void test('T1: preview says what will be done, apply does it, and the client is served in turn', async () => {
    const preview = await signalbox.run('preview');
    assert.equal(preview.code, 0, preview.said);
    assert.ok(commandsIn(preview.printed).includes('ipvsadm -A -t 192.168.0.111:80 -s rr'), preview.printed);
    assert.equal(await lab.read('node2', ['ipvsadm', '-Sn']), '', 'a preview changes nothing');

    const applied = await signalbox.run('apply');
    assert.equal(applied.code, 0, applied.said);
    assert.equal(
      await lab.read('node2', ['ipvsadm', '-Sn']),
      table(
        '-A -t 192.168.0.111:80 -s rr',
        '-a -t 192.168.0.111:80 -r 192.168.137.130:80 -m -w 1',
        '-a -t 192.168.0.111:80 -r 192.168.137.131:80 -m -w 1',
      ),
    );
    assert.equal(await lab.read('node2', ['cat', '/proc/sys/net/ipv4/ip_forward']), '1\n');
    const answers = await lab.http('node1', VIP, 6);
    assert.deepEqual(answers.toSorted(), [RS1, RS1, RS1, RS2, RS2, RS2]);
    assert.ok(
      answers.every((answer, i) => answer !== answers[i + 1]),
      `in turn: ${answers.join(', ')}`,
    );

    const again = await signalbox.run('preview');
    assert.deepEqual(commandsIn(again.printed), [], 'applied twice, nothing is left to do');
  });

  void test('T3: rr becomes wrr 6 : 2 in place; counters live on and the client sees 3 : 1', async () => {
    await lab.http('node1', VIP, 4);
    await sleep(STATISTICS_MS);
    const before = await connectionsServed();
    assert.ok(before >= 4, `${before} connections`);

    await signalbox.editAndApply(weighted('wrr', { '192.168.137.131': 6, '192.168.137.130': 2 }));
    assert.equal(
      await lab.read('node2', ['ipvsadm', '-Sn']),
      table(
        '-A -t 192.168.0.111:80 -s wrr',
        '-a -t 192.168.0.111:80 -r 192.168.137.130:80 -m -w 2',
        '-a -t 192.168.0.111:80 -r 192.168.137.131:80 -m -w 6',
      ),
    );
    const answers = await lab.http('node1', VIP, 16);
    assert.equal(answers.filter((answer) => answer === RS1).length, 12);
    assert.equal(answers.filter((answer) => answer === RS2).length, 4);
    await sleep(STATISTICS_MS);
    assert.equal(await connectionsServed(), before + 16, 'the edit did not start the counters anew');
  });

  void test('what others made on the director stays as it is', async () => {
    await lab.read('node2', ['ipvsadm', '-A', '-u', '192.168.0.111:53', '-s', 'sh']);
    await lab.read('node2', ['ipvsadm', '-a', '-u', '192.168.0.111:53', '-r', '192.168.137.131:53', '-m']);
    await signalbox.editAndApply(weighted('rr', { '192.168.137.131': 1, '192.168.137.130': 1 }));
    const saved = await lab.read('node2', ['ipvsadm', '-Sn']);
    assert.match(saved, /^-A -u 192\.168\.0\.111:53 -s sh$/m);
    assert.match(saved, /^-a -u 192\.168\.0\.111:53 -r 192\.168\.137\.131:53 -m -w 1$/m);
    assert.match(saved, /^-A -t 192\.168\.0\.111:80 -s rr$/m);
  });

  void test('with the console gone and the agent killed, clients are served and the agent comes back', async () => {
    await lab.stopService('console', 'console');
    await lab.killAgent('node2');
    assert.deepEqual(new Set(await lab.http('node1', VIP, 4)), new Set([RS1, RS2]));
    await lab.startService('console', 'console');
    const agent = async () => (await signalbox.status()).nodes['node2'];
    await eventually(agent, (one) => one?.kind === 'answers', 'the agent of node2 did not come back');
    assert.deepEqual(commandsIn((await signalbox.run('preview')).printed), []);
  });

  void test('a drawing that cannot work is refused by name, and nothing is applied', async () => {
    const before = await lab.read('node2', ['ipvsadm', '-Sn']);
    const wrong = (topology: Topology): Topology => ({
      ...topology,
      nodes: topology.nodes.map((node) =>
        node.id === 'node3' ? { ...node, gateway: { family: 'ipv4', text: '192.168.0.111' } } : node,
      ),
    });
    await assert.rejects(signalbox.editAndApply(wrong), /The gateway 192\.168\.0\.111 of rs1 is in none/);
    assert.equal(await lab.read('node2', ['ipvsadm', '-Sn']), before);
  });
});

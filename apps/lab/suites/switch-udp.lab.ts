// A UDP service under the lever: its server is bound to both addresses, as preflight asks for.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Topology } from '@signalbox/cluster';
import * as z from 'zod';
import { testLab } from '../src/client/test-lab.ts';
import { type Ground, methodsOn, oneArm, serving, switchEnded, thrown, twoArms } from './switching.ts';

const lab = testLab();
const run = (node: string, ...argv: string[]) => lab.read(node, argv);
const PORT = 5300;
const PROGRAM = fileURLToPath(new URL('../src/load/datagrams.mjs', import.meta.url));
const SERVERS = [
  { node: 'node3', name: 'rs1', address: '192.168.137.131' },
  { node: 'node4', name: 'rs2', address: '192.168.137.130' },
];

const Told = z.object({
  questions: z.number(),
  lost: z.number(),
  flow: z.number(),
  flowLost: z.number(),
  answers: z.record(z.string(), z.number()),
});

/** Answers with its name and the address it was asked at. The VIP is bound to before it is there. */
async function serveDatagrams({ node, name, address }: (typeof SERVERS)[number], vip: string): Promise<void> {
  await run(node, 'sysctl', '-w', 'net.ipv4.ip_nonlocal_bind=1');
  const script = `for (const at of ['${address}', '${vip}']) {
    const socket = require('node:dgram').createSocket('udp4');
    socket.on('message', (_, from) => socket.send('${name} ' + at, from.port, from.address));
    socket.on('error', () => undefined).bind(${PORT}, at);
  }`;
  await run(node, 'setsid', '--fork', process.execPath, '-e', script);
}

const asDatagrams = (topology: Topology): Topology => ({
  ...topology,
  services: topology.services.map((service) => ({
    ...service,
    at: { ...service.at, protocol: 'udp', port: PORT },
    destinations: service.destinations.map((destination) => ({ ...destination, port: PORT })),
  })),
});

async function underDatagrams(vip: string, work: () => Promise<void>) {
  const stopFile = `/tmp/stop-${randomUUID()}`;
  const argv = [process.execPath, PROGRAM, vip, String(PORT), stopFile];
  const loading = lab.exec('node1', argv, { timeoutMs: 1_200_000 });
  try {
    await sleep(1500);
    await work();
    await sleep(1000);
  } finally {
    await run('node1', 'touch', stopFile);
  }
  const { code, stdout, stderr } = await loading;
  assert.equal(code, 0, stderr);
  return Told.parse(JSON.parse(stdout));
}

void describe('a UDP service', () => {
  for (const ground of [twoArms, oneArm] satisfies Ground[])
    void test(`${ground.scenario} topology: to DR and back, no datagram lost; a flow keeps its way until it ends`, async () => {
      using signalbox = await serving(lab, ground);
      for (const server of SERVERS) await serveDatagrams(server, ground.vip);
      // Entries of datagrams live for five minutes unless told otherwise.
      await run(ground.director, 'ipvsadm', '--set', '0', '3', '3');
      await signalbox.editAndApply(asDatagrams);

      const told = await underDatagrams(ground.vip, async () => {
        await thrown(signalbox, 'dr', '--until-flipped');
        await sleep(4000);
        assert.deepEqual(await methodsOn(lab, ground.director), ['-g', '-g']);
        // The flow still goes the old way, so that stays.
        assert.notEqual((await signalbox.status()).cluster.switchId, null);
      });

      assert.deepEqual([told.lost, told.flowLost], [0, 0], JSON.stringify(told));
      const askedAt = Object.keys(told.answers).map((answer) => answer.split(' ')[1]);
      assert.ok(askedAt.includes(ground.vip), JSON.stringify(told));
      await switchEnded(signalbox);

      const back = await underDatagrams(ground.vip, () => thrown(signalbox, 'nat', '--until-flipped'));
      assert.deepEqual([back.lost, back.flowLost], [0, 0], JSON.stringify(back));
      assert.deepEqual(await methodsOn(lab, ground.director), ['-m', '-m']);
      await switchEnded(signalbox);
    });
});

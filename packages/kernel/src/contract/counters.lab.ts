// Totals, rates and connections under real traffic, beside what ipvsadm prints at the same moment.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import type { Counters, ServiceReading } from '@signalbox/cluster';
import { openKernel } from '../index.ts';
import { destination, service, tcp } from './ipvs-objects.ts';
import { linesOf, output } from './programs.ts';
import { director, realServer, startRealServer } from './real-server.ts';

const kernel = await openKernel();
const web = tcp(director, 8080);
let server: { stop(): Promise<void> } | null = null;

before(async () => {
  server = await startRealServer();
  const results = await kernel.run([
    { kind: 'addService', service: service(web) },
    { kind: 'addDestination', service: web, destination: destination(realServer) },
  ]);
  assert.ok(results.every(({ kind }) => kind === 'done'));
});

after(async () => {
  await output('ipvsadm', '-C');
  await server?.stop();
  await kernel.close();
});

/** One connection through the virtual service, to its end. */
async function visit(): Promise<void> {
  const socket = connect({ host: director, port: 8080 });
  socket.resume();
  await once(socket, 'close');
}

/** The columns of `ipvsadm -Ln` with `option`, for the service and for its destination. */
async function ipvsadmColumns(
  option: '--stats' | '--rate',
): Promise<{ service: number[]; destination: number[] }> {
  const lines = await linesOf('ipvsadm', '-Ln', option, '--exact');
  const columns = (start: RegExp) => {
    const line = lines.find((each) => start.test(each)) ?? '';
    return line.trim().split(/\s+/).slice(2).map(Number);
  };
  return { service: columns(/^TCP +10\.8/), destination: columns(/-> 10\.8/) };
}

/** Our values in the order of ipvsadm's columns. */
const inColumns = ({ connections, inPackets, outPackets, inBytes, outBytes }: Counters) => [
  connections,
  inPackets,
  outPackets,
  inBytes,
  outBytes,
];

async function only(): Promise<ServiceReading> {
  const [reading, ...others] = await kernel.readServices();
  assert.ok(reading !== undefined && others.length === 0);
  return reading;
}

/** What we read and what ipvsadm printed while the kernel's figures stood still. */
interface Moment {
  readonly ours: readonly Counters[];
  readonly shown: readonly number[][];
}

/**
 * The kernel sums totals up and estimates rates every 2 s: what is read before and after ipvsadm must be the same for a
 * comparison to mean anything.
 */
async function atOneMoment(option: '--stats' | '--rate', when: (of: Counters) => boolean): Promise<Moment> {
  const pick = option === '--stats' ? 'counters' : 'rates';
  for (let attempt = 0; attempt < 40; attempt += 1) {
    const earlier = await only();
    const { service, destination } = await ipvsadmColumns(option);
    const later = await only();
    if (JSON.stringify(earlier) === JSON.stringify(later) && when(earlier[pick])) {
      return {
        ours: [earlier, ...earlier.destinations].map((of) => of[pick]),
        shown: [service, destination],
      };
    }
    await wait(100);
  }
  return assert.fail('the figures never stood still');
}

void test('totals are those of ipvsadm --stats --exact', { timeout: 30_000 }, async () => {
  for (let visits = 0; visits < 10; visits += 1) await visit();
  const { ours, shown } = await atOneMoment('--stats', ({ connections }) => connections === 10);
  assert.ok(
    ours.every(({ outBytes }) => outBytes > 0),
    'replies pass the director',
  );
  assert.deepEqual(ours.map(inColumns), shown);
});

void test('active and inactive connections are those of ipvsadm', async () => {
  const [, , , active, inactive] = (await linesOf('ipvsadm', '-Ln'))
    .filter((line) => line.includes(`-> ${realServer}`))
    .flatMap((line) => line.trim().split(/\s+/).slice(1));
  const [reading] = (await only()).destinations;
  assert.deepEqual([reading?.active, reading?.inactive], [Number(active), Number(inactive)]);
  assert.equal((reading?.active ?? 0) + (reading?.inactive ?? 0), 10);
});

void test('rates are those of ipvsadm --rate --exact', { timeout: 30_000 }, async () => {
  for (let visits = 0; visits < 100; visits += 1) await visit();
  const { ours, shown } = await atOneMoment('--rate', ({ connections }) => connections > 0);
  assert.deepEqual(ours.map(inColumns), shown);
});

void test('looks that follow bring what a visit changed', { timeout: 30_000 }, async () => {
  const follower = kernel.followServices();
  assert.equal((await follower.look(false)).whole, true);
  await visit();
  const { whole, services } = await follower.look(false);
  assert.equal(whole, false);
  const now = await only();
  assert.deepEqual(
    services.map(({ counters }) => counters.connections),
    [now.counters.connections],
  );
});

void test('counters stay when a destination is edited', async () => {
  const { ours } = await atOneMoment('--stats', ({ connections }) => connections === 111);
  const from = destination(realServer);
  await kernel.run([
    { kind: 'editDestination', service: web, from, to: { ...from, weight: 6, method: 'gate' } },
  ]);
  const [edited] = (await only()).destinations;
  assert.deepEqual(edited?.counters, ours[1]);
  assert.deepEqual([edited?.weight, edited?.method], [6, 'gate']);
});

void test('bytes of the cable grew with the traffic', async () => {
  const links = await kernel.readLinks();
  assert.ok((links.find(({ name }) => name === 'sb1')?.outBytes ?? 0) > 1000);
});

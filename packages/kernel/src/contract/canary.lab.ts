// A canary on the wire: a real server tried by DR while its service goes on by NAT, before and after it was prepared.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { after, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { type Canary, canaryState, FIRST_CANARY_MARK } from '@signalbox/cluster';
import { openKernel } from '../index.ts';
import { address, destination, service, tcp } from './ipvs-objects.ts';
import { output } from './programs.ts';
import { director, realServer, startRealServer } from './real-server.ts';
import { cidr } from './route-objects.ts';

const kernel = await openKernel();
const server = await startRealServer();
after(async () => {
  await server.stop();
  await kernel.close();
});

const vip = '10.8.0.100';
const cable = 'sb1';
const vipService = tcp(vip, 80);
const canary: Canary = {
  mark: FIRST_CANARY_MARK,
  protocol: 'tcp',
  vip: address(vip),
  port: 80,
  destination: { address: address(realServer), port: 80 },
  method: 'gate',
  sources: [address(director)],
  sourcePorts: { first: 28_000, last: 28_007 },
};
/** Whether the VIP answers within a second, asked from this port (any when null). */
async function answers(localPort: number | null): Promise<boolean> {
  const from = localPort === null ? {} : { localPort };
  const socket = connect({ host: vip, port: 80, localAddress: director, ...from });
  try {
    await once(socket, 'data', { signal: AbortSignal.timeout(1000) });
    return true;
  } catch {
    return false;
  } finally {
    socket.on('error', () => undefined).resetAndDestroy();
  }
}

/** What the canary asks for, from nothing. */
async function layOver(): Promise<void> {
  const { addresses } = await kernel.observe([]);
  const laid = canaryState([canary], addresses);
  const due = laid.services.flatMap(({ destinations, ...made }) => [
    { kind: 'addService' as const, service: made },
    ...destinations.map((each) => ({
      kind: 'addDestination' as const,
      service: made.key,
      destination: each,
    })),
  ]);
  const results = await kernel.run([
    ...laid.sysctls.map(({ name, value }) => ({ kind: 'setSysctl' as const, name, from: '0', to: value })),
    ...due,
    ...laid.marks.map((mark) => ({ kind: 'addMark' as const, mark })),
  ]);
  assert.ok(
    results.every(({ kind }) => kind === 'done'),
    JSON.stringify(results),
  );
}

/** Connections that each method has had so far. */
async function connections(): Promise<Record<string, number>> {
  const readings = await kernel.readServices();
  return Object.fromEntries(
    readings.flatMap(({ destinations }) =>
      destinations.map(({ method, counters }) => [method, counters.connections]),
    ),
  );
}

void test('a real server is proved by DR while its service goes by NAT', async () => {
  const made = await kernel.run([
    { kind: 'addAddress', address: { interface: cable, cidr: cidr(`${vip}/32`), label: null } },
    { kind: 'addService', service: service(vipService) },
    { kind: 'addDestination', service: vipService, destination: destination(realServer) },
  ]);
  assert.ok(made.every(({ kind }) => kind === 'done'));
  await layOver();

  assert.equal(await answers(null), true);
  assert.equal(await answers(28_000), false);

  await server.inside('addr', 'add', `${vip}/32`, 'dev', 'lo');
  assert.equal(await answers(28_001), true);
  assert.equal(await answers(null), true);
  // The kernel adds its counters up every two seconds.
  const wanted = { masq: 2, gate: 2 };
  for (let tries = 0; tries < 20 && !isDeepStrictEqual(await connections(), wanted); tries += 1)
    await delay(500);
  assert.deepEqual(await connections(), wanted);
});

void test('a real server that answers ARP for the VIP is named, and silent once it is told to be', async () => {
  const question = { interface: cable, address: address(vip), from: address(director) };
  const ask = () => kernel.askArp({ ...question, listen: 'shortly' });
  const mac = /lladdr (\S+)/.exec(await output('ip', 'neigh', 'show', realServer, 'dev', cable))?.[1];
  const leak = await ask();
  assert.ok(leak.length > 0);
  for (const reply of leak) assert.equal(reply.mac, mac);
  await server.sysctl('net.ipv4.conf.all.arp_ignore=1');
  assert.deepEqual(await ask(), []);
});

// The load of a client node, on a server of this machine.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ProbeInput, ProbeReading } from '@signalbox/agent-api';
import { expect, onTestFinished, test } from 'vitest';
import { ip } from '../testing/host-states.ts';
import { connectAll } from './connect.ts';
import { createProbe } from './probe.ts';

async function webServer(): Promise<{ server: Server; port: number }> {
  const server = createServer((_, response) => response.end('rs1\nand more\n')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { server, port: (server.address() as AddressInfo).port };
}

const load = (port: number, options: Partial<ProbeInput> = {}): ProbeInput => ({
  to: ip('127.0.0.1'),
  port,
  path: '/',
  workers: 2,
  requestsPerSecond: 200,
  longLived: 3,
  timeoutMs: 1000,
  ...options,
});

/** Readings until one is as wanted; then the load is stopped, if it is the last. */
async function until(
  readings: AsyncGenerator<ProbeReading, void, undefined>,
  wanted: (reading: ProbeReading) => boolean,
  last = true,
): Promise<ProbeReading> {
  for (let next = await readings.next(); !next.done; next = await readings.next())
    if (wanted(next.value)) {
      if (last) await readings.return(undefined);
      return next.value;
    }
  throw new Error('the load ended');
}

test('requests are counted by who answered, and connections that stay stay open', async () => {
  const { port } = await webServer();
  const stop = new AbortController();
  const readings = createProbe()(load(port), stop.signal);
  const reading = await until(readings, ({ requests, longLived }) => requests > 0 && longLived.open === 3);
  expect(reading).toMatchObject({ failed: 0, failures: [], longLived: { open: 3, lost: 0 } });
  expect(reading.answers).toEqual([{ by: 'rs1', count: reading.requests }]);
  expect(reading.latencyMs).not.toBeNull();
});

test('connections that are cut are lost, and stay lost; requests go on', async () => {
  const { server, port } = await webServer();
  const stop = new AbortController();
  const readings = createProbe()(load(port), stop.signal);
  await until(readings, ({ longLived }) => longLived.open === 3, false);
  server.closeAllConnections();
  const reading = await until(readings, ({ longLived }) => longLived.lost === 3);
  expect(reading.longLived.open).toBe(0);
});

test('connections that nobody answers were never open, and are made when somebody does', async () => {
  const { server, port } = await webServer();
  server.close();
  const readings = createProbe()(load(port), new AbortController().signal);
  const reading = await until(readings, ({ failed }) => failed > 0, false);
  expect(reading.longLived).toEqual({ open: 0, lost: 0 });
  server.listen(port, '127.0.0.1');
  await until(readings, ({ longLived }) => longLived.open === 3 && longLived.lost === 0);
});

test('nobody there is a failure with its reason', async () => {
  const { server, port } = await webServer();
  server.close();
  const stop = new AbortController();
  const readings = createProbe()(load(port, { longLived: 0 }), stop.signal);
  const reading = await until(readings, ({ failed }) => failed > 0);
  expect(reading.failures).toEqual([{ reason: 'ECONNREFUSED', count: reading.failed }]);
});

test('one load at a time, and another one after it', async () => {
  const { port } = await webServer();
  const probe = createProbe();
  const stop = new AbortController();
  const first = probe(load(port), stop.signal);
  await first.next();
  await expect(probe(load(port), stop.signal).next()).rejects.toMatchObject({ kind: 'busy' });
  stop.abort();
  expect(await first.next()).toEqual({ done: true, value: undefined });
  const second = probe(load(port), new AbortController().signal);
  expect((await second.next()).done).toBe(false);
  await second.return();
});

test('a connection is made from the asked address and a free port of its range; refusal is told', async () => {
  const { server, port } = await webServer();
  const seen: (number | undefined)[] = [];
  server.on('connection', ({ remotePort }) => seen.push(remotePort));
  const wanted = {
    from: ip('127.0.0.1'),
    fromPorts: { first: 28_400, last: 28_407 },
    to: ip('127.0.0.1'),
    port,
    protocol: 'tcp' as const,
  };
  for (let i = 0; i < 3; i += 1)
    expect(await connectAll({ connections: [wanted], timeoutMs: 1000 })).toMatchObject([
      { kind: 'answered' },
    ]);
  expect(new Set(seen).size).toBe(3);
  expect(seen.every((from) => from !== undefined && from >= 28_400 && from <= 28_407)).toBe(true);
  server.close();
  const [refused] = await connectAll({ connections: [{ ...wanted, port }], timeoutMs: 1000 });
  expect(refused).toMatchObject({ kind: 'refused', errno: 'ECONNREFUSED' });
});

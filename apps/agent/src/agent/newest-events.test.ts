import type { AgentEvent } from '@signalbox/agent-api';
import { expect, test } from 'vitest';
import { newestEvents } from './newest-events.ts';

const reading = (sequence: number): AgentEvent => ({
  kind: 'reading',
  reading: { at: '2026-01-01T00:00:00.000Z', sequence, services: [], links: [] },
});
const progress = (done: number): AgentEvent => ({
  kind: 'progress',
  rollout: 'r1',
  phase: 'prepare',
  done,
  of: 9,
});

test('a slow watcher gets the newest of each kind and nothing older', async () => {
  const events = newestEvents();
  for (let count = 1; count <= 1000; count += 1) events.push(reading(count));
  events.push(progress(3));
  events.push(progress(4));
  events.end();

  const heard: AgentEvent[] = [];
  for await (const event of events) heard.push(event);

  expect(heard).toEqual([reading(1000), progress(4)]);
});

test('a watcher that waits is woken by the next event, and by the end', async () => {
  const events = newestEvents();
  const watcher = events[Symbol.asyncIterator]();

  const next = watcher.next();
  events.push(reading(1));
  expect(await next).toEqual({ done: false, value: reading(1) });

  const last = watcher.next();
  events.end();
  expect((await last).done).toBe(true);
});

const service = (mark: number, active: number) => ({
  key: { kind: 'fwmark', family: 'ipv4', mark } as const,
  counters: { connections: active, inPackets: 0, outPackets: 0, inBytes: 0, outBytes: 0 },
  rates: { connections: 0, inPackets: 0, outPackets: 0, inBytes: 0, outBytes: 0 },
  destinations: [],
});
const changes = (sequence: number, ...services: ReturnType<typeof service>[]): AgentEvent => ({
  kind: 'changes',
  reading: { at: '2026-01-01T00:00:00.000Z', sequence, services, links: [] },
});

test('changes that a slow watcher missed are in what it gets next, and none come before a whole reading', async () => {
  const events = newestEvents();
  const watcher = events[Symbol.asyncIterator]();
  events.push(changes(1, service(1, 9)));
  events.push(reading(2));
  events.push(changes(3, service(1, 1)));
  expect((await watcher.next()).value).toEqual({
    kind: 'reading',
    reading: { at: '2026-01-01T00:00:00.000Z', sequence: 3, services: [service(1, 1)], links: [] },
  });

  events.push(changes(4, service(1, 2), service(2, 5)));
  events.push(changes(5, service(1, 3)));
  expect((await watcher.next()).value).toEqual(changes(5, service(1, 3), service(2, 5)));
});

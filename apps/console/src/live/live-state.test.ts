import { expect, test } from 'vitest';
import type { LiveEvent } from '../api/contract.ts';
import { answering, isoAt, lost, START_MS } from '../ui/testing/readings.ts';
import { mergeLive, nothingHeard, snapshotOf } from './live-state.ts';

const all = (seconds: number, ...hosts: ReturnType<typeof answering>[]): LiveEvent => ({
  kind: 'all',
  now: isoAt(seconds),
  hosts,
});

test('the first event says of all hosts, later ones replace single hosts', () => {
  const first = mergeLive(nothingHeard, all(0, answering('rs1', 0), answering('rs2', 0)), START_MS);
  const event: LiveEvent = { kind: 'host', now: isoAt(1), host: answering('rs1', 1) };
  const second = mergeLive(first, event, START_MS + 1000);

  expect(second.hosts.get('rs1')?.reading?.sequence).toBe(1);
  expect(second.hosts.get('rs2')).toBe(first.hosts.get('rs2'));
});

test('a host that is no longer followed leaves with the next word of all', () => {
  const before = mergeLive(nothingHeard, all(0, answering('rs1', 0), answering('rs2', 0)), START_MS);
  const after = mergeLive(before, all(1, answering('rs1', 1)), START_MS + 1000);

  expect([...after.hosts.keys()]).toEqual(['rs1']);
});

test('a lost host keeps its last reading and its last rates', () => {
  const links = (bytes: number) => ({ links: [{ name: 'eth0', inBytes: bytes, outBytes: 2 * bytes }] });
  const one = mergeLive(nothingHeard, all(0, answering('rs1', 0, links(1000))), START_MS);
  const two = mergeLive(one, all(2, answering('rs1', 2, links(5000))), START_MS + 2000);
  const gone = lost('rs1', 3, answering('rs1', 2, links(5000)));
  const three = mergeLive(two, { kind: 'host', now: isoAt(3), host: gone }, START_MS + 3000);

  expect(three.hosts.get('rs1')?.agent.kind).toBe('unreachable');
  expect(three.hosts.get('rs1')?.linkRates.get('eth0')).toEqual({ inBytes: 2000, outBytes: 4000 });
});

test('ages are measured by the clock of the console, however wrong ours is', () => {
  const anHourSlow = START_MS - 3_600_000;

  expect(mergeLive(nothingHeard, all(0, answering('rs1', 0)), anHourSlow).clockOffsetMs).toBe(3_600_000);
});

test('an event of a newer console changes nothing that is known', () => {
  const state = mergeLive(nothingHeard, all(0, answering('rs1', 0)), START_MS);
  const unknown = JSON.parse(JSON.stringify({ kind: 'weather', now: isoAt(1) }));

  expect(mergeLive(state, unknown, START_MS + 1000).hosts).toBe(state.hosts);
});

test('a save, a rollout or a switch is told by itself', () => {
  const event: LiveEvent = { kind: 'cluster', now: isoAt(0), revision: 7, rolloutId: 'r1', switchId: 's1' };

  expect(mergeLive(nothingHeard, event, START_MS).cluster).toEqual({
    revision: 7,
    rolloutId: 'r1',
    switchId: 's1',
  });
});

test('a tab that joins late is told everything, stamped with the clock of the console', () => {
  const state = mergeLive(nothingHeard, all(5, answering('rs1', 5)), START_MS);

  expect(snapshotOf(nothingHeard, START_MS)).toBeNull();
  expect(snapshotOf(state, START_MS + 1000)).toEqual(all(6, answering('rs1', 5)));
});

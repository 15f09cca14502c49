import type { VirtualService } from '@signalbox/cluster';
import { expect, test } from 'vitest';
import { twoArms } from '../../server/testing/two-arms.ts';
import { answering, destinationRead, heard, lost, START_MS, webRead } from '../testing/readings.ts';
import { changedElsewhere, destinationFacts, lampOf, type Source, serviceFacts } from './row-figures.ts';

const drawing = twoArms({}, 6);
const [web] = drawing.services;
if (!web) throw new Error('two arms serve the web');
const read = webRead([destinationRead('192.168.137.131', 10, 6), destinationRead('192.168.137.130', 0, 4)]);
const alive: Source = {
  topology: drawing,
  hosts: heard(answering('director', 0, { services: [read] })),
  nowMs: START_MS,
  settled: false,
};

function rs(id: string) {
  const found = web?.destinations.find((destination) => destination.id === id);
  if (!found) throw new Error(`no ${id}`);
  return found;
}

test('connections of a service are the sum of its destinations', () => {
  expect(serviceFacts(alive, web).figures).toMatchObject({ active: 10, inactive: 20 });
});

test('a service says what it does', () => {
  const stateOf = (source: Source, service: VirtualService) => serviceFacts(source, service).state.kind;
  const still = webRead([destinationRead('192.168.137.131', 0)]);
  const idle = { ...alive, hosts: heard(answering('director', 0, { services: [still] })) };

  expect(stateOf(alive, web)).toBe('serving');
  expect(stateOf(idle, web)).toBe('noTraffic');
  expect(stateOf(alive, { ...web, destinations: [] })).toBe('noDestination');
  const quiet = web.destinations.map((destination) => ({ ...destination, weight: 0 }));
  expect(stateOf(alive, { ...web, destinations: quiet })).toBe('allQuiet');
  expect(stateOf(alive, { ...web, at: { ...web.at, port: 443 } })).toBe('notApplied');
});

test('a destination says where the kernel has another weight', () => {
  expect(destinationFacts(alive, web, rs('rs1')).state).toEqual({ kind: 'up' });
  expect(destinationFacts(alive, web, rs('rs2')).state).toEqual({ kind: 'differs', weight: 4 });
  expect(destinationFacts(alive, web, { ...rs('rs1'), port: 8080 }).state).toEqual({ kind: 'notApplied' });
});

test('a lost director leaves grey figures with their age, never green and never empty', () => {
  const gone = heard(lost('director', 1, answering('director', 0, { services: [read] })));
  const facts = destinationFacts({ ...alive, hosts: gone, nowMs: START_MS + 5000 }, web, rs('rs1'));

  expect(facts.figures?.active).toBe(10);
  expect(facts.stale).toBe(true);
  expect(facts.state).toEqual({ kind: 'stale', ageMs: 5000 });
  expect(lampOf(facts.state)).toBe('off');
});

test('without any reading nothing is claimed', () => {
  const facts = serviceFacts({ ...alive, hosts: heard() }, web);

  expect(facts.figures).toBeNull();
  expect(facts.state).toEqual({ kind: 'unknown' });
  expect(lampOf(facts.state)).toBe('off');
});

test('what somebody changed on the director is not called well', () => {
  const found = (...destinations: Parameters<typeof webRead>[0]): Source => ({
    ...alive,
    settled: true,
    hosts: heard(answering('director', 0, { services: [webRead(destinations)] })),
  });
  const [rs1, rs2] = [destinationRead('192.168.137.131', 10, 6), destinationRead('192.168.137.130', 0)];
  const foreign = destinationRead('192.168.137.200', 1, 5);
  expect(changedElsewhere(found(rs1, rs2))).toEqual([]);

  const more = found(rs1, rs2, foreign);
  expect(changedElsewhere(more)).toEqual(['director']);
  expect(serviceFacts(more, web).state).toEqual({ kind: 'notDrawn', endpoints: ['192.168.137.200:80'] });
  expect(lampOf(serviceFacts(more, web).state)).toBe('warn');

  const less = found(rs1);
  expect(changedElsewhere(less)).toEqual(['director']);
  expect(destinationFacts(less, web, rs('rs2')).state).toEqual({ kind: 'gone' });
  expect(changedElsewhere({ ...found(), hosts: heard(answering('director', 0, { services: [] })) })).toEqual([
    'director',
  ]);
  expect(changedElsewhere({ ...more, hosts: heard() })).toEqual([]);
});

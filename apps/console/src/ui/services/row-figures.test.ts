import type { VirtualService } from '@signalbox/cluster';
import { expect, test } from 'vitest';
import { twoArms } from '../../server/testing/two-arms.ts';
import { answering, destinationRead, heard, lost, START_MS, webRead } from '../testing/readings.ts';
import { destinationFacts, lampOf, type Source, serviceFacts } from './row-figures.ts';

const drawing = twoArms({}, 6);
const [web] = drawing.services;
if (!web) throw new Error('two arms serve the web');
const read = webRead([destinationRead('192.168.137.131', 10, 6), destinationRead('192.168.137.130', 0, 4)]);
const alive: Source = {
  topology: drawing,
  hosts: heard(answering('director', 0, { services: [read] })),
  nowMs: START_MS,
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
  expect(stateOf(alive, { ...web, destinations: [{ ...rs('rs1'), weight: 0 }] })).toBe('allQuiet');
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

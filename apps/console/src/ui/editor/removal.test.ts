import { problemsOf } from '@signalbox/cluster';
import { expect, test } from 'vitest';
import { twoArms } from '../../server/testing/two-arms.ts';
import type { Thing } from './edit.ts';
import { goesWith, without } from './removal.ts';

const drawing = twoArms({});
const along = (thing: Thing) =>
  goesWith(drawing, thing).map(({ kind, object, name, within }) => [kind, object, name, ...within].join(' '));

test('a client and a service can go alone', () => {
  expect(along({ kind: 'node', id: 'client' })).toEqual([]);
  expect(along({ kind: 'service', id: 'web' })).toEqual([]);
});

test('a real server takes its destinations along', () => {
  expect(along({ kind: 'node', id: 'rs1' })).toEqual(['removed destination rs1 tcp 192.168.0.111:80']);
});

test('a director takes the VIPs it holds and their services along', () => {
  expect(along({ kind: 'node', id: 'director' })).toEqual([
    'removed vip 192.168.0.111',
    'removed service tcp 192.168.0.111:80',
  ]);
});

test('a network takes the interfaces on it along', () => {
  expect(along({ kind: 'network', id: 'outer' })).toEqual([
    'removed interface eth0 client',
    'removed interface eth0 director',
  ]);
});

test('nothing is left that refers to what is gone', () => {
  const things: Thing[] = [
    { kind: 'node', id: 'director' },
    { kind: 'node', id: 'rs1' },
    { kind: 'vip', id: 'vip' },
    { kind: 'network', id: 'inner' },
  ];
  const dangling: string[] = ['unknownVip', 'unknownNode', 'unknownDirector', 'unknownNetwork'];
  for (const thing of things) {
    const codes = problemsOf(without(drawing, thing)).map(({ code }) => code);
    expect(codes.filter((code) => dangling.includes(code))).toEqual([]);
  }
});

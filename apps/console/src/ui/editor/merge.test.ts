import type { Topology, TopologyChange } from '@signalbox/cluster';
import { expect, test } from 'vitest';
import { twoArms } from '../../server/testing/two-arms.ts';
import { applyEdit } from './apply-edit.ts';
import type { Edit } from './edit.ts';
import { mergeDrawings } from './merge.ts';

const base = twoArms({});
const edited = (...edits: Edit[]): Topology => edits.reduce(applyEdit, base);
const weigh = (destinationId: string, weight: number): Edit => ({
  kind: 'changeDestination',
  serviceId: 'web',
  destinationId,
  change: { weight },
});
const remove = (kind: 'node' | 'vip', id: string): Edit => ({ kind: 'remove', what: { kind, id } });
const texts = (changes: readonly TopologyChange[]) =>
  changes.map(({ kind, object, name, within, field, to }) =>
    [kind, object, name, ...within, field, to].filter(Boolean).join(' '),
  );

test('changes of different fields are both kept', () => {
  const mine = edited(weigh('rs1', 6));
  const other: Edit = { kind: 'changeService', serviceId: 'web', change: { scheduler: 'wlc' } };
  const { topology, kept, skipped } = mergeDrawings(base, mine, edited(weigh('rs2', 2), other));

  expect(topology.services[0]?.scheduler).toBe('wlc');
  expect(topology.services[0]?.destinations.map(({ weight }) => weight)).toEqual([6, 2]);
  expect(texts(kept)).toEqual(['changed destination rs1 tcp 192.168.0.111:80 weight 6']);
  expect(skipped).toEqual([]);
});

test('where both changed the same field theirs stands, and mine is said', () => {
  const { topology, kept, skipped } = mergeDrawings(base, edited(weigh('rs1', 6)), edited(weigh('rs1', 9)));

  expect(topology.services[0]?.destinations[0]?.weight).toBe(9);
  expect(kept).toEqual([]);
  expect(texts(skipped)).toEqual(['changed destination rs1 tcp 192.168.0.111:80 weight 6']);
});

test('what both did alike is no conflict', () => {
  const { kept, skipped } = mergeDrawings(base, edited(weigh('rs1', 6)), edited(weigh('rs1', 6)));

  expect(kept).toEqual([]);
  expect(skipped).toEqual([]);
});

test('what I removed goes, unless they changed it', () => {
  const mine = edited(remove('node', 'client'), remove('node', 'rs2'));
  const theirs = edited({ kind: 'changeNode', nodeId: 'rs2', change: { name: 'web-2' } });
  const { topology, skipped } = mergeDrawings(base, mine, theirs);

  expect(topology.nodes.map(({ id }) => id)).toEqual(['director', 'rs1', 'rs2']);
  expect(texts(skipped)).toEqual(['removed node rs2']);
});

test('a change of something they removed is left out and said', () => {
  const theirs = edited(remove('node', 'rs1'));
  const { topology, skipped } = mergeDrawings(base, edited(weigh('rs1', 6)), theirs);

  expect(topology).toEqual(theirs);
  expect(texts(skipped)).toEqual(['changed destination rs1 tcp 192.168.0.111:80 weight 6']);
});

test('what I added comes on top; added to something they removed it does not dangle', () => {
  const [web] = base.services;
  if (!web) throw new Error('two arms serve the web');
  const address = { family: 'ipv4' as const, text: '192.168.0.112' };
  const mine = edited(
    { kind: 'addVip', vip: { id: 'vip2', address, directorId: 'director' } },
    { kind: 'addService', service: { ...web, id: 'web2' } },
  );
  const { topology, skipped } = mergeDrawings(base, mine, edited(remove('vip', 'vip')));

  expect(topology.services).toEqual([]);
  expect(topology.vips.map(({ id }) => id)).toEqual(['vip2']);
  expect(texts(skipped)).toEqual(['added service tcp 192.168.0.111:80']);
});

test('nothing of mine: theirs as it is', () => {
  const theirs = edited(weigh('rs1', 6));

  expect(mergeDrawings(base, base, theirs).topology).toEqual(theirs);
});

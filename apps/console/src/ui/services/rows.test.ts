import type { Topology } from '@signalbox/cluster';
import { expect, test } from 'vitest';
import { twoArms } from '../../server/testing/two-arms.ts';
import { answering, destinationRead, heard, START_MS, webRead } from '../testing/readings.ts';
import type { Source } from './row-figures.ts';
import { type RowsWanted, rowsOf } from './rows.ts';

const two = twoArms({}, 6);
const [web] = two.services;
if (!web) throw new Error('two arms serve the web');
const drawing: Topology = {
  ...two,
  services: [web, { ...web, id: 'dns', at: { ...web.at, protocol: 'udp', port: 53 }, scheduler: 'rr' }],
};
const read = webRead([destinationRead('192.168.137.131', 10, 6), destinationRead('192.168.137.130', 30)]);
const source: Source = {
  topology: drawing,
  hosts: heard(answering('director', 0, { services: [read] })),
  nowMs: START_MS,
  settled: false,
};
const ids = (wanted: Partial<RowsWanted>) =>
  rowsOf(source, { filter: '', sort: null, expanded: new Set(), ...wanted }).map(({ id }) => id);

test('destinations are shown under the services that are open', () => {
  expect(ids({})).toEqual(['web', 'dns']);
  expect(ids({ expanded: new Set(['web']) })).toEqual(['web', 'web/rs1', 'web/rs2', 'dns']);
});

test('a filter finds services by protocol, port and scheduler, whatever the case', () => {
  expect(ids({ filter: 'UDP' })).toEqual(['dns']);
  expect(ids({ filter: ':53' })).toEqual(['dns']);
  expect(ids({ filter: 'wrr' })).toEqual(['web']);
  expect(ids({ filter: 'nothing like it' })).toEqual([]);
});

test('a filter that finds a destination shows it in its service, though that is closed', () => {
  expect(ids({ filter: 'rs2' })).toEqual(['web', 'web/rs2', 'dns', 'dns/rs2']);
  expect(ids({ filter: '137.131' })).toEqual(['web', 'web/rs1', 'dns', 'dns/rs1']);
});

test('sorting by a figure sorts services, and destinations inside theirs', () => {
  const byActive = { by: 'active', descending: true } as const;

  expect(ids({ expanded: new Set(['web']), sort: byActive })).toEqual(['web', 'web/rs2', 'web/rs1', 'dns']);
  expect(ids({ sort: { by: 'counters.inBytes', descending: false } })).toEqual(['dns', 'web']);
  expect(ids({ sort: { by: 'scheduler', descending: false } })).toEqual(['dns', 'web']);
});

test('names are sorted with their numbers as numbers', () => {
  expect(ids({ sort: { by: 'name', descending: false } })).toEqual(['web', 'dns']);
  expect(ids({ sort: { by: 'name', descending: true } })).toEqual(['dns', 'web']);
});

test('ten thousand destinations are sorted and flattened in far less than a second', () => {
  const services = Array.from({ length: 1000 }, (_, i) => ({
    ...web,
    id: `s${i}`,
    destinations: Array.from({ length: 5 }, (__, d) =>
      web.destinations.map((destination) => ({ ...destination, id: `${destination.id}-${d}` })),
    ).flat(),
  }));
  const began = performance.now();
  const rows = rowsOf(
    { ...source, topology: { ...drawing, services } },
    {
      filter: '',
      sort: { by: 'active', descending: true },
      expanded: new Set(services.map(({ id }) => id)),
    },
  );

  expect(rows).toHaveLength(11_000);
  // Generous: slow machines run this, too. It takes about 60 ms.
  expect(performance.now() - began).toBeLessThan(3000);
});

import { problemsOf, Topology } from '@signalbox/cluster';
import { expect, test } from 'vitest';
import { drScenario } from '../scenarios/dr.ts';
import { natScenario } from '../scenarios/nat.ts';
import { drawnTopology } from './drawn-topology.ts';

const errorsIn = (topology: Topology) =>
  problemsOf(topology).filter((problem) => problem.severity === 'error');

test.each([1, 2, 40, 100])(
  'the NAT scenario with %i real servers is a cluster that can be applied',
  (count) => {
    const topology = drawnTopology(natScenario(count), new Map([['node2', 7420]]));
    expect(Topology.parse(topology)).toEqual(topology);
    expect(errorsIn(topology)).toEqual([]);
    expect(topology.services[0]?.destinations).toHaveLength(count);
  },
);

test('nodes keep their numbers and addresses however many real servers there are', () => {
  const few = drawnTopology(natScenario(2), new Map());
  const many = drawnTopology(natScenario(5), new Map());
  const byId = (topology: Topology) => new Map(topology.nodes.map((node) => [node.id, node.interfaces]));
  for (const [id, interfaces] of byId(few)) expect(byId(many).get(id)).toEqual(interfaces);
  expect(new Set(many.nodes.map((node) => node.id)).size).toBe(8);
});

test('the DR scenario is drawn whole', () => {
  const topology = drawnTopology(drScenario(2), new Map());
  expect(Topology.parse(topology)).toEqual(topology);
  expect(topology.nodes.map((node) => node.kind)).toEqual([
    'client',
    'router',
    'realServer',
    'realServer',
    'director',
    'mysql',
  ]);
});

import { diffTopology, type Node, type Topology } from '@signalbox/cluster';
import { expect, test } from 'vitest';
import { twoArms } from '../../server/testing/two-arms.ts';
import { applyEdit } from './apply-edit.ts';
import type { Edit } from './edit.ts';
import { newDestination, newInterface, newNetwork, newNode, newService, newVip } from './new-things.ts';

const drawing = twoArms({});
const ip = (text: string) => ({ family: 'ipv4' as const, text });
const makeId = (prefix: string) => `${prefix}-new`;

/** What an edit changed, as the review would list it. */
const changes = (edit: Edit, from: Topology = drawing) =>
  diffTopology(from, applyEdit(from, edit)).map(
    ({ kind, object, field, from: was, to }) =>
      `${kind} ${object}${field === null ? '' : ` ${field} ${was} -> ${to}`}`,
  );

test('the cluster gets another name', () => {
  expect(changes({ kind: 'renameCluster', name: 'shop' })).toEqual(['changed cluster name Two arms -> shop']);
});

test('a network comes, changes', () => {
  const network = newNetwork(drawing, { address: ip('10.0.0.0'), prefix: 8 }, makeId);

  expect(changes({ kind: 'addNetwork', network })).toEqual(['added network']);
  expect(changes({ kind: 'changeNetwork', networkId: 'outer', change: { name: 'dmz' } })).toContain(
    'changed network name outer -> dmz',
  );
});

test('a node comes, changes, moves', () => {
  const agent = { host: '10.1.0.3', port: 7420 };

  expect(changes({ kind: 'addNode', node: newNode(drawing, 'realServer', makeId) })).toEqual(['added node']);
  expect(changes({ kind: 'changeNode', nodeId: 'rs1', change: { agent } })).toEqual([
    'changed node agent null -> 10.1.0.3:7420',
  ]);
  expect(changes({ kind: 'moveNodes', positions: new Map([['rs1', { x: 1, y: 2 }]]) })).toEqual([
    'changed node position null -> 1, 2',
  ]);
});

test('an interface comes, changes, goes', () => {
  const device = newInterface('eth1', 'outer', makeId);
  const at = { nodeId: 'rs1', interfaceId: 'eth0' } as const;

  expect(changes({ kind: 'addInterface', nodeId: 'rs1', interface: device })).toEqual(['added interface']);
  expect(changes({ kind: 'changeInterface', ...at, change: { networkId: 'outer' } })).toEqual([
    'changed interface network inner -> outer',
  ]);
  expect(changes({ kind: 'changeInterface', ...at, change: { addresses: [] } })).toEqual(['removed address']);
  expect(changes({ kind: 'removeInterface', ...at })).toEqual(['removed interface']);
});

test('a VIP comes, changes', () => {
  const vip = newVip(ip('192.168.0.200'), 'director', makeId);

  expect(changes({ kind: 'addVip', vip })).toEqual(['added vip']);
  expect(changes({ kind: 'changeVip', vipId: 'vip', change: { address: ip('192.168.0.112') } })).toContain(
    'changed vip address 192.168.0.111 -> 192.168.0.112',
  );
});

test('a service comes, changes', () => {
  const at = { kind: 'address', protocol: 'tcp', vipId: 'vip', port: 443 } as const;

  expect(changes({ kind: 'addService', service: newService(at, [], makeId) })).toEqual(['added service']);
  expect(changes({ kind: 'changeService', serviceId: 'web', change: { scheduler: 'sh' } })).toEqual([
    'changed service scheduler wrr -> sh',
  ]);
});

test('a destination comes, changes, goes', () => {
  const server = withAddress(newNode(drawing, 'realServer', makeId), '192.168.137.133');
  const destination = newDestination(server, 80, makeId);
  if (!destination) throw new Error('the server has an address');
  const grown = applyEdit(drawing, { kind: 'addNode', node: server });
  const rs1 = { serviceId: 'web', destinationId: 'rs1' } as const;

  expect(changes({ kind: 'addDestination', serviceId: 'web', destination }, grown)).toEqual([
    'added destination',
  ]);
  expect(changes({ kind: 'changeDestination', ...rs1, change: { weight: 6 } })).toEqual([
    'changed destination weight 1 -> 6',
  ]);
  expect(changes({ kind: 'removeDestination', ...rs1 })).toEqual(['removed destination']);
});

test('an edit of what is not there changes nothing', () => {
  expect(changes({ kind: 'changeNode', nodeId: 'nobody', change: { name: 'x' } })).toEqual([]);
  expect(changes({ kind: 'removeDestination', serviceId: 'web', destinationId: 'nobody' })).toEqual([]);
});

test('new things get free names, and what their kind has already', () => {
  const node = newNode(drawing, 'realServer', makeId);

  expect(node.name).toBe('rs3');
  expect(node.gateway).toEqual(ip('192.168.137.129'));
  expect(node.interfaces[0]?.networkId).toBe('inner');
  expect(newNode(drawing, 'router', makeId).name).toBe('router');
  expect(newDestination(node, 80, makeId)).toBeNull();
});

const withAddress = (node: Node, text: string): Node => ({
  ...node,
  interfaces: node.interfaces.map((device) => ({
    ...device,
    addresses: [{ cidr: { address: ip(text), prefix: 24 }, origin: 'host' }],
  })),
});

import type { HostDestination, Operation, ServiceKey } from '@signalbox/cluster';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { destinations, hostAddresses, routes, rules, serviceKeys, services } from '../testing/arbitraries.ts';
import { packsOf } from './packs.ts';
import { transportOf } from './step.ts';

const operations: fc.Arbitrary<Operation> = fc.oneof(
  fc.record({ kind: fc.constantFrom('addService', 'deleteService'), service: services }),
  fc.record({
    kind: fc.constantFrom('addDestination', 'deleteDestination'),
    service: serviceKeys,
    destination: destinations,
  }),
  fc.record({
    kind: fc.constant('editDestination'),
    service: serviceKeys,
    from: destinations,
    to: fc.tuple(destinations, fc.boolean()).map(([to, off]) => (off ? { ...to, weight: 0 } : to)),
  }),
  fc.record({ kind: fc.constantFrom('addAddress', 'deleteAddress'), address: hostAddresses }),
  fc.record({ kind: fc.constantFrom('addRoute', 'deleteRoute'), route: routes }),
  fc.record({ kind: fc.constantFrom('addRule', 'deleteRule'), rule: rules }),
  fc.record({
    kind: fc.constant('setSysctl'),
    name: fc.constant('net.ipv4.ip_forward'),
    from: fc.constant('0'),
    to: fc.constant('1'),
  }),
);
const lists = fc.array(operations, { maxLength: 30 });

/** What serves less afterwards than before. */
const takes = (operation: Operation) =>
  operation.kind.startsWith('delete') ||
  (operation.kind === 'editDestination' && operation.to.weight === 0 && operation.from.weight > 0);

describe('packs', () => {
  it('hold every operation, in order, none empty and none too large', () => {
    fc.assert(
      fc.property(lists, fc.integer({ min: 1, max: 5 }), (list, limit) => {
        const packs = [...packsOf(list, limit)];
        expect(packs.flat()).toEqual(list);
        expect(packs.every(({ length }) => length > 0 && length <= limit)).toBe(true);
      }),
    );
  });

  it('have one transport each', () => {
    fc.assert(
      fc.property(lists, (list) => {
        for (const pack of packsOf(list, 64)) expect(new Set(pack.map(transportOf)).size).toBe(1);
      }),
    );
  });

  it('never take away after they gave', () => {
    fc.assert(
      fc.property(lists, (list) => {
        for (const pack of packsOf(list, 64)) {
          const firstGift = pack.findIndex((operation) => !takes(operation));
          expect(firstGift === -1 ? [] : pack.slice(firstGift).filter(takes)).toEqual([]);
        }
      }),
    );
  });
});

const web: ServiceKey = {
  kind: 'address',
  protocol: 'tcp',
  address: { family: 'ipv4', text: '10.0.0.1' },
  port: 80,
};
const rs = (last: number, weight: number): HostDestination => ({
  address: { family: 'ipv4', text: `10.0.0.${last}` },
  port: 80,
  method: 'masq',
  weight,
  upperThreshold: 0,
  lowerThreshold: 0,
  tunnel: null,
});

it('a destination is quiesced only after the one that replaces it is live', () => {
  const enliven: Operation = { kind: 'editDestination', service: web, from: rs(2, 0), to: rs(2, 1) };
  const quiesce: Operation = { kind: 'editDestination', service: web, from: rs(3, 1), to: rs(3, 0) };
  expect([...packsOf([enliven, quiesce], 64)]).toEqual([[enliven], [quiesce]]);
});

it('11,000 rules of a new table travel in 172 packs', () => {
  const add: Operation = { kind: 'addDestination', service: web, destination: rs(2, 1) };
  expect([
    ...packsOf(
      Array.from({ length: 11_000 }, () => add),
      64,
    ),
  ]).toHaveLength(172);
});

import * as fc from 'fast-check';
import { describe as about, expect, test } from 'vitest';
import { applyOperation } from './apply-operation.ts';
import { canonicalOperations } from './digest.ts';
import { describe } from './describe.ts';
import { emptyHostState, type HostState } from './host-state.ts';
import { inverse } from './inverse.ts';
import { objectKey, objectKeys } from './object-key.ts';
import type { Operation } from './operation.ts';
import { plan } from './plan.ts';
import { endpointText, serviceKeyText } from './keys.ts';
import { sysctlSatisfied } from './sysctls.ts';
import { hostState, shuffled } from './testing/host-states.test.ts';

const numRuns = 1000;
const both = fc.tuple(hostState, hostState);

/** The states after each operation, the first being where it starts. Every operation must succeed. */
function walk(start: HostState, operations: readonly Operation[]): HostState[] {
  const states = [start];
  for (const operation of operations) {
    const applied = applyOperation(states.at(-1) ?? start, operation);
    if (applied.kind === 'failed') throw new Error(`${applied.errno}: ${describe(operation)}`);
    states.push(applied.state);
  }
  return states;
}

const last = (states: readonly HostState[]) => states.at(-1) ?? emptyHostState;
const operationsOf = (to: HostState, from: HostState) => plan(to, from).map(({ operation }) => operation);

/** The state with its lists in one order: what may be compared. */
const sorted = (state: HostState): HostState => {
  const by = <T>(list: readonly T[], keyOf: (item: T) => string) =>
    list.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  return {
    services: by(state.services, ({ key }) => serviceKeyText(key)).map((service) => ({
      ...service,
      schedulerFlags: service.schedulerFlags.toSorted(),
      destinations: by(service.destinations, ({ address, port }) => endpointText(address, port)),
    })),
    addresses: by(state.addresses, (address) => objectKey({ kind: 'address', address })),
    routes: by(state.routes, (route) => objectKey({ kind: 'route', route })),
    rules: by(state.rules, (rule) => objectKey({ kind: 'rule', rule })),
    sysctls: by(state.sysctls, ({ name }) => name),
    marks: by(state.marks, (mark) => objectKey({ kind: 'mark', mark })),
  };
};

const withoutSysctls = (state: HostState): HostState => ({ ...sorted(state), sysctls: [] });

about('for any two states of a host', () => {
  test('what is there already needs no operation', () => {
    fc.assert(
      fc.property(hostState, (state) => {
        expect(plan(state, state)).toEqual([]);
      }),
      { numRuns },
    );
  });

  test('the order of lists changes nothing', () => {
    const orders = both.chain(([a, b]) => fc.tuple(fc.constant(a), fc.constant(b), shuffled(a), shuffled(b)));
    fc.assert(
      fc.property(orders, ([a, b, otherA, otherB]) => {
        expect(plan(otherB, otherA).map(({ operation }) => describe(operation))).toEqual(
          plan(b, a).map(({ operation }) => describe(operation)),
        );
      }),
      { numRuns },
    );
  });

  test('the plan leads there, and then nothing is left to do', () => {
    fc.assert(
      fc.property(both, ([from, to]) => {
        const end = last(walk(from, operationsOf(to, from)));
        expect(withoutSysctls(end)).toEqual(withoutSysctls(to));
        const seen = new Map(end.sysctls.map(({ name, value }) => [name, value]));
        for (const { name, value } of to.sysctls) {
          expect(
            sysctlSatisfied(name, value, (other) => seen.get(other)),
            `${name} ${value}`,
          ).toBe(true);
        }
        expect(plan(to, end)).toEqual([]);
      }),
      { numRuns },
    );
  });

  test('the inverses in reverse order lead back exactly', () => {
    fc.assert(
      fc.property(both, ([from, to]) => {
        const there = operationsOf(to, from);
        const back = there.map(inverse).toReversed();
        expect(sorted(last(walk(last(walk(from, there)), back)))).toEqual(sorted(from));
      }),
      { numRuns },
    );
  });

  test('a service that is live before and after is live all the way', () => {
    fc.assert(
      fc.property(both, ([from, to]) => {
        const [before, after] = [liveServices(from), liveServices(to)];
        const always = [...before].filter((service) => after.has(service));
        for (const state of walk(from, operationsOf(to, from))) {
          const live = liveServices(state);
          expect(always.filter((service) => !live.has(service))).toEqual([]);
        }
      }),
      { numRuns },
    );
  });

  test('an address on lo never answers ARP on the way, when it does not at the ends', () => {
    fc.assert(
      fc.property(
        both.filter((ends) => ends.every(isSilent)),
        ([from, to]) => {
          for (const state of walk(from, operationsOf(to, from))) expect(isSilent(state)).toBe(true);
        },
      ),
      { numRuns },
    );
  });

  test('different operations read differently', () => {
    fc.assert(
      fc.property(both, ([from, to]) => {
        const lines = operationsOf(to, from).map(describe);
        const words = new Set(lines);
        // A sysctl that is moved may be written the same way twice, before and after.
        const repeats = lines.filter((line) => line.includes('accept_redirects')).length;
        expect(words.size).toBeGreaterThanOrEqual(lines.length - Math.max(0, repeats - 1));
      }),
      { numRuns },
    );
  });

  test('nothing but what is named in either state is touched', () => {
    fc.assert(
      fc.property(both, ([from, to]) => {
        const known = new Set([...objectKeys(from), ...objectKeys(to)]);
        for (const state of walk(from, operationsOf(to, from))) {
          expect([...objectKeys(state)].filter((key) => !known.has(key))).toEqual([]);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('looking again gives the same canonical text', () => {
    fc.assert(
      fc.property(
        both.chain(([a, b]) => fc.tuple(fc.constant([a, b] as const), shuffled(a))),
        ([[from, to], again]) => {
          expect(canonicalOperations(plan(to, again))).toBe(canonicalOperations(plan(to, from)));
        },
      ),
      { numRuns: 500 },
    );
  });
});

const liveServices = (state: HostState): Set<string> =>
  new Set(
    state.services
      .filter(({ destinations }) => destinations.some(({ weight }) => weight > 0))
      .map(({ key }) => serviceKeyText(key)),
  );

function isSilent(state: HostState): boolean {
  const value = (leaf: string) => state.sysctls.find(({ name }) => name.endsWith(`lo.${leaf}`))?.value ?? '0';
  const holdsVip = state.addresses.some((address) => address.interface === 'lo');
  return !holdsVip || (value('arp_ignore') !== '0' && value('arp_announce') === '2');
}

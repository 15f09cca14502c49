import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostAddresses, interfaceNames, routes, rules } from '../testing/arbitraries.ts';
import { frameOf, written } from '../testing/written.ts';
import * as addresses from './addresses.ts';
import * as linkMessages from './links.ts';
import * as routeMessages from './routes.ts';
import * as ruleMessages from './rules.ts';

describe('what was written is read back', () => {
  const names = new linkMessages.LinkNames([
    { index: 1, name: 'lo' },
    { index: 7, name: 'eth0' },
    { index: 8, name: 'eth0.100' },
  ]);

  it('an address', () => {
    fc.assert(
      fc.property(hostAddresses, (address) => {
        const frame = frameOf(written(addresses.addAddress(address, names)));
        expect(addresses.decodeAddress(frame, names)).toEqual(address);
      }),
    );
  });

  it('a route', () => {
    fc.assert(
      fc.property(routes, (route) => {
        const frame = frameOf(written(routeMessages.addRoute(route, names)));
        expect(routeMessages.decodeRoute(frame, names)).toEqual(route);
      }),
    );
  });

  it('a rule', () => {
    fc.assert(
      fc.property(rules, (rule) => {
        const frame = frameOf(written(ruleMessages.addRule(rule)));
        // Without addresses it is a rule for IPv4; of two addresses both have one family.
        expect(ruleMessages.decodeRule(frame)).toEqual(rule);
      }),
    );
  });

  it('an interface that the host does not have is ENODEV', () => {
    fc.assert(
      fc.property(hostAddresses, interfaceNames, (address, name) => {
        const missing = { ...address, interface: `${name}x` };
        expect(() => written(addresses.addAddress(missing, names))).toThrow('no such interface');
      }),
      { numRuns: 10 },
    );
  });
});

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyHostState } from './host-state.ts';
import { emptyLedger, type Ledger } from './ledger.ts';
import { objectKey, objectKeys } from './object-key.ts';
import { ownedBy, withoutSatisfied, withRestores } from './ownership.ts';
import { replyRoute, replyRule, rs, state, sysctl, vipOn, web, webKey } from './testing/host-objects.ts';
import { hostState } from './testing/host-states.test.ts';

const owning = (...keys: string[]): Ledger => ({
  ...emptyLedger('boot'),
  objects: Object.fromEntries(keys.map((key) => [key, 'rollout'])),
});
const webObject = objectKey({ kind: 'service', key: webKey });
const rsObject = (last: string) => objectKey({ kind: 'destination', service: webKey, destination: rs(last) });

describe('ownedBy', () => {
  test('gives everything to one side or the other, and nothing to both', () => {
    const withLedger = hostState.chain((host) =>
      fc.tuple(
        fc.constant(host),
        fc.subarray([...objectKeys(host)]).map((keys) => owning(...keys)),
      ),
    );
    fc.assert(
      fc.property(withLedger, ([host, ledger]) => {
        const { owned, unmanaged } = ownedBy(host, ledger);
        const destinations = (from: typeof host) =>
          [...objectKeys(from)].filter((key) => key.startsWith('destination'));
        const rest = (from: typeof host) => [...objectKeys({ ...from, services: [] })];
        for (const part of [destinations, rest]) {
          expect([...part(owned), ...part(unmanaged)].toSorted()).toEqual(part(host).toSorted());
        }
        expect(owned.sysctls).toEqual(host.sysctls);
        expect(unmanaged.sysctls).toEqual([]);
      }),
    );
  });

  test('shows a stranger in our service as that service with the stranger alone', () => {
    const host = state({ services: [web([rs('131'), rs('130')])] });
    const { owned, unmanaged } = ownedBy(host, owning(webObject, rsObject('131')));
    expect(owned.services).toEqual([web([rs('131')])]);
    expect(unmanaged.services).toEqual([web([rs('130')])]);
  });

  test('leaves a foreign service whole', () => {
    const host = state({ services: [web([rs('131')])] });
    expect(ownedBy(host, owning(rsObject('131'))).unmanaged.services).toEqual(host.services);
  });

  test('knows our routes and rules by their protocol when the ledger is lost', () => {
    const host = state({
      routes: [replyRoute(), replyRoute({ metric: 5, protocol: 4 })],
      rules: [replyRule(), replyRule({ priority: 1, protocol: 0 })],
    });
    const { owned, unmanaged } = ownedBy(host, emptyLedger('boot'));
    expect([owned.routes, owned.rules]).toEqual([[replyRoute()], [replyRule()]]);
    expect(unmanaged.routes.map(({ protocol }) => protocol)).toEqual([4]);
    expect(unmanaged.rules.map(({ protocol }) => protocol)).toEqual([0]);
  });

  test('is not fooled by keys that every object has', () => {
    const host = state({ services: [web([])] });
    expect(
      ownedBy(host, { ...emptyLedger('boot'), objects: JSON.parse('{"__proto__":"x"}') }).owned.services,
    ).toEqual([]);
  });
});

describe('withoutSatisfied', () => {
  const desired = state({ addresses: [vipOn('eth0')] });

  test('does not ask for an address that the host has of its own, whatever its prefix', () => {
    for (const text of ['10.0.0.100/32', '10.0.0.100/8']) {
      expect(withoutSatisfied(desired, state({ addresses: [vipOn('eth0', text)] })).addresses).toEqual([]);
    }
  });

  test('does ask for one that is on another interface only', () => {
    expect(withoutSatisfied(desired, state({ addresses: [vipOn('eth1')] }))).toEqual(desired);
    expect(withoutSatisfied(desired, emptyHostState)).toEqual(desired);
  });
});

describe('withRestores', () => {
  const forward = { name: 'net.ipv4.ip_forward', original: '0', written: '1', reasons: ['forwarding'] };
  const moved = {
    name: 'net.ipv4.conf.all.accept_redirects',
    original: '1',
    written: '0',
    reasons: ['forwarding'],
  };
  const ledger = { ...emptyLedger('boot'), sysctls: [forward, moved] };

  test('asks for the originals of what nobody needs any more', () => {
    expect(withRestores(emptyHostState, ledger).sysctls).toEqual([
      sysctl(forward.name, '0'),
      sysctl(moved.name, '1'),
    ]);
  });

  test('asks for nothing as long as the reason lives', () => {
    const desired = state({ sysctls: [sysctl(forward.name, '1')] });
    expect(withRestores(desired, ledger)).toEqual(desired);
  });

  test('lets what is wanted win over what was there', () => {
    const pending = { ...ledger, sysctls: [{ ...forward, reasons: [] }] };
    const desired = state({ sysctls: [sysctl(forward.name, '1')] });
    expect(withRestores(desired, pending)).toEqual(desired);
  });
});

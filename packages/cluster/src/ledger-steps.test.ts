import { describe, expect, test } from 'vitest';
import { applyOperation } from './apply-operation.ts';
import { emptyHostState, type HostState } from './host-state.ts';
import { emptyLedger, Ledger } from './ledger.ts';
import { forgetBoot, recordIntent, settle } from './ledger-steps.ts';
import { objectKeys } from './object-key.ts';
import type { Operation } from './operation.ts';
import { planHost } from './plan-host.ts';
import { replyRoute, replyRule, rs, state, sysctl, vipOn, web, webKey } from './testing/host-objects.ts';

const fresh = emptyLedger('boot');
const forward = 'net.ipv4.ip_forward';
const redirects = 'net.ipv4.conf.all.accept_redirects';
const set = (name: string, from: string, to: string): Operation => ({ kind: 'setSysctl', name, from, to });

const { destinations: _, ...service } = web([]);
const everything: Operation[] = [
  { kind: 'addService', service },
  { kind: 'addDestination', service: webKey, destination: rs('131') },
  { kind: 'addAddress', address: vipOn('lo') },
  { kind: 'addRoute', route: replyRoute() },
  { kind: 'addRule', rule: replyRule() },
];
const made = state({
  services: [web([rs('131')])],
  addresses: [vipOn('lo')],
  routes: [replyRoute()],
  rules: [replyRule()],
});

describe('recordIntent', () => {
  test('makes ours what is going to be made, with the rollout that makes it', () => {
    const ledger = recordIntent(fresh, everything, 'rollout 1');
    expect(new Set(Object.keys(ledger.objects))).toEqual(objectKeys(made));
    expect(new Set(Object.values(ledger.objects))).toEqual(new Set(['rollout 1']));
    expect(Ledger.parse(ledger)).toEqual(ledger);
  });

  test('keeps what is going to be deleted until it is gone', () => {
    const ledger = recordIntent(fresh, everything, 'rollout 1');
    const deletions: Operation[] = [
      { kind: 'deleteAddress', address: vipOn('lo') },
      { kind: 'deleteService', service },
    ];
    expect(recordIntent(ledger, deletions, 'rollout 2')).toEqual(ledger);
  });

  test('remembers what a sysctl was, through any number of changes', () => {
    const name = 'net.ipv4.conf.lo.arp_ignore';
    const once = recordIntent(fresh, [set(name, '0', '1')], 'a');
    expect(once.sysctls).toEqual([{ name, original: '0', written: '1', reasons: ['arp lo'] }]);
    const twice = recordIntent(once, [set(name, '1', '2')], 'b');
    expect(twice.sysctls).toEqual([{ name, original: '0', written: '2', reasons: ['arp lo'] }]);
  });

  test('takes the reasons away when the original is written back', () => {
    const ledger = recordIntent(fresh, [set(forward, '0', '1'), set(forward, '1', '0')], 'a');
    expect(ledger.sysctls).toEqual([{ name: forward, original: '0', written: '1', reasons: [] }]);
  });

  test('remembers nothing of a sysctl that was not there', () => {
    expect(recordIntent(fresh, [set(forward, '', '1')], 'a')).toEqual(fresh);
  });

  test('changes nothing in the ledger it was given', () => {
    const before = JSON.stringify(fresh);
    recordIntent(fresh, [...everything, set(forward, '0', '1')], 'a');
    expect(JSON.stringify(fresh)).toBe(before);
  });
});

describe('settle', () => {
  const ledger = recordIntent(fresh, everything, 'a');

  test('keeps what is there and forgets what is gone', () => {
    expect(settle(ledger, made)).toEqual(ledger);
    expect(Object.keys(settle(ledger, state({ addresses: [vipOn('lo')] })).objects)).toEqual([
      'address 10.0.0.100/32 dev lo',
    ]);
    expect(settle(ledger, emptyHostState)).toEqual(fresh);
  });

  const entryAfter = (entry: Ledger['sysctls'][number], value: string | null) =>
    settle(
      { ...fresh, sysctls: [entry] },
      state({ sysctls: value === null ? [] : [sysctl(entry.name, value)] }),
    ).sysctls;
  const ours = { name: forward, original: '0', written: '1', reasons: ['forwarding'] };
  const restoring = { ...ours, reasons: [] };

  test('keeps a sysctl that has our value, or was not read', () => {
    expect(entryAfter(ours, '1')).toEqual([ours]);
    expect(entryAfter(ours, null)).toEqual([ours]);
  });

  test('forgets a sysctl that somebody else has set since: theirs stays', () => {
    const arp = { name: 'net.ipv4.conf.lo.arp_ignore', original: '0', written: '1', reasons: ['arp lo'] };
    expect(entryAfter(arp, '2')).toEqual([]);
  });

  test('forgets a write that never happened', () => {
    expect(entryAfter(ours, '0')).toEqual([]);
  });

  test('keeps a restore that has not happened yet, and forgets one that has', () => {
    expect(entryAfter(restoring, '1')).toEqual([restoring]);
    expect(entryAfter(restoring, '0')).toEqual([]);
  });
});

test('another boot forgets everything, the same one nothing', () => {
  const ledger = recordIntent(fresh, [...everything, set(forward, '0', '1')], 'a');
  expect(forgetBoot(ledger, 'boot')).toBe(ledger);
  expect(forgetBoot(ledger, 'next boot')).toEqual(emptyLedger('next boot'));
});

/** An agent in small: looks, plans, remembers, does; may be killed before its n-th operation. */
function apply(
  host: HostState,
  ledger: Ledger,
  { desired, dieAt = Infinity }: { desired: HostState; dieAt?: number },
) {
  const settled = settle(ledger, host);
  const { operations } = planHost(desired, host, settled);
  const list = operations.map(({ operation }) => operation);
  const after = list.slice(0, dieAt).reduce((state, operation) => {
    const applied = applyOperation(state, operation);
    if (applied.kind === 'failed') throw new Error(applied.errno);
    return applied.state;
  }, host);
  return { host: after, ledger: recordIntent(settled, list, 'rollout'), operations: list };
}

describe('forwarding on and off again', () => {
  const on = state({ sysctls: [sysctl(forward, '1')] });

  test.each(['0', '1'])('leaves accept_redirects at %s, as it was before', (before) => {
    const original = state({ sysctls: [sysctl(forward, '0'), sysctl(redirects, before)] });
    const served = apply(original, fresh, { desired: on });
    expect(served.host.sysctls).toEqual([sysctl(forward, '1'), sysctl(redirects, '0')]);
    const again = apply(served.host, served.ledger, { desired: on });
    expect(again.operations).toEqual([]);
    const rest = apply(again.host, again.ledger, { desired: emptyHostState });
    expect(rest.host).toEqual(original);
    expect(settle(rest.ledger, rest.host)).toEqual(fresh);
  });

  test('also when the agent is killed anywhere on either way', () => {
    for (const before of ['0', '1']) {
      const original = state({ sysctls: [sysctl(forward, '0'), sysctl(redirects, before)] });
      for (let dieAt = 0; dieAt <= 3; dieAt += 1) {
        const broken = apply(original, fresh, { desired: on, dieAt });
        const served = apply(broken.host, broken.ledger, { desired: on });
        const half = apply(served.host, served.ledger, { desired: emptyHostState, dieAt });
        const rest = apply(half.host, half.ledger, { desired: emptyHostState });
        expect(rest.host, `killed before operation ${dieAt}, accept_redirects ${before}`).toEqual(original);
      }
    }
  });
});

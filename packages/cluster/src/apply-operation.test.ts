import { describe, expect, test } from 'vitest';
import { applyOperation } from './apply-operation.ts';
import { emptyHostState, type HostDestination, type HostState } from './host-state.ts';
import type { Operation } from './operation.ts';
import { cidr, ip } from './testing/drawings.ts';
import { replyRoute, replyRule, rs, state, sysctl, vipOn, web, webKey } from './testing/host-objects.ts';

const errnoOf = (from: HostState, operation: Operation) => {
  const applied = applyOperation(from, operation);
  return applied.kind === 'failed' ? applied.errno : 'ok';
};

const { destinations: _, ...service } = web([]);
const serving = state({ services: [web([rs('131')])] });
const add = (destination: HostDestination): Operation => ({
  kind: 'addDestination',
  service: webKey,
  destination,
});
const edit = (to: HostDestination): Operation => ({
  kind: 'editDestination',
  service: webKey,
  from: to,
  to,
});

describe('services, as ip_vs answers', () => {
  test('a duplicate is EEXIST', () => {
    expect(errnoOf(serving, { kind: 'addService', service })).toBe('EEXIST');
  });

  test('a missing one is ESRCH, also for its destinations', () => {
    expect(errnoOf(emptyHostState, { kind: 'editService', from: service, to: service })).toBe('ESRCH');
    expect(errnoOf(emptyHostState, { kind: 'deleteService', service })).toBe('ESRCH');
    expect(errnoOf(emptyHostState, add(rs('131')))).toBe('ESRCH');
    expect(errnoOf(emptyHostState, edit(rs('131')))).toBe('ESRCH');
    expect(
      errnoOf(emptyHostState, { kind: 'deleteDestination', service: webKey, destination: rs('131') }),
    ).toBe('ESRCH');
  });

  test('an unknown scheduler or persistence engine is ENOENT', () => {
    const persistence = { timeoutSeconds: 360, netmask: '255.255.255.255', engine: 'nope' };
    expect(errnoOf(emptyHostState, { kind: 'addService', service: { ...service, scheduler: 'nope' } })).toBe(
      'ENOENT',
    );
    expect(
      errnoOf(serving, { kind: 'editService', from: service, to: { ...service, scheduler: 'nope' } }),
    ).toBe('ENOENT');
    expect(errnoOf(emptyHostState, { kind: 'addService', service: { ...service, persistence } })).toBe(
      'ENOENT',
    );
  });

  test('an IPv6 prefix of 0 for persistence is EINVAL', () => {
    const six = {
      ...service,
      key: { ...webKey, address: ip('2001:db8::1') },
      persistence: { timeoutSeconds: 360, netmask: '0', engine: null },
    };
    expect(errnoOf(emptyHostState, { kind: 'addService', service: six })).toBe('EINVAL');
  });

  test('a service takes its destinations with it', () => {
    expect(applyOperation(serving, { kind: 'deleteService', service })).toEqual({
      kind: 'ok',
      state: emptyHostState,
    });
  });

  test('an edit keeps the destinations', () => {
    const to = { ...service, scheduler: 'wrr' };
    expect(applyOperation(serving, { kind: 'editService', from: service, to })).toEqual({
      kind: 'ok',
      state: state({ services: [web([rs('131')], { scheduler: 'wrr' })] }),
    });
  });
});

describe('destinations, as ip_vs answers', () => {
  test('a duplicate is EEXIST, whatever else differs', () => {
    expect(errnoOf(serving, add(rs('131', { weight: 7, method: 'gate' })))).toBe('EEXIST');
    expect(errnoOf(serving, add(rs('131', { port: 8080 })))).toBe('ok');
  });

  test('a missing one is ENOENT', () => {
    expect(errnoOf(serving, edit(rs('130')))).toBe('ENOENT');
    expect(errnoOf(serving, { kind: 'deleteDestination', service: webKey, destination: rs('130') })).toBe(
      'ENOENT',
    );
  });

  test('a lower threshold above the upper one is ERANGE', () => {
    expect(errnoOf(serving, add(rs('130', { lowerThreshold: 2, upperThreshold: 1 })))).toBe('ERANGE');
    expect(errnoOf(serving, edit(rs('131', { lowerThreshold: 2 })))).toBe('ERANGE');
  });

  test('an address that is not one host, or of the other family, is EINVAL', () => {
    expect(errnoOf(serving, add(rs('131', { address: ip('224.0.0.1') })))).toBe('EINVAL');
    expect(errnoOf(serving, add(rs('131', { address: ip('255.255.255.255') })))).toBe('EINVAL');
    expect(errnoOf(serving, add(rs('131', { address: ip('2001:db8::2') })))).toBe('EINVAL');
    expect(errnoOf(serving, add(rs('131', { address: ip('2001:db8::2'), method: 'ipip' })))).toBe('ok');
  });

  test('a GUE tunnel without a port is EINVAL', () => {
    const tunnel = { type: 'gue', port: 0, checksum: 'nocsum' } as const;
    expect(errnoOf(serving, add(rs('130', { method: 'ipip', tunnel })))).toBe('EINVAL');
  });

  test('an edit replaces the whole destination, method and all', () => {
    const to = rs('131', { method: 'gate', weight: 5 });
    expect(applyOperation(serving, edit(to))).toEqual({
      kind: 'ok',
      state: state({ services: [web([to])] }),
    });
  });
});

describe('addresses, routes, rules and marks', () => {
  const mark = {
    protocol: 'tcp' as const,
    from: null,
    sourcePorts: null,
    address: ip('10.0.0.1'),
    ports: [80],
    mark: 10,
  };
  const full = state({
    addresses: [vipOn('lo')],
    routes: [replyRoute()],
    rules: [replyRule()],
    marks: [mark],
  });

  test.each<[Operation, string]>([
    [{ kind: 'addAddress', address: { ...vipOn('lo'), label: null } }, 'EEXIST'],
    [{ kind: 'addRoute', route: replyRoute({ via: ip('10.0.0.1') }) }, 'EEXIST'],
    [{ kind: 'addRule', rule: replyRule({ protocol: 4 }) }, 'EEXIST'],
    [{ kind: 'addMark', mark }, 'EEXIST'],
  ])('a duplicate is refused: %o', (operation, errno) => {
    expect(errnoOf(full, operation)).toBe(errno);
    expect(errnoOf(emptyHostState, operation)).toBe('ok');
  });

  test.each<[Operation, string]>([
    [{ kind: 'deleteAddress', address: vipOn('lo') }, 'EADDRNOTAVAIL'],
    [{ kind: 'deleteRoute', route: replyRoute() }, 'ESRCH'],
    [{ kind: 'deleteRule', rule: replyRule() }, 'ENOENT'],
    [{ kind: 'deleteMark', mark }, 'ENOENT'],
  ])('a missing one is refused: %o', (operation, errno) => {
    expect(errnoOf(emptyHostState, operation)).toBe(errno);
    expect(errnoOf(full, operation)).toBe('ok');
  });

  test('a route is deleted only by its own next hop', () => {
    expect(errnoOf(full, { kind: 'deleteRoute', route: replyRoute({ via: ip('10.0.0.1') }) })).toBe('ESRCH');
  });

  test('the same address may be on two interfaces', () => {
    expect(
      errnoOf(full, { kind: 'addAddress', address: { ...vipOn('eth0'), cidr: cidr('10.0.0.100/32') } }),
    ).toBe('ok');
  });
});

describe('sysctls', () => {
  const forward = 'net.ipv4.ip_forward';
  const redirects = 'net.ipv4.conf.all.accept_redirects';
  const set = (to: string): Operation => ({ kind: 'setSysctl', name: forward, from: '', to });

  test('one that is not there is ENOENT', () => {
    expect(errnoOf(emptyHostState, set('1'))).toBe('ENOENT');
  });

  test.each([
    ['0', '1', '0'],
    ['1', '0', '1'],
  ])('forwarding %s -> %s makes accept_redirects %s, but only when it changes', (from, to, moved) => {
    for (const before of ['0', '1']) {
      const host = state({ sysctls: [sysctl(forward, from), sysctl(redirects, before)] });
      expect(applyOperation(host, set(to))).toEqual({
        kind: 'ok',
        state: state({ sysctls: [sysctl(forward, to), sysctl(redirects, moved)] }),
      });
      expect(applyOperation(host, set(from))).toEqual({ kind: 'ok', state: host });
    }
  });
});

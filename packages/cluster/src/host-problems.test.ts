import { describe, expect, test } from 'vitest';
import { foreignInTheWay, missingSysctls } from './host-problems.ts';
import type { HostState } from './host-state.ts';
import { emptyLedger, type Ledger } from './ledger.ts';
import { recordIntent } from './ledger-steps.ts';
import { objectKeys } from './object-key.ts';
import { plan } from './plan.ts';
import { planHost } from './plan-host.ts';
import { cidr, ip } from './testing/drawings.ts';
import { replyRoute, replyRule, rs, state, sysctl, vipOn, web } from './testing/host-objects.ts';

const nothing = emptyLedger('boot');
const allOf = (host: HostState): Ledger => ({
  ...nothing,
  objects: Object.fromEntries([...objectKeys(host)].map((key) => [key, 'rollout'])),
});
const found = (desired: HostState, observed: HostState, ledger = nothing) =>
  foreignInTheWay(desired, observed, ledger).map(({ code, path }) => [code, ...path]);

describe('foreign objects in the way', () => {
  const key = 'service tcp 192.168.0.111:80';

  test('a service, even one that looks the same', () => {
    const host = state({ services: [web([])] });
    expect(found(host, host)).toEqual([['foreignObjectInTheWay', 'services', key]]);
    expect(found(host, host, allOf(host))).toEqual([]);
  });

  test('name themselves, and say what to do', () => {
    const [problem] = foreignInTheWay(
      state({ services: [web([])] }),
      state({ services: [web([])] }),
      nothing,
    );
    expect(problem).toMatchObject({ severity: 'error', values: { object: key } });
    expect(problem?.message).toBe(
      `This host already has the ${key}, and Signalbox did not make it. Remove it there, or take it out of the topology.`,
    );
  });

  test('a destination in our service', () => {
    const mine = state({ services: [web([])] });
    const both = state({ services: [web([rs('131')])] });
    expect(found(both, both, allOf(mine)).map(([code]) => code)).toEqual([
      'foreignObjectInTheWay',
      'foreignDestination',
    ]);
  });

  test('a route or a mark', () => {
    const route = replyRoute({ table: 254, protocol: 3 });
    expect(found(state({ routes: [replyRoute({ table: 254 })] }), state({ routes: [route] }))).toEqual([
      ['foreignObjectInTheWay', 'routes', 'route 0.0.0.0/0 table 254 metric 0'],
    ]);
    const marks = [
      {
        protocol: 'tcp' as const,
        from: null,
        sourcePorts: null,
        address: ip('10.0.0.1'),
        ports: [80],
        mark: 10,
      },
    ];
    expect(found(state({ marks }), state({ marks })).map(([code]) => code)).toEqual([
      'foreignObjectInTheWay',
    ]);
  });

  test('an address on another interface; on the same one it is satisfied', () => {
    const desired = state({ addresses: [vipOn('eth0')] });
    expect(found(desired, state({ addresses: [vipOn('lo')] }))).toEqual([
      ['addressOnOtherInterface', 'addresses', '10.0.0.100'],
    ]);
    expect(found(desired, state({ addresses: [vipOn('eth0')] }))).toEqual([]);
  });
});

describe('numbers that are taken', () => {
  const desired = state({ routes: [replyRoute()], rules: [replyRule()] });

  test('a table that something else uses, by a route or a rule', () => {
    const route = replyRoute({ destination: cidr('10.9.0.0/16'), protocol: 3 });
    expect(found(desired, state({ routes: [route] }))).toEqual([
      ['tableInUse', 'routes', 'route 10.9.0.0/16 table 5429 metric 0'],
    ]);
    const rule = replyRule({ priority: 7, protocol: 3 });
    expect(found(desired, state({ rules: [rule] })).map(([code]) => code)).toEqual(['tableInUse']);
  });

  test('a priority that another rule has', () => {
    const rule = replyRule({ from: null, table: 254, protocol: 0 });
    expect(found(desired, state({ rules: [rule] })).map(([code]) => code)).toEqual(['priorityInUse']);
  });

  test('the main table is for everybody', () => {
    const pinned = state({ routes: [replyRoute({ table: 254, destination: cidr('10.0.0.1/32') })] });
    const others = state({ routes: [replyRoute({ table: 254, protocol: 3 })] });
    expect(found(pinned, others)).toEqual([]);
  });

  test('ours are not in our way', () => {
    expect(found(desired, desired)).toEqual([]);
  });
});

describe('strangers in our service', () => {
  const mine = state({ services: [web([rs('131')])] });
  const host = state({ services: [web([rs('131'), rs('130')])] });

  test('are said out loud while the service stays', () => {
    const [problem] = foreignInTheWay(mine, host, allOf(mine));
    expect(problem).toMatchObject({ code: 'foreignDestination', severity: 'warning' });
  });

  test('stop us from removing the service, which would remove them', () => {
    const [problem] = foreignInTheWay(state({}), host, allOf(mine));
    expect(problem).toMatchObject({
      code: 'foreignDestinationWouldGo',
      severity: 'error',
      values: { service: 'tcp 192.168.0.111:80', destination: '192.168.137.130:80' },
    });
  });
});

test('a sysctl that the host does not have is named', () => {
  const desired = state({ sysctls: [sysctl('net.ipv4.conf.eth9.send_redirects', '0')] });
  expect(missingSysctls(desired, state({})).map(({ message }) => message)).toEqual([
    'net.ipv4.conf.eth9.send_redirects does not exist on this host. Check the name of the interface in the topology.',
  ]);
  expect(missingSysctls(desired, desired)).toEqual([]);
});

describe('planHost', () => {
  const desired = state({ services: [web([rs('131')])], addresses: [vipOn('eth0')] });

  test('touches nothing that is not ours', () => {
    const foreign = state({
      services: [web([rs('130')], { key: { kind: 'fwmark', family: 'ipv4', mark: 9 } })],
      addresses: [vipOn('eth0', '10.0.0.7/8')],
      routes: [replyRoute({ table: 254, protocol: 3 })],
      rules: [replyRule({ priority: 1, table: 254, protocol: 0 })],
    });
    expect(planHost(state({}), foreign, nothing)).toEqual({ operations: [], problems: [] });
  });

  test('does not add an address that is there, and does not remove it later', () => {
    const host = state({ addresses: [vipOn('eth0')] });
    const { operations } = planHost(desired, host, nothing);
    expect(operations.map(({ operation }) => operation.kind)).toEqual(['addService', 'addDestination']);
    const ledger = recordIntent(
      nothing,
      operations.map(({ operation }) => operation),
      'rollout',
    );
    const served = state({ ...desired, addresses: host.addresses });
    expect(planHost(desired, served, ledger).operations).toEqual([]);
    expect(planHost(state({}), served, ledger).operations.map(({ operation }) => operation.kind)).toEqual([
      'deleteDestination',
      'deleteService',
    ]);
  });

  test('restores no sysctl that went with its interface', () => {
    const name = 'net.ipv4.conf.eth9.send_redirects';
    const entry = { name, original: '1', written: '0', reasons: ['redirects eth9'] };
    const ledger = { ...nothing, sysctls: [entry] };
    expect(planHost(state({}), state({}), ledger).operations).toEqual([]);
    expect(planHost(state({}), state({ sysctls: [sysctl(name, '0')] }), ledger).operations).toEqual([
      { phase: 'retire', operation: { kind: 'setSysctl', name, from: '0', to: '1' } },
    ]);
  });

  test('is the plan from nothing on an empty host', () => {
    expect(planHost(desired, state({}), nothing)).toEqual({
      operations: plan(desired, state({})),
      problems: [],
    });
  });
});

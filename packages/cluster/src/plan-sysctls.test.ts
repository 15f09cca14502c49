import { describe as about, expect, test } from 'vitest';
import { describe } from './describe.ts';
import { plan } from './plan.ts';
import { state, sysctl } from './testing/host-objects.ts';
import { interfaceSysctl, sysctlReason, sysctlRelaxes, sysctlSatisfied, sysctlsToRead } from './sysctls.ts';
import { emptyLedger } from './ledger.ts';

const forward = 'net.ipv4.ip_forward';
const redirects = 'net.ipv4.conf.all.accept_redirects';

const lines = (to: Record<string, string>, from: Record<string, string>) => {
  const sysctls = (values: Record<string, string>) =>
    state({ sysctls: Object.entries(values).map(([name, value]) => sysctl(name, value)) });
  return plan(sysctls(to), sysctls(from)).map(({ phase, operation }) => `${phase}: ${describe(operation)}`);
};

/** Values of one sysctl per interface, by name: `{ eth0: '1', all: '0' }`. */
const read = (name: string, seen: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(seen).map(([device, value]) => [
      `net.ipv4.conf.${device}.${name.split('.').at(-1)}`,
      value,
    ]),
  );
const valuesOf = (name: string, seen: Readonly<Record<string, string>>) => (other: string) =>
  read(name, seen)[other];

about('a sysctl', () => {
  test.each([
    ['net.ipv4.conf.eth0.rp_filter', '2', { eth0: '0', all: '0' }],
    ['net.ipv4.conf.eth0.rp_filter', '2', { eth0: '1', all: '2' }],
    ['net.ipv4.conf.all.arp_ignore', '1', { all: '2' }],
    ['net.ipv4.conf.lo.arp_ignore', '1', { lo: '0', all: '1' }],
    ['net.ipv4.conf.lo.arp_announce', '2', { lo: '0', all: '2' }],
    ['net.ipv4.conf.eth0.accept_local', '1', { eth0: '0', all: '1' }],
  ])('%s=%s is satisfied by %o, which is left as it is', (name, wanted, seen) => {
    expect(sysctlSatisfied(name, wanted, valuesOf(name, seen))).toBe(true);
    expect(lines({ [name]: wanted }, read(name, seen))).toEqual([]);
  });

  test.each([
    ['net.ipv4.conf.eth0.rp_filter', '2', { eth0: '0', all: '1' }],
    ['net.ipv4.conf.eth0.rp_filter', '2', { eth0: '1', all: '0' }],
    ['net.ipv4.conf.eth0/100.rp_filter', '2', { 'eth0/100': '1' }],
    ['net.ipv4.conf.all.arp_ignore', '1', { all: '0' }],
    ['net.ipv4.conf.lo.arp_announce', '2', { lo: '1', all: '1' }],
    ['net.ipv4.conf.all.send_redirects', '0', { all: '1' }],
    ['net.ipv4.conf.eth0.send_redirects', '0', { eth0: '1', all: '0' }],
    ['net.ipv4.conf.eth0.accept_local', '1', { eth0: '0', all: '0' }],
  ])('%s=%s is not satisfied by %o', (name, wanted, seen) => {
    expect(sysctlSatisfied(name, wanted, valuesOf(name, seen))).toBe(false);
    expect(lines({ [name]: wanted }, read(name, seen))).toEqual([`prepare: sysctl -w ${name}=${wanted}`]);
  });

  test('that goes back to its original goes back exactly', () => {
    for (const [leaf, original, ours] of [
      ['rp_filter', '0', '2'],
      ['arp_announce', '1', '2'],
      ['arp_ignore', '0', '1'],
    ] as const) {
      const name = `net.ipv4.conf.eth0.${leaf}`;
      expect(lines({ [name]: original }, { [name]: ours })).toEqual([
        `retire: sysctl -w ${name}=${original}`,
      ]);
    }
  });

  test('is written when the plan itself takes away what satisfied it', () => {
    const [all, lo] = ['net.ipv4.conf.all.arp_ignore', 'net.ipv4.conf.lo.arp_ignore'];
    expect(lines({ [all]: '0', [lo]: '1' }, { [all]: '1', [lo]: '0' })).toEqual([
      `prepare: sysctl -w ${lo}=1`,
      `retire: sysctl -w ${all}=0`,
    ]);
  });

  test.each([
    [forward, '1', '0'],
    ['net.example.other', '1', '2'],
  ])('%s=%s is not satisfied by %s', (name, wanted, seen) => {
    expect(sysctlSatisfied(name, wanted, () => seen)).toBe(false);
  });

  test('that serves is set in prepare; one that goes to rest waits for retire', () => {
    const names = [
      'net.ipv4.conf.all.send_redirects',
      'net.ipv4.conf.eth0.accept_local',
      'net.ipv4.conf.eth0.rp_filter',
      'net.ipv4.conf.lo.arp_announce',
      'net.ipv4.conf.lo.arp_ignore',
      forward,
    ];
    const serving = ['0', '1', '2', '2', '1', '1'];
    const resting = ['1', '0', '1', '0', '0', '0'];
    for (const [index, name] of names.entries()) {
      const [on, off] = [serving[index] ?? '', resting[index] ?? ''];
      expect(lines({ [name]: on }, { [name]: off })).toEqual([`prepare: sysctl -w ${name}=${on}`]);
      expect(lines({ [name]: off }, { [name]: on })).toEqual([`retire: sysctl -w ${name}=${off}`]);
    }
  });

  test('that is wanted and was not read is set from nothing', () => {
    expect(lines({ [forward]: '1' }, {})).toEqual([`prepare: sysctl -w ${forward}=1`]);
    expect(plan(state({ sysctls: [sysctl(forward, '1')] }), state({}))[0]?.operation).toMatchObject({
      from: '',
    });
  });

  test('that is not wanted stays as it is', () => {
    expect(lines({}, { [forward]: '1' })).toEqual([]);
  });
});

about('forwarding moves accept_redirects in the kernel', () => {
  test('so it is written down before, whatever it was', () => {
    for (const before of ['0', '1']) {
      expect(lines({ [forward]: '1' }, { [forward]: '0', [redirects]: before })).toEqual([
        `prepare: sysctl -w ${redirects}=0`,
        `prepare: sysctl -w ${forward}=1`,
      ]);
    }
  });

  test('and restored after forwarding was, in the same phase', () => {
    expect(lines({ [forward]: '0', [redirects]: '0' }, { [forward]: '1', [redirects]: '0' })).toEqual([
      `retire: sysctl -w ${redirects}=1`,
      `retire: sysctl -w ${forward}=0`,
      `retire: sysctl -w ${redirects}=0`,
    ]);
    expect(lines({ [forward]: '0', [redirects]: '1' }, { [forward]: '1', [redirects]: '0' })).toEqual([
      `retire: sysctl -w ${redirects}=1`,
      `retire: sysctl -w ${forward}=0`,
    ]);
  });

  test('and read together with it', () => {
    const wanted = state({ sysctls: [sysctl(forward, '1')] });
    expect(sysctlsToRead(wanted, emptyLedger('boot'))).toEqual([redirects, forward]);
    const other = state({ sysctls: [sysctl('net.ipv4.conf.all.send_redirects', '0')] });
    expect(sysctlsToRead(other, emptyLedger('boot'))).toEqual(['net.ipv4.conf.all.send_redirects']);
  });

  test('and that of all together with an interface’s, where both count', () => {
    const wanted = state({
      sysctls: [
        sysctl('net.ipv4.conf.eth1.rp_filter', '2'),
        sysctl('net.ipv4.conf.eth1.send_redirects', '0'),
      ],
    });
    expect(sysctlsToRead(wanted, emptyLedger('boot'))).toEqual([
      'net.ipv4.conf.all.rp_filter',
      'net.ipv4.conf.eth1.rp_filter',
      'net.ipv4.conf.eth1.send_redirects',
    ]);
  });

  test('both for the one reason', () => {
    expect([forward, redirects].map(sysctlReason)).toEqual(['forwarding', 'forwarding']);
    expect(sysctlReason('net.ipv4.conf.lo.arp_ignore')).toBe('arp lo');
    expect(sysctlReason('net.example.other')).toBe('net.example.other');
  });
});

test('a dot in the name of an interface is written as a slash', () => {
  expect(interfaceSysctl('eth0.100', 'send_redirects')).toBe('net.ipv4.conf.eth0/100.send_redirects');
  expect(sysctlRelaxes(interfaceSysctl('eth0.100', 'send_redirects'), '0', '1')).toBe(true);
});

import { describe as about, expect, test } from 'vitest';
import { describe } from './describe.ts';
import { emptyHostState, type HostState } from './host-state.ts';
import { plan } from './plan.ts';
import { ip } from './testing/drawings.ts';
import { replyRoute, replyRule, rs, state, sysctl, vipOn, web, webKey } from './testing/host-objects.ts';

/** The plan as an operator reads it: phase and command. */
const lines = (to: HostState, from: HostState) =>
  plan(to, from).map(({ phase, operation }) => `${phase}: ${describe(operation)}`);

about('a new service', () => {
  test('comes whole in prepare, after what it stands on', () => {
    const to = state({
      services: [web([rs('131'), rs('130')])],
      addresses: [vipOn('eth0')],
      sysctls: [sysctl('net.ipv4.ip_forward', '1')],
    });
    expect(lines(to, state({ sysctls: [sysctl('net.ipv4.ip_forward', '0')] }))).toEqual([
      'prepare: sysctl -w net.ipv4.ip_forward=1',
      'prepare: ip addr add 10.0.0.100/32 dev eth0',
      'prepare: ipvsadm -A -t 192.168.0.111:80 -s rr',
      'prepare: ipvsadm -a -t 192.168.0.111:80 -r 192.168.137.130:80 -m -w 1',
      'prepare: ipvsadm -a -t 192.168.0.111:80 -r 192.168.137.131:80 -m -w 1',
    ]);
  });

  test('goes in retire, in the reverse order', () => {
    const from = state({
      services: [web([rs('131')])],
      addresses: [vipOn('eth0')],
      rules: [replyRule()],
      routes: [replyRoute()],
      marks: [
        {
          protocol: 'tcp',
          from: null,
          sourcePorts: null,
          address: ip('192.168.0.111'),
          ports: [80, 443],
          mark: 10,
        },
      ],
    });
    expect(lines(emptyHostState, from)).toEqual([
      'retire: iptables -t mangle -D SIGNALBOX -p tcp -d 192.168.0.111 -m multiport --dports 80,443 -j MARK --set-mark 10',
      'retire: ipvsadm -d -t 192.168.0.111:80 -r 192.168.137.131:80',
      'retire: ipvsadm -D -t 192.168.0.111:80',
      'retire: ip addr del 10.0.0.100/32 dev eth0',
      'retire: ip rule del priority 5300 from 192.168.137.131/32 ipproto tcp sport 80 lookup 5429 protocol 83',
      'retire: ip route del default via 192.168.137.129 dev eth0 table 5429 proto 83',
    ]);
  });
});

about('a service in use', () => {
  test('is edited in place, so that its counters live on', () => {
    const from = state({ services: [web([rs('131'), rs('130')])] });
    const to = state({
      services: [web([rs('131', { weight: 6 }), rs('130', { weight: 2 })], { scheduler: 'wrr' })],
    });
    expect(lines(to, from)).toEqual([
      'switch: ipvsadm -E -t 192.168.0.111:80 -s wrr',
      'switch: ipvsadm -e -t 192.168.0.111:80 -r 192.168.137.130:80 -m -w 2',
      'switch: ipvsadm -e -t 192.168.0.111:80 -r 192.168.137.131:80 -m -w 6',
    ]);
  });

  test('gets destinations of another port before the old ones leave', () => {
    const from = state({ services: [web([rs('131'), rs('130')])] });
    const to = state({ services: [web([rs('131', { port: 8080 }), rs('130', { port: 8080 })])] });
    expect(lines(to, from)).toEqual([
      'switch: ipvsadm -a -t 192.168.0.111:80 -r 192.168.137.130:8080 -m -w 1',
      'switch: ipvsadm -a -t 192.168.0.111:80 -r 192.168.137.131:8080 -m -w 1',
      'switch: ipvsadm -e -t 192.168.0.111:80 -r 192.168.137.130:80 -m -w 0',
      'switch: ipvsadm -e -t 192.168.0.111:80 -r 192.168.137.131:80 -m -w 0',
      'switch: ipvsadm -d -t 192.168.0.111:80 -r 192.168.137.130:80',
      'switch: ipvsadm -d -t 192.168.0.111:80 -r 192.168.137.131:80',
    ]);
  });

  test.each([
    ['sh', [], 1],
    ['sh', ['sh-fallback'], 2],
    ['mh', ['mh-port'], 1],
    ['mh', ['mh-fallback'], 2],
    ['dh', [], 1],
    ['wlc', [], 2],
  ] as const)('quiesces what leaves unless that refuses clients: %s %j', (scheduler, flags, operations) => {
    const options = { scheduler, schedulerFlags: [...flags] };
    const from = state({ services: [web([rs('131'), rs('130')], options)] });
    const to = state({ services: [web([rs('131')], options)] });
    expect(lines(to, from)).toEqual(
      [
        'switch: ipvsadm -e -t 192.168.0.111:80 -r 192.168.137.130:80 -m -w 0',
        'switch: ipvsadm -d -t 192.168.0.111:80 -r 192.168.137.130:80',
      ].slice(-operations),
    );
  });

  test('gets a live destination before another is quiesced', () => {
    const from = state({ services: [web([rs('130'), rs('131', { weight: 0 })])] });
    const to = state({ services: [web([rs('130', { weight: 0 }), rs('131')])] });
    expect(lines(to, from)).toEqual([
      'switch: ipvsadm -e -t 192.168.0.111:80 -r 192.168.137.131:80 -m -w 1',
      'switch: ipvsadm -e -t 192.168.0.111:80 -r 192.168.137.130:80 -m -w 0',
    ]);
  });

  test('keeps every option of a destination that is edited', () => {
    const full = rs('131', { method: 'masq', upperThreshold: 100, lowerThreshold: 80 });
    const from = state({ services: [web([full])] });
    const to = state({ services: [web([{ ...full, weight: 3 }])] });
    expect(plan(to, from)).toEqual([
      {
        phase: 'switch',
        operation: { kind: 'editDestination', service: webKey, from: full, to: { ...full, weight: 3 } },
      },
    ]);
    expect(lines(to, from)).toEqual([
      'switch: ipvsadm -e -t 192.168.0.111:80 -r 192.168.137.131:80 -m -w 3 -x 100 -y 80',
    ]);
  });

  test('is left alone where the kernel only says it in other words', () => {
    const persistence = { timeoutSeconds: 360, netmask: '255.255.255.255', engine: null };
    const wanted = web([rs('131'), rs('130', { method: 'ipip' })], {
      schedulerFlags: ['sh-port', 'sh-fallback'],
      persistence,
    });
    const plainTunnel = { type: 'ipip', port: 0, checksum: 'nocsum' } as const;
    const seen = web(
      // A destination on the host itself is called local.
      [rs('130', { method: 'ipip', tunnel: plainTunnel }), rs('131', { method: 'local' })],
      { schedulerFlags: ['sh-fallback', 'sh-port'], persistence },
    );
    expect(plan(state({ services: [wanted] }), state({ services: [seen] }))).toEqual([]);
  });

  test.each([
    ['scheduler', { scheduler: 'wrr' }],
    ['flags', { schedulerFlags: ['sh-port'] }],
    ['one-packet', { onePacket: true }],
    ['persistence', { persistence: { timeoutSeconds: 1, netmask: '255.255.255.255', engine: null } }],
  ])('is edited for its %s', (_, change) => {
    const from = state({ services: [web([])] });
    expect(plan(state({ services: [web([], change)] }), from).map(({ operation }) => operation.kind)).toEqual(
      ['editService'],
    );
  });

  test('is edited for its netmask alone', () => {
    const persistence = { timeoutSeconds: 360, netmask: '255.255.255.0', engine: null };
    const from = state({ services: [web([], { persistence })] });
    const to = state({
      services: [web([], { persistence: { ...persistence, netmask: '255.255.255.255' } })],
    });
    expect(lines(to, from)).toEqual(['switch: ipvsadm -E -t 192.168.0.111:80 -s rr -p 360']);
  });
});

about('addresses, routes and rules', () => {
  test('an address is never taken down for its label', () => {
    const from = state({ addresses: [{ ...vipOn('lo'), label: null }] });
    expect(plan(state({ addresses: [vipOn('lo')] }), from)).toEqual([]);
  });

  test('a route whose next hop changes is replaced at once', () => {
    const from = state({ routes: [replyRoute()] });
    const to = state({ routes: [replyRoute({ via: ip('192.168.137.132') })] });
    expect(lines(to, from)).toEqual([
      'switch: ip route del default via 192.168.137.129 dev eth0 table 5429 proto 83',
      'switch: ip route add default via 192.168.137.132 dev eth0 table 5429 proto 83',
    ]);
  });

  test('a table is there before the rule that leads to it, and after it is gone', () => {
    const to = state({ rules: [replyRule()], routes: [replyRoute()] });
    expect(plan(to, emptyHostState).map(({ operation }) => operation.kind)).toEqual(['addRoute', 'addRule']);
    expect(plan(emptyHostState, to).map(({ operation }) => operation.kind)).toEqual([
      'deleteRule',
      'deleteRoute',
    ]);
  });

  test('another director address brings its table and rule before the old ones go', () => {
    const from = state({ rules: [replyRule()], routes: [replyRoute()] });
    const to = state({
      rules: [replyRule({ table: 5432 })],
      routes: [replyRoute({ table: 5432, via: ip('192.168.137.132') })],
    });
    expect(plan(to, from).map(({ phase, operation }) => `${phase} ${operation.kind}`)).toEqual([
      'prepare addRoute',
      'prepare addRule',
      'retire deleteRule',
      'retire deleteRoute',
    ]);
  });

  test('a mark diverts packets only when its service is there', () => {
    const mark = {
      protocol: 'tcp' as const,
      from: null,
      sourcePorts: null,
      address: ip('192.168.0.111'),
      ports: [80],
      mark: 10,
    };
    const service = web([rs('131', { port: 0 })], { key: { kind: 'fwmark', family: 'ipv4', mark: 10 } });
    const kinds = plan(state({ services: [service], marks: [mark] }), emptyHostState);
    expect(kinds.map(({ operation }) => operation.kind)).toEqual(['addService', 'addDestination', 'addMark']);
  });
});

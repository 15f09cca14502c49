import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { HostServiceWithDestinations } from './host-state.ts';
import { parseIpvsadmText } from './ipvsadm-parse.ts';
import { ipvsadmText } from './ipvsadm-text.ts';
import { compareEndpoints, compareServiceKeys } from './keys.ts';
import { ip } from './testing/drawings.ts';
import { rs, web } from './testing/host-objects.ts';
import { services } from './testing/host-states.test.ts';

const ordered = (list: readonly HostServiceWithDestinations[]) =>
  list
    .toSorted((a, b) => compareServiceKeys(a.key, b.key))
    .map((service) => ({
      ...service,
      schedulerFlags: service.schedulerFlags.toSorted(),
      destinations: service.destinations.toSorted(compareEndpoints),
    }));

describe('the table as ipvsadm saves it', () => {
  test('has a line for each service and each destination, sorted', () => {
    const fwmark = web([rs('130', { port: 0, method: 'gate', weight: 3 })], {
      key: { kind: 'fwmark', family: 'ipv4', mark: 10 },
      scheduler: 'wlc',
      persistence: { timeoutSeconds: 360, netmask: '255.255.255.0', engine: null },
    });
    expect(ipvsadmText([fwmark, web([rs('131'), rs('130', { upperThreshold: 9 })])])).toBe(
      [
        '-A -t 192.168.0.111:80 -s rr',
        '-a -t 192.168.0.111:80 -r 192.168.137.130:80 -m -w 1 -x 9',
        '-a -t 192.168.0.111:80 -r 192.168.137.131:80 -m -w 1',
        '-A -f 10 -s wlc -p 360 -M 255.255.255.0',
        '-a -f 10 -r 192.168.137.130:0 -g -w 3',
        '',
      ].join('\n'),
    );
    expect(ipvsadmText([])).toBe('');
  });

  test('reads back as what was written', () => {
    fc.assert(
      fc.property(services, (list) => {
        expect(parseIpvsadmText(ipvsadmText(list))).toEqual({ kind: 'ok', services: ordered(list) });
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a saved table', () => {
  test('may have comments, the leading word, long names and defaults', () => {
    const text = [
      '# saved on Monday',
      '',
      'ipvsadm --add-service --tcp-service 10.0.0.1:80 -p',
      '  -a -t 10.0.0.1:80 --real-server [2001:db8::2]:80 --ipip',
    ].join('\n');
    expect(parseIpvsadmText(text)).toEqual({
      kind: 'ok',
      services: [
        web(
          [
            {
              ...rs('131'),
              address: ip('2001:db8::2'),
              method: 'ipip',
            },
          ],
          {
            key: { kind: 'address', protocol: 'tcp', address: ip('10.0.0.1'), port: 80 },
            scheduler: 'wlc',
            persistence: { timeoutSeconds: 360, netmask: '255.255.255.255', engine: null },
          },
        ),
      ],
    });
  });

  test('has direct routing and weight 1 where a destination says nothing, as ipvsadm does', () => {
    const parsed = parseIpvsadmText('-A -f 1 -6\n-a -f 1 -6 -r [2001:db8::2]:0\n');
    expect(parsed).toMatchObject({
      kind: 'ok',
      services: [{ destinations: [{ method: 'gate', weight: 1 }] }],
    });
  });

  test.each([
    ['-A -t 10.0.0.1:80 -s', '-s has no value'],
    ['-A -t 10.0.0.1:80 -t 10.0.0.2:80', '-t is given twice'],
    ['-A -t www:80', 'no service: -t, -u or --sctp-service ADDRESS:PORT, or -f MARK'],
    ['-A -t 10.0.0.1:70000', 'no service: -t, -u or --sctp-service ADDRESS:PORT, or -f MARK'],
    ['-A -f 0', 'no service: -t, -u or --sctp-service ADDRESS:PORT, or -f MARK'],
    ['-C', '-C is not an option of a saved table'],
    ['-t 10.0.0.1:80', 'neither -A nor -a'],
    ['-a -t 10.0.0.1:80 -r 10.0.0.2:80', 'tcp 10.0.0.1:80 is not there'],
    ['-A -t 10.0.0.9:80', 'tcp 10.0.0.9:80 is there already'],
    ['-a -t 10.0.0.9:80', 'no destination: -r ADDRESS:PORT'],
    ['-a -t 10.0.0.9:80 -r 10.0.0.2:80 -w many', 'not a number: -w, -x or -y'],
    ['-a -t 10.0.0.9:80 -r 10.0.0.2:80 -i --tun-type l2tp', 'unknown tunnel type l2tp'],
    ['-a -t 10.0.0.9:80 -r 10.0.0.2:80 -i --tun-type gue --tun-port x', 'not a port: --tun-port'],
    ['-a -t 10.0.0.9:80 -r 10.0.0.3:80', '10.0.0.3:80 is there already'],
  ])('is refused at "%s"', (line, message) => {
    const before = '-A -t 10.0.0.9:80 -s rr\n-a -t 10.0.0.9:80 -r 10.0.0.3:80 -m\n';
    expect(parseIpvsadmText(`${before}${line}`)).toEqual({ kind: 'failed', line: 3, message });
  });

  test('of any text is read or refused, never thrown at', () => {
    const words = fc.constantFrom(
      '-A',
      '-a',
      '-t',
      '-f',
      '-r',
      '-p',
      '-w',
      '10.0.0.1:80',
      '[::1]:80',
      '5',
      '#',
      '\n',
      'ipvsadm',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(words, fc.string()), { maxLength: 12 }), (list) => {
        expect(['ok', 'failed']).toContain(parseIpvsadmText(list.join(' ')).kind);
      }),
    );
  });
});

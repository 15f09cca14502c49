import type { HostMark } from '@signalbox/cluster';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { addresses } from '../testing/arbitraries.ts';
import { markRule, parseMarkRule } from './mark-rule.ts';

const ports = fc.integer({ min: 1, max: 65_535 });
const marks: fc.Arbitrary<HostMark> = fc.record({
  protocol: fc.constantFrom('tcp', 'udp', 'sctp'),
  from: fc.option(addresses('ipv4').map((address) => ({ address, prefix: 32 }))),
  sourcePorts: fc.option(
    fc.tuple(ports, ports).map(([a, b]) => ({ first: Math.min(a, b), last: Math.max(a, b) })),
  ),
  address: addresses('ipv4'),
  ports: fc.uniqueArray(ports, { minLength: 1, maxLength: 15 }),
  mark: fc.integer({ min: 1, max: 0xffffffff }),
});

test('what is written is what is read', () => {
  fc.assert(
    fc.property(marks, (mark) => {
      expect(parseMarkRule(markRule('-A', mark))).toEqual(mark);
    }),
  );
});

test('the rule as the kernel tells it', () => {
  expect(
    parseMarkRule(
      '-A SIGNALBOX -s 192.168.0.109/32 -d 192.168.137.100/32 -p tcp -m tcp --sport 28000:28007 --dport 80 -j MARK --set-xmark 0x53420000/0xffffffff',
    ),
  ).toEqual({
    protocol: 'tcp',
    from: { address: { family: 'ipv4', text: '192.168.0.109' }, prefix: 32 },
    sourcePorts: { first: 28_000, last: 28_007 },
    address: { family: 'ipv4', text: '192.168.137.100' },
    ports: [80],
    mark: 0x5342_0000,
  });
});

test.each([
  '-N SIGNALBOX',
  '-A PREROUTING -j SIGNALBOX',
  '-A OTHER -d 10.0.0.1/32 -p tcp -m tcp --dport 80 -j MARK --set-xmark 0x1/0xffffffff',
  '-A SIGNALBOX ! -s 10.0.0.2/32 -d 10.0.0.1/32 -p tcp -m tcp --dport 80 -j MARK --set-xmark 0x1/0xffffffff',
  '-A SIGNALBOX -d 10.0.0.1/32 -p tcp -m tcp --dport 80 -j CONNMARK --set-xmark 0x1/0xffffffff',
  '-A SIGNALBOX -d 10.0.0.1/32 -p tcp -m multiport --dports 80:90 -j MARK --set-xmark 0x1/0xffffffff',
])('is none of ours: %s', (line) => {
  expect(parseMarkRule(line)).toBeNull();
});

import { expect, test } from 'vitest';
import { emptyHostState } from './host-state.ts';
import type { Operation, Phase } from './operation.ts';
import { vanished } from './vanished.ts';

const planned = (phase: Phase, operation: Operation) => ({ phase, operation });
const route = (via: string) => ({
  type: 'unicast' as const,
  table: 254,
  destination: { address: { family: 'ipv4' as const, text: '10.0.0.7' }, prefix: 32 },
  via: { family: 'ipv4' as const, text: via },
  interface: 'eth0',
  onlink: true,
  metric: 0,
  protocol: 83,
});
const set = (name: string, from: string, to: string) =>
  planned('prepare', { kind: 'setSysctl', name, from, to });
const wanting = { ...emptyHostState, sysctls: [{ name: 'net.ipv4.ip_forward', value: '1' }] };

test('a missing route comes back; one with another next hop stays', () => {
  const missing = planned('prepare', { kind: 'addRoute', route: route('10.0.0.7') });
  expect(vanished([missing], emptyHostState)).toEqual([missing]);
  const replaced = [
    planned('switch', { kind: 'deleteRoute', route: route('10.0.0.1') }),
    planned('switch', { kind: 'addRoute', route: route('10.0.0.7') }),
  ];
  expect(vanished(replaced, emptyHostState)).toEqual([]);
});

test('a wanted sysctl is set again with what moves along; restores and missing ones are not', () => {
  const along = set('net.ipv4.conf.all.accept_redirects', '1', '0');
  const forward = set('net.ipv4.ip_forward', '0', '1');
  const restore = set('net.ipv4.conf.all.arp_ignore', '1', '0');
  expect(vanished([along, forward, restore], wanting)).toEqual([along, forward]);
  expect(vanished([set('net.ipv4.ip_forward', '', '1')], wanting)).toEqual([]);
});

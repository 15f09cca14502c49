// An interface for the contract suite, and routes and rules on it.
import type { Cidr, HostAddress, HostRoute, HostRule } from '@signalbox/cluster';
import { address } from './ipvs-objects.ts';
import { output } from './programs.ts';

export const device = 'sb0';

/** Makes the interface with an address that stays: without any, the kernel drops its routes (fib_disable_ip). */
export async function makeDevice(): Promise<void> {
  await output('ip', 'link', 'add', device, 'type', 'dummy');
  await output('ip', 'link', 'set', device, 'up');
  await output('ip', 'addr', 'add', '10.9.0.1/24', 'dev', device);
}

export const removeDevice = () => output('ip', 'link', 'delete', device);

export function cidr(text: string): Cidr {
  const [at = '', prefix = ''] = text.split('/');
  return { address: address(at), prefix: Number(prefix) };
}

export const onDevice = (text: string, label: string | null = null): HostAddress => ({
  interface: device,
  cidr: cidr(text),
  label,
});

export const route = (destination: string, options: Partial<HostRoute> = {}): HostRoute => ({
  type: 'unicast',
  table: 5300,
  destination: cidr(destination),
  via: null,
  interface: device,
  onlink: false,
  metric: 0,
  protocol: 83,
  ...options,
});

export const rule = (from: string, options: Partial<HostRule> = {}): HostRule => ({
  priority: 5300,
  from: cidr(from),
  to: null,
  ipProtocol: null,
  sourcePort: null,
  mark: null,
  table: 5300,
  protocol: 83,
  ...options,
});

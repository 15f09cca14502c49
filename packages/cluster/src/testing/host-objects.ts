// Small host objects for tests: a default of each kind and what a test changes in it.
import {
  emptyHostState,
  type HostAddress,
  type HostDestination,
  type HostRoute,
  type HostRule,
  type HostServiceWithDestinations,
  type HostState,
  type ServiceKey,
} from '../host-state.ts';
import { cidr, ip } from './drawings.ts';

export const state = (parts: Partial<HostState>): HostState => ({ ...emptyHostState, ...parts });

export const webKey: ServiceKey = {
  kind: 'address',
  protocol: 'tcp',
  address: ip('192.168.0.111'),
  port: 80,
};

/** `rs('131', { weight: 2 })` is 192.168.137.131:80, NAT, weight 2. */
export const rs = (last: string, change: Partial<HostDestination> = {}): HostDestination => ({
  address: ip(`192.168.137.${last}`),
  port: 80,
  method: 'masq',
  weight: 1,
  upperThreshold: 0,
  lowerThreshold: 0,
  tunnel: null,
  ...change,
});

export const web = (
  destinations: HostDestination[],
  change: Partial<HostServiceWithDestinations> = {},
): HostServiceWithDestinations => ({
  key: webKey,
  scheduler: 'rr',
  schedulerFlags: [],
  persistence: null,
  onePacket: false,
  destinations,
  ...change,
});

export const vipOn = (device: string, text = '10.0.0.100/32'): HostAddress => ({
  interface: device,
  cidr: cidr(text),
  label: device === 'lo' ? 'lo:1' : null,
});

export const replyRoute = (change: Partial<HostRoute> = {}): HostRoute => ({
  type: 'unicast',
  table: 5429,
  destination: cidr('0.0.0.0/0'),
  via: ip('192.168.137.129'),
  interface: 'eth0',
  onlink: false,
  metric: 0,
  protocol: 83,
  ...change,
});

export const replyRule = (change: Partial<HostRule> = {}): HostRule => ({
  priority: 5300,
  from: cidr('192.168.137.131/32'),
  to: null,
  ipProtocol: 'tcp',
  sourcePort: 80,
  mark: null,
  table: 5429,
  protocol: 83,
  ...change,
});

export const sysctl = (name: string, value: string) => ({ name, value });

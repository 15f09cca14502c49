// Services and destinations for the contract suite: addresses of documentation networks, none of this host.
import {
  canonicalAddress,
  type Address,
  type HostDestination,
  type HostService,
  type ServiceKey,
} from '@signalbox/cluster';

export function address(text: string): Address {
  const found = canonicalAddress(text);
  if (found === null) throw new TypeError(`not an address: ${text}`);
  return found;
}

export const tcp = (text: string, port: number): ServiceKey => ({
  kind: 'address',
  protocol: 'tcp',
  address: address(text),
  port,
});

export const service = (key: ServiceKey, options: Partial<HostService> = {}): HostService => ({
  key,
  scheduler: 'rr',
  schedulerFlags: [],
  persistence: null,
  onePacket: false,
  ...options,
});

export const destination = (text: string, options: Partial<HostDestination> = {}): HostDestination => ({
  address: address(text),
  port: 80,
  method: 'masq',
  weight: 1,
  upperThreshold: 0,
  lowerThreshold: 0,
  tunnel: null,
  ...options,
});

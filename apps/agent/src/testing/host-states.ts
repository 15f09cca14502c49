// Desired states of a NAT director, as the tutorial has them.
import {
  type Address,
  canonicalAddress,
  emptyHostState,
  type HostDestination,
  type HostServiceWithDestinations,
  type HostState,
} from '@signalbox/cluster';

export function ip(text: string): Address {
  const address = canonicalAddress(text);
  if (!address) throw new TypeError(`not an address: ${text}`);
  return address;
}

export const destination = (text: string, weight = 1): HostDestination => ({
  address: ip(text),
  port: 80,
  method: 'masq',
  weight,
  upperThreshold: 0,
  lowerThreshold: 0,
  tunnel: null,
});

export const service = (
  port: number,
  destinations: readonly HostDestination[],
  vip = '192.168.0.111',
): HostServiceWithDestinations => ({
  key: { kind: 'address', protocol: 'tcp', address: ip(vip), port },
  scheduler: 'wrr',
  schedulerFlags: [],
  persistence: null,
  onePacket: false,
  destinations: [...destinations],
});

export const RS1 = '192.168.137.131';
export const RS2 = '192.168.137.132';
export const RS3 = '192.168.137.133';

/** Forwarding on, the VIP up, one service with two real servers 3 : 1, and a second service. */
export const natState: HostState = {
  ...emptyHostState,
  services: [service(80, [destination(RS1, 3), destination(RS2, 1)]), service(8080, [destination(RS3)])],
  addresses: [{ interface: 'eth0', cidr: { address: ip('192.168.0.111'), prefix: 32 }, label: null }],
  sysctls: [{ name: 'net.ipv4.ip_forward', value: '1' }],
};

/** What a host has before we come. */
export const bareHost = {
  sysctls: [
    { name: 'net.ipv4.ip_forward', value: '0' },
    { name: 'net.ipv4.conf.all.accept_redirects', value: '1' },
  ],
};

/** A service comes, one goes, and the one that stays gets other destinations: work for every phase. */
export const editedState: HostState = {
  ...natState,
  services: [service(80, [destination(RS1, 6), destination(RS3, 2)]), service(443, [destination(RS1)])],
};

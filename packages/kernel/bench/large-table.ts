// The table that is measured: services with destinations, all of them alike.
import {
  emptyHostState,
  type HostDestination,
  type HostServiceWithDestinations,
  type HostState,
  type Operation,
  plan,
} from '@signalbox/cluster';

const ipv4 = (text: string) => ({ family: 'ipv4' as const, text });

const destination = (service: number, index: number): HostDestination => ({
  address: ipv4(`10.84.${index}.${(service % 250) + 1}`),
  port: 80,
  method: 'masq',
  weight: 1,
  upperThreshold: 0,
  lowerThreshold: 0,
  tunnel: null,
});

const service = (index: number, destinations: number): HostServiceWithDestinations => ({
  key: {
    kind: 'address',
    protocol: 'tcp',
    address: ipv4(`10.83.${Math.floor(index / 250)}.${(index % 250) + 1}`),
    port: 80,
  },
  scheduler: 'rr',
  schedulerFlags: [],
  persistence: null,
  onePacket: false,
  destinations: Array.from({ length: destinations }, (_, d) => destination(index, d)),
});

export const largeTable = (services: number, destinations: number): HostState => ({
  ...emptyHostState,
  services: Array.from({ length: services }, (_, s) => service(s, destinations)),
});

/** The same with another weight for its first destination. */
export const withOneWeight = (state: HostState, weight: number): HostState => ({
  ...state,
  services: state.services.map((each, s) => ({
    ...each,
    destinations: each.destinations.map((other, d) => (s === 0 && d === 0 ? { ...other, weight } : other)),
  })),
});

export const operationsFor = (wanted: HostState, found: HostState): Operation[] =>
  plan(wanted, found).map(({ operation }) => operation);

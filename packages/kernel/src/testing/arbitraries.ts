// Any host object that the kernel can hold, for property tests.
import {
  type Address,
  addressFromBytes,
  type Cidr,
  type Family,
  type HostAddress,
  type HostDestination,
  type HostRoute,
  type HostRule,
  type HostService,
  networkOf,
  Protocol,
  Scheduler,
  type ServiceKey,
} from '@signalbox/cluster';
import * as fc from 'fast-check';

const bytes = { ipv4: 4, ipv6: 16 } as const;
const bits = { ipv4: 32, ipv6: 128 } as const;

export const families = fc.constantFrom<Family>('ipv4', 'ipv6');

export const addresses = (family: Family): fc.Arbitrary<Address> =>
  fc.uint8Array({ minLength: bytes[family], maxLength: bytes[family] }).map(addressFromBytes);

export const cidrs = (family: Family): fc.Arbitrary<Cidr> =>
  fc.record({ address: addresses(family), prefix: fc.integer({ min: 0, max: bits[family] }) });

/** Networks: host bits zero. */
const networks = (family: Family) => cidrs(family).map(networkOf);

const ports = fc.integer({ min: 0, max: 65_535 });
const u32s = fc.integer({ min: 0, max: 0xffffffff });
/** What kernels of all ages take: newer ones refuse more. */
const thresholds = fc.integer({ min: 0, max: 0x7fffffff });
const tables = fc.oneof(fc.constant(254), fc.integer({ min: 5300, max: 0xffffffff }));
export const interfaceNames = fc.constantFrom('lo', 'eth0', 'eth0.100');

export const serviceKeys: fc.Arbitrary<ServiceKey> = families.chain((family) =>
  fc.oneof(
    fc.record({
      kind: fc.constant('address' as const),
      protocol: fc.constantFrom(...Protocol.options),
      address: addresses(family),
      port: ports,
    }),
    fc.record({
      kind: fc.constant('fwmark' as const),
      family: fc.constant(family),
      mark: fc.integer({ min: 1, max: 0xffffffff }),
    }),
  ),
);

const netmasks = {
  ipv4: fc.integer({ min: 1, max: 32 }).map(dottedMask),
  ipv6: fc.integer({ min: 1, max: 128 }).map(String),
} as const;

function dottedMask(prefix: number): string {
  const mask = Buffer.alloc(4);
  mask.writeUInt32BE((0xffffffff << (32 - prefix)) >>> 0);
  return addressFromBytes(mask).text;
}

/** The flags that a scheduler knows by name. */
const flagsOf = (scheduler: string) =>
  scheduler === 'sh' || scheduler === 'mh' ? [`${scheduler}-fallback`, `${scheduler}-port`] : [];

export const services: fc.Arbitrary<HostService> = fc
  .record({ key: serviceKeys, scheduler: fc.constantFrom(...Scheduler.options) })
  .chain(({ key, scheduler }) =>
    fc.record({
      key: fc.constant(key),
      scheduler: fc.constant(scheduler),
      schedulerFlags: fc.subarray(flagsOf(scheduler)),
      persistence: fc.option(
        fc.record({
          timeoutSeconds: fc.integer({ min: 1, max: 2_678_400 }),
          netmask: netmasks[key.kind === 'fwmark' ? key.family : key.address.family],
          engine: fc.constantFrom(null, 'sip'),
        }),
      ),
      onePacket: fc.boolean(),
    }),
  );

/** A tunnel that says something: plain IP in IP is null. */
const tunnels = fc.oneof(
  fc.constant(null),
  fc.record({
    type: fc.constantFrom('gue' as const, 'gre' as const),
    port: ports,
    checksum: fc.constantFrom('nocsum' as const, 'csum' as const, 'remcsum' as const),
  }),
);

export const destinations: fc.Arbitrary<HostDestination> = fc
  .record({
    address: families.chain(addresses),
    port: ports,
    method: fc.constantFrom('masq' as const, 'gate' as const, 'ipip' as const),
    weight: fc.integer({ min: 0, max: 0x7fffffff }),
    upperThreshold: thresholds,
    lowerThreshold: thresholds,
    tunnel: tunnels,
  })
  .map((destination) => (destination.method === 'ipip' ? destination : { ...destination, tunnel: null }));

export const hostAddresses: fc.Arbitrary<HostAddress> = families.chain((family) =>
  fc.record({
    interface: interfaceNames,
    cidr: cidrs(family),
    label: family === 'ipv4' ? fc.constantFrom(null, 'lo:1', 'eth0:web') : fc.constant(null),
  }),
);

const routesTo = {
  metric: u32s,
  protocol: fc.integer({ min: 0, max: 255 }),
  table: tables,
};

export const routes: fc.Arbitrary<HostRoute> = families.chain((family) =>
  fc.oneof(
    fc.record({
      ...routesTo,
      type: fc.constant('unicast' as const),
      destination: networks(family),
      via: fc.option(families.chain(addresses)),
      interface: fc.option(interfaceNames),
      onlink: fc.boolean(),
    }),
    fc.record({
      ...routesTo,
      type: fc.constantFrom('blackhole', 'unreachable', 'prohibit', 'throw'),
      destination: networks(family),
      via: fc.constant(null),
      interface: fc.constant(null),
      onlink: fc.constant(false),
    }),
  ),
);

export const rules: fc.Arbitrary<HostRule> = families.chain((family) => {
  const selector = fc.option(networks(family).filter(({ prefix }) => prefix > 0));
  return fc.record({
    priority: u32s,
    from: selector,
    to: selector,
    ipProtocol: fc.option(fc.constantFrom(...Protocol.options)),
    sourcePort: fc.option(fc.integer({ min: 1, max: 65_535 })),
    mark: fc.option(fc.integer({ min: 1, max: 0xffffffff })),
    table: fc.integer({ min: 1, max: 0xffffffff }),
    protocol: fc.integer({ min: 0, max: 255 }),
  });
});

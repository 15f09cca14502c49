import * as z from 'zod';
import { Address } from './address.ts';
import { ServiceKey } from './host-state.ts';
import { serviceKeyText } from './keys.ts';

/** Totals since the object was made or zeroed (IPVS_*_ATTR_STATS64). JSON numbers: exact up to 2^53 - 1, 9 PB. */
export const Counters = z.object({
  connections: z.number(),
  inPackets: z.number(),
  outPackets: z.number(),
  inBytes: z.number(),
  outBytes: z.number(),
});
export type Counters = z.infer<typeof Counters>;

/** Per second, as the kernel's estimator has them (refreshed every 2 s): never recomputed by us. */
export const Rates = z.object({
  connections: z.number(),
  inPackets: z.number(),
  outPackets: z.number(),
  inBytes: z.number(),
  outBytes: z.number(),
});
export type Rates = z.infer<typeof Rates>;

export const DestinationReading = z.object({
  address: Address,
  port: z.number(),
  method: z.string(),
  weight: z.number(),
  active: z.number(),
  inactive: z.number(),
  persistent: z.number(),
  counters: Counters,
  rates: Rates,
});
export type DestinationReading = z.infer<typeof DestinationReading>;

export const ServiceReading = z.object({
  key: ServiceKey,
  counters: Counters,
  rates: Rates,
  destinations: z.array(DestinationReading),
});
export type ServiceReading = z.infer<typeof ServiceReading>;

/** Bytes an interface has moved since boot: what makes replies visible that bypass the director. */
export const LinkReading = z.object({ name: z.string(), inBytes: z.number(), outBytes: z.number() });

/** One look at a host. `at` is the host's clock (ISO 8601); `sequence` counts from the agent's start. */
export const HostReading = z.object({
  at: z.string(),
  sequence: z.number(),
  services: z.array(ServiceReading),
  links: z.array(LinkReading),
});
export type HostReading = z.infer<typeof HostReading>;

/**
 * A reading, or what is known to have changed, after later changes: a service that changed takes the place of the one
 * with its key, and everything else comes from the later look.
 */
export function withChanges(before: HostReading, changes: HostReading): HostReading {
  if (changes.services.length === 0) return { ...changes, services: before.services };
  const services = new Map(before.services.map((service) => [serviceKeyText(service.key), service]));
  for (const service of changes.services) services.set(serviceKeyText(service.key), service);
  return { ...changes, services: [...services.values()] };
}

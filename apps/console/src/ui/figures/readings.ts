// From what was drawn to what a director's kernel counts for it.
import type {
  Destination,
  DestinationReading,
  HostReading,
  ServiceKey,
  ServiceReading,
  Topology,
  VirtualService,
} from '@signalbox/cluster';
import { endpointText, serviceKeyText } from '@signalbox/cluster';

/** What the kernel calls the service, and where it runs; null while its VIP or director is missing. */
export interface ServiceAt {
  readonly directorId: string;
  readonly key: ServiceKey;
  /** `tcp 192.168.0.111:80` */
  readonly name: string;
}

export function serviceAt(topology: Topology, { at }: VirtualService): ServiceAt | null {
  const vip = topology.vips.find(({ id }) => id === at.vipId);
  if (!vip) return null;
  const key: ServiceKey = { kind: 'address', protocol: at.protocol, address: vip.address, port: at.port };
  return { directorId: vip.directorId, key, name: serviceKeyText(key) };
}

/** What people call a service; one whose VIP is missing is told by its port. */
export const serviceTitle = (topology: Topology, service: VirtualService): string =>
  serviceAt(topology, service)?.name ?? `${service.at.protocol} :${service.at.port}`;

export const endpointOf = ({ address, port }: Pick<Destination, 'address' | 'port'>): string =>
  endpointText(address, port);

interface IndexedService {
  readonly reading: ServiceReading;
  readonly destinations: ReadonlyMap<string, DestinationReading>;
}
type Index = ReadonlyMap<string, IndexedService>;

// A reading is asked about once per row and second: indexed once.
const indexes = new WeakMap<HostReading, Index>();

function indexOf(reading: HostReading): Index {
  const kept = indexes.get(reading);
  if (kept) return kept;
  const made = new Map(
    reading.services.map((service) => [
      serviceKeyText(service.key),
      {
        reading: service,
        destinations: new Map(service.destinations.map((one) => [endpointText(one.address, one.port), one])),
      },
    ]),
  );
  indexes.set(reading, made);
  return made;
}

export const serviceReading = (reading: HostReading | null, service: string): ServiceReading | null =>
  (reading && indexOf(reading).get(service)?.reading) ?? null;

export const destinationReading = (
  reading: HostReading | null,
  service: string,
  endpoint: string,
): DestinationReading | null =>
  (reading && indexOf(reading).get(service)?.destinations.get(endpoint)) ?? null;

/** Established and other connections of a service: its destinations' sums, as `ipvsadm -Ln` has no line of its own. */
export function connectionsOf(reading: ServiceReading): {
  readonly active: number;
  readonly inactive: number;
} {
  let active = 0;
  let inactive = 0;
  for (const destination of reading.destinations) {
    active += destination.active;
    inactive += destination.inactive;
  }
  return { active, inactive };
}

import { type Endpoint, endpointText, type ServiceKey, serviceKeyText } from '@signalbox/cluster';
import { KernelFailure } from '../netlink/failure.ts';
import type { Frame } from '../netlink/message.ts';
import type { IpvsFamily } from './family.ts';
import type { Known } from './known.ts';
import { getDestinations, getService, getServices } from './messages.ts';

/** What to read of each service and destination. Null leaves it out. */
export interface TableCodec<S, D> {
  service(frame: Frame): S | null;
  destination(frame: Frame): D | null;
}

/** A service that was read, with its destinations. */
export type Read<S, D> = S & { readonly destinations: D[] };

/**
 * Reads every service with its destinations, each once, in the kernel's order, which means nothing. Dumps are not
 * consistent while something else writes; what is known to have been there and was not dumped is looked at again.
 */
export async function readTable<S extends { readonly key: ServiceKey }, D extends Endpoint>(
  family: IpvsFamily,
  known: Known,
  codec: TableCodec<S, D>,
): Promise<Read<S, D>[]> {
  const services = await readServices(family, known, codec);
  const read = await Promise.all(
    services.map(async (service): Promise<Read<S, D> | null> => {
      const destinations = await readDestinations(service.key);
      return destinations && { ...service, destinations };
    }),
  );
  const table = read.filter((service) => service !== null);
  known.replace(table);
  return table;

  /** Null when the service has gone since it was dumped: the kernel then answers no destinations. */
  async function readDestinations(key: ServiceKey): Promise<D[] | null> {
    const dump = () => family.dump(getDestinations(key), (frame) => codec.destination(frame));
    const seen = once(await dump(), destinationText);
    if (known.isComplete(key, seen)) return seen;
    if ((await readService(family, key, codec)) === null) return null;
    return once([...seen, ...(await dump())], destinationText);
  }
}

async function readServices<S extends { readonly key: ServiceKey }, D>(
  family: IpvsFamily,
  known: Known,
  codec: TableCodec<S, D>,
): Promise<S[]> {
  const dumped = once(await family.dump(getServices, (frame) => codec.service(frame)), serviceText);
  const missing = known.servicesBeside(new Set(dumped.map(serviceText)));
  const found = await Promise.all(missing.map((key) => readService(family, key, codec)));
  return [...dumped, ...found.filter((service) => service !== null)];
}

/** Null when there is no such service. */
async function readService<S, D>(
  family: IpvsFamily,
  key: ServiceKey,
  codec: TableCodec<S, D>,
): Promise<S | null> {
  try {
    const [frame] = await family.request(getService(key));
    return frame === undefined ? null : codec.service(frame);
  } catch (error) {
    if (error instanceof KernelFailure && error.errno === 'ESRCH') return null;
    throw error;
  }
}

const serviceText = ({ key }: { readonly key: ServiceKey }) => serviceKeyText(key);
const destinationText = ({ address, port }: Endpoint) => endpointText(address, port);

/** Each item once, the last of those with one text: a changing table can be dumped with repetitions. */
const once = <T>(items: readonly T[], textOf: (item: T) => string): T[] => [
  ...new Map(items.map((item) => [textOf(item), item])).values(),
];

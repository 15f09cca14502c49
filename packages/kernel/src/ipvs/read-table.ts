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

interface Keyed {
  readonly key: ServiceKey;
}

/**
 * Reads every service with its destinations, each once, in the kernel's order, which means nothing. Dumps are not
 * consistent while something else writes; what is known to have been there and was not dumped is looked at again.
 */
export async function readTable<S extends Keyed, D extends Endpoint>(
  family: IpvsFamily,
  known: Known,
  codec: TableCodec<S, D>,
): Promise<Read<S, D>[]> {
  const services = await readServices(family, known, codec);
  const seen = new Map<string, { key: ServiceKey; service: S; destinations: Map<string, D> }>();
  const reads = Array.from(services, async ([text, service]) => {
    const destinations = await readDestinations(text, service.key);
    if (destinations !== null) seen.set(text, { key: service.key, service, destinations });
  });
  await Promise.all(reads);
  known.replace(seen);
  return Array.from(seen.values(), ({ service, destinations }) => ({
    ...service,
    destinations: [...destinations.values()],
  }));

  /** Null when the service has gone since it was dumped: the kernel then answers no destinations. */
  async function readDestinations(text: string, key: ServiceKey): Promise<Map<string, D> | null> {
    const dump = () => family.dump(getDestinations(key), (frame) => codec.destination(frame));
    const seen = byText(await dump(), destinationText);
    if (known.isComplete(text, seen)) return seen;
    if ((await readService(family, key, codec)) === null) return null;
    return new Map([...seen, ...byText(await dump(), destinationText)]);
  }
}

async function readServices<S extends Keyed, D>(
  family: IpvsFamily,
  known: Known,
  codec: TableCodec<S, D>,
): Promise<Map<string, S>> {
  const dumped = byText(await family.dump(getServices, (frame) => codec.service(frame)), serviceText);
  const missing = known.servicesBeside(dumped);
  const found = await Promise.all(missing.map((key) => readService(family, key, codec)));
  for (const service of found) if (service !== null) dumped.set(serviceText(service), service);
  return dumped;
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

const serviceText = ({ key }: Keyed) => serviceKeyText(key);
const destinationText = ({ address, port }: Endpoint) => endpointText(address, port);

/** Each item once, the last of those with one text: a changing table can be dumped with repetitions. */
function byText<T>(items: readonly T[], textOf: (item: T) => string): Map<string, T> {
  const map = new Map<string, T>();
  for (const item of items) map.set(textOf(item), item);
  return map;
}

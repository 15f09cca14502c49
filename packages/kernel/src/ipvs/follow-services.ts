import {
  type DestinationReading,
  endpointText,
  type ServiceKey,
  type ServiceReading,
  serviceKeyText,
} from '@signalbox/cluster';
import type { ServiceFollower, ServicesLook } from '../kernel.ts';
import type { Frame } from '../netlink/message.ts';
import { type Activity, activityName, activityReader, withActivity } from './activity.ts';
import type { IpvsFamily } from './family.ts';
import type { Known } from './known.ts';
import { getDestinations, getServices } from './messages.ts';
import { readTable, type TableCodec } from './read-table.ts';

/** How often a service is read after it changed: its destinations' rates come to rest a little later than its own. */
const readsPerChange = 3;
/** So many services are read at each look without need: the count of persistent connections shows in nothing else. */
const readsInTurn = 25;
/**
 * The most services whose destinations are read at one look. Those that changed first go first; of the others come their
 * own counters, and the weights and connections of their destinations, whose counters are some looks old then.
 */
const mostReads = 250;

interface Followed {
  /** As the kernel dumped it, counters and rates in it. */
  readonly bytes: Buffer;
  /** Null for a protocol that IPVS does not balance. */
  readonly service: ServiceReading | null;
  readonly name: string;
}

export interface FollowServicesOptions {
  readonly family: IpvsFamily;
  readonly known: Known;
  readonly codec: TableCodec<ServiceReading, DestinationReading>;
  readonly activity?: () => Activity;
}

/**
 * Sees which services changed by one dump of services, whose counters hold every packet of their destinations, and by the
 * weights and connections in /proc. Only their destinations are asked for.
 */
export function followServices({
  family,
  known,
  codec,
  activity = activityReader(),
}: FollowServicesOptions): ServiceFollower {
  let followed: readonly Followed[] = [];
  let shown: Activity = new Map();
  /** Places in `followed` to be read, and how often still. */
  let due = new Map<number, number>();
  let turn = 0;
  /** Places that changed at this look. */
  let changed = new Set<number>();
  /** Services with their destinations as they were read last, by `serviceKeyText`. */
  const latest = new Map<string, ServiceReading>();
  /** Whether the last look told all that there was to tell. */
  let complete = false;

  /** The bytes of before where they are the same: most services rest. */
  const readBeside = (before: readonly Followed[]) => {
    let place = 0;
    return ({ bytes, start, end }: Frame): Buffer => {
      const now = bytes.subarray(start, end);
      const old = before[place]?.bytes;
      place += 1;
      return old?.equals(now) ? old : Buffer.from(now);
    };
  };
  const asFollowed = (bytes: Buffer): Followed => {
    const service = codec.service({ type: 0, flags: 0, sequence: 0, bytes, start: 0, end: bytes.length });
    return { bytes, service, name: service === null ? '' : activityName(service.key) };
  };
  const isSame = (one: Followed, other: Followed | undefined) =>
    one.service !== null && other?.service
      ? serviceKeyText(one.service.key) === serviceKeyText(other.service.key)
      : one.service === other?.service;

  /** False when services came, went or changed places. */
  const notice = async (): Promise<boolean> => {
    const dumped = await family.dump(getServices, readBeside(followed));
    const before = { followed, shown };
    shown = activity();
    followed = dumped.map((bytes, place) => {
      const old = before.followed[place];
      return old?.bytes.equals(bytes) ? old : asFollowed(bytes);
    });
    changed = new Set();
    let stayed = followed.length === before.followed.length;
    followed.forEach((one, place) => {
      const old = before.followed[place];
      if (one !== old) stayed &&= isSame(one, old);
      if (one !== old || shown.get(one.name) !== before.shown.get(one.name)) changed.add(place);
    });
    for (const place of changed) due.set(place, readsPerChange);
    return stayed;
  };

  const everything = async (): Promise<ServicesLook> => {
    due = new Map();
    latest.clear();
    return { whole: true, services: remembered(await readTable(family, known, codec)) };
  };

  const remembered = (services: ServiceReading[]): ServiceReading[] => {
    for (const service of services) latest.set(serviceKeyText(service.key), service);
    return services;
  };

  /** What is known of the services that changed and whose turn it is not yet. */
  const notYetRead = (): ServiceReading[] =>
    [...changed].flatMap((place) => {
      const { service = null, name = '' } = followed[place] ?? {};
      const last = service && latest.get(serviceKeyText(service.key));
      if (!service || !last) return [];
      return { ...service, destinations: withActivity(last.destinations, shown.get(name) ?? '') };
    });

  /** Null when what was known to be there was not dumped. */
  const withDestinations = async (service: ServiceReading): Promise<ServiceReading | null> => {
    const dumped = await destinationsOf(service.key);
    const byText = new Map(dumped.map((each) => [endpointText(each.address, each.port), each]));
    if (!known.isComplete(serviceKeyText(service.key), byText)) return null;
    return { ...service, destinations: [...byText.values()] };
  };
  const destinationsOf = (key: ServiceKey) =>
    family.dump(getDestinations(key), (frame) => codec.destination(frame));

  /** The services of this look, each with how often it is to be read after it. */
  const take = (): ServiceReading[] => {
    for (let count = 0; count < Math.min(readsInTurn, followed.length); count += 1) {
      turn = (turn + 1) % followed.length;
      if (!due.has(turn)) due.set(turn, 1);
    }
    return [...due].slice(0, mostReads).flatMap(([place, reads]) => {
      due.delete(place);
      changed.delete(place);
      if (reads > 1) due.set(place, reads - 1);
      return followed[place]?.service ?? [];
    });
  };

  return {
    async look(whole) {
      const rest = complete && !whole;
      complete = false;
      const stayed = await notice();
      const found = rest && stayed ? await Promise.all(take().map(withDestinations)) : [null];
      const services = found.filter((each) => each !== null);
      const seen =
        services.length === found.length
          ? { whole: false, services: remembered([...services, ...notYetRead()]) }
          : await everything();
      complete = true;
      return seen;
    },
  };
}

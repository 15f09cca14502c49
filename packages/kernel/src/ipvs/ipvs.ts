import { existsSync } from 'node:fs';
import type {
  DestinationReading,
  HostDestination,
  HostService,
  HostServiceWithDestinations,
  Operation,
  ServiceReading,
} from '@signalbox/cluster';
import type { ServiceFollower, ServicesLook } from '../kernel.ts';
import type { NetlinkClient } from '../netlink/client.ts';
import { KernelFailure } from '../netlink/failure.ts';
import { genericHeader } from '../netlink/generic.ts';
import type { Frame } from '../netlink/message.ts';
import type { Answer } from '../netlink/send-pack.ts';
import { decodeDestination } from './destination-codec.ts';
import { IpvsFamily } from './family.ts';
import { followServices } from './follow-services.ts';
import { Known } from './known.ts';
import { getConfig, getInfo, type IpvsMessage } from './messages.ts';
import { readTable, type TableCodec } from './read-table.ts';
import { decodeDestinationReading, decodeServiceReading } from './reading-codec.ts';
import { decodeService } from './service-codec.ts';
import { command, info, present, reading, timeouts } from './tables.ts';

/** What IPVS says about itself. */
export interface IpvsInfo {
  /** As ipvsadm prints it: `1.2.1`. */
  readonly version: string;
  readonly connectionTableSize: number;
}

/** Seconds after which a silent connection is forgotten (ipvsadm --set). */
export interface IpvsTimeouts {
  readonly tcp: number;
  readonly tcpFin: number;
  readonly udp: number;
}

/** The IPVS of this network namespace, which a kernel may not have. */
export class Ipvs {
  readonly #family: IpvsFamily;
  readonly #known = new Known();

  constructor(client: NetlinkClient) {
    this.#family = new IpvsFamily(client);
  }

  /** Every service with its destinations, as configured. None on a kernel that has no IPVS now: nothing is loaded. */
  services(): Promise<HostServiceWithDestinations[]> {
    return this.#ifLoaded(() => readTable(this.#family, this.#known, configuration), []);
  }

  /** Totals and rates of every service and destination; none as in `services`. */
  readings(): Promise<ServiceReading[]> {
    return this.#ifLoaded(() => readTable(this.#family, this.#known, counters), []);
  }

  /** Readings look by look; none as in `services`. */
  follow(): ServiceFollower {
    const follower = followServices({ family: this.#family, known: this.#known, codec: counters });
    const nothing: ServicesLook = { whole: true, services: [] };
    return { look: (whole) => this.#ifLoaded(() => follower.look(whole), nothing) };
  }

  /** Null when the kernel has no IPVS and cannot load it. */
  async timeouts(): Promise<IpvsTimeouts | null> {
    if (!(await this.#family.isThere())) return null;
    const [frame] = await this.#family.request(getConfig);
    const {
      tcp = 0,
      tcpFin = 0,
      udp = 0,
    } = timeouts.decode(...payload(present(frame, 'the timeouts of IPVS')));
    return { tcp, tcpFin, udp };
  }

  /** Null when the kernel has no IPVS and cannot load it. */
  async info(): Promise<IpvsInfo | null> {
    if (!(await this.#family.isThere())) return null;
    const [frame] = await this.#family.request(getInfo);
    const values = info.decode(...payload(present(frame, 'information about IPVS')));
    const version = present(values.version, 'version');
    return {
      version: [version >> 16, version >> 8, version].map((part) => part & 0xff).join('.'),
      connectionTableSize: present(values.connectionTableSize, 'size of the connection table'),
    };
  }

  pack(messages: readonly IpvsMessage[]): Promise<readonly Answer[]> {
    return this.#family.pack(messages);
  }

  /** Remembers what an operation did, for the next look: see `Known`. */
  note(operation: Operation): void {
    this.#known.note(operation);
  }

  /** The table is there in each network namespace as long as ip_vs is loaded, and looking for it does not load it. */
  async #ifLoaded<T>(read: () => Promise<T>, nothing: T): Promise<T> {
    if (!existsSync('/proc/net/ip_vs')) return nothing;
    try {
      return await read();
    } catch (error) {
      // Unloaded meanwhile.
      if (error instanceof KernelFailure && error.errno === 'ENOENT') return nothing;
      throw error;
    }
  }
}

const configuration: TableCodec<HostService, HostDestination> = {
  service: (frame) => decodeService(present(command.decode(...payload(frame)).service, 'a service')),
  destination: (frame) =>
    decodeDestination(present(command.decode(...payload(frame)).destination, 'a destination')),
};

const counters: TableCodec<ServiceReading, DestinationReading> = {
  service: (frame) => decodeServiceReading(present(reading.decode(...payload(frame)).service, 'a service')),
  destination: (frame) =>
    decodeDestinationReading(present(reading.decode(...payload(frame)).destination, 'a destination')),
};

/** Where a frame's attributes are. */
const payload = ({ bytes, start, end }: Frame): [bytes: Buffer, start: number, end: number] => [
  bytes,
  start + genericHeader.size,
  end,
];

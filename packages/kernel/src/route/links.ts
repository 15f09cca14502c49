// Interfaces (struct ifinfomsg): their names, and what they have moved.
import type { HostReading } from '@signalbox/cluster';
import { table } from '../netlink/attributes.ts';
import { KernelFailure, Malformed } from '../netlink/failure.ts';
import { type Field, string, u16, u32, u64, u8 } from '../netlink/fields.ts';
import type { Frame, Message } from '../netlink/message.ts';
import { struct } from '../netlink/struct.ts';
import { AF_UNSPEC, IFF, IFLA, RTM } from './uapi.ts';

export type LinkReading = HostReading['links'][number];

const header = struct({ family: u8, padding: u8, type: u16, index: u32, flags: u32, change: u32 });

/** struct rtnl_link_stats64 begins with packets in, packets out, bytes in, bytes out. */
const stats: Field<{ readonly inBytes: number; readonly outBytes: number }> = {
  write(writer, { inBytes, outBytes }) {
    writer.zeros(16);
    writer.u64(inBytes);
    writer.u64(outBytes);
  },
  read: (bytes, start, end) => ({
    inBytes: u64.read(bytes, start + 16, end),
    outBytes: u64.read(bytes, start + 24, end),
  }),
};

/** Six bytes as people write them; empty where a link has no hardware address. */
const hardwareAddress: Field<string> = {
  write: (writer, mac) => {
    for (const byte of mac.split(':')) writer.u8(Number.parseInt(byte, 16));
  },
  read: (bytes, start, end) =>
    [...bytes.subarray(start, end)].map((byte) => byte.toString(16).padStart(2, '0')).join(':'),
};

const attributes = table({
  address: [IFLA.ADDRESS, hardwareAddress],
  name: [IFLA.IFNAME, string],
  stats: [IFLA.STATS64, stats],
});

/** To be dumped. */
export const getLinks: Message = {
  command: 'RTM_GETLINK',
  type: RTM.GETLINK,
  writeBody: (writer) => header.encode(writer, { family: AF_UNSPEC }),
};

/** An interface with the number that messages know it by. */
export interface Link extends LinkReading {
  readonly index: number;
  /** Lower case, with colons; empty where it has none. */
  readonly mac: string;
  readonly up: boolean;
  /** Neighbours on it are found by ARP: not on lo, tunnels and dummies. */
  readonly arp: boolean;
}

export function decodeLink({ bytes, start, end }: Frame): Link {
  const { index, flags } = header.decode(bytes, start, end);
  const body = attributes.decode(bytes, start + header.size, end);
  const { name, address: mac = '', stats = { inBytes: 0, outBytes: 0 } } = body;
  if (name === undefined) throw new Malformed('an interface without a name');
  const up = (flags & IFF.UP) !== 0;
  const arp = (flags & (IFF.LOOPBACK | IFF.NOARP | IFF.POINTOPOINT)) === 0;
  return { index, name, mac, up, arp, ...stats };
}

/** The interfaces of one look, by name and by number. */
export class LinkNames {
  readonly #indexes: ReadonlyMap<string, number>;
  readonly #names: ReadonlyMap<number, string>;

  constructor(links: readonly Pick<Link, 'index' | 'name'>[]) {
    this.#indexes = new Map(links.map(({ index, name }) => [name, index]));
    this.#names = new Map(links.map(({ index, name }) => [index, name]));
  }

  nameOf(index: number): string | null {
    return this.#names.get(index) ?? null;
  }

  /** Throws `KernelFailure` with ENODEV, as the kernel would say. */
  indexOf(name: string): number {
    const index = this.#indexes.get(name);
    if (index === undefined)
      throw new KernelFailure(`interface ${name}`, 'ENODEV', 'there is no such interface');
    return index;
  }
}

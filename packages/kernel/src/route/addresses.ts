// Addresses of interfaces (struct ifaddrmsg).
import { type HostAddress, isLoopback } from '@signalbox/cluster';
import { table } from '../netlink/attributes.ts';
import type { ByteWriter } from '../netlink/byte-writer.ts';
import { address, string, u32, u8 } from '../netlink/fields.ts';
import { type Frame, type Message, NLM_F_CREATE, NLM_F_EXCL } from '../netlink/message.ts';
import { struct } from '../netlink/struct.ts';
import { cidrOf, familyNumber, familyOf } from './family.ts';
import type { LinkNames } from './links.ts';
import { AF_UNSPEC, IFA, RT_SCOPE, RTM } from './uapi.ts';

const header = struct({ family: u8, prefix: u8, flags: u8, scope: u8, interface: u32 });

/** `local` is the host's own; `address` differs from it on a point-to-point link, where it is the peer's. */
const attributes = table({
  local: [IFA.LOCAL, address],
  address: [IFA.ADDRESS, address],
  label: [IFA.LABEL, string],
});

/** EEXIST when the interface has it, whatever its label. ENODEV in `links` when there is no such interface. */
export const addAddress = (wanted: HostAddress, links: LinkNames): Message => ({
  command: 'RTM_NEWADDR',
  type: RTM.NEWADDR,
  flags: NLM_F_CREATE | NLM_F_EXCL,
  writeBody: (writer) => write(writer, { ...wanted, links }),
});

/** EADDRNOTAVAIL when the interface does not have it. The label is not looked at. */
export const deleteAddress = (unwanted: HostAddress, links: LinkNames): Message => ({
  command: 'RTM_DELADDR',
  type: RTM.DELADDR,
  writeBody: (writer) => write(writer, { ...unwanted, label: null, links }),
});

interface Writable extends HostAddress {
  readonly links: LinkNames;
}

function write(writer: ByteWriter, { interface: name, cidr, label, links }: Writable): void {
  header.encode(writer, {
    family: familyNumber(cidr.address.family),
    prefix: cidr.prefix,
    scope: isLoopback(cidr.address) ? RT_SCOPE.HOST : RT_SCOPE.UNIVERSE,
    interface: links.indexOf(name),
  });
  attributes.encode(writer, { local: cidr.address, address: cidr.address, label: label ?? undefined });
}

/** To be dumped: the addresses of both families. */
export const getAddresses: Message = {
  command: 'RTM_GETADDR',
  type: RTM.GETADDR,
  writeBody: (writer) => header.encode(writer, { family: AF_UNSPEC }),
};

/** Null for another family, and for an interface that came after `links` were read. */
export function decodeAddress({ bytes, start, end }: Frame, links: LinkNames): HostAddress | null {
  const { family: number, prefix, interface: index } = header.decode(bytes, start, end);
  const family = familyOf(number);
  const name = links.nameOf(index);
  if (family === null || name === null) return null;
  const values = attributes.decode(bytes, start + header.size, end);
  // IPv6 has a local one only beside a peer's.
  const cidr = cidrOf(family, values.local ?? values.address, prefix);
  const { label = name } = values;
  return { interface: name, cidr, label: label === name ? null : label };
}

// Generic netlink: families have a name, and a number that the kernel gives them when they are loaded.
import { table } from './attributes.ts';
import type { ByteWriter } from './byte-writer.ts';
import type { NetlinkClient } from './client.ts';
import { KernelFailure } from './failure.ts';
import { string, u16, u8 } from './fields.ts';
import type { Frame, Message } from './message.ts';
import { struct } from './struct.ts';

/** GENL_ID_CTRL and its command and attributes (include/uapi/linux/genetlink.h). */
const controller = 16;
const CTRL_CMD_GETFAMILY = 3;
const family = table({ id: [1, u16], name: [2, string] });

/** struct genlmsghdr. */
export const genericHeader = struct({ command: u8, version: u8, reserved: u16 });

/** Writes the header of a generic netlink message. */
export const writeGenericHeader = (writer: ByteWriter, command: number): void =>
  genericHeader.encode(writer, { command, version: 1 });

/**
 * The number of a family. The kernel loads the module of one it does not have, where it may. Throws `KernelFailure`,
 * ENOENT when there is none.
 */
export async function resolveFamily(client: NetlinkClient, name: string): Promise<number> {
  const command = `find family ${name}`;
  const frames = await client.request(getFamily(name));
  const id = frames.map(familyId).find((found) => found !== undefined);
  if (id === undefined) throw new KernelFailure(command, 'EBADMSG', 'the kernel told no number');
  return id;
}

export const getFamily = (name: string): Message => ({
  command: `find family ${name}`,
  type: controller,
  writeBody(writer) {
    writeGenericHeader(writer, CTRL_CMD_GETFAMILY);
    family.encode(writer, { name });
  },
});

const familyId = ({ bytes, start, end }: Frame) => family.decode(bytes, start + genericHeader.size, end).id;

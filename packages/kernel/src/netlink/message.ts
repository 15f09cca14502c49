// Netlink messages: a header of 16 bytes and a body (include/uapi/linux/netlink.h, struct nlmsghdr).
import type { ByteWriter } from './byte-writer.ts';
import { errnoName, Malformed } from './failure.ts';

export const NLMSG_NOOP = 1;
export const NLMSG_ERROR = 2;
export const NLMSG_DONE = 3;

export const NLM_F_REQUEST = 0x1;
export const NLM_F_ACK = 0x4;
export const NLM_F_DUMP_INTR = 0x10;
export const NLM_F_DUMP = 0x300;
export const NLM_F_EXCL = 0x200;
export const NLM_F_CREATE = 0x400;

const headerLength = 16;
const sequenceAt = 8;

/** Something to ask of the kernel. `command` is its name in failures, e.g. `IPVS NEW_SERVICE`. */
export interface Message {
  readonly command: string;
  readonly type: number;
  /** Flags beside those that the exchange needs itself (REQUEST, ACK, DUMP). */
  readonly flags?: number;
  /** Writes header and attributes of its family. Throws what cannot be written: RangeError, TypeError, `KernelFailure`. */
  writeBody(writer: ByteWriter): void;
}

/** One message from the kernel; its body is `bytes` from `start` to `end`. */
export interface Frame {
  readonly type: number;
  readonly flags: number;
  readonly sequence: number;
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
}

/** Appends a message with its header. It gets its sequence number when it is sent. */
export function writeMessage(writer: ByteWriter, message: Message, flags: number): void {
  const at = writer.length;
  writer.u32(0);
  writer.u16(message.type);
  writer.u16(NLM_F_REQUEST | flags | (message.flags ?? 0));
  writer.u32(0);
  writer.u32(0);
  message.writeBody(writer);
  writer.setU32(at, writer.length - at);
  writer.align();
}

/** Gives the messages of one datagram the sequence numbers from `first` on. */
export function number(bytes: Buffer, first: number): void {
  let sequence = first;
  for (let at = 0; at < bytes.length; at += aligned(bytes.readUInt32LE(at))) {
    bytes.writeUInt32LE(sequence, at + sequenceAt);
    sequence += 1;
  }
}

/** NLMSG_ALIGN. */
const aligned = (length: number) => (length + 3) & ~3;

/** The messages in one datagram. Throws `Malformed` when lengths do not add up. */
export function framesOf(bytes: Buffer): Frame[] {
  const frames: Frame[] = [];
  for (let at = 0; at < bytes.length; ) {
    if (at + headerLength > bytes.length)
      throw new Malformed(`${bytes.length - at} bytes after the last message`);
    const length = bytes.readUInt32LE(at);
    if (length < headerLength || at + length > bytes.length)
      throw new Malformed(`a message of ${length} bytes`);
    frames.push({
      type: bytes.readUInt16LE(at + 4),
      flags: bytes.readUInt16LE(at + 6),
      sequence: bytes.readUInt32LE(at + sequenceAt),
      bytes,
      start: at + headerLength,
      end: at + length,
    });
    at += aligned(length);
  }
  return frames;
}

/** The errno that an ERROR or DONE message carries as its first number; null when it is 0 (or, in DONE, not there). */
export function errnoOf(frame: Frame): string | null {
  const there = frame.end - frame.start >= 4;
  if (!there && frame.type === NLMSG_ERROR) throw new Malformed('an error message without an errno');
  const errno = there ? -frame.bytes.readInt32LE(frame.start) : 0;
  return errno === 0 ? null : errnoName(errno);
}

import { ByteWriter } from '../netlink/byte-writer.ts';
import { type Frame, framesOf, type Message, writeMessage } from '../netlink/message.ts';

/** The bytes of a message as it is sent by itself, its sequence number still zero. */
export function written(message: Message, flags = 0): Buffer {
  const writer = new ByteWriter();
  writeMessage(writer, message, flags);
  return Buffer.from(writer.written());
}

/** The one message in these bytes. */
export function frameOf(bytes: Buffer): Frame {
  const [frame, ...others] = framesOf(bytes);
  if (frame === undefined || others.length > 0) throw new Error(`${others.length} messages beside the first`);
  return frame;
}

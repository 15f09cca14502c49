// A kernel for tests: answers what it is sent as a test says, behind the interface of a socket.
import { ByteWriter } from '../netlink/byte-writer.ts';
import { type Frame, framesOf, NLMSG_DONE, NLMSG_ERROR } from '../netlink/message.ts';
import type { OpenWire, WireEvents, WireKind } from '../netlink/wire.ts';

/** One message from the scripted kernel; `body` follows the header. */
export interface Reply {
  readonly type: number;
  readonly flags?: number;
  readonly sequence: number;
  readonly body?: Uint8Array;
}

/** Called with the messages of one datagram; answers the datagrams that come back. */
export type Script = (messages: readonly Frame[], kind: WireKind) => readonly Buffer[];

export interface ScriptedWire {
  readonly open: OpenWire;
  /** Every datagram that was sent, as messages. */
  readonly sent: Frame[][];
  /** Sockets that were opened and are not closed. */
  readonly openSockets: () => number;
  /** The events of the socket that was opened last, to send what nobody asked for. */
  readonly events: () => WireEvents;
}

/** A machine whose sockets are answered by a script, each time in a later turn, as a real one answers. */
export function scriptedWire(script: Script, receiveBuffer = 425_984): ScriptedWire {
  const sent: Frame[][] = [];
  let latest: WireEvents | null = null;
  let sockets = 0;
  return {
    sent,
    openSockets: () => sockets,
    events() {
      if (latest === null) throw new Error('no socket was opened');
      return latest;
    },
    open(kind, events) {
      latest = events;
      sockets += 1;
      return {
        receiveBuffer,
        send(bytes) {
          // Copied, because the sender may use its buffer again.
          const messages = framesOf(Buffer.from(bytes));
          sent.push(messages);
          for (const datagram of script(messages, kind)) setImmediate(() => events.datagram(datagram));
        },
        keepAlive() {},
        close() {
          sockets -= 1;
          return Promise.resolve();
        },
      };
    },
  };
}

/** A datagram of messages. */
export function datagram(...replies: readonly Reply[]): Buffer {
  const writer = new ByteWriter();
  for (const { type, flags = 0, sequence, body = new Uint8Array() } of replies) {
    writer.u32(16 + body.length);
    writer.u16(type);
    writer.u16(flags);
    writer.u32(sequence);
    writer.u32(0);
    writer.bytes(body);
    writer.align();
  }
  return writer.written();
}

/** NLMSG_ERROR with a positive errno; 0 acknowledges. The kernel repeats the request's header, which nobody reads. */
export const answered = (sequence: number, errno = 0): Reply => ({
  type: NLMSG_ERROR,
  sequence,
  body: int32(-errno),
});

/** NLMSG_DONE, the end of a dump. */
export const ended = (sequence: number, errno = 0): Reply => ({
  type: NLMSG_DONE,
  sequence,
  body: int32(-errno),
});

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return bytes;
}

const acknowledge = 0x4;

/** What the kernel does with a pack: an error for each message that `errnoOf` refuses, an answer to those that ask. */
export const answersTo = (messages: readonly Frame[], errnoOf: (message: Frame) => number): Buffer[] =>
  messages.flatMap((message) => {
    const errno = errnoOf(message);
    return errno !== 0 || (message.flags & acknowledge) !== 0
      ? [datagram(answered(message.sequence, errno))]
      : [];
  });

// One netlink socket of npm `netlink`, behind an interface that a test can play.
import { RawNetlinkSocket, type RawNetlinkSocketOptions } from 'netlink/dist/raw.js';

/** Netlink families that we speak (include/uapi/linux/netlink.h). */
export const NETLINK_ROUTE = 0;
export const NETLINK_NETFILTER = 12;
export const NETLINK_GENERIC = 16;

/** `datagram` gets the messages of one receive; `broken` is called when the socket can no longer be relied on. */
export interface WireEvents {
  datagram(bytes: Buffer): void;
  broken(errno: string): void;
}

export interface Wire {
  /** Bytes that may wait for us before the kernel drops what follows. */
  readonly receiveBuffer: number;
  /** Sends one datagram; the bytes must not be changed until it is answered. A failure arrives as `broken`, later. */
  send(bytes: Buffer): void;
  /** Whether the socket keeps the process alive. */
  keepAlive(wanted: boolean): void;
  close(): Promise<void>;
}

/** `control` is for requests, `dump` for dumps: never both on one socket. */
export type WireKind = 'control' | 'dump';
export type OpenWire = (kind: WireKind, events: WireEvents) => Wire;

/**
 * Options by kind. A control socket looks at each message's size first, and asks for room: an overrun (ENOBUFS) makes
 * libuv see POLLERR, and npm netlink 0.3.0 then ends the process. A dump is paced by the kernel, which fills what
 * we read with, up to 32 KB (af_netlink.c netlink_dump).
 */
const options = {
  control: { messagePeeking: true, recvBufferSize: 1 << 20 },
  dump: { messagePeeking: false, msgBufferSize: 8_192 },
} as const satisfies Record<WireKind, Partial<RawNetlinkSocketOptions>>;

/** Opens sockets of one netlink family. */
export const socketsOf =
  (protocol: number): OpenWire =>
  (kind, events) => {
    const given = options[kind] as unknown as RawNetlinkSocketOptions; // which wants both sizes; the program takes either
    const socket = new RawNetlinkSocket(protocol, given);
    socket.on('message', (bytes, { port }) => {
      // Port 0 is the kernel; nobody else has anything to tell us.
      if (port === 0) events.datagram(bytes);
    });
    socket.on('truncatedMessage', () => events.broken('EMSGSIZE'));
    socket.on('error', (error) => events.broken(error.code));
    socket.unref();
    let open = true;
    return {
      receiveBuffer: socket.getRecvBufferSize(),
      send(bytes) {
        socket.send(bytes, {}, (error) => {
          if (error !== undefined && open) events.broken(error.code);
        });
      },
      keepAlive(wanted) {
        if (wanted) socket.ref();
        else socket.unref();
      },
      close() {
        if (!open) return Promise.resolve();
        open = false;
        // Later, because the library reads through a socket that was closed inside its own callback.
        return new Promise((resolve) => {
          setImmediate(() => {
            socket.close();
            resolve();
          });
        });
      },
    };
  };

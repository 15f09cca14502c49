// Requests, packs and dumps of one netlink family, never more in flight than its sockets can hold.
import type { ByteWriter } from './byte-writer.ts';
import { dumpOn } from './dump-on.ts';
import { Lane } from './lane.ts';
import type { Frame, Message } from './message.ts';
import { type Answer, sendPack } from './send-pack.ts';
import { Window } from './window.ts';
import type { OpenWire } from './wire.ts';

export interface ClientOptions {
  readonly open: OpenWire;
  readonly timeoutMilliseconds: number;
}

/** The most messages in one pack, and in flight on the control socket. */
const mostMessages = 64;
/** What one answer may take of the receive buffer: an error repeats its request (af_netlink.c netlink_ack). */
const bytesPerAnswer = 4096;
/** Dumps at a time, each on a socket of its own. Reading 1,000 services: 4 took 0.6 of the time of 1, and 16 no less. */
const dumpSockets = 4;

export class NetlinkClient {
  readonly #control: Lane;
  readonly #controlWindow: Window;
  readonly #writers: ByteWriter[] = [];
  readonly #dumps: readonly Lane[];
  readonly #idleDumps: Lane[];
  readonly #dumpWindow = new Window(dumpSockets);
  /** The most messages in one pack: 64, fewer where the host allows little receive buffer (net.core.rmem_max). */
  readonly packLimit: number;

  /** Opens the control socket. Throws when there is no such family here. */
  constructor({ open, timeoutMilliseconds }: ClientOptions) {
    this.#control = new Lane({ open, timeoutMilliseconds, kind: 'control' });
    const fit = Math.floor(this.#control.receiveBuffer / bytesPerAnswer);
    this.packLimit = Math.max(1, Math.min(mostMessages, fit));
    this.#controlWindow = new Window(this.packLimit);
    this.#dumps = Array.from(
      { length: dumpSockets },
      () => new Lane({ open, timeoutMilliseconds, kind: 'dump' }),
    );
    this.#idleDumps = [...this.#dumps];
  }

  /** Sends one message; answers what came before its acknowledgement. Throws `KernelFailure`. */
  async request(message: Message): Promise<readonly Frame[]> {
    const frames: Frame[] = [];
    const [answer] = await this.#send([message], (frame) => frames.push(frame));
    if (answer) throw answer;
    return frames;
  }

  /**
   * Sends up to `packLimit` messages at once, which run in order, also after one that is refused. One answer each; fewer
   * when one cannot be written, whose failure is then the last answer.
   */
  pack(messages: readonly Message[]): Promise<readonly Answer[]> {
    return messages.length === 0 ? Promise.resolve([]) : this.#send(messages, () => {});
  }

  /** Asks for a whole table and reads each entry; null leaves it out. See `dumpOn`. */
  dump<T>(message: Message, read: (frame: Frame) => T | null): Promise<T[]> {
    return this.#dumpWindow.through(1, async () => {
      const lane = this.#idleDumps.pop();
      if (lane === undefined) throw new RangeError('more dumps than sockets');
      try {
        return await dumpOn(lane, message, read);
      } finally {
        this.#idleDumps.push(lane);
      }
    });
  }

  /** What is pending fails with ECANCELED, and so does what comes later. */
  async close(): Promise<void> {
    await Promise.all([this.#control, ...this.#dumps].map((lane) => lane.close()));
  }

  #send(messages: readonly Message[], reply: (frame: Frame) => void): Promise<readonly Answer[]> {
    const options = { lane: this.#control, writers: this.#writers, reply };
    return this.#controlWindow.through(messages.length, () => sendPack(messages, options));
  }
}

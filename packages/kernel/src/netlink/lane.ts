import { KernelFailure } from './failure.ts';
import { type Frame, framesOf, number } from './message.ts';
import type { OpenWire, Wire, WireKind } from './wire.ts';

/** One question on the wire: messages with neighbouring sequence numbers, and what happens to their answers. */
export interface Exchange {
  readonly command: string;
  /** How many messages it has. */
  readonly count: number;
  /** The messages; they get their sequence numbers here. */
  readonly bytes: Buffer;
  /** Takes an answer to the message `index`. True when nothing more will come. */
  answer(index: number, frame: Frame): boolean;
  done(): void;
  failed(failure: KernelFailure): void;
}

interface Pending {
  readonly exchange: Exchange;
  readonly first: number;
  /** How often the watch had looked when it was sent. */
  readonly since: number;
}

/** Where a lane gets its sockets, of which kind, and how long an answer may take. */
export interface LaneOptions {
  readonly open: OpenWire;
  readonly kind: WireKind;
  readonly timeoutMilliseconds: number;
}

const lastSequence = 0xffff_fffe;
/** How often one timeout is looked at. A timer for each exchange would cost as much as the exchange. */
const looksPerTimeout = 4;

/**
 * A place for one socket and what waits on it. Opened when first needed. A socket that fails, that speaks nonsense or on
 * which a dump falls silent is given up with everything that waits on it, and the next question opens a new one.
 */
export class Lane {
  readonly #options: LaneOptions;
  readonly #pending = new Set<Pending>();
  #wire: Wire | null = null;
  #lastTaken = 0;
  #looks = 0;
  #watch: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(options: LaneOptions) {
    this.#options = options;
  }

  /** The bytes that the socket can hold for us. Throws what opening it throws. */
  get receiveBuffer(): number {
    return this.#connected().receiveBuffer;
  }

  /**
   * Sends an exchange, which then ends with exactly one of `done` and `failed`. Throws, and has sent nothing, when the
   * socket cannot be opened or the lane is closed.
   */
  start(exchange: Exchange): void {
    if (this.#closed) throw new KernelFailure(exchange.command, 'ECANCELED');
    const wire = this.#connected();
    const first = this.#take(exchange.count);
    number(exchange.bytes, first);
    // Takes as long as the kernel works, loading a module for one. What it answers is read in a later turn.
    wire.send(exchange.bytes);
    this.#pending.add({ exchange, first, since: this.#looks });
    this.#watch ??= setInterval(
      () => this.#look(),
      this.#options.timeoutMilliseconds / looksPerTimeout,
    ).unref();
    wire.keepAlive(true);
  }

  /** Everything that waits fails with ECANCELED. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#stopWatching();
    await this.#giveUp('ECANCELED');
  }

  #connected(): Wire {
    if (this.#wire !== null) return this.#wire;
    const wire = opened(() =>
      this.#options.open(this.#options.kind, {
        datagram: (bytes) => {
          if (this.#wire === wire) this.#receive(bytes);
        },
        broken: (errno) => {
          if (this.#wire === wire) void this.#giveUp(errno);
        },
      }),
    );
    this.#wire = wire;
    return wire;
  }

  /** Runs inside the library's callback, out of which nothing may be thrown: it would end the process. */
  #receive(bytes: Buffer): void {
    try {
      for (const frame of framesOf(bytes)) this.#dispatch(frame);
    } catch (error) {
      void this.#giveUp('EBADMSG', `the kernel's answer cannot be read: ${String(error)}`);
    }
  }

  #dispatch(frame: Frame): void {
    const pending = this.#pendingAt(frame.sequence);
    // An answer to what has timed out.
    if (pending === null) return;
    if (pending.exchange.answer(frame.sequence - pending.first, frame)) this.#settle(pending, null);
  }

  /** Few are pending at a time. */
  #pendingAt(sequence: number): Pending | null {
    for (const pending of this.#pending) {
      if (sequence >= pending.first && sequence < pending.first + pending.exchange.count) return pending;
    }
    return null;
  }

  /** Counts looks and not the clock, so that what keeps this process busy is not taken for a silent kernel. */
  #look(): void {
    this.#looks += 1;
    if (this.#pending.size === 0) this.#stopWatching();
    for (const pending of this.#pending) {
      if (this.#looks - pending.since > looksPerTimeout) this.#silent(pending);
    }
  }

  #stopWatching(): void {
    if (this.#watch !== null) clearInterval(this.#watch);
    this.#watch = null;
  }

  #silent(pending: Pending): void {
    const reason = 'the kernel did not answer in time';
    // The kernel may still be in the middle of a dump, and would answer the next one with EBUSY.
    if (this.#options.kind === 'dump') void this.#giveUp('ETIMEDOUT', reason);
    else this.#settle(pending, new KernelFailure(pending.exchange.command, 'ETIMEDOUT', reason));
  }

  async #giveUp(errno: string, reason?: string): Promise<void> {
    const wire = this.#wire;
    this.#wire = null;
    for (const pending of this.#pending) {
      this.#settle(pending, new KernelFailure(pending.exchange.command, errno, reason));
    }
    await wire?.close();
  }

  #settle(pending: Pending, failure: KernelFailure | null): void {
    const { exchange } = pending;
    this.#pending.delete(pending);
    if (this.#pending.size === 0) this.#wire?.keepAlive(false);
    if (failure === null) exchange.done();
    else exchange.failed(failure);
  }

  /** The first of so many sequence numbers. 0 is left to messages that nobody asked for. */
  #take(count: number): number {
    if (this.#lastTaken > lastSequence - count) this.#lastTaken = 0;
    const first = this.#lastTaken + 1;
    this.#lastTaken += count;
    return first;
  }
}

/** The wire, or a failure that says why there is none: EMFILE, EPROTONOSUPPORT, EAFNOSUPPORT in a sandbox. */
function opened(open: () => Wire): Wire {
  try {
    return open();
  } catch (error) {
    const errno = error instanceof Error && 'code' in error ? String(error.code) : 'EIO';
    throw new KernelFailure(
      'open a netlink socket',
      errno,
      error instanceof Error ? error.message : undefined,
    );
  }
}

// Frames on a stream: u32 big-endian payload length, u8 kind, payload. One connection carries one request.

/** Kinds below 16 go to the server, the others to the client. */
export const frameKind = {
  request: 0,
  stdin: 1,
  stdinEnd: 2,
  signal: 3,
  stdout: 16,
  stderr: 17,
  exit: 18,
  reply: 19,
  failure: 20,
} as const;
export type FrameKind = (typeof frameKind)[keyof typeof frameKind];

export interface Frame {
  readonly kind: FrameKind;
  readonly payload: Buffer;
}

const HEADER = 5;
/** A peer that announces more than this is not speaking our protocol. */
export const MAX_PAYLOAD = 4 * 1024 * 1024;

const kinds: ReadonlySet<number> = new Set(Object.values(frameKind));
const isKind = (kind: number): kind is FrameKind => kinds.has(kind);

/** The bytes of one frame. */
export function encodeFrame(kind: FrameKind, payload: Uint8Array = new Uint8Array()): Buffer {
  if (payload.length > MAX_PAYLOAD) throw new Error(`frame of ${payload.length} bytes is too long`);
  const frame = Buffer.allocUnsafe(HEADER + payload.length);
  frame.writeUInt32BE(payload.length, 0);
  frame.writeUInt8(kind, 4);
  frame.set(payload, HEADER);
  return frame;
}

/** Cuts a byte stream into frames; throws on an unknown kind or an impossible length. */
export class FrameReader {
  #pending: Buffer = Buffer.alloc(0);

  push(chunk: Buffer): Frame[] {
    this.#pending = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk]);
    const frames: Frame[] = [];
    for (let frame = this.#next(); frame !== null; frame = this.#next()) frames.push(frame);
    return frames;
  }

  #next(): Frame | null {
    if (this.#pending.length < HEADER) return null;
    const length = this.#pending.readUInt32BE(0);
    if (length > MAX_PAYLOAD) throw new Error(`peer announces a frame of ${length} bytes`);
    const kind = this.#pending.readUInt8(4);
    if (!isKind(kind)) throw new Error(`peer sends frame kind ${kind}`);
    if (this.#pending.length < HEADER + length) return null;
    const payload = this.#pending.subarray(HEADER, HEADER + length);
    this.#pending = this.#pending.subarray(HEADER + length);
    return { kind, payload };
  }
}

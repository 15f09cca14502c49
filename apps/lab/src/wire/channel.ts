import type { Duplex, Writable } from 'node:stream';
import { encodeFrame, type Frame, type FrameKind, FrameReader, frameKind } from './frame.ts';

/** A connection that carries frames. Reading waits for the reader; writing waits for the peer. */
export interface Channel {
  readonly frames: AsyncGenerator<Frame, void, undefined>;
  /** Settles when there is room for more, or when the connection is gone (the reader learns of that). */
  send(kind: FrameKind, payload?: Uint8Array): Promise<void>;
  sendJson(kind: FrameKind, value: unknown): Promise<void>;
  close(): void;
  /** Drops the connection, sent or not. */
  abandon(): void;
}

/** Frames over any stream pair. A broken connection ends `frames` instead of throwing. */
export function channelOver(stream: Duplex): Channel {
  stream.on('error', () => stream.destroy());
  const send = (kind: FrameKind, payload?: Uint8Array) => writeAll(stream, encodeFrame(kind, payload));
  return {
    frames: framesOf(stream),
    send,
    sendJson: (kind, value) => send(kind, Buffer.from(JSON.stringify(value))),
    close: () => void stream.end(),
    abandon: () => void stream.destroy(),
  };
}

async function* framesOf(stream: Duplex): AsyncGenerator<Frame, void, undefined> {
  const reader = new FrameReader();
  try {
    for await (const chunk of stream) yield* reader.push(chunk);
  } catch (error) {
    if (!isConnectionError(error)) throw error;
  }
}

/** Errors with a code are the system's (reset, broken pipe, premature close); ours have none. */
const isConnectionError = (error: unknown) => error instanceof Error && 'code' in error;

/** Writes and waits until the stream takes more, or is closed. */
export async function writeAll(stream: Writable, bytes: Uint8Array): Promise<void> {
  if (stream.destroyed || stream.writableEnded || stream.write(bytes)) return;
  await new Promise<void>((resolve) => {
    const done = () => {
      stream.off('drain', done);
      stream.off('close', done);
      resolve();
    };
    stream.on('drain', done);
    stream.on('close', done);
  });
}

/** The one answer to a request that streams nothing. */
export async function replyOf(channel: Channel): Promise<unknown> {
  for await (const frame of channel.frames) {
    if (frame.kind === frameKind.reply) return JSON.parse(frame.payload.toString());
    if (frame.kind === frameKind.failure) throw new Error(frame.payload.toString());
  }
  throw new Error('the connection ended without an answer');
}

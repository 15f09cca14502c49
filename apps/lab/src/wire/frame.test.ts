import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeFrame, FrameReader, frameKind } from './frame.ts';

const someFrame = fc.record({
  kind: fc.constantFrom(...Object.values(frameKind)),
  payload: fc.uint8Array({ maxLength: 300 }),
});

test('frames come out as they went in, however the stream is cut', () => {
  fc.assert(
    fc.property(fc.array(someFrame), fc.array(fc.integer({ min: 1, max: 40 })), (frames, cuts) => {
      const stream = Buffer.concat(frames.map((f) => encodeFrame(f.kind, f.payload)));
      const reader = new FrameReader();
      const seen = pieces(stream, cuts).flatMap((piece) => reader.push(piece));
      expect(seen.map((f) => ({ kind: f.kind, payload: new Uint8Array(f.payload) }))).toEqual(frames);
    }),
  );
});

test('a peer that speaks something else is refused at once', () => {
  expect(() => new FrameReader().push(Buffer.from('GET / HTTP/1.1\r\n'))).toThrow(/announces a frame/);
  expect(() => new FrameReader().push(Buffer.from([0, 0, 0, 1, 99]))).toThrow(/frame kind 99/);
});

function pieces(stream: Buffer, cuts: number[]): Buffer[] {
  const out: Buffer[] = [];
  let at = 0;
  for (const cut of cuts) {
    out.push(stream.subarray(at, at + cut));
    at = Math.min(stream.length, at + cut);
  }
  return [...out, stream.subarray(at)];
}

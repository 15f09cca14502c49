import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hex } from '../testing/hex.ts';
import { frameOf } from '../testing/written.ts';
import { ByteWriter } from './byte-writer.ts';
import { errnoOf, framesOf, type Message, number, writeMessage } from './message.ts';

const body = (text: string): Message => ({
  command: text,
  type: 28,
  writeBody: (writer) => writer.text(text),
});

describe('messages', () => {
  it('follow each other on multiples of four, and are numbered when they are sent', () => {
    const writer = new ByteWriter(8);
    for (const text of ['a', 'bcd', '']) writeMessage(writer, body(text), 4);
    number(writer.written(), 7);
    const frames = framesOf(writer.written());
    expect(
      frames.map(({ sequence, flags, start, end }) => ({ sequence, flags, length: end - start })),
    ).toEqual([
      { sequence: 7, flags: 5, length: 2 },
      { sequence: 8, flags: 5, length: 4 },
      { sequence: 9, flags: 5, length: 1 },
    ]);
  });

  it('are Malformed when their lengths do not add up, and never anything worse', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        try {
          framesOf(Buffer.from(bytes));
        } catch (error) {
          expect(error).toHaveProperty('name', 'Malformed');
        }
      }),
    );
  });
});

describe('an error message', () => {
  it.each([
    ['00000000', null],
    ['feffffff', 'ENOENT'],
    ['fdffffff', 'ESRCH'],
    ['dcfdffff', 'errno 548'],
    ['f4fdffff', 'ENOTSUPP'],
  ])('with %s says %s', (errno, name) => {
    expect(errnoOf(frameOf(hex(`14000000 0200 0000 01000000 00000000 ${errno}`)))).toBe(name);
  });

  it('without a number is Malformed', () => {
    const frame = frameOf(hex('10000000 0200 0000 01000000 00000000'));
    expect(() => errnoOf(frame)).toThrow('without an errno');
  });
});

it('the end of a dump may carry no errno', () => {
  expect(errnoOf(frameOf(hex('10000000 0300 0200 01000000 00000000')))).toBeNull();
});

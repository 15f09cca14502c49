import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Answer } from './answer.ts';

const head = (...lines: readonly string[]) => ['HTTP/1.1 200 OK', ...lines, '', ''].join('\r\n');
const sized = `${head('Content-Length: 9')}rs1\nmore\n`;
const chunked = `${head('transfer-encoding: chunked')}2\r\nrs\r\n6;a=b\r\n1\nmore\r\n1\r\n\n\r\n0\r\n\r\n`;
const empty = head('Content-Length: 0');
const nothing = 'HTTP/1.1 204 No Content\r\n\r\n';
const untilClose = `${head('Connection: close')}rs1\r\nmore`;

/** Who answered, when the text comes in these pieces. */
function read(pieces: readonly string[], closed = false): string | null {
  const answer = new Answer();
  for (const piece of pieces) answer.push(piece);
  if (closed) answer.close();
  return answer.by;
}

/** The text cut at some places. */
function cut(text: string, places: readonly number[]): string[] {
  const at = [0, ...places.map((place) => place % text.length).toSorted((a, b) => a - b), text.length];
  return at.slice(1).map((end, index) => text.slice(at[index], end));
}

test.each([
  ['a length', sized, 'rs1'],
  ['chunks', chunked, 'rs1'],
  ['an empty body', empty, ''],
  ['no content', nothing, ''],
])('with %s is whole with its last byte, however it comes', (_, text, by) => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 1000 }), { maxLength: 8 }), (places) => {
      expect(read(cut(text, places))).toBe(by);
      expect(read(cut(text.slice(0, -1), places))).toBeNull();
    }),
  );
});

test('without a length it ends with the connection, and with one it does not', () => {
  expect(read([untilClose])).toBeNull();
  expect(read([untilClose], true)).toBe('rs1');
  expect(() => read([sized.slice(0, -1)], true)).toThrow('closed amid an answer');
  expect(() => read([chunked.slice(0, -2)], true)).toThrow('closed amid an answer');
  expect(() => read([], true)).toThrow('closed before an answer');
});

test('a large one is not kept', () => {
  const line = 'x'.repeat(1000);
  const answer = new Answer();
  answer.push(head(`Content-Length: ${100 * 1024 * 1024}`));
  for (let sent = 0; sent < 100; sent += 1) answer.push(line.repeat(1024).slice(0, 1024 * 1024));
  expect(answer.by).toBeNull();
});

test('a failure of the server is one, and so is what is not HTTP', () => {
  expect(() => read(['HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n'])).toThrow('HTTP 503');
  expect(read(['HTTP/1.1 404 Not Found\r\nContent-Length: 3\r\n\r\nrs1'])).toBe('rs1');
  expect(() => read(['SSH-2.0-OpenSSH\r\n\r\n'])).toThrow('does not speak HTTP');
  expect(() => read(['x'.repeat(70_000)])).toThrow('without end');
});

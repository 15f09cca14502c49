// An HTTP/1.1 answer as it arrives: only its head, the first line of its body and how much is still to come are kept.

const LONGEST_HEAD = 64 * 1024;
const LONGEST_LINE = 100;

/** Where the body ends: after so many bytes, by its own last chunk, or with the connection. */
type Ending = number | 'chunks' | 'close';

export class Answer {
  #head = '';
  #ending: Ending | null = null;
  #line = '';
  #lineEnded = false;
  /** Of the body, or of the chunk: bytes to come. */
  #left = 0;
  /** What stands between two chunks, as far as it has come. */
  #between = '';
  #whole = false;

  /** Who answered, by the first line of the body; null before the answer is whole. */
  get by(): string | null {
    return this.#whole ? this.#line.trimEnd() : null;
  }

  /** Takes what came, one character a byte. @throws when it is no answer, or the server says that it failed. */
  push(text: string): void {
    if (this.#whole) return;
    if (this.#ending !== null) return this.#body(text);
    this.#head += text;
    const end = this.#head.indexOf('\r\n\r\n');
    if (end === -1) {
      if (this.#head.length > LONGEST_HEAD) throw new Error('an answer without end');
      return;
    }
    const body = this.#head.slice(end + 4);
    this.#head = this.#head.slice(0, end);
    this.#ending = endingOf(this.#head);
    this.#left = typeof this.#ending === 'number' ? this.#ending : 0;
    this.#whole = this.#ending === 0;
    this.#body(body);
  }

  /** The connection has ended: the end of an answer that has no other. @throws when it is not whole. */
  close(): void {
    if (this.#ending === 'close') this.#whole = true;
    if (!this.#whole)
      throw new Error(this.#ending === null ? 'closed before an answer' : 'closed amid an answer');
  }

  #body(text: string): void {
    if (this.#ending === 'chunks') return this.#chunks(text);
    this.#read(text);
    if (this.#ending === 'close') return;
    this.#left -= text.length;
    this.#whole = this.#left <= 0;
  }

  #chunks(text: string): void {
    let rest = text;
    while (rest !== '' && !this.#whole) {
      if (this.#left > 0) {
        this.#read(rest.slice(0, this.#left));
        const taken = Math.min(this.#left, rest.length);
        this.#left -= taken;
        rest = rest.slice(taken);
      } else rest = this.#size(rest);
    }
  }

  /** Reads on to the size of the next chunk; the one of size 0 is the last. */
  #size(text: string): string {
    this.#between += text;
    // The end of the chunk before stands in front.
    const size = /^(?:\r\n)?([0-9a-f]+)[^\r\n]*\r\n/i.exec(this.#between);
    if (size === null) {
      if (this.#between.length > LONGEST_HEAD) throw new Error('an answer without end');
      return '';
    }
    const rest = this.#between.slice(size[0].length);
    this.#left = Number.parseInt(size[1] ?? '0', 16);
    if (this.#left === 0) {
      // Trailers, if any, and an empty line.
      this.#whole = /(^|\r\n)\r\n/.test(rest);
      return '';
    }
    this.#between = '';
    return rest;
  }

  #read(text: string): void {
    if (this.#lineEnded) return;
    const end = text.indexOf('\n');
    this.#line = (this.#line + (end === -1 ? text : text.slice(0, end))).slice(0, LONGEST_LINE);
    this.#lineEnded = end !== -1 || this.#line.length === LONGEST_LINE;
  }
}

function endingOf(head: string): Ending {
  const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(head)?.[1] ?? 0);
  if (status === 0) throw new Error('what answers does not speak HTTP');
  if (status >= 500) throw new Error(`HTTP ${status}`);
  if (status === 204 || status === 304) return 0;
  if (/^transfer-encoding:.*\bchunked\s*$/im.test(head)) return 'chunks';
  const length = /^content-length:\s*(\d+)\s*$/im.exec(head)?.[1];
  return length === undefined ? 'close' : Number(length);
}

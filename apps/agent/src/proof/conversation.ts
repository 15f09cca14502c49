import { connect, type Socket } from 'node:net';
import type { ProbeInput } from '@signalbox/agent-api';

const LONGEST_ANSWER = 64 * 1024;

/** One TCP connection over which HTTP/1.1 requests are made, one after the other. */
export class Conversation {
  readonly #input: ProbeInput;
  readonly #socket: Socket;
  readonly #signal: AbortSignal;

  constructor(input: ProbeInput, signal: AbortSignal) {
    this.#input = input;
    this.#signal = signal;
    this.#socket = connect({ host: input.to.text, port: input.port });
    this.#socket.setNoDelay(true).setEncoding('latin1');
    // Before anybody asks and after the last answer a failure is noticed at the next question.
    this.#socket.on('error', () => undefined);
  }

  /** Who answered: the first line of the body. @throws when the connection fails or the answer does not come in time. */
  async ask(connection: 'close' | 'keep-alive'): Promise<string> {
    const { to, path, timeoutMs } = this.#input;
    const socket = this.#socket;
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    let text = '';
    const read = (chunk: string) => {
      text += chunk;
      const answer = answerIn(text);
      if (answer !== null) resolve(answer);
      else if (text.length > LONGEST_ANSWER) reject(new Error('an answer without end'));
    };
    const closed = () => {
      const whole = connection === 'close' ? bodyOf(text) : null;
      if (whole === null) reject(new Error('closed before an answer'));
      else resolve(firstLine(whole));
    };
    const aborted = () => reject(new Error('the probe has ended'));
    const timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
    socket.on('data', read).once('error', reject).once('close', closed);
    this.#signal.addEventListener('abort', aborted, { once: true });
    if (socket.destroyed) closed();
    else
      socket.write(`GET ${path} HTTP/1.1\r\nHost: ${to.text}\r\nConnection: ${connection}\r\n\r\n`, 'latin1');
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      socket.off('data', read).off('error', reject).off('close', closed);
      this.#signal.removeEventListener('abort', aborted);
    }
  }

  end(): void {
    this.#socket.destroy();
  }
}

const bodyOf = (text: string): string | null => {
  const end = text.indexOf('\r\n\r\n');
  return end === -1 ? null : text.slice(end + 4);
};

/** The first line of the body once it is whole; null while more is to come. */
function answerIn(text: string): string | null {
  const body = bodyOf(text);
  if (body === null) return null;
  const head = text.slice(0, text.length - body.length);
  const length = /^content-length:\s*(\d+)/im.exec(head)?.[1];
  if (length !== undefined) return body.length >= Number(length) ? firstLine(body) : null;
  if (!/^transfer-encoding:\s*chunked/im.test(head)) return null;
  // The size of the first chunk stands before it.
  return /(^|\r\n)0\r\n\r\n$/.test(body) ? firstLine(body.slice(body.indexOf('\r\n') + 2)) : null;
}

const firstLine = (body: string): string => (body.split(/\r?\n/, 1)[0] ?? '').slice(0, 100);

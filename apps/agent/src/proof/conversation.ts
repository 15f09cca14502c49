import { connect, type Socket } from 'node:net';
import type { ProbeInput } from '@signalbox/agent-api';
import { Answer } from './answer.ts';

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
    const answer = new Answer();
    const step = (work: () => void) => {
      try {
        work();
        if (answer.by !== null) resolve(answer.by);
      } catch (error) {
        reject(error);
      }
    };
    const read = (chunk: string) => step(() => answer.push(chunk));
    const closed = () => step(() => answer.close());
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

// Trials that only want to be answered: a TCP connection, made and closed at once, or a datagram.
import { connect, type Socket } from 'node:net';
import type { ConnectInput, ConnectResult } from '@signalbox/agent-api';
import { askOnce } from './datagram.ts';
import { failureOf, timedOut, type Wanted } from './trial.ts';

/** All at once. A port that is still in TIME_WAIT gives way to the next of its range. */
export const connectAll = ({ connections, timeoutMs }: ConnectInput): Promise<ConnectResult[]> =>
  Promise.all(connections.map((wanted) => connectFromRange(wanted, timeoutMs)));

const taken: ReadonlySet<string> = new Set(['EADDRINUSE', 'EADDRNOTAVAIL']);
/** Where the last probe of a range began, so that the next takes another port. */
const turns = new Map<number, number>();

async function connectFromRange(wanted: Wanted, timeoutMs: number): Promise<ConnectResult> {
  if (wanted.protocol === 'sctp')
    return {
      kind: 'failed',
      errno: 'EPROTONOSUPPORT',
      message: `${wanted.protocol} cannot be tried by a connection`,
    };
  const { fromPorts } = wanted;
  const tryOnce = wanted.protocol === 'udp' ? askOnce : connectOnce;
  if (fromPorts === null) return tryOnce(wanted, null, timeoutMs);
  const size = fromPorts.last - fromPorts.first + 1;
  const begin = turns.get(fromPorts.first) ?? 0;
  turns.set(fromPorts.first, (begin + 1) % size);
  let result: ConnectResult | null = null;
  for (let i = 0; i < size; i += 1) {
    result = await tryOnce(wanted, fromPorts.first + ((begin + i) % size), timeoutMs);
    if (result.kind !== 'failed' || !taken.has(result.errno)) return result;
  }
  return result ?? { kind: 'failed', errno: 'EINVAL', message: 'a range without ports' };
}

function connectOnce(
  { from, to, port }: Wanted,
  localPort: number | null,
  timeoutMs: number,
): Promise<ConnectResult> {
  const began = performance.now();
  const { promise, resolve } = Promise.withResolvers<ConnectResult>();
  const socket: Socket = connect({
    host: to.text,
    port,
    ...(from === null ? {} : { localAddress: from.text }),
    ...(localPort === null ? {} : { localPort }),
  });
  const timer = setTimeout(() => resolve(timedOut(timeoutMs)), timeoutMs);
  socket.once('connect', () =>
    resolve({ kind: 'answered', milliseconds: Math.round((performance.now() - began) * 10) / 10 }),
  );
  socket.once('error', (error) => resolve(failureOf(error)));
  return promise.finally(() => {
    clearTimeout(timer);
    socket.removeAllListeners('error').on('error', () => undefined);
    // Reset, not closed: the port is free at once and the server forgets it.
    socket.resetAndDestroy();
  });
}

// One question over UDP. A server need not answer what it does not understand: silence proves nothing, a refusal does.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { ConnectResult } from '@signalbox/agent-api';
import { failureOf, timedOut, type Wanted } from './trial.ts';

/** "Which are the servers of the root?" (RFC 1035): every DNS server answers it, and it does no harm elsewhere. */
const QUESTION = Buffer.from('5342010000010000000000000000020001', 'hex');
/** Datagrams get lost: asked again within the time there is. */
const ASKED = 2;

export async function askOnce(
  { from, to, port }: Wanted,
  localPort: number | null,
  timeoutMs: number,
): Promise<ConnectResult> {
  const began = performance.now();
  const socket = createSocket(to.family === 'ipv6' ? 'udp6' : 'udp4');
  const { promise, resolve } = Promise.withResolvers<ConnectResult>();
  const timers: NodeJS.Timeout[] = [];
  socket.on('error', (error) => resolve(failureOf(error)));
  socket.on('message', () =>
    resolve({ kind: 'answered', milliseconds: Math.round((performance.now() - began) * 10) / 10 }),
  );
  try {
    socket.bind({ port: localPort ?? 0, exclusive: true, ...(from === null ? {} : { address: from.text }) });
    await once(socket, 'listening');
    // Connected, or an ICMP refusal would not be heard.
    socket.connect(port, to.text);
    await once(socket, 'connect');
    for (let time = 0; time < ASKED; time += 1)
      timers.push(setTimeout(() => socket.send(QUESTION), (time * timeoutMs) / ASKED));
    timers.push(setTimeout(() => resolve(timedOut(timeoutMs)), timeoutMs));
    return await promise;
  } catch (error) {
    if (error instanceof Error) return failureOf(error);
    throw error;
  } finally {
    for (const timer of timers) clearTimeout(timer);
    socket.close();
  }
}

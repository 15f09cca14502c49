import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { connectAll } from './connect.ts';

const here = { family: 'ipv4', text: '127.0.0.1' } as const;
const trial = (protocol: 'tcp' | 'udp' | 'sctp', port: number) => ({
  from: here,
  fromPorts: null,
  to: here,
  port,
  protocol,
});
const tried = async (protocol: 'tcp' | 'udp' | 'sctp', port: number, timeoutMs = 2000) =>
  (await connectAll({ connections: [trial(protocol, port)], timeoutMs }))[0];

async function datagramServer(answer: boolean) {
  const socket = createSocket('udp4');
  socket.on('message', (text, from) => {
    if (answer) socket.send(text, from.port, from.address);
  });
  socket.bind(0, here.text);
  await once(socket, 'listening');
  return { port: socket.address().port, [Symbol.dispose]: () => socket.close() };
}

test('a TCP server that takes connections answers; where nobody listens it is refused', async () => {
  // A trial resets what it opened.
  const server = createServer((socket) => socket.on('error', () => undefined)).listen(0, here.text);
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  expect(await tried('tcp', port)).toMatchObject({ kind: 'answered' });
  server.close();
  await once(server, 'close');
  expect(await tried('tcp', port)).toMatchObject({ kind: 'refused', errno: 'ECONNREFUSED' });
});

test('a UDP server answers, is silent, or is not there', async () => {
  using talks = await datagramServer(true);
  expect(await tried('udp', talks.port)).toMatchObject({ kind: 'answered' });
  {
    using silent = await datagramServer(false);
    expect(await tried('udp', silent.port, 200)).toMatchObject({ kind: 'timedOut' });
  }
  const gone = await datagramServer(true);
  gone[Symbol.dispose]();
  expect(await tried('udp', gone.port)).toMatchObject({ kind: 'refused', errno: 'ECONNREFUSED' });
});

test('SCTP is said to be untried', async () => {
  expect(await tried('sctp', 9)).toMatchObject({ kind: 'failed', errno: 'EPROTONOSUPPORT' });
});

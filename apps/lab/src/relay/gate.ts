// The gate: a UNIX socket of the host that opens TCP connections inside the lab's network. The first line says where to.
import { connect, createServer, type Socket } from 'node:net';
import { joinStreams } from './join-streams.ts';

const LONGEST_LINE = 100;
const CONNECT_TIMEOUT_MS = 5000;

/** Serves the gate; run inside the lab's network namespace. */
export function serveGate(socket: string): Promise<void> {
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (client) => {
    client.on('error', () => client.destroy());
    readTarget(client, (target) => {
      if (target === null) client.destroy();
      else carry(client, target);
    });
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(socket, resolve);
  });
}

/** Reads up to the first line's end and gives back what came after it. */
function readTarget(client: Socket, found: (target: { host: string; port: number } | null) => void): void {
  let head = Buffer.alloc(0);
  const take = (chunk: Buffer) => {
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf(10);
    if (end < 0 && head.length < LONGEST_LINE) return;
    client.pause();
    client.off('data', take);
    const target = /^([0-9.]+) (\d{1,5})$/.exec(head.subarray(0, Math.max(end, 0)).toString());
    if (end >= 0 && head.length > end + 1) client.unshift(head.subarray(end + 1));
    found(target === null ? null : { host: target[1] ?? '', port: Number(target[2]) });
  };
  client.on('data', take);
  client.resume();
}

/** One byte says that the way is open; without it the connection just ends. */
function carry(client: Socket, target: { host: string; port: number }): void {
  const inner = connect({ ...target, allowHalfOpen: true, noDelay: true });
  inner.setTimeout(CONNECT_TIMEOUT_MS, () => inner.destroy());
  inner.on('error', () => client.destroy());
  client.once('close', () => inner.destroy());
  inner.once('connect', () => {
    inner.setTimeout(0);
    client.write(OPEN);
    joinStreams(client, inner);
  });
}

const OPEN = '+';

/** Opens a connection into the lab's network through the gate; rejects when nobody listens there. */
export function connectThroughGate(gate: string, target: { host: string; port: number }): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const refuse = (why: string) => {
      socket.destroy();
      reject(new Error(`${target.host}:${target.port} cannot be reached in the lab: ${why}`));
    };
    const socket = connect({ path: gate, allowHalfOpen: true });
    const failed = (error: Error) => refuse(error.message);
    const ended = () => refuse('refused');
    socket.once('error', failed);
    // Half-open sockets do not close by themselves when the other side ends.
    socket.once('end', ended);
    socket.once('connect', () => socket.write(`${target.host} ${target.port}\n`));
    socket.once('data', (first: Buffer) => {
      socket.pause();
      socket.off('error', failed);
      socket.off('end', ended);
      if (first.length > OPEN.length) socket.unshift(first.subarray(OPEN.length));
      resolve(socket);
    });
  });
}

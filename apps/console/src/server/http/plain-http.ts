// A browser that was sent to http:// on the HTTPS port is told so, instead of being cut off without a word.
import type { Server } from 'node:https';
import type { Socket } from 'node:net';

const TEXT = 'This console speaks HTTPS: begin its address with https://\n';
const ANSWER = [
  'HTTP/1.1 400 Bad Request',
  'Content-Type: text/plain; charset=utf-8',
  `Content-Length: ${TEXT.length}`,
  'Connection: close',
  '',
  TEXT,
].join('\r\n');

const peerOf = ({ remoteAddress, remotePort }: Socket) => `${remoteAddress} ${remotePort}`;

export function answerPlainHttp(server: Server): void {
  // What failed as TLS can only be answered on the connection below it.
  const below = new Map<string, Socket>();
  server.on('connection', (socket: Socket) => {
    const peer = peerOf(socket);
    below.set(peer, socket);
    socket.once('close', () => below.delete(peer));
  });
  server.on('tlsClientError', (error, socket) => {
    if ('code' in error && error.code === 'ERR_SSL_HTTP_REQUEST') below.get(peerOf(socket))?.end(ANSWER);
  });
}

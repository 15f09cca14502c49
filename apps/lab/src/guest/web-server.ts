// The web server of a real server: answers its name and the local address that was asked, on every port it is given.
// Usage: web-server.cjs NAME PORT...
import { createServer } from 'node:http';

const [name = '', ...ports] = process.argv.slice(2);
let closed = ports.length;

for (const port of ports) {
  const server = createServer({ keepAliveTimeout: 75_000 }, (request, response) => {
    const { localAddress = '', localPort = 0 } = request.socket;
    response.setHeader('content-type', 'text/plain');
    response.end(`${name} ${localAddress}:${localPort}\n`);
  });
  server.listen(Number(port), '0.0.0.0', () => {
    closed -= 1;
    if (closed === 0) process.stdout.write('listening\n');
  });
}

// The web server of a real server: answers its name and the local address that was asked, on every port it is given.
// Usage: web-server.mjs NAME PORT...
import { createServer } from 'node:http';

const [name = '', ...ports] = process.argv.slice(2);

const servers = ports.map((port) => {
  const server = createServer({ keepAliveTimeout: 75_000 }, (request, response) => {
    const { localAddress = '', localPort = 0 } = request.socket;
    response.setHeader('content-type', 'text/plain');
    response.end(`${name} ${localAddress}:${localPort}\n`);
  });
  return new Promise<void>((resolve) => {
    server.listen(Number(port), '0.0.0.0', resolve);
  });
});
await Promise.all(servers);
process.stdout.write('listening\n');

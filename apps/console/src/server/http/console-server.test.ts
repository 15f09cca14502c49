import { request } from 'node:http';
import { expect, test } from 'vitest';
import { testCluster } from '../testing/test-console.ts';
import { serveConsole } from '../testing/served-console.ts';
import { openConsoleServer } from './console-server.ts';

/** fetch does not let us choose the Host header. */
function ask(port: number, headers: Record<string, string>): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }),
      );
    })
      .on('error', reject)
      .end();
  });
}

async function echoServer() {
  const server = await openConsoleServer({
    listen: { host: '127.0.0.1', port: 0 },
    tls: null,
    names: ['console.example'],
    dev: false,
    handler: async (incoming, outgoing) => {
      outgoing.end(JSON.stringify(incoming.headers));
    },
  });
  return { server, [Symbol.asyncDispose]: () => server.close() };
}

test('a page gets a policy with a nonce of its own, and the screens are told the same nonce', async () => {
  await using echo = await echoServer();
  const url = `http://127.0.0.1:${echo.server.port}/`;
  const [first, second] = await Promise.all([fetch(url), fetch(url)]);
  const policy = first.headers.get('content-security-policy');
  expect(policy).toMatch(/script-src 'self' 'nonce-[\w+/=]{24}';/);
  expect(policy).toContain("frame-ancestors 'none'");
  expect(second.headers.get('content-security-policy')).not.toBe(policy);
  expect(first.headers.get('x-content-type-options')).toBe('nosniff');
  expect(await first.json()).toMatchObject({ 'content-security-policy': policy });
});

test('a client cannot pretend to come from another address', async () => {
  await using echo = await echoServer();
  const { text } = await ask(echo.server.port, { 'x-signalbox-client-address': '192.0.2.9' });
  expect(JSON.parse(text)).toMatchObject({ 'x-signalbox-client-address': '127.0.0.1' });
});

test('it answers to the names it was told, and to no other', async () => {
  await using echo = await echoServer();
  expect((await ask(echo.server.port, { host: 'console.example' })).status).toBe(200);
  const refused = await ask(echo.server.port, { host: 'evil.example' });
  expect(refused.status).toBe(421);
  expect(refused.text).toContain('--host NAME');
});

test('a port that is taken is said, not waited for', async () => {
  await using echo = await echoServer();
  await expect(
    openConsoleServer({
      listen: { host: '127.0.0.1', port: echo.server.port },
      tls: null,
      names: [],
      dev: false,
      handler: async () => {},
    }),
  ).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

test('live readings reach a browser as a stream, and a console that stops drops it without an end', async () => {
  await using cluster = await testCluster();
  await using served = await serveConsole(cluster.console);
  const cookie = await signIn(served.url, cluster.console.as(null));
  const input = encodeURIComponent(JSON.stringify({ clusterId: cluster.clusterId }));
  const answer = await fetch(`${served.url}/api/trpc/live.watch?input=${input}`, { headers: { cookie } });
  expect(answer.headers.get('content-type')).toContain('text/event-stream');

  let text = '';
  const reading = (async () => {
    const decoder = new TextDecoder();
    for await (const chunk of answer.body ?? []) text += decoder.decode(chunk, { stream: true });
  })();
  await expect.poll(() => text.split('"kind":"host"').length, { timeout: 5000 }).toBeGreaterThan(5);
  expect(text).toContain('"kind":"all"');

  cluster.console.started.endStreams();
  const began = performance.now();
  await served.server.close();
  await reading;
  expect(performance.now() - began).toBeLessThan(2000);
  // An end would tell the browser not to come back.
  expect(text).not.toContain('event: return');
});

async function signIn(
  url: string,
  api: { setup: { createAdministrator: (who: typeof ada) => Promise<unknown> } },
) {
  await api.setup.createAdministrator(ada);
  const answer = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify(ada),
  });
  return answer.headers.getSetCookie().join('; ');
}

const ada = { name: 'Ada', email: 'ada@example.org', password: 'a long enough password' };

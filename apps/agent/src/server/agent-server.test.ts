// Who is let in, and what becomes of those who are not.
import { once } from 'node:events';
import { connect as connectTcp, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect as connectTls } from 'node:tls';
import { agentServerName, consoleRole, MAX_BODY_BYTES } from '@signalbox/agent-api';
import { expect, test } from 'vitest';
import { fakeKernel } from '../testing/fake-kernel.ts';
import { bareHost, natState } from '../testing/host-states.ts';
import { dialAsConsole, NODE, type ServedAgent, serveAgent } from '../testing/test-agent.ts';
import { agentLeaf, consoleLeaf, testCa } from '../testing/test-ca.ts';

const served = () => serveAgent(fakeKernel({ state: bareHost }));

/** Whether info is answered to this certificate. */
async function answers(
  agent: ServedAgent,
  certified: Parameters<ServedAgent['client']>[0],
): Promise<boolean> {
  const client = await agent.client(certified);
  return client.info.query().then(
    () => true,
    () => false,
  );
}

test('the console is served, again and again', async () => {
  await using agent = await served();
  const certified = await agent.ca.issue(consoleLeaf);

  const first = await answers(agent, certified);
  const second = await answers(agent, certified);

  expect([first, second]).toEqual([true, true]);
  expect(agent.lines).toEqual([]);
});

test('a console that resumes its TLS session is still the console', async () => {
  await using agent = await served();
  const { key, certificate } = await agent.ca.issue(consoleLeaf);
  const options = {
    port: agent.port,
    host: '127.0.0.1',
    ca: agent.ca.certificate,
    servername: agentServerName(NODE),
    key,
    cert: certificate,
  };
  const request = 'GET /info HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';
  const first = connectTls(options);
  const ticket = once(first, 'session');
  first.write(request);
  await everything(first);
  const [session] = await ticket;

  const second = connectTls({ ...options, session });
  await once(second, 'secureConnect');
  expect(second.isSessionReused()).toBe(true);
  second.write(request);

  expect(await everything(second)).toContain(NODE);
});

test('a certificate of our CA in the role of an agent is refused and logged', async () => {
  await using agent = await served();

  expect(await answers(agent, await agent.ca.issue(agentLeaf('node2')))).toBe(false);

  expect(agent.lines.join('\n')).toMatch(
    /Refused 127\.0\.0\.1 port \d+: the certificate of "CN=node2.signalbox" is not accepted: INVALID_PURPOSE/,
  );
});

test.each([
  [
    'an agent that is also a client',
    { ...agentLeaf('node2'), usages: ['serverAuth', 'clientAuth'] as const },
  ],
  ['no extended key usage, which Node takes for a client', { ...consoleLeaf, usages: [] }],
  [
    'the role inside another name',
    { ...consoleLeaf, names: [{ type: 'dns' as const, value: `x, URI:${consoleRole}` }] },
  ],
  [
    'a role that only begins so',
    { ...consoleLeaf, names: [{ type: 'url' as const, value: `${consoleRole}/2` }] },
  ],
])('a certificate of our CA with %s is refused and logged', async (_, leaf) => {
  await using agent = await served();

  expect(await answers(agent, await agent.ca.issue(leaf))).toBe(false);

  expect(agent.lines.join('\n')).toContain('Refused 127.0.0.1');
});

test('a console of another CA is refused', async () => {
  await using agent = await served();
  const stranger = await (await testCa()).issue(consoleLeaf);

  expect(await answers(agent, stranger)).toBe(false);

  expect(agent.lines.join('\n')).toContain('is not accepted');
});

test('no certificate, no answer', async () => {
  await using agent = await served();
  const socket = connectTls({
    port: agent.port,
    host: '127.0.0.1',
    ca: agent.ca.certificate,
    servername: agentServerName(NODE),
  });
  socket.write('GET /info HTTP/1.1\r\nHost: x\r\n\r\n');

  expect(await everything(socket)).toBe('');
  expect(agent.lines.join('\n')).toContain('shows no certificate');
});

test('an older TLS is refused', async () => {
  await using agent = await served();
  const { key, certificate } = await agent.ca.issue(consoleLeaf);
  const socket = connectTls({
    port: agent.port,
    host: '127.0.0.1',
    ca: agent.ca.certificate,
    servername: agentServerName(NODE),
    key,
    cert: certificate,
    maxVersion: 'TLSv1.2',
  });

  const [error] = await once(socket, 'error');

  expect(String(error)).toMatch(/protocol version|EPROTO/i);
});

test('garbage on the port harms nobody', async () => {
  await using agent = await served();
  const client = await agent.client();

  const strangers = Array.from({ length: 20 }, (_, at) => {
    const socket = connectTcp(agent.port, '127.0.0.1').on('error', () => {});
    socket.write(at % 2 === 0 ? Buffer.alloc(5000, at) : 'GET / HTTP/1.1\r\n\r\n');
    return once(socket, 'close');
  });
  await Promise.all(strangers);

  expect((await client.info.query()).nodeId).toBe(NODE);
});

test('who stalls in the handshake is cut off, and others are served meanwhile', async () => {
  await using agent = await served();
  const idle = Array.from({ length: 20 }, () => connectTcp(agent.port, '127.0.0.1').on('error', () => {}));
  const client = await agent.client();

  expect((await client.info.query()).nodeId).toBe(NODE);

  const started = performance.now();
  await Promise.all(idle.map((socket) => once(socket.resume(), 'close')));
  expect(performance.now() - started).toBeLessThan(9000);
}, 15_000);

test('a console that sends its request slowly is cut off', async () => {
  await using agent = await served();
  const socket = await dialAsConsole(agent);
  socket.write('POST /preview HTTP/1.1\r\nHost: x\r\n');

  const drip = setInterval(() => socket.write('X-Slow: 1\r\n'), 500);
  const heard = await everything(socket);
  clearInterval(drip);

  expect(heard).toContain('408');
}, 15_000);

test('a body that is too long is refused', async () => {
  await using agent = await served();
  const client = await agent.client();
  const sysctls = [{ name: 'x'.repeat(MAX_BODY_BYTES), value: '1' }];

  await expect(client.preview.mutate({ ...natState, sysctls })).rejects.toThrow();

  expect((await client.info.query()).nodeId).toBe(NODE);
});

test('a body that is no desired state is refused by its shape', async () => {
  await using agent = await served();
  const socket = await dialAsConsole(agent);
  const body = '{"services": [{"key": "everything"}]}';
  socket.write(
    'POST /preview HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n' +
      `Content-Length: ${body.length}\r\n\r\n${body}`,
  );

  expect(await everything(socket)).toContain('BAD_REQUEST');
});

test('closing cuts off whoever is still there', async () => {
  const agent = await served();
  const sockets = [connectTcp(agent.port, '127.0.0.1'), await dialAsConsole(agent)];
  const closed = sockets.map((socket) => once(socket.on('error', () => {}).resume(), 'close'));
  await sleep(50);

  await agent[Symbol.asyncDispose]();

  await Promise.all(closed);
});

async function everything(socket: Socket): Promise<string> {
  let heard = '';
  socket.on('data', (chunk: Buffer) => {
    heard += chunk.toString('latin1');
  });
  socket.on('error', () => {});
  await once(socket, 'close');
  return heard;
}

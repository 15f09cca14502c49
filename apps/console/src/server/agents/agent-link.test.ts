import { createServer, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { enrolAs, serveAgent } from '../testing/fake-agent.ts';
import { FakeHost } from '../testing/fake-host.ts';
import { TestConsole, testCluster, tokenOf } from '../testing/test-console.ts';
import { twoArms } from '../testing/two-arms.ts';
import { agentUnreachable } from './agent-unreachable.ts';

/** Something that is not an agent, where rs1's agent should be. */
async function insteadOfAgent(speak: (socket: Socket) => void) {
  const cluster = await testCluster();
  await cluster.rs1.served.stop();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    speak(socket);
  });
  await new Promise<void>((resolve) => {
    server.listen(cluster.rs1.served.port, '127.0.0.1', resolve);
  });
  const { console, clusterId } = cluster;
  return {
    answer: () => console.as('viewer').nodes.get({ clusterId, nodeId: 'rs1' }),
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await cluster[Symbol.asyncDispose]();
    },
  };
}

test('a host that takes the connection and says nothing is given up in seconds', async () => {
  await using silent = await insteadOfAgent(() => undefined);
  const began = performance.now();
  expect(await silent.answer()).toMatchObject({
    kind: 'unreachable',
    message: expect.stringMatching(/^127\.0\.0\.1:\d+ did not answer in time\.$/),
  });
  // Before the question's own ten seconds are over.
  expect(performance.now() - began).toBeLessThan(9900);
}, 30_000);

test('a host that connects and is too busy to answer did not answer in time, in those words', () => {
  const aborted = new DOMException('This operation was aborted', 'AbortError');
  const { message } = agentUnreachable(new Error('fetch failed', { cause: aborted }), '10.0.0.1:7420');
  expect(message).toBe('10.0.0.1:7420 did not answer in time.');
});

test('questions to a silent host are asked at the same time, and do not wait for one another to be given up', async () => {
  const reached = Promise.withResolvers<'all'>();
  let connections = 0;
  await using silent = await insteadOfAgent(() => {
    connections += 1;
    if (connections === 3) reached.resolve('all');
  });
  const answers = [1, 2, 3].map(() => silent.answer());
  const first = Promise.race(answers).then(() => 'one was given up first');
  expect(await Promise.race([reached.promise, first])).toBe('all');
  await Promise.all(answers);
}, 20_000);

test('something that speaks another protocol is not taken for an agent', async () => {
  await using garbage = await insteadOfAgent((socket) => socket.end('SSH-2.0-OpenSSH_9.9\r\n'));
  expect(await garbage.answer()).toMatchObject({ kind: 'unreachable', message: expect.any(String) });
}, 20_000);

test('an agent that fails, or answers in another form, is told apart from one that is down', async () => {
  await using cluster = await testCluster();
  const { console, clusterId, rs1 } = cluster;
  const ask = () => console.as('viewer').nodes.get({ clusterId, nodeId: 'rs1' });

  rs1.host.observe = () => Promise.reject(new Error('disk full'));
  expect(await ask()).toMatchObject({
    kind: 'unreachable',
    message: expect.stringContaining('failed: disk full'),
  });

  rs1.host.observe = () => Promise.resolve({ at: 'now' } as never);
  expect(await ask()).toMatchObject({
    kind: 'unreachable',
    message: expect.stringContaining('in a form this console does not know'),
  });
});

test('the agent of another console is not ours, though it bears the same name', async () => {
  await using cluster = await testCluster();
  await using other = await TestConsole.start();
  const api = other.as('admin');
  const { id: clusterId, revision } = await api.clusters.create({ name: 'Other' });
  await api.clusters.save({ clusterId, revision, topology: twoArms({ rs1: 7420 }) });
  const { command } = await api.nodes.join({ clusterId, nodeId: 'rs1' });
  const stranger = await enrolAs(other.enrolPort, tokenOf(command));
  await cluster.rs1.served.stop();
  cluster.rs1.served = await serveAgent(new FakeHost('rs1'), stranger, cluster.rs1.served.port);

  const answer = await cluster.console
    .as('viewer')
    .nodes.get({ clusterId: cluster.clusterId, nodeId: 'rs1' });
  expect(answer).toMatchObject({
    kind: 'unreachable',
    message: expect.stringMatching(/not one of ours|cut the connection/),
  });
});

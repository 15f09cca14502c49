import { expect, test } from 'vitest';
import type { HostLive, LiveEvent } from '../../api/contract.ts';
import { enrolAs, serveAgent } from '../testing/fake-agent.ts';
import { FakeHost } from '../testing/fake-host.ts';
import { eventually, type TestCluster, testCluster, tokenOf } from '../testing/test-console.ts';
import { twoArms } from '../testing/two-arms.ts';

/** Follows the stream as a browser does: the whole first, then single hosts. */
class Watcher implements AsyncDisposable {
  readonly hosts = new Map<string, HostLive>();
  readonly events: LiveEvent[] = [];
  readonly #stop = new AbortController();
  readonly #ended: Promise<void>;

  constructor({ console, clusterId }: TestCluster) {
    this.#ended = this.#follow(console.started.console.live.watch(clusterId, this.#stop.signal));
  }

  async #follow(stream: AsyncIterable<LiveEvent>): Promise<void> {
    for await (const event of stream) {
      this.events.push(event);
      if (event.kind === 'all') this.hosts.clear();
      const changed = event.kind === 'all' ? event.hosts : event.kind === 'host' ? [event.host] : [];
      for (const host of changed) this.hosts.set(host.nodeId, host);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    await this.#ended;
  }
}

const kind = (watcher: Watcher, nodeId: string) => watcher.hosts.get(nodeId)?.agent.kind;
const sequence = (watcher: Watcher, nodeId: string) => watcher.hosts.get(nodeId)?.reading?.sequence ?? -1;

test('readings come through, the whole first and then host by host; a node without an agent says so', async () => {
  await using cluster = await testCluster();
  await using watcher = new Watcher(cluster);
  await eventually(
    async () => sequence(watcher, 'director'),
    (n) => n > 2,
  );
  expect(watcher.events[0]?.kind).toBe('all');
  expect(watcher.hosts.get('director')?.agent).toMatchObject({ kind: 'answers', version: '0.0.0-test' });
  expect(kind(watcher, 'client')).toBe('none');
});

test('an agent that vanishes keeps its last figures and says since when; when it is back they move on', async () => {
  await using cluster = await testCluster();
  await using watcher = new Watcher(cluster);
  await eventually(
    async () => sequence(watcher, 'rs1'),
    (n) => n > 2,
  );

  await cluster.rs1.served.stop();
  await eventually(
    async () => kind(watcher, 'rs1'),
    (now) => now === 'unreachable',
  );
  const lost = watcher.hosts.get('rs1');
  expect(lost?.reading?.sequence).toBeGreaterThan(2);
  expect(lost?.receivedAt).toEqual(expect.any(String));
  expect(kind(watcher, 'director')).toBe('answers');
  const since = lost?.agent.kind === 'unreachable' ? lost.agent.since : '';

  await eventually(
    async () => watcher.hosts.get('rs1')?.agent,
    (agent) => agent?.kind === 'unreachable' && agent.message.includes('refuses connections'),
  );
  const later = watcher.hosts.get('rs1')?.agent;
  expect(later?.kind === 'unreachable' ? later.since : '').toBe(since);

  const { host, identity, served } = cluster.rs1;
  cluster.rs1.served = await serveAgent(host, identity, served.port);
  await eventually(
    async () => kind(watcher, 'rs1'),
    (now) => now === 'answers',
  );
}, 20_000);

test('there is one stream per agent, however many browsers watch', async () => {
  await using cluster = await testCluster();
  let open = 0;
  const { host } = cluster.director;
  const watch = host.watch.bind(host);
  host.watch = async function* (signal) {
    open++;
    yield* watch(signal);
  };
  // Made to connect again, so that the count above sees every stream.
  await cluster.director.served.stop();
  cluster.director.served = await serveAgent(host, cluster.director.identity, cluster.director.served.port);
  await using _a = new Watcher(cluster);
  await using _b = new Watcher(cluster);
  await using last = new Watcher(cluster);
  const before = sequence(last, 'director');
  await eventually(
    async () => sequence(last, 'director'),
    (n) => n > before + 3,
  );
  expect(open).toBe(1);
}, 20_000);

test('a save and a rollout are told to everybody who watches', async () => {
  await using cluster = await testCluster();
  const { console, clusterId, director, rs1 } = cluster;
  await using watcher = new Watcher(cluster);
  const { revision } = await console.as('viewer').clusters.get({ clusterId });
  const topology = twoArms({ director: director.served.port, rs1: rs1.served.port }, 5);
  await console.as('operator').clusters.save({ clusterId, revision, topology });
  const told = await eventually(
    async () => watcher.events.findLast((event) => event.kind === 'cluster'),
    (event) => event?.kind === 'cluster' && event.revision === revision + 1,
  );
  expect(told).toMatchObject({ rolloutId: null });
});

test('a revoked node is cut off at once and is not dialled again until it joins', async () => {
  await using cluster = await testCluster();
  const { console, clusterId, rs1 } = cluster;
  await using watcher = new Watcher(cluster);
  await eventually(
    async () => kind(watcher, 'rs1'),
    (now) => now === 'answers',
  );

  await console.as('admin').nodes.revoke({ clusterId, nodeId: 'rs1' });
  expect(await console.as('viewer').nodes.get({ clusterId, nodeId: 'rs1' })).toEqual({ kind: 'notEnrolled' });
  await eventually(
    async () => kind(watcher, 'rs1'),
    (now) => now === 'notEnrolled',
  );

  const { command } = await console.as('operator').nodes.join({ clusterId, nodeId: 'rs1' });
  const identity = await enrolAs(console.enrolPort, tokenOf(command));
  await rs1.served.stop();
  rs1.served = await serveAgent(rs1.host, identity, rs1.served.port);
  await eventually(
    async () => kind(watcher, 'rs1'),
    (now) => now === 'answers',
  );
}, 20_000);

test('another agent of ours at the endpoint is not taken for the one we want', async () => {
  await using cluster = await testCluster();
  const { console, clusterId, director, rs1 } = cluster;
  await rs1.served.stop();
  // The director's certificate is of our CA, too, but it is not rs1's.
  rs1.served = await serveAgent(new FakeHost('rs1'), director.identity, rs1.served.port);
  const answer = await console.as('viewer').nodes.get({ clusterId, nodeId: 'rs1' });
  expect(answer).toMatchObject({
    kind: 'unreachable',
    message: expect.stringContaining('is not the agent of rs1'),
  });
});

test('a certificate that was replaced by joining again is not trusted any more', async () => {
  await using cluster = await testCluster();
  const { console, clusterId } = cluster;
  const { command } = await console.as('operator').nodes.join({ clusterId, nodeId: 'rs1' });
  await enrolAs(console.enrolPort, tokenOf(command));
  const answer = await console.as('viewer').nodes.get({ clusterId, nodeId: 'rs1' });
  expect(answer).toMatchObject({
    kind: 'unreachable',
    message: expect.stringContaining('no longer trusted'),
  });
});

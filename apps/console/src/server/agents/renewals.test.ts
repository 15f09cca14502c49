// Certificates that grow old: the console's clock is set, the handshakes are real.
import { expect, test } from 'vitest';
import { DAY_MS } from '../ca/certificates.ts';
import { agedCluster, reconnect } from '../testing/aged-cluster.ts';
import { newKeyAndRequest, serveAgent } from '../testing/fake-agent.ts';
import { eventually, type TestCluster } from '../testing/test-console.ts';
import { RETRY_MS } from './renewals.ts';

async function oldCluster() {
  const old = await agedCluster();
  return { ...old, before: await certificatesOf(old.cluster) };
}

/** The fingerprints trusted of rs1. */
const certificatesOf = ({ console }: TestCluster) =>
  console.inDatabase(async ({ trust }) =>
    (await trust.trusted()).filter(({ nodeId }) => nodeId === 'rs1').map(({ fingerprint }) => fingerprint),
  );

const noticeOf = async ({ console, clusterId }: TestCluster) => {
  const answer = await console.as('viewer').nodes.get({ clusterId, nodeId: 'rs1' });
  return answer.kind === 'answers' ? answer.certificate : answer;
};

const eventsOf = ({ console, clusterId }: TestCluster, kind: string) =>
  console.inDatabase(async ({ events }) =>
    (await events.list({ clusterId, limit: 100 })).filter(
      (event) => event.kind === kind && event.nodeId === 'rs1',
    ),
  );

const replaced = (before: readonly string[]) => (now: readonly string[]) =>
  now.length === 1 && now[0] !== before[0];

test('a certificate with less than a month left is renewed when its agent answers, and no connection is cut', async () => {
  await using old = await oldCluster();
  const { cluster, before } = old;
  await old.pass(0);
  await eventually(() => certificatesOf(cluster), replaced(before));
  const { console, clusterId } = cluster;
  const seen: string[] = [];
  const watching = new AbortController();
  const live = console.started.console.live.watch(clusterId, watching.signal);
  const watched = (async () => {
    for await (const event of live)
      if (event.kind === 'host') seen.push(`${event.host.nodeId} ${event.host.agent.kind}`);
  })();

  await eventually(
    () => eventsOf(cluster, 'certificateRenewed'),
    (events) => events.length === 1,
  );
  expect(await noticeOf(cluster)).toBeNull();
  await eventually(
    () => Promise.resolve(seen.length),
    (count) => count > 10,
  );
  watching.abort();
  await watched;
  expect(new Set(seen)).toEqual(new Set(['director answers', 'rs1 answers']));

  // What it shows from now on is the new one, and it is not renewed again.
  await reconnect(cluster);
  await eventually(
    () => noticeOf(cluster),
    (notice) => notice === null,
  );
  const [after] = await certificatesOf(cluster);
  expect(cluster.rs1.served.shows()).toBe(after);
  expect(await eventsOf(cluster, 'certificateRenewed')).toHaveLength(1);
});

test('a certificate with more than a month left is left alone', async () => {
  await using old = await oldCluster();
  const { cluster, before } = old;
  let asked = 0;
  cluster.rs1.served.renewal.request = () => Promise.reject(new Error(`asked ${++asked} times`));
  await old.pass(-11 * DAY_MS);
  await eventually(
    () => noticeOf(cluster),
    (notice) => notice === null,
  );
  expect(asked).toBe(0);
  expect(await certificatesOf(cluster)).toEqual(before);
});

test('what could not be renewed is said on the page of the node, and is tried again an hour later', async () => {
  await using old = await oldCluster();
  const { cluster, before } = old;
  const { renewal } = cluster.rs1.served;
  const asItIs = { ...renewal };
  let asked = 0;
  renewal.request = () => Promise.reject(new Error(`disk full ${++asked}`));
  await old.pass(0);
  const notice = await eventually(
    () => noticeOf(cluster),
    (notice) => notice !== null && 'problem' in notice,
  );
  expect(notice).toMatchObject({ problem: expect.stringContaining('disk full 1') });
  const days = (Date.parse(notice && 'endsAt' in notice ? notice.endsAt : '') - Date.now()) / DAY_MS;
  expect(Math.round(days)).toBe(20);
  expect(await eventsOf(cluster, 'certificateNotRenewed')).toHaveLength(1);

  await reconnect(cluster);
  await eventually(
    () => noticeOf(cluster),
    (notice) => notice !== null && 'problem' in notice,
  );
  expect(asked).toBe(1);

  renewal.request = () => asItIs.request();
  await old.pass(RETRY_MS);
  await eventually(() => certificatesOf(cluster), replaced(before));
  await eventually(
    () => noticeOf(cluster),
    (notice) => notice === null,
  );
});

test('a node cannot get a certificate for another', async () => {
  await using old = await oldCluster();
  const { cluster, before } = old;
  cluster.rs1.served.renewal.request = () => newKeyAndRequest('director.signalbox');
  await old.pass(0);
  await eventually(
    () => noticeOf(cluster),
    (notice) => notice !== null && 'problem' in notice && notice.problem.includes('for director.signalbox'),
  );
  expect(await certificatesOf(cluster)).toEqual(before);
});

test.each(['before', 'after'] as const)(
  'an agent that is killed %s it has the new certificate is reached, and is renewed in the end',
  async (when) => {
    await using old = await oldCluster();
    const { cluster, before } = old;
    const { renewal } = cluster.rs1.served;
    const asItIs = { ...renewal };
    renewal.install = async (renewed) => {
      renewal.install = (again) => asItIs.install(again);
      if (when === 'after') await asItIs.install(renewed);
      throw new Error('killed');
    };
    await old.pass(0);
    await eventually(
      () => eventsOf(cluster, 'certificateNotRenewed'),
      (events) => events.length === 1,
    );
    expect(await certificatesOf(cluster)).toHaveLength(2);
    await reconnect(cluster);
    await eventually(
      () => noticeOf(cluster),
      (notice) => notice === null || 'problem' in notice,
    );

    await old.pass(RETRY_MS);
    await eventually(() => certificatesOf(cluster), replaced(before));
    await eventually(
      () => noticeOf(cluster),
      (notice) => notice === null,
    );
  },
);

test('a node put out while it is renewed stays out', async () => {
  await using old = await oldCluster();
  const { cluster } = old;
  const { console, clusterId, rs1 } = cluster;
  const asked = Promise.withResolvers<void>();
  const revoked = Promise.withResolvers<void>();
  const asItIs = { ...rs1.served.renewal };
  rs1.served.renewal.request = async () => {
    asked.resolve();
    await revoked.promise;
    return asItIs.request();
  };
  await old.pass(0);
  await asked.promise;
  await console.as('admin').nodes.revoke({ clusterId, nodeId: 'rs1' });
  revoked.resolve();
  await eventually(
    () => rs1.served.connections(),
    (count) => count === 0,
  );
  expect(await certificatesOf(cluster)).toEqual([]);
  expect(await noticeOf(cluster)).toEqual({ kind: 'notEnrolled' });
});

test('a node that was off and comes back with the certificate from before is refused once the new one was shown', async () => {
  await using old = await oldCluster();
  const { cluster, before } = old;
  await old.pass(0);
  await eventually(() => certificatesOf(cluster), replaced(before));
  const { rs1 } = cluster;
  await rs1.served.stop();
  rs1.served = await serveAgent(rs1.host, rs1.identity, rs1.served.port);
  await eventually(
    () => noticeOf(cluster),
    (answer) => answer !== null && 'message' in answer && answer.message.includes('no longer trusted here'),
  );
});

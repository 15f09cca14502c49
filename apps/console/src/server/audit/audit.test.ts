// The audit trail as a console writes it to its log: over real HTTP, by people who sign in.
import { expect, test } from 'vitest';
import { apply } from '../../cli/commands.ts';
import { remoteConsole } from '../../cli/remote-console.ts';
import { newKeyAndRequest, postEnrolment } from '../testing/fake-agent.ts';
import { serveConsole } from '../testing/served-console.ts';
import { type TestCluster, testCluster } from '../testing/test-console.ts';

const ada = { name: 'Ada', email: 'ada@example.org', password: 'a long enough password' };

async function servedCluster() {
  const cluster = await testCluster();
  await cluster.console.as(null).setup.createAdministrator(ada);
  const served = await serveConsole(cluster.console);
  cluster.console.log.length = 0;
  return {
    ...cluster,
    url: served.url,
    [Symbol.asyncDispose]: async () => {
      await served[Symbol.asyncDispose]();
      await cluster[Symbol.asyncDispose]();
    },
  };
}

/** The lines of one kind of event. */
const linesOf = ({ console }: Pick<TestCluster, 'console'>, kind: string) =>
  console.log.filter((line) => line.startsWith(kind));

const signIn = (url: string, body: string) =>
  fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url, 'x-signalbox-client-address': '192.0.2.9' },
    body,
  });

test('who signs in, and who is refused, is a line each, with the address it came from', async () => {
  await using cluster = await servedCluster();
  const answer = await signIn(cluster.url, JSON.stringify({ ...ada, email: 'Ada@Example.org' }));
  expect(answer.status).toBe(200);
  const cookie = answer.headers.getSetCookie().join('; ');
  const wrong = (email: string) =>
    signIn(cluster.url, JSON.stringify({ email, password: 'not the password' }));
  expect((await wrong(ada.email)).status).toBe(401);
  expect((await wrong('eve@example.org')).status).toBe(401);
  await fetch(`${cluster.url}/api/auth/sign-out`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: cluster.url, cookie },
    body: '{}',
  });

  expect(cluster.console.log).toEqual([
    'signedIn (by ada@example.org, from 127.0.0.1): ada@example.org signed in.',
    'signInRefused: Signing in as ada@example.org from 127.0.0.1 was refused.',
    'signInRefused: Signing in as eve@example.org from 127.0.0.1 was refused.',
    'signedOut (by ada@example.org, from 127.0.0.1): Ada signed out.',
  ]);
  const stored = await cluster.console.inDatabase(({ events }) => events.list({ limit: 4 }));
  expect(stored.map(({ kind }) => kind)).toEqual(['signedOut', 'signInRefused', 'signInRefused', 'signedIn']);
});

test('what is typed where the e-mail belongs is not written down, nor any password', async () => {
  await using cluster = await servedCluster();
  await signIn(cluster.url, JSON.stringify({ email: 'my secret passphrase', password: ada.password }));
  await signIn(cluster.url, '{ not json');
  await signIn(
    cluster.url,
    JSON.stringify({ email: 'x@example.org\nsignedIn (by root)', password: 'guess' }),
  );
  const log = cluster.console.log.join('\n');
  expect(log).not.toContain('secret');
  expect(log).not.toContain(ada.password);
  expect(log).not.toContain('root');
});

test('enrolments and refused tokens are written with the node and the address', async () => {
  await using cluster = await servedCluster();
  const { console, clusterId } = cluster;
  await console.as('operator').nodes.join({ clusterId, nodeId: 'rs1' });
  const { csr } = await newKeyAndRequest();
  await postEnrolment(console.enrolPort, { token: 'not-a-token-that-was-made', csr });

  expect(linesOf(cluster, 'joinCommandMade')).toEqual([
    `joinCommandMade (by operator@example.org, cluster ${clusterId}, node rs1): The operator made a join command for rs1.`,
  ]);
  expect(linesOf(cluster, 'enrolmentRefused')).toEqual([
    'enrolmentRefused: Enrolment from 127.0.0.1 refused: the token is wrong.',
  ]);
});

test('applies and switches are written with who ordered them, and from where', async () => {
  await using cluster = await servedCluster();
  const { clusterId } = cluster;
  const remote = await remoteConsole({ ...ada, url: cluster.url });
  expect((await apply(remote, clusterId)).code).toBe(0);
  const { revision } = await remote.clusters.get.query({ clusterId });
  await remote.switches.start.mutate({ clusterId, services: ['web'], to: 'gate', revision });

  const by = `by ada@example.org, from 127.0.0.1, cluster ${clusterId}`;
  expect(linesOf(cluster, 'rolloutStarted')).toEqual([`rolloutStarted (${by}): Ada applies revision 3.`]);
  // What comes after the answer is nobody's doing any more.
  expect(linesOf(cluster, 'rollout-done')).toEqual([
    `rollout-done (cluster ${clusterId}): Revision 3 is applied.`,
  ]);
  expect(linesOf(cluster, 'switchStarted')).toEqual([
    expect.stringMatching(`^switchStarted \\(${by.replaceAll('.', '\\.')}\\): Ada switches .* to `),
  ]);
}, 30_000);

import { X509Certificate } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { enrolAs, newKeyAndRequest, postEnrolment } from '../testing/fake-agent.ts';
import { TestConsole, tokenOf } from '../testing/test-console.ts';
import { twoArms } from '../testing/two-arms.ts';
import { joinTokenHash } from './join-token.ts';

async function consoleWithCluster() {
  const console = await TestConsole.start();
  const api = console.as('admin');
  const { id: clusterId, revision } = await api.clusters.create({ name: 'Two arms' });
  await api.clusters.save({ clusterId, revision, topology: twoArms({ director: 7420 }) });
  const join = async () => tokenOf((await api.nodes.join({ clusterId, nodeId: 'director' })).command);
  return { console, clusterId, join };
}

const refusals = (console: TestConsole) =>
  console.inDatabase(async ({ events }) =>
    (await events.list({ limit: 100 }))
      .filter((event) => event.kind === 'enrolmentRefused')
      .map((event) => event.message.replace(/^.*refused: /, '')),
  );

test('a node joins once: its certificate names it, serves only, and is for its own key', async () => {
  const { console, join } = await consoleWithCluster();
  await using _ = console;
  const identity = await enrolAs(console.enrolPort, await join());
  const certificate = new X509Certificate(identity.certificate);
  expect(identity.nodeId).toBe('director');
  expect(certificate.subjectAltName).toBe('DNS:director.signalbox, URI:signalbox://agent/director');
  expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
  expect(certificate.ca).toBe(false);
  expect(certificate.verify(new X509Certificate(identity.ca).publicKey)).toBe(true);
  const days = (certificate.validToDate.getTime() - Date.now()) / 86_400_000;
  expect(Math.round(days)).toBe(90);
});

test('the key of the CA is for its owner only', async () => {
  await using console = await TestConsole.start();
  const mode = async (path: string) => ((await stat(join(console.folder, path))).mode & 0o777).toString(8);
  expect(await mode('ca/ca-key.pem')).toBe('600');
  expect(await mode('session-secret')).toBe('600');
  expect(await mode('ca')).toBe('700');
});

test('the CA and its fingerprint stay the same over restarts', async () => {
  const { console, clusterId } = await consoleWithCluster();
  await using _ = console;
  const fingerprint = async () => {
    const { command } = await console.as('operator').nodes.join({ clusterId, nodeId: 'director' });
    return /--ca (\S+)/.exec(command)?.[1];
  };
  const before = await fingerprint();
  expect(before).toMatch(/^sha256:[\w-]{43}$/);
  await console.restart();
  expect(await fingerprint()).toBe(before);
});

test('a wrong, an expired and a reused token are refused in words, and recorded with the reason', async () => {
  const { console, clusterId, join } = await consoleWithCluster();
  await using _ = console;
  const { csr } = await newKeyAndRequest();
  const ask = (token: string) => postEnrolment(console.enrolPort, { token, csr });

  const expired = 'an-expired-token-of-128-bit';
  await console.inDatabase(({ trust }) =>
    trust.addToken({
      clusterId,
      nodeId: 'director',
      hash: joinTokenHash(expired),
      by: 'test',
      expiresAt: new Date(Date.now() - 1),
    }),
  );
  const good = await join();
  expect((await ask(good)).status).toBe(200);

  expect(await ask('not-a-token-that-was-made')).toEqual({
    status: 403,
    body: { message: expect.stringContaining('is not known here') },
  });
  expect(await ask(expired)).toMatchObject({
    status: 403,
    body: { message: expect.stringContaining('expired') },
  });
  expect(await ask(good)).toMatchObject({
    status: 403,
    body: { message: expect.stringContaining('used before') },
  });
  expect(await refusals(console)).toEqual([
    'the token is reused.',
    'the token is expired.',
    'the token is wrong.',
  ]);
});

test('of two hosts that use one token at the same moment one joins', async () => {
  const { console, join } = await consoleWithCluster();
  await using _ = console;
  const token = await join();
  const both = await Promise.allSettled([
    enrolAs(console.enrolPort, token),
    enrolAs(console.enrolPort, token),
  ]);
  expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(await console.inDatabase(({ trust }) => trust.trusted())).toHaveLength(1);
});

test('a damaged request costs no token', async () => {
  const { console, join } = await consoleWithCluster();
  await using _ = console;
  const token = await join();
  expect(await postEnrolment(console.enrolPort, { token, csr: 'garbage' })).toMatchObject({ status: 400 });
  expect(await postEnrolment(console.enrolPort, '{ not json')).toMatchObject({ status: 400 });
  expect(await postEnrolment(console.enrolPort, 'x'.repeat(20_000))).toMatchObject({ status: 413 });
  expect((await enrolAs(console.enrolPort, token)).nodeId).toBe('director');
});

test('too many knocks in a minute are turned away without a look', async () => {
  const { console, join } = await consoleWithCluster();
  await using _ = console;
  const { csr } = await newKeyAndRequest();
  const token = await join();
  let last = 0;
  for (let i = 0; i < 61; i++)
    last = (await postEnrolment(console.enrolPort, { token: `wrong-token-number-${i}`, csr })).status;
  expect(last).toBe(429);
  expect((await postEnrolment(console.enrolPort, { token, csr })).status).toBe(429);
}, 20_000);

test('without an enrolment listener nobody is offered a join command', async () => {
  const { console, clusterId } = await consoleWithCluster();
  await using _ = console;
  await expect(console.as('operator').nodes.join({ clusterId, nodeId: 'rs1' })).rejects.toMatchObject({
    code: 'PRECONDITION_FAILED',
    message: expect.stringContaining('rs1'),
  });
});

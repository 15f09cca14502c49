import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readdir, stat, writeFile } from 'node:fs/promises';
import { join as joinPath } from 'node:path';
import { expect, test } from 'vitest';
import { hostPortText } from '../host-port.ts';
import { keyFingerprint } from '../join/pinned-ca.ts';
import { loadIdentity } from '../state/identity.ts';
import { type Answerer, type EnrolmentServer, enrolmentServer } from '../testing/enrolment-server.ts';
import { scratchFolder } from '../testing/test-agent.ts';
import { agentLeaf, consoleLeaf, testCa } from '../testing/test-ca.ts';
import { join } from './join.ts';
import { status } from './status.ts';

const TOKEN = 'A'.repeat(22);
const silent = () => {};
const fingerprint = (certificate: string) => keyFingerprint(new X509Certificate(certificate));

const command = (console: EnrolmentServer, state: string) => ({
  console: hostPortText(console.at),
  token: TOKEN,
  ca: fingerprint(console.ca.certificate),
  state,
  again: false,
});

test('a host joins with a key of its own, which nobody else can read', async () => {
  await using console = await enrolmentServer();
  await using folder = await scratchFolder();

  await join(command(console, folder.path), silent);

  const identity = await loadIdentity(folder.path);
  expect(identity).toMatchObject({ nodeId: 'node7', console: hostPortText(console.at) });
  const certificate = new X509Certificate(identity?.certificate ?? '');
  expect(certificate.checkPrivateKey(createPrivateKey(identity?.key ?? ''))).toBe(true);
  expect(console.requests).toHaveLength(1);
  expect(console.requests[0]?.token).toBe(TOKEN);
  expect(JSON.stringify(console.requests)).not.toContain('PRIVATE KEY');
  const modes = await Promise.all(
    (await readdir(folder.path)).map(async (name) => (await stat(joinPath(folder.path, name))).mode & 0o777),
  );
  expect(new Set(modes)).toEqual(new Set([0o600]));
});

test('status tells who the host is', async () => {
  await using console = await enrolmentServer();
  await using folder = await scratchFolder();
  await expect(status(folder.path)).rejects.toThrow('has not joined');

  await join(command(console, folder.path), silent);

  const text = (await status(folder.path)).join('\n');
  expect(text).toContain('node7');
  expect(text).toContain(fingerprint(console.ca.certificate));
  expect(text).toContain('accepted     nothing');
});

test('another CA than the one of the join command gets nothing, not even the token', async () => {
  await using console = await enrolmentServer();
  await using folder = await scratchFolder();
  const other = fingerprint((await testCa()).certificate);

  const joining = join({ ...command(console, folder.path), ca: other }, silent);

  await expect(joining).rejects.toThrow('does not show the CA of the join command');
  expect(console.requests).toEqual([]);
  expect(await readdir(folder.path)).toEqual([]);
});

test('who shows the right CA without being certified by it gets nothing', async () => {
  const real = await testCa();
  await using impostor = await enrolmentServer({ shows: real });
  await using folder = await scratchFolder();

  const joining = join({ ...command(impostor, folder.path), ca: fingerprint(real.certificate) }, silent);

  await expect(joining).rejects.toThrow(/Enrolment at .* failed|does not show/);
  expect(impostor.requests).toEqual([]);
});

test.each([
  ['an enrolled agent', agentLeaf('node3')],
  ['a console', consoleLeaf],
  [
    "an agent under the listener's name",
    { ...agentLeaf('node3'), names: [{ type: 'dns' as const, value: 'enrolment.signalbox' }] },
  ],
])('%s cannot pose as the enrolment listener', async (_, leaf) => {
  await using impostor = await enrolmentServer({ leaf });
  await using folder = await scratchFolder();

  await expect(join(command(impostor, folder.path), silent)).rejects.toThrow('Enrolment at');

  expect(impostor.requests).toEqual([]);
});

test('a wrong, late or used token is refused in the words of the console', async () => {
  const message = 'This token was used already. Make a new join command.';
  await using console = await enrolmentServer({ reply: async () => ({ status: 403, body: { message } }) });
  await using folder = await scratchFolder();

  await expect(join(command(console, folder.path), silent)).rejects.toThrow(`refused this host: ${message}`);

  expect(await readdir(folder.path)).toEqual([]);
});

test('a refusal without words is told by its status', async () => {
  await using console = await enrolmentServer({ reply: async () => ({ status: 500, body: [] }) });
  await using folder = await scratchFolder();

  await expect(join(command(console, folder.path), silent)).rejects.toThrow('HTTP status 500');
});

test('a certificate for another key, node or CA is not kept', async () => {
  await using folder = await scratchFolder();
  const stranger = await testCa();
  const { certificate } = await stranger.issue(agentLeaf('node7'));
  const answered = (ca: string, certificate: string) => ({
    status: 200,
    body: { nodeId: 'node7', certificate, ca },
  });
  const wrong: Answerer[] = [
    async () => answered(stranger.certificate, certificate),
    async (_, ca) => answered(ca.certificate, (await ca.issue(agentLeaf('node7'))).certificate),
    async ({ csr }, ca) => answered(ca.certificate, await ca.answer(csr, agentLeaf('node8'))),
    async (_, ca) => answered(ca.certificate, 'no certificate at all'),
  ];

  for (const reply of wrong) {
    await using console = await enrolmentServer({ reply });
    await expect(join(command(console, folder.path), silent)).rejects.toThrow('cannot be used');
  }

  expect(await readdir(folder.path)).toEqual([]);
});

test('a host that has joined does not join by accident a second time', async () => {
  await using console = await enrolmentServer();
  await using folder = await scratchFolder();
  await join(command(console, folder.path), silent);
  const key = async () => (await loadIdentity(folder.path))?.key;
  const before = await key();

  await expect(join(command(console, folder.path), silent)).rejects.toThrow('has joined');
  expect(await key()).toBe(before);

  await join({ ...command(console, folder.path), again: true }, silent);
  expect(await key()).not.toBe(before);
});

test('a host whose identity cannot be read says what to do, and joins again', async () => {
  await using console = await enrolmentServer();
  await using folder = await scratchFolder();
  await writeFile(joinPath(folder.path, 'identity.json'), '{"nodeId":"node7"}');

  for (const ask of [() => join(command(console, folder.path), silent), () => status(folder.path)])
    await expect(ask()).rejects.toThrow(/identity\.json is damaged .* join with --again/);

  await join({ ...command(console, folder.path), again: true }, silent);
  expect(await loadIdentity(folder.path)).toMatchObject({ nodeId: 'node7' });
});

test.each([
  [{ console: 'nowhere' }, 'expected HOST:PORT'],
  [{ ca: 'sha256:abc' }, 'expected sha256:'],
  [{ console: '127.0.0.1:1' }, 'Cannot reach the console at 127.0.0.1:1'],
])('%o is answered by what is wrong with it', async (part, message) => {
  await using console = await enrolmentServer();
  await using folder = await scratchFolder();

  await expect(join({ ...command(console, folder.path), ...part }, silent)).rejects.toThrow(message);
});

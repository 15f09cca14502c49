// A certificate renewed over the connection it serves, on real TLS sockets.
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadIdentity, storeIdentity } from '../state/identity.ts';
import { fakeKernel } from '../testing/fake-kernel.ts';
import { bareHost } from '../testing/host-states.ts';
import { refusal } from '../testing/refusal.ts';
import { dialAsConsole, NODE, type ServedAgent, serveAgent } from '../testing/test-agent.ts';
import { agentLeaf, testCa } from '../testing/test-ca.ts';

const served = () => serveAgent(fakeKernel({ state: bareHost }));

/** The certificate that a connection made now is shown, and the connection. */
async function connected(agent: ServedAgent) {
  const socket = await dialAsConsole(agent);
  const shown = socket.getPeerX509Certificate();
  if (!shown) throw new Error('it showed no certificate');
  return { socket, shown };
}

async function shownBy(agent: ServedAgent): Promise<X509Certificate> {
  const { socket, shown } = await connected(agent);
  socket.destroy();
  return shown;
}

test('a renewed certificate is on disk and is shown to new connections, while those that live go on', async () => {
  await using agent = await served();
  const client = await agent.client();
  const before = await loadIdentity(agent.folder);
  const { socket, shown: old } = await connected(agent);

  const { csr } = await client.renewal.request.mutate();
  const certificate = await agent.ca.answer(csr, agentLeaf(NODE));
  const { fingerprint } = await client.renewal.install.mutate({ certificate });

  const shown = await shownBy(agent);
  expect(shown.fingerprint256).toBe(new X509Certificate(certificate).fingerprint256);
  expect(shown.fingerprint256.replaceAll(':', '').toLowerCase()).toBe(fingerprint);
  expect(shown.publicKey.equals(old.publicKey)).toBe(false);
  const after = await loadIdentity(agent.folder);
  expect(after).toEqual({ ...before, certificate, key: after?.key });
  expect(after?.key).not.toBe(before?.key);
  socket.write('GET /info HTTP/1.1\r\nHost: x\r\n\r\n');
  const [answer] = await once(socket, 'data');
  expect(String(answer)).toContain('200 OK');
  socket.destroy();
  expect(agent.lines.join()).toContain("renewed this host's certificate");
});

test('who may not command a host may not renew its certificate, before and after a renewal', async () => {
  await using agent = await served();
  const console = await agent.client();
  const stranger = async () => (await agent.client(await agent.ca.issue(agentLeaf('node2')))).renewal;
  await expect((await stranger()).request.mutate()).rejects.toThrow();
  const { csr } = await console.renewal.request.mutate();
  await console.renewal.install.mutate({ certificate: await agent.ca.answer(csr, agentLeaf(NODE)) });

  await expect((await stranger()).request.mutate()).rejects.toThrow();
});

test('a certificate for another key, node, use or CA is refused by name, and the one that lives stays', async () => {
  await using agent = await served();
  const { renewal } = await agent.client();
  const before = await loadIdentity(agent.folder);
  const other = await testCa();
  const wrong: [string, (csr: string) => Promise<string>][] = [
    ['not signed by its CA', (csr) => other.answer(csr, agentLeaf(NODE))],
    ['certifies another key', async () => (await agent.ca.issue(agentLeaf(NODE))).certificate],
    [`not for ${NODE}.signalbox`, (csr) => agent.ca.answer(csr, agentLeaf('node2'))],
    [
      'not in the role',
      (csr) => agent.ca.answer(csr, { ...agentLeaf(NODE), names: agentLeaf(NODE).names.slice(0, 1) }),
    ],
    ['not for a server', (csr) => agent.ca.answer(csr, { ...agentLeaf(NODE), usages: ['clientAuth'] })],
    ['no certificate', async () => 'garbage'],
  ];

  for (const [reason, answer] of wrong) {
    const { csr } = await renewal.request.mutate();
    const installing = renewal.install.mutate({ certificate: await answer(csr) });
    expect(await refusal(installing)).toMatchObject({
      refusal: 'certificateUnfit',
      message: expect.stringContaining(reason),
    });
  }

  expect(await loadIdentity(agent.folder)).toEqual(before);
  expect((await shownBy(agent)).toString()).toBe(new X509Certificate(before?.certificate ?? '').toString());
});

test('a request is good once, and an older one not at all', async () => {
  await using agent = await served();
  const { renewal } = await agent.client();
  const first = await renewal.request.mutate();
  const second = await renewal.request.mutate();
  const certified = async ({ csr }: { csr: string }) => ({
    certificate: await agent.ca.answer(csr, agentLeaf(NODE)),
  });

  await expect(renewal.install.mutate(await certified(first))).rejects.toThrow('another key');
  await expect(renewal.install.mutate(await certified(second))).rejects.toThrow('made no request');
});

test('a host that has joined anew meanwhile keeps what it was given then', async () => {
  await using agent = await served();
  const { renewal } = await agent.client();
  const { csr } = await renewal.request.mutate();
  const before = await loadIdentity(agent.folder);
  if (!before) throw new Error('it has joined');
  const joined = { ...before, ...(await agent.ca.issue(agentLeaf(NODE))) };
  await storeIdentity(agent.folder, joined);

  const installing = renewal.install.mutate({ certificate: await agent.ca.answer(csr, agentLeaf(NODE)) });

  await expect(installing).rejects.toThrow('joined anew');
  expect(await loadIdentity(agent.folder)).toEqual(joined);
});

test('what a kill leaves in the middle of writing an identity is not taken for one', async () => {
  await using agent = await served();
  const before = await loadIdentity(agent.folder);
  await writeFile(join(agent.folder, 'identity.json.new'), '{"nodeId":"node1","key":"-----BEG');

  expect(await loadIdentity(agent.folder)).toEqual(before);
});

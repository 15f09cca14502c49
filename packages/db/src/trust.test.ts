import { expect, test } from 'vitest';
import { scratchDatabase } from './scratch-database.ts';

const node = { clusterId: 'shop', nodeId: 'rs1' };
const token = (hash: string) => ({
  ...node,
  hash,
  by: 'Ada',
  expiresAt: new Date(Date.now() + 60_000),
});

test('a token is spent once, however many ask at the same time', async () => {
  await using scratch = await scratchDatabase();
  const { trust } = scratch.database;
  await trust.addToken(token('h'));
  const uses = await Promise.all(Array.from({ length: 8 }, () => trust.useToken('h')));
  expect(uses.filter((use) => use.kind === 'accepted')).toEqual([{ kind: 'accepted', node }]);
  expect(uses.filter((use) => use.kind === 'refused' && use.reason === 'reused')).toHaveLength(7);
});

test('a refused token is told apart: wrong, expired, reused', async () => {
  let at = new Date();
  await using scratch = await scratchDatabase(() => at);
  const { trust } = scratch.database;
  await trust.addToken(token('h'));
  expect(await trust.useToken('other')).toEqual({ kind: 'refused', reason: 'wrong', node: null });
  at = new Date(at.getTime() + 61_000);
  expect(await trust.useToken('h')).toEqual({ kind: 'refused', reason: 'expired', node });
});

test('a new token ends the older ones of the same node', async () => {
  await using scratch = await scratchDatabase();
  const { trust } = scratch.database;
  await trust.addToken(token('old'));
  await trust.addToken(token('new'));
  expect(await trust.useToken('old')).toMatchObject({ reason: 'expired' });
  expect(await trust.useToken('new')).toMatchObject({ kind: 'accepted' });
});

test('a node that joins again is trusted by its new certificate only, and a revoked node by none', async () => {
  await using scratch = await scratchDatabase();
  const { trust } = scratch.database;
  const notAfter = new Date(Date.now() + 86_400_000);
  await trust.replaceCertificate({ ...node, fingerprint: 'aa', notAfter });
  await trust.replaceCertificate({ ...node, fingerprint: 'bb', notAfter });
  expect((await trust.trusted()).map((certificate) => certificate.fingerprint)).toEqual(['bb']);
  expect(await trust.revoke(node)).toBe(1);
  expect(await trust.trusted()).toEqual([]);
});

test('a renewed certificate is trusted beside the old one until the node shows it', async () => {
  await using scratch = await scratchDatabase();
  const { trust } = scratch.database;
  const notAfter = new Date(Date.now() + 86_400_000);
  const trusted = async () => (await trust.trusted()).map((certificate) => certificate.fingerprint).sort();
  await trust.replaceCertificate({ ...node, fingerprint: 'aa', notAfter });
  await trust.replaceCertificate({ ...node, nodeId: 'rs2', fingerprint: 'cc', notAfter });
  expect(await trust.addRenewed({ ...node, fingerprint: 'bb', notAfter }, 'aa')).toBe(true);
  expect(await trusted()).toEqual(['aa', 'bb', 'cc']);
  await trust.retireOthers(node, 'bb');
  expect(await trusted()).toEqual(['bb', 'cc']);
  await trust.retireOthers(node, 'aa');
  expect(await trusted()).toEqual(['bb', 'cc']);
});

test('a node that was put out, or joined anew, is not trusted again by a renewal that was under way', async () => {
  await using scratch = await scratchDatabase();
  const { trust } = scratch.database;
  const notAfter = new Date(Date.now() + 86_400_000);
  await trust.replaceCertificate({ ...node, fingerprint: 'aa', notAfter });
  await trust.revoke(node);
  expect(await trust.addRenewed({ ...node, fingerprint: 'bb', notAfter }, 'aa')).toBe(false);
  expect(await trust.trusted()).toEqual([]);
});

test('there is one first user, however many ask at the same time', async () => {
  await using scratch = await scratchDatabase();
  const { users } = scratch.database;
  expect(await users.any()).toBe(false);
  const made = await Promise.all(
    [1, 2, 3].map((n) =>
      users.createFirst({ name: `U${n}`, email: `u${n}@example.org`, passwordHash: 'x', role: 'admin' }),
    ),
  );
  expect(made.filter(Boolean)).toHaveLength(1);
  expect(await users.any()).toBe(true);
});

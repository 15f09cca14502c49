import { expect, test } from 'vitest';
import { TestConsole } from '../server/testing/test-console.ts';
import type { Role } from './contract.ts';
import { consoleRouter } from './root.ts';

const digest = '0'.repeat(64);

/** Every procedure but the public ones, with an input its door lets through, and the lowest role that may call it. */
const procedures: readonly { path: string; input?: unknown; role: Role }[] = [
  { path: 'me', role: 'viewer' },
  { path: 'clusters.list', role: 'viewer' },
  { path: 'clusters.get', input: { clusterId: 'none' }, role: 'viewer' },
  { path: 'clusters.create', input: { name: 'Shop' }, role: 'operator' },
  {
    path: 'clusters.save',
    input: {
      clusterId: 'none',
      revision: 1,
      topology: { name: 'x', networks: [], nodes: [], vips: [], services: [] },
    },
    role: 'operator',
  },
  { path: 'clusters.discard', input: { clusterId: 'none', revision: 1 }, role: 'operator' },
  { path: 'clusters.review', input: { clusterId: 'none' }, role: 'operator' },
  {
    path: 'rollouts.start',
    input: { clusterId: 'none', revision: 1, digests: { a: digest } },
    role: 'operator',
  },
  { path: 'rollouts.get', input: { rolloutId: 'none' }, role: 'viewer' },
  { path: 'rollouts.list', input: { clusterId: 'none' }, role: 'viewer' },
  { path: 'rollouts.watch', input: { rolloutId: 'none' }, role: 'viewer' },
  {
    path: 'switches.preflight',
    input: { clusterId: 'none', services: ['web'], to: 'gate' },
    role: 'operator',
  },
  {
    path: 'switches.start',
    input: { clusterId: 'none', services: ['web'], to: 'gate', revision: 1 },
    role: 'operator',
  },
  { path: 'switches.command', input: { switchId: 'none', command: 'goBack' }, role: 'operator' },
  { path: 'switches.get', input: { switchId: 'none' }, role: 'viewer' },
  { path: 'switches.list', input: { clusterId: 'none' }, role: 'viewer' },
  { path: 'switches.watch', input: { switchId: 'none' }, role: 'viewer' },
  {
    path: 'probes.watch',
    input: {
      clusterId: 'none',
      nodeId: 'none',
      serviceId: 'web',
      workers: 1,
      requestsPerSecond: 1,
      longLived: 0,
    },
    role: 'operator',
  },
  { path: 'probes.mine', input: { clusterId: 'none' }, role: 'operator' },
  { path: 'probes.stop', input: { clusterId: 'none', nodeId: 'none' }, role: 'operator' },
  { path: 'live.watch', input: { clusterId: 'none' }, role: 'viewer' },
  { path: 'nodes.get', input: { clusterId: 'none', nodeId: 'none' }, role: 'viewer' },
  { path: 'nodes.putBacks', input: { clusterId: 'none' }, role: 'viewer' },
  { path: 'nodes.join', input: { clusterId: 'none', nodeId: 'none' }, role: 'operator' },
  { path: 'nodes.revoke', input: { clusterId: 'none', nodeId: 'none' }, role: 'admin' },
];
const everybody = [null, 'viewer', 'operator', 'admin'] as const;

test('every procedure is in the table above or public', () => {
  const all = Object.keys(consoleRouter._def.procedures).sort();
  const open = ['setup.createAdministrator', 'setup.state'];
  expect([...procedures.map((procedure) => procedure.path), ...open].sort()).toEqual(all);
});

test('each procedure lets in its role and those above, and nobody else', async () => {
  await using console = await TestConsole.start();
  for (const { path, input, role } of procedures)
    for (const who of everybody) {
      const code = await codeOf(console, { path, input, who });
      const allowed = everybody.indexOf(who) >= everybody.indexOf(role);
      expect(`${path} as ${who}: ${['UNAUTHORIZED', 'FORBIDDEN'].includes(code)}`).toBe(
        `${path} as ${who}: ${!allowed}`,
      );
      if (who === null) expect(code).toBe('UNAUTHORIZED');
    }
});

async function codeOf(
  console: TestConsole,
  { path, input, who }: { path: string; input: unknown; who: Role | null },
): Promise<string> {
  let called: unknown = console.as(who);
  for (const part of path.split('.')) called = (called as Record<string, unknown>)[part];
  try {
    const answer = await (called as (input: unknown) => Promise<unknown>)(input);
    if (isStream(answer)) for await (const _ of answer) break;
    return 'OK';
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'ERROR';
  }
}

const isStream = (value: unknown): value is AsyncIterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value;

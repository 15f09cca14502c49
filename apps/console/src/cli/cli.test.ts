import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { agedCluster } from '../server/testing/aged-cluster.ts';
import { serveConsole } from '../server/testing/served-console.ts';
import { eventually, type TestCluster, testCluster } from '../server/testing/test-console.ts';
import { twoArms } from '../server/testing/two-arms.ts';

const program = fileURLToPath(new URL('../../cli.ts', import.meta.url));
const administrator = { name: 'Ada', email: 'ada@example.org', password: 'a long enough password' };

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function run(...args: string[]): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    const text = { out: '', err: '' };
    child.stdout.on('data', (chunk: Buffer) => (text.out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (text.err += chunk.toString()));
    child.on('close', (code) => resolve({ code, ...text }));
  });
}

async function folder() {
  const path = await mkdtemp(join(tmpdir(), 'signalbox-cli-'));
  return {
    path,
    file: async (name: string, value: unknown) => {
      await writeFile(join(path, name), typeof value === 'string' ? value : JSON.stringify(value));
      return join(path, name);
    },
    [Symbol.asyncDispose]: () => rm(path, { recursive: true }),
  };
}

async function signInOf(cluster: TestCluster, scratch: Awaited<ReturnType<typeof folder>>) {
  await cluster.console.as(null).setup.createAdministrator(administrator);
  const served = await serveConsole(cluster.console);
  const password = await scratch.file('password', `${administrator.password}\n`);
  const args = ['--url', served.url, '--email', administrator.email, '--password-file', password];
  return { args, [Symbol.asyncDispose]: () => served[Symbol.asyncDispose]() };
}

test('provision sets up a folder once, and prints what joins its nodes', async () => {
  await using scratch = await folder();
  const file = await scratch.file('setup.json', {
    administrator,
    cluster: twoArms({ director: 7420, rs1: 7420 }),
  });
  const data = join(scratch.path, 'data');

  const first = await run('provision', file, '--data', data);
  expect(first).toMatchObject({ code: 0, err: '' });
  const printed = JSON.parse(first.out);
  expect(printed).toEqual({
    clusterId: 'two-arms',
    ca: expect.stringMatching(/^sha256:[\w-]{43}$/),
    tokens: { director: expect.stringMatching(/^[\w-]{22}$/), rs1: expect.any(String) },
    administrator: { email: administrator.email },
  });

  const second = await run('provision', file, '--data', data);
  expect(second).toMatchObject({ code: 3, out: '', err: expect.stringContaining('set up before') });
}, 30_000);

test('a file that is not right is refused with where it is wrong', async () => {
  await using scratch = await folder();
  const short = { ...administrator, password: 'short' };
  const file = await scratch.file('setup.json', { administrator: short, cluster: twoArms({}) });
  const { code, err } = await run('provision', file, '--data', join(scratch.path, 'data'));
  expect(code).toBe(2);
  expect(err).toContain('administrator.password');
}, 30_000);

test('save, preview, apply and status work without a browser', async () => {
  await using cluster = await testCluster();
  await using scratch = await folder();
  await using signIn = await signInOf(cluster, scratch);
  const ports = { director: cluster.director.served.port, rs1: cluster.rs1.served.port };
  const topology = await scratch.file('topology.json', twoArms(ports, 6));

  expect(await run('save', topology, ...signIn.args)).toMatchObject({ code: 0, out: 'Saved revision 4.\n' });
  const preview = await run('preview', ...signIn.args);
  expect(preview.code).toBe(0);
  expect(preview.out).toContain(
    'director prepare: ipvsadm -a -t 192.168.0.111:80 -r 192.168.137.131:80 -m -w 6',
  );
  const applied = await run('apply', ...signIn.args, '--json');
  expect(applied.code).toBe(0);
  expect(JSON.parse(applied.out)).toMatchObject({ state: 'done', revision: 4, by: 'Ada' });
  const status = await run('status', ...signIn.args);
  expect(status.out).toContain('revision 4 applied');
  expect(status.out).toContain('0 changes not applied');
  expect(status.out).toContain('director: answers, kernel 6.12.0-test');
}, 60_000);

test('an apply that fails on a host ends with 4, one that cannot begin with 3', async () => {
  await using cluster = await testCluster();
  await using scratch = await folder();
  await using signIn = await signInOf(cluster, scratch);
  cluster.director.host.fails = () => ({ errno: 'EPERM', message: 'not permitted' });
  const failed = await run('apply', ...signIn.args);
  expect(failed.code).toBe(4);
  expect(failed.out).toContain('not permitted (EPERM)');

  await cluster.director.served.stop();
  const refused = await run('apply', ...signIn.args);
  expect(refused.code).toBe(3);
  expect(refused.out).toContain('refuses connections');

  // A script takes the value, its log the reason.
  const asValue = await run('apply', ...signIn.args, '--json');
  expect(asValue).toMatchObject({ code: 3, err: expect.stringContaining('refuses connections') });
  expect(JSON.parse(asValue.out)).toMatchObject({ hosts: expect.any(Array) });
}, 60_000);

test.each([['--help'], ['help'], ['switch', '-h']])(
  '%s tells what there is, and is no mistake',
  async (...args) => {
    const { code, out, err } = await run(...args);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('tell-switch confirm|go-back');
  },
);

test('a wrong password, no console, and a wrong command are told apart', async () => {
  await using cluster = await testCluster();
  await using scratch = await folder();
  await using signIn = await signInOf(cluster, scratch);
  const wrong = await scratch.file('wrong', 'not the password');
  const denied = await run('status', ...signIn.args, '--password-file', wrong);
  expect(denied).toMatchObject({ code: 1, err: expect.stringContaining('did not let ada@example.org in') });
  const nobody = await run('status', ...signIn.args, '--url', 'http://127.0.0.1:1');
  expect(nobody).toMatchObject({ code: 1, err: expect.stringContaining('No console answers') });
  expect((await run('frobnicate')).code).toBe(2);
  expect((await run('status', '--no-such-option')).code).toBe(2);
}, 60_000);

test('status says which certificate could not be renewed, and why', async () => {
  await using scratch = await folder();
  await using old = await agedCluster();
  await using signIn = await signInOf(old.cluster, scratch);
  old.cluster.rs1.served.renewal.request = () => Promise.reject(new Error('disk full'));
  await old.pass(0);
  const { out } = await eventually(
    () => run('status', ...signIn.args),
    (status) => status.out.includes('could not be renewed'),
  );
  expect(out).toMatch(/^.*rs1.*answers, kernel .* ends on \d{4}-.* could not be renewed: .*disk full/m);
}, 30_000);

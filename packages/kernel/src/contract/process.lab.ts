// What the sockets do to the process that has them open.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { openKernel } from '../index.ts';
import { service, tcp } from './ipvs-objects.ts';

const face = new URL('../index.ts', import.meta.url).href;

/** Runs a program that has `kernel`; answers what it printed. Fails when it does not end by itself. */
async function run(body: string, options: { uid?: number } = {}): Promise<string> {
  const source = `import { openKernel } from ${JSON.stringify(face)};\nconst kernel = await openKernel();\n${body}`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', source],
    { timeout: 20_000, ...options },
  );
  return stdout.trim();
}

void test('a process ends by itself with its sockets open', async () => {
  assert.equal(await run(`console.log((await kernel.observe([])).marks.length);`), '0');
});

void test('closing ends what is pending, and later questions say so', async () => {
  const printed = await run(`
    const asked = [kernel.observe([]), kernel.readServices(), kernel.readLinks()];
    const outcomes = Promise.allSettled(asked);
    await kernel.close();
    await outcomes;
    await kernel.close();
    console.log(await kernel.readLinks().catch(({ errno }) => errno));
  `);
  assert.equal(printed, 'ECANCELED');
});

void test('two kernels in one process do not disturb each other', async () => {
  const [one, two] = [await openKernel(), await openKernel()];
  const looks = Array.from({ length: 10 }, (_, i) =>
    (i % 2 === 0 ? one : two).observe(['net.ipv4.ip_forward']),
  );
  const [first, ...others] = (await Promise.all(looks)).map((state) => JSON.stringify(state));
  assert.ok(others.every((other) => other === first));
  await one.close();
  assert.equal((await two.observe([])).marks.length, 0);
  await two.close();
});

void test('who is not root is told so', async () => {
  const operation = JSON.stringify({ kind: 'addService', service: service(tcp('192.0.2.1', 80)) });
  const printed = await run(
    `const [result] = await kernel.run([${operation}]);
     console.log(result.errno, await kernel.readServices().catch(({ errno }) => errno));`,
    { uid: 65_534 },
  );
  assert.equal(printed, 'EPERM EPERM');
});

// A certificate renewed on the agent's real program, killed in the middle. Runs as root in a network namespace of its own.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { setImmediate as soon } from 'node:timers/promises';
import { loadIdentity } from '../state/identity.ts';
import { agentProgram } from '../testing/agent-process.ts';
import { NODE, scratchFolder } from '../testing/test-agent.ts';
import { agentLeaf } from '../testing/test-ca.ts';

const KILLS = 5;

before(() => {
  execFileSync('ip', ['link', 'set', 'lo', 'up']);
});

void test('killed with -9 while a renewed certificate is written, it comes back with the old one or the new', async () => {
  await using folder = await scratchFolder();
  await using program = await agentProgram(folder.path);
  const written = join(folder.path, 'identity.json.new');
  for (let kills = 0; kills < KILLS; kills += 1) {
    const agent = await program.start();
    const old = (await loadIdentity(folder.path))?.certificate;
    const { csr } = await agent.client.renewal.request.mutate();
    const certificate = await program.ca.answer(csr, agentLeaf(NODE));
    const answered = new AbortController();
    const over = () => answered.abort();
    const installing = agent.client.renewal.install.mutate({ certificate }).then(over, over);
    while (!answered.signal.aborted && !existsSync(written)) await soon();
    await agent.kill('SIGKILL');
    await installing;
    assert.ok([old, certificate].includes((await loadIdentity(folder.path))?.certificate));
  }

  // Its client checks the certificate against the CA and the node's name: what answers has a key that fits.
  const last = await program.start();
  assert.equal((await last.client.info.query()).nodeId, NODE);
  const { csr } = await last.client.renewal.request.mutate();
  await last.client.renewal.install.mutate({ certificate: await program.ca.answer(csr, agentLeaf(NODE)) });
  assert.equal(await last.kill('SIGTERM'), 0);
});

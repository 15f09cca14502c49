// The agent's program on a real kernel, for suites: as root in a network namespace of its own, which it fills and leaves.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { before } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { emptyHostState, type HostState } from '@signalbox/cluster';
import { type AgentProcess, agentProgram } from './agent-process.ts';
import { destination, ip, service } from './host-states.ts';
import { apply, overTheWire } from './ordering.ts';
import { scratchFolder } from './test-agent.ts';

export const run = (program: string, ...args: string[]): string =>
  execFileSync(program, args, { encoding: 'utf8' });
export const ipvsadm = (...args: string[]) => run('ipvsadm', ...args);

export const VIP = '192.168.0.111';
export const RS1 = '192.168.137.131';
export const RS2 = '192.168.137.132';

export const natDirector: HostState = {
  ...emptyHostState,
  services: [service(80, [destination(RS1, 3), destination(RS2, 1)], VIP)],
  addresses: [{ interface: 'eth0', cidr: { address: ip(VIP), prefix: 32 }, label: null }],
  sysctls: [
    { name: 'net.ipv4.ip_forward', value: '1' },
    { name: 'net.ipv4.conf.eth0.send_redirects', value: '0' },
  ],
};

/** Two dummy links; called once by a suite. */
export const inOwnNamespace = (): void =>
  before(() => {
    const up = run('ip', '-o', 'link', 'show', 'up')
      .split('\n')
      .filter((line) => line && !/: lo:/.test(line));
    assert.deepEqual(up, [], 'this needs a network namespace of its own');
    run('ip', 'link', 'set', 'lo', 'up');
    run('ip', 'link', 'add', 'eth0', 'type', 'dummy');
    run('ip', 'link', 'add', 'eth1', 'type', 'dummy');
    run('ip', 'link', 'set', 'eth0', 'up');
    run('ip', 'link', 'set', 'eth1', 'up');
    run('ip', 'addr', 'add', '192.168.137.128/24', 'dev', 'eth1');
  });

/** Hands out agents on one state folder; what the last of them made is taken out of the kernel again. */
export async function withAgent(work: (start: () => Promise<AgentProcess>) => Promise<AgentProcess>) {
  await using folder = await scratchFolder();
  await using program = await agentProgram(folder.path);
  const agent = await work(program.start);
  const { epoch } = await agent.client.info.query();
  const results = await apply(overTheWire(agent.client), emptyHostState, epoch + 1);
  assert.deepEqual(new Set(results.map(({ state }) => state)), new Set(['done']));
  assert.equal(await agent.kill('SIGTERM'), 0);
}

export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await holds()) return;
    await sleep(50);
  }
  throw new Error(`not in time: ${what}`);
}

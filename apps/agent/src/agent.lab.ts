// The agent's program on a real kernel.
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DescribedOperation } from '@signalbox/agent-api';
import { emptyHostState, type HostReading, type HostState } from '@signalbox/cluster';
import {
  inOwnNamespace,
  ipvsadm,
  natDirector,
  RS1,
  RS2,
  run,
  until,
  VIP,
  withAgent,
} from './testing/agent-on-kernel.ts';
import type { AgentProcess } from './testing/agent-process.ts';
import { destination, service } from './testing/host-states.ts';
import { accept, apply, overTheWire } from './testing/ordering.ts';

/** Asking for the table first loads ip_vs, which brings sysctls of its own. */
const hostAsFound = () => [
  ipvsadm('-Sn'),
  run('ip', '-j', 'addr'),
  run('sysctl', '-a', '--pattern', 'net.ipv4'),
];
const servicesInKernel = () => readFileSync('/proc/net/ip_vs', 'utf8').match(/^TCP/gm)?.length ?? 0;

inOwnNamespace();

void test('a NAT director is built as ipvsadm, ip and sysctl show it, and taken away without a trace', async () => {
  const before = hostAsFound();
  await withAgent(async (start) => {
    const agent = await start();
    const results = await apply(overTheWire(agent.client), natDirector);

    assert.deepEqual(
      results.flatMap(({ results }) => results.filter(({ outcome }) => outcome.kind !== 'done')),
      [],
    );
    assert.equal(
      ipvsadm('-Sn').trim(),
      [
        `-A -t ${VIP}:80 -s wrr`,
        `-a -t ${VIP}:80 -r ${RS1}:80 -m -w 3`,
        `-a -t ${VIP}:80 -r ${RS2}:80 -m -w 1`,
      ].join('\n'),
    );
    assert.match(run('ip', 'addr', 'show', 'eth0'), /inet 192\.168\.0\.111\/32/);
    assert.equal(run('sysctl', '-n', 'net.ipv4.ip_forward').trim(), '1');
    return agent;
  });
  assert.deepEqual(hostAsFound(), before);
});

void test('what is foreign is shown and survives everything', async () => {
  ipvsadm('-A', '-t', '10.9.9.9:25', '-s', 'lc');
  ipvsadm('-a', '-t', '10.9.9.9:25', '-r', '192.168.137.140:25', '-m');
  run('ip', 'rule', 'add', 'priority', '100', 'from', '10.9.9.9', 'lookup', '100');
  const foreign = () =>
    ipvsadm('-Sn')
      .split('\n')
      .filter((line) => line.includes('10.9.9.9'));
  const before = [foreign(), run('ip', 'rule')];

  await withAgent(async (start) => {
    const agent = await start();
    await apply(overTheWire(agent.client), natDirector);
    const { unmanaged } = await agent.client.observe.query();
    assert.equal(unmanaged.services[0]?.scheduler, 'lc');
    const taken = await agent.client.preview.mutate({
      ...natDirector,
      services: [service(25, [], '10.9.9.9')],
    });
    assert.equal(taken.problems[0]?.code, 'foreignObjectInTheWay');
    return agent;
  });

  assert.deepEqual([foreign(), run('ip', 'rule')], before);
  ipvsadm('-D', '-t', '10.9.9.9:25');
  run('ip', 'rule', 'del', 'priority', '100');
});

void test('an edit keeps the counters, and the readings have them', async () => {
  await withAgent(async (start) => {
    const agent = await start();
    const console = overTheWire(agent.client);
    await apply(console, natDirector);
    const socket = connect(80, VIP).on('error', () => {});
    const counted = () => /TCP +192\.168\.0\.111:80 +(\d+)/.exec(ipvsadm('-Ln', '--stats', '--exact'))?.[1];
    // The kernel adds its processors' counters up every 2 s (ip_vs_est.c).
    await until('the connection is counted', () => counted() === '1');
    socket.destroy();

    await apply(
      console,
      { ...natDirector, services: [service(80, [destination(RS1, 6), destination(RS2, 1)], VIP)] },
      2,
    );

    assert.equal(counted(), '1');
    assert.match(ipvsadm('-Ln'), /192\.168\.137\.131:80 +Masq +6/);
    const reading = await firstReading(agent);
    assert.equal(reading.services[0]?.counters.connections, 1);
    return agent;
  });
});

void test('killed with -9 in the middle of 500 services, it rolls forward when it starts again', async () => {
  await withAgent(async (start) => {
    const { planned, epoch } = await killedMidway(start);

    const second = await start();
    await rolledForward(second);

    assert.equal(servicesInKernel(), 500);
    assert.match(second.lines.join('\n'), new RegExp(`Rollout r${epoch} was cut short on this host`));
    const asked = await second.client.execute.mutate({ rollout: `r${epoch}`, phase: 'prepare' });
    assert.equal(asked.state, 'done');
    assert.equal(asked.results.length, planned.length);
    assert.deepEqual((await second.client.preview.mutate(manyServices)).operations, []);
    return second;
  });
});

void test('ending the agent, gently or not, leaves the kernel serving', async () => {
  await withAgent(async (start) => {
    const first = await start();
    await apply(overTheWire(first.client), natDirector);
    const serving = ipvsadm('-Sn');
    assert.equal(await first.kill('SIGTERM'), 0);
    assert.equal(ipvsadm('-Sn'), serving);

    const second = await start();
    await second.kill('SIGKILL');
    assert.equal(ipvsadm('-Sn'), serving);

    const third = await start();
    assert.deepEqual((await third.client.preview.mutate(natDirector)).operations, []);
    return third;
  });
});

async function firstReading({ client }: AgentProcess): Promise<HostReading> {
  const got = Promise.withResolvers<HostReading>();
  const subscription = client.watch.subscribe(undefined, {
    onData: (event) => {
      if (event.kind === 'reading') got.resolve(event.reading);
    },
    onError: got.reject,
  });
  const reading = await got.promise;
  subscription.unsubscribe();
  return reading;
}

const manyServices: HostState = {
  ...natDirector,
  services: Array.from({ length: 500 }, (_, at) =>
    service(
      1000 + at,
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((host) => destination(`192.168.137.${host}`)),
      VIP,
    ),
  ),
};
const TRIES_AT_MOST = 5;

/**
 * An agent that was killed when a part of the services was there. It takes a few scheduler ticks to make them all, so on a
 * busy machine the kill may come too late: then they are taken away, and it is tried again.
 */
async function killedMidway(
  start: () => Promise<AgentProcess>,
): Promise<{ planned: readonly DescribedOperation[]; epoch: number }> {
  for (let tries = 0; tries < TRIES_AT_MOST; tries += 1) {
    const epoch = 1 + 2 * tries;
    const agent = await start();
    const { planned } = await accept(overTheWire(agent.client), manyServices, epoch);
    void agent.client.execute.mutate({ rollout: `r${epoch}`, phase: 'prepare' }).catch(() => {});
    while (servicesInKernel() === 0) await sleep(1);
    await agent.kill('SIGKILL');
    const made = servicesInKernel();
    assert.ok(made > 0);
    if (made < 500) return { planned, epoch };

    const again = await start();
    await rolledForward(again);
    await apply(overTheWire(again.client), emptyHostState, epoch + 1);
    await again.kill('SIGTERM');
  }
  throw new Error(`it was never killed in the middle, in ${TRIES_AT_MOST} tries`);
}

const rolledForward = ({ client }: AgentProcess) =>
  until('rolled forward', async () => (await client.info.query()).rollout?.state === 'done');

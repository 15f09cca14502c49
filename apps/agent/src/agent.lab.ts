// The agent's program on a real kernel. Runs as root in a network namespace of its own, which it fills and leaves.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { connect } from 'node:net';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import {
  type Canary,
  emptyHostState,
  FIRST_CANARY_MARK,
  type HostReading,
  type HostState,
} from '@signalbox/cluster';
import { type AgentProcess, agentProgram } from './testing/agent-process.ts';
import { destination, ip, service } from './testing/host-states.ts';
import { accept, apply, overTheWire } from './testing/ordering.ts';
import { scratchFolder } from './testing/test-agent.ts';

const run = (program: string, ...args: string[]): string => execFileSync(program, args, { encoding: 'utf8' });
const ipvsadm = (...args: string[]) => run('ipvsadm', ...args);
/** Asking for the table first loads ip_vs, which brings sysctls of its own. */
const hostAsFound = () => [
  ipvsadm('-Sn'),
  run('ip', '-j', 'addr'),
  run('sysctl', '-a', '--pattern', 'net.ipv4'),
];
/** Nothing where the kernel has no such tables. */
const rulesOf = (kind: string) => spawnSync(kind, ['-t', 'mangle', '-S'], { encoding: 'utf8' }).stdout;
const servicesInKernel = () => readFileSync('/proc/net/ip_vs', 'utf8').match(/^TCP/gm)?.length ?? 0;

const VIP = '192.168.0.111';
const RS1 = '192.168.137.131';
const RS2 = '192.168.137.132';

const natDirector: HostState = {
  ...emptyHostState,
  services: [service(80, [destination(RS1, 3), destination(RS2, 1)], VIP)],
  addresses: [{ interface: 'eth0', cidr: { address: ip(VIP), prefix: 32 }, label: null }],
  sysctls: [
    { name: 'net.ipv4.ip_forward', value: '1' },
    { name: 'net.ipv4.conf.eth0.send_redirects', value: '0' },
  ],
};

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
async function withAgent(work: (start: () => Promise<AgentProcess>) => Promise<AgentProcess>) {
  await using folder = await scratchFolder();
  await using program = await agentProgram(folder.path);
  const agent = await work(program.start);
  const { epoch } = await agent.client.info.query();
  const results = await apply(overTheWire(agent.client), emptyHostState, epoch + 1);
  assert.deepEqual(new Set(results.map(({ state }) => state)), new Set(['done']));
  assert.equal(await agent.kill('SIGTERM'), 0);
}

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
  const many: HostState = {
    ...natDirector,
    services: Array.from({ length: 500 }, (_, at) =>
      service(
        1000 + at,
        [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((host) => destination(`192.168.137.${host}`)),
        VIP,
      ),
    ),
  };
  await withAgent(async (start) => {
    const first = await start();
    const { planned } = await accept(overTheWire(first.client), many);
    void first.client.execute.mutate({ rollout: 'r1', phase: 'prepare' }).catch(() => {});
    while (servicesInKernel() === 0) await sleep(1);
    await first.kill('SIGKILL');
    const made = servicesInKernel();
    assert.ok(made > 0 && made < 500, `it was not killed in the middle: ${made} services were there`);

    const second = await start();
    await until('rolled forward', async () => (await second.client.info.query()).rollout?.state === 'done');

    assert.equal(servicesInKernel(), 500);
    assert.match(second.lines.join('\n'), /Rollout r1 was cut short on this host/);
    const asked = await second.client.execute.mutate({ rollout: 'r1', phase: 'prepare' });
    assert.equal(asked.state, 'done');
    assert.equal(asked.results.length, planned.length);
    assert.deepEqual((await second.client.preview.mutate(many)).operations, []);
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

void test('canaries come with marks and services of their own, and go with the next start after kill -9', async () => {
  const mangle = () => ['iptables-nft', 'iptables-legacy'].map(rulesOf).join('');
  const sysctls = ['accept_local', 'rp_filter'].map((name) => `net.ipv4.conf.eth1.${name}`);
  const asFound = () => [mangle(), ipvsadm('-Sn'), run('sysctl', ...sysctls)];
  await withAgent(async (start) => {
    const first = await start();
    await apply(overTheWire(first.client), natDirector);
    const before = asFound();
    const { digest } = await first.client.preview.mutate(emptyHostState);
    const canary: Canary = {
      mark: FIRST_CANARY_MARK,
      protocol: 'tcp',
      vip: ip(VIP),
      port: 80,
      destination: { address: ip(RS1), port: 80 },
      method: 'gate',
      sources: [ip('192.168.137.128')],
      sourcePorts: { first: 28_000, last: 28_007 },
    };
    const set = async (seconds: number) =>
      (await first.client.proof.canaries.mutate({ canaries: [canary], seconds })).problem;
    assert.equal(await set(1), null);
    await until('they ended by themselves', () => isDeepStrictEqual(asFound(), before));

    assert.equal(await set(30), null);
    assert.match(mangle(), /-s 192\.168\.137\.128\/32 .*--sport 28000:28007 --dport 80/);
    assert.match(ipvsadm('-Sn'), /-a -f 1396834304 -r 192\.168\.137\.131:80 -g -w 1/);
    assert.equal((await first.client.preview.mutate(emptyHostState)).digest, digest);
    await first.kill('SIGKILL');

    const second = await start();
    await until('the next agent took them off', () => isDeepStrictEqual(asFound(), before));
    return second;
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

async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await holds()) return;
    await sleep(50);
  }
  throw new Error(`not in time: ${what}`);
}

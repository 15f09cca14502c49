// Canaries on a real kernel: what they put beside the host's state, and that nothing of them stays.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { type Canary, emptyHostState, FIRST_CANARY_MARK } from '@signalbox/cluster';
import {
  inOwnNamespace,
  ipvsadm,
  natDirector,
  RS1,
  run,
  until,
  VIP,
  withAgent,
} from '../testing/agent-on-kernel.ts';
import { ip } from '../testing/host-states.ts';
import { apply, overTheWire } from '../testing/ordering.ts';

inOwnNamespace();

/** Nothing where the kernel has no such tables. */
const rulesOf = (kind: string) => spawnSync(kind, ['-t', 'mangle', '-S'], { encoding: 'utf8' }).stdout;

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

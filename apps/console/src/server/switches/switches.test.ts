import { AgentRefusal } from '@signalbox/agent-api';
import { expect, test } from 'vitest';
import type { SwitchCommand } from '../../api/switch-contract.ts';
import { appliedCluster } from '../testing/applied-cluster.ts';
import { twoArms } from '../testing/two-arms.ts';
import { eventually, type TestCluster } from '../testing/test-console.ts';

const order = async ({ console, clusterId }: TestCluster, to: 'masq' | 'gate') => {
  const { revision } = await console.as('operator').clusters.get({ clusterId });
  return { clusterId, services: ['web'], to, revision };
};

async function thrown(cluster: TestCluster, to: 'masq' | 'gate', confirmWithin: number | null = null) {
  const api = cluster.console.as('operator');
  const { switchId } = await api.switches.start({ ...(await order(cluster, to)), confirmWithin });
  return {
    switchId,
    reached: (...states: string[]) =>
      eventually(
        () => cluster.console.as('viewer').switches.get({ switchId }),
        ({ state }) => states.includes(state),
      ),
    say: (command: SwitchCommand) => cluster.console.as('operator').switches.command({ switchId, command }),
  };
}

const methods = ({ director }: TestCluster) =>
  director.host.state.services.flatMap(({ destinations }) => destinations.map(({ method }) => method));

/** What the hosts have; the model of a host restores no sysctls. */
const standing = ({ director, rs1 }: TestCluster) =>
  JSON.stringify([director, rs1].map(({ host }) => ({ ...host.state, sysctls: [] })));

test('the preflight says who will switch, what is in the way, and what each host would do', async () => {
  await using cluster = await appliedCluster();
  const { revision: _, ...asked } = await order(cluster, 'gate');
  const found = await cluster.console.as('operator').switches.preflight(asked);
  expect(found.services).toMatchObject([{ serviceId: 'web', from: 'masq', verdict: 'willSwitch' }]);
  expect(found.steps.map(({ step }) => step)).toEqual(['prepared', 'flipped', 'done']);
  const commands = (at: number, nodeId: string) =>
    found.steps[at]?.hosts
      .filter((host) => host.nodeId === nodeId)
      .flatMap((host) => (host.kind === 'unreachable' ? [] : host.operations.map(({ command }) => command)));
  expect(commands(0, 'rs1')).toContain('ip addr add 192.168.0.111/32 dev lo label lo:1');
  expect(commands(1, 'director')).toContain('ipvsadm -e -t 192.168.0.111:80 -r 192.168.137.131:80 -g -w 1');
}, 20_000);

test('to DR: prepared, tried through every real server, flipped; the old way stays until its connections ended', async () => {
  await using cluster = await appliedCluster();
  cluster.rs1.host.proofs.connections.set('192.168.137.131', 3);
  const lever = await thrown(cluster, 'gate');
  const draining = await lever.reached('draining');
  expect(methods(cluster)).toEqual(['gate', 'gate']);
  expect(draining.proofs.map(({ nodeId, state }) => `${nodeId} ${state}`)).toEqual(
    expect.arrayContaining(['rs1 proven', 'rs2 proven']),
  );
  expect(cluster.director.host.proofs.flown).toEqual([2, 0]);
  const { topology, changes } = await cluster.console.as('viewer').clusters.get(cluster);
  expect([topology.services[0]?.method, changes]).toEqual(['gate', []]);

  const counted = await eventually(
    () => cluster.console.as('viewer').switches.get({ switchId: lever.switchId }),
    ({ drain }) => drain !== null,
  );
  expect(counted.drain?.ways).toContainEqual({ nodeId: 'rs1', old: 3, new: 0 });
  await lever.say('cutNow');
  expect(await lever.reached('done')).toMatchObject({ step: 'done', failure: null });
  // Applied, prepared, flipped, done: hosts keep what they have while both ways are ready.
  expect(cluster.director.host.keeps).toEqual([false, true, true, false]);
  // The flip has nothing to say to a real server.
  expect(cluster.rs1.host.keeps).toEqual([false, true, false]);
}, 20_000);

test('a trial that fails: everything is as it was, and the real server is named', async () => {
  await using cluster = await appliedCluster();
  const before = standing(cluster);
  cluster.director.host.proofs.connected = () => ({
    kind: 'refused',
    errno: 'ECONNREFUSED',
    message: 'refused',
  });
  const lever = await thrown(cluster, 'gate');
  const back = await lever.reached('wentBack');
  expect(back.failure).toContain('rs1');
  expect(standing(cluster)).toBe(before);
  expect((await cluster.console.as('viewer').clusters.get(cluster)).switchId).toBeNull();
}, 20_000);

test('a host that puts something back between review and acceptance is asked again, and the switch goes on', async () => {
  await using cluster = await appliedCluster();
  const { host } = cluster.rs1;
  let times = 3;
  const flap = (): void => {
    times -= 1;
    const { addresses } = host.state;
    const vip = { address: { family: 'ipv4' as const, text: '192.168.0.111' }, prefix: 32 };
    const isThere = addresses.length > 0;
    if (times >= 0)
      host.state = {
        ...host.state,
        addresses: isThere ? [] : [{ interface: 'lo', cidr: vip, label: 'lo:1' }],
      };
  };
  const lever = await thrown(cluster, 'gate');
  host.afterPreview = flap;
  await lever.reached('draining');
  expect(times).toBeLessThan(0);
  expect(methods(cluster)).toEqual(['gate', 'gate']);
  expect(host.state.addresses).toHaveLength(1);
}, 20_000);

/** What the director is asked from now on: a look, or a phase. */
function asking({ director: { host } }: TestCluster): string[] {
  const asked: string[] = [];
  host.afterPreview = () => asked.push('look');
  host.beforePhase = (phase) => Promise.resolve(void asked.push(phase));
  return asked;
}

/** The agent of rs1 ends in the trial, and the console knows it before the trial has ended. */
function endsInTrial({ director, rs1, console, clusterId }: TestCluster): void {
  const isLost = async () => {
    for await (const event of console.started.console.live.watch(clusterId, AbortSignal.timeout(10_000))) {
      const hosts = event.kind === 'all' ? event.hosts : event.kind === 'host' ? [event.host] : [];
      if (hosts.some(({ nodeId, agent }) => nodeId === 'rs1' && agent.kind === 'unreachable')) return;
    }
  };
  director.host.proofs.connected = async () => {
    await rs1.served.stop();
    await isLost();
    return { kind: 'answered', milliseconds: 1 };
  };
}

test('the agent of a real server falls silent in the trial: hosts are asked before the flip, which does not wait for it', async () => {
  await using cluster = await appliedCluster();
  const asked = asking(cluster);
  endsInTrial(cluster);
  await (await thrown(cluster, 'gate')).reached('draining');
  expect(asked).toEqual(['look', 'prepare', 'look', 'switch']);
}, 20_000);

test('a director that is asked then and cannot be looked at is looked at again before the flip', async () => {
  await using cluster = await appliedCluster();
  const asked = asking(cluster);
  endsInTrial(cluster);
  cluster.director.host.afterPreview = () => {
    asked.push('look');
    if (asked.filter((one) => one === 'look').length === 2)
      throw new AgentRefusal('busy', 'The host is busy.');
  };
  await (await thrown(cluster, 'gate')).reached('draining');
  expect(asked).toEqual(['look', 'prepare', 'look', 'look', 'switch']);
}, 20_000);

test('both ways kept: each flip to and fro follows from what hosts keep, and nobody is asked for it', async () => {
  await using cluster = await appliedCluster();
  const lever = await thrown(cluster, 'gate');
  await lever.say('keepBoth');
  await lever.reached('warm');
  const asked = asking(cluster);
  const flips: readonly (readonly ['masq' | 'gate', string])[] = [
    ['masq', 'prepared'],
    ['gate', 'flipped'],
    ['masq', 'prepared'],
  ];
  for (const [to, step] of flips) {
    await thrown(cluster, to);
    await eventually(
      () => cluster.console.as('viewer').switches.get({ switchId: lever.switchId }),
      (view) => view.state === 'warm' && view.step === step,
    );
    expect(methods(cluster)).toEqual([to, to]);
  }
  expect(asked).toEqual(['switch', 'switch', 'switch']);
}, 30_000);

test('who confirms what was just shown does not wait until hosts are asked for it again, unless they changed since', async () => {
  await using cluster = await appliedCluster();
  const seen = asking(cluster);
  const { revision: _, ...asked } = await order(cluster, 'gate');
  await cluster.console.as('operator').switches.preflight(asked);
  const { state: before } = cluster.rs1.host;
  cluster.rs1.host.state = { ...before, sysctls: before.sysctls.map((one) => ({ ...one, value: '1' })) };

  const lever = await thrown(cluster, 'gate');
  await lever.reached('draining');
  expect(seen).toEqual(['look', 'prepare', 'switch']);
  expect(methods(cluster)).toEqual(['gate', 'gate']);
}, 20_000);

test('what the flip takes follows from what hosts keep; a director that changed since is asked when it accepts', async () => {
  await using cluster = await appliedCluster();
  const { host } = cluster.director;
  const seen = asking(cluster);
  const answer = host.proofs.connected;
  host.proofs.connected = (connection) => {
    const [web, ...others] = host.state.services;
    if (web) host.state = { ...host.state, services: [{ ...web, scheduler: 'wlc' }, ...others] };
    return answer(connection);
  };
  await (await thrown(cluster, 'gate')).reached('draining');
  expect(seen).toEqual(['look', 'prepare', 'look', 'switch']);
  expect(host.state.services.map(({ scheduler }) => scheduler)).toEqual(['wrr']);
  expect(methods(cluster)).toEqual(['gate', 'gate']);
}, 20_000);

test('answers to a trial whose marks vanished prove nothing: tried once more, and then everything is as it was', async () => {
  await using cluster = await appliedCluster();
  const before = standing(cluster);
  const { proofs } = cluster.director.host;
  proofs.stood = () => false;
  const back = await (await thrown(cluster, 'gate')).reached('wentBack');
  expect(back.failure).toContain('something took its packet marks off the director meanwhile');
  expect(proofs.flown).toEqual([2, 0, 2, 0]);
  expect(standing(cluster)).toBe(before);

  let looks = 0;
  proofs.stood = () => (looks += 1) > 2;
  await (await thrown(cluster, 'gate')).reached('draining');
  expect(methods(cluster)).toEqual(['gate', 'gate']);
}, 20_000);

test('thrown back while old connections live: the same switch walks back', async () => {
  await using cluster = await appliedCluster();
  const lever = await thrown(cluster, 'gate');
  await lever.reached('draining');
  const again = await thrown(cluster, 'masq');
  expect(again.switchId).toBe(lever.switchId);
  await eventually(
    () => Promise.resolve(methods(cluster)),
    (found) => found.every((method) => method === 'masq'),
  );
  const { topology } = await eventually(
    () => cluster.console.as('viewer').clusters.get(cluster),
    ({ topology }) => topology.services[0]?.method === 'masq',
  );
  expect(topology.services[0]?.method).toBe('masq');
}, 20_000);

test('no switch over changes that are not applied, and no apply before the flip', async () => {
  await using cluster = await appliedCluster();
  const { console, clusterId, director, rs1 } = cluster;
  const api = console.as('operator');
  const gate = Promise.withResolvers<void>();
  director.host.beforePhase = () => gate.promise;
  const lever = await thrown(cluster, 'gate');
  const { revision } = await api.clusters.get({ clusterId });
  await expect(api.rollouts.start({ clusterId, revision, digests: {} })).rejects.toMatchObject({
    code: 'PRECONDITION_FAILED',
  });
  gate.resolve();
  await lever.reached('draining');
  await lever.say('cutNow');
  await lever.reached('done');

  const at = await api.clusters.get({ clusterId });
  const ports = { director: director.served.port, rs1: rs1.served.port };
  await api.clusters.save({ clusterId, revision: at.revision, topology: twoArms(ports, 9) });
  await expect(api.switches.start(await order(cluster, 'masq'))).rejects.toMatchObject({
    message: expect.stringContaining('Apply or discard them first'),
  });
}, 30_000);

test('a console that is restarted in the middle goes on and comes to the flip', async () => {
  await using cluster = await appliedCluster();
  const { console, director } = cluster;
  const reached = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  director.host.beforePhase = async (phase) => {
    if (phase !== 'switch') return;
    reached.resolve();
    await gate.promise;
  };
  const lever = await thrown(cluster, 'gate');
  await reached.promise;
  const restarting = console.restart();
  gate.resolve();
  await restarting;
  await lever.reached('draining');
  expect(methods(cluster)).toEqual(['gate', 'gate']);
}, 30_000);

test('a switch to be confirmed: the director alone could undo its flip, until it is told that it stays', async () => {
  await using cluster = await appliedCluster();
  const { console, clusterId, director, rs1 } = cluster;
  const lever = await thrown(cluster, 'gate', 60);
  const waiting = await lever.reached('confirming');
  expect(Date.parse(waiting.confirmBy ?? '')).toBeGreaterThan(Date.now());
  expect(director.host.revertsAfter.at(-1)).toBeGreaterThan(60);
  expect(rs1.host.revertsAfter.every((after) => after === null)).toBe(true);
  const { revision } = await console.as('operator').clusters.get({ clusterId });
  await expect(
    console.as('operator').rollouts.start({ clusterId, revision, digests: {} }),
  ).rejects.toMatchObject({ code: 'PRECONDITION_FAILED' });

  await console.restart();
  await lever.reached('confirming');
  await lever.say('confirm');
  expect((await lever.reached('draining')).confirmBy).toBeNull();
  expect(director.host.confirmed).toHaveLength(1);
}, 30_000);

test('a switch that was not confirmed in time goes back', async () => {
  await using cluster = await appliedCluster();
  const before = standing(cluster);
  const lever = await thrown(cluster, 'gate', 10);
  await lever.reached('confirming');
  expect(methods(cluster)).toEqual(['gate', 'gate']);
  const back = await eventually(
    () => cluster.console.as('viewer').switches.get({ switchId: lever.switchId }),
    ({ step }) => step === 'prepared',
    20_000,
  );
  expect(back.failure).toBe('Nobody confirmed the switch within 10 seconds, so it is undone.');
  expect(methods(cluster)).toEqual(['masq', 'masq']);
  const { applied } = await cluster.console.as('viewer').clusters.get(cluster);
  expect(applied?.by).toBeNull();
  await lever.say('cutNow');
  await lever.reached('wentBack');
  expect(standing(cluster)).toBe(before);
  const listed = await cluster.console.as('viewer').rollouts.list(cluster);
  expect(listed.map(({ what, by }) => [what.kind, by])).toEqual([
    ['undoPrepare', null],
    ['undoFlip', null],
    ['flip', 'The operator'],
    ['prepare', 'The operator'],
    ['apply', 'The operator'],
  ]);
}, 40_000);

test('DR is cut: its half goes at once, and clients are told apart until the director has forgotten; no lever meanwhile', async () => {
  await using cluster = await appliedCluster();
  const { director, rs1, console } = cluster;
  const before = standing(cluster);
  const facts = { ...director.host.proofs.found, ipvsTimeouts: { tcp: 900, tcpFin: 2, udp: 300 } };
  director.host.proofs.facts = () => Promise.resolve(facts);
  rs1.host.proofs.connections.set('192.168.0.111', 1);
  const lever = await thrown(cluster, 'gate');
  await lever.reached('draining');
  await lever.say('goBack');
  await eventually(
    () => console.as('viewer').switches.get({ switchId: lever.switchId }),
    ({ state, step, drain }) => state === 'draining' && step === 'prepared' && drain?.ways[0]?.old === 1,
  );
  await lever.say('cutNow');
  const forgetting = await eventually(
    () => console.as('viewer').switches.get({ switchId: lever.switchId }),
    ({ step }) => step === 'from',
  );
  expect(forgetting).toMatchObject({ state: 'retiring', forgottenAt: expect.any(String) });
  expect(rs1.host.state.addresses).toEqual([]);
  expect(reuseMode(cluster)).toBe('3');
  await expect(console.as('operator').switches.start(await order(cluster, 'gate'))).rejects.toMatchObject({
    message: expect.stringMatching(/the director has not forgotten them yet. Throw the lever in [12] s\./),
  });
  const { hosts } = await console.as('operator').clusters.review(cluster);
  expect(hosts.flatMap((host) => (host.kind === 'ready' ? host.operations : []))).toEqual([]);
  expect(await lever.reached('wentBack')).toMatchObject({ forgottenAt: null, failure: null });
  expect(standing(cluster)).toBe(before);
  const listed = await console.as('viewer').rollouts.list(cluster);
  expect(listed.slice(0, 3).map(({ what }) => what.kind)).toEqual(['undoPrepare', 'undoPrepare', 'undoFlip']);
}, 30_000);

const reuseMode = ({ director }: TestCluster) =>
  director.host.state.sysctls.find(({ name }) => name === 'net.ipv4.vs.conn_reuse_mode')?.value;

test('a way that was taken down on some hosts only is made ready again before new connections take it', async () => {
  await using cluster = await appliedCluster();
  const { console, director, rs1 } = cluster;
  const lever = await thrown(cluster, 'gate');
  await lever.reached('draining');
  await lever.say('goBack');
  await eventually(
    () => console.as('viewer').switches.get({ switchId: lever.switchId }),
    ({ state, step }) => state === 'draining' && step === 'prepared',
  );
  director.host.fails = () => ({ errno: 'EPERM', message: 'not permitted' });
  await lever.say('cutNow');
  await lever.reached('held');
  expect(rs1.host.state.addresses).toEqual([]);
  director.host.fails = () => null;
  await lever.say('goOn');
  const flip = await eventually(
    () => console.as('viewer').switches.get({ switchId: lever.switchId }),
    ({ step }) => step === 'flipped' || step === 'from',
  );
  expect([flip.step, methods(cluster), rs1.host.state.addresses.length]).toEqual([
    'flipped',
    ['gate', 'gate'],
    1,
  ]);
}, 30_000);

import { AgentRefusal } from '@signalbox/agent-api';
import { expect, test } from 'vitest';
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
    say: (command: 'goBack' | 'confirm' | 'cutNow' | 'keepBoth') =>
      cluster.console.as('operator').switches.command({ switchId, command }),
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

test('a real server that lost the VIP while it was tried gets it back with the flip', async () => {
  await using cluster = await appliedCluster();
  const { host } = cluster.rs1;
  const answer = cluster.director.host.proofs.connected;
  cluster.director.host.proofs.connected = (connection) => {
    host.state = { ...host.state, addresses: [] };
    return answer(connection);
  };
  const lever = await thrown(cluster, 'gate');
  await lever.reached('draining');
  expect(host.state.addresses).toHaveLength(1);
  expect(host.keeps).toEqual([false, true, true]);
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

test('a director that could not be looked at while the trial ran is looked at again before the flip', async () => {
  await using cluster = await appliedCluster();
  const { host } = cluster.director;
  const looked: string[] = [];
  host.beforePhase = (phase) => {
    looked.push(phase);
    return Promise.resolve();
  };
  host.afterPreview = () => {
    looked.push('look');
    if (looked.filter((one) => one === 'look').length === 2)
      throw new AgentRefusal('busy', 'The host is busy.');
  };
  const lever = await thrown(cluster, 'gate');
  await lever.reached('draining');
  expect(looked).toEqual(['look', 'prepare', 'look', 'look', 'switch']);
}, 20_000);

test('who confirms what was just shown does not wait until hosts are asked for it again, unless they changed since', async () => {
  await using cluster = await appliedCluster();
  const seen: string[] = [];
  const { host } = cluster.director;
  host.afterPreview = () => seen.push('look');
  host.beforePhase = (phase) => Promise.resolve(void seen.push(phase));
  const { revision: _, ...asked } = await order(cluster, 'gate');
  await cluster.console.as('operator').switches.preflight(asked);
  const { state: before } = cluster.rs1.host;
  cluster.rs1.host.state = { ...before, sysctls: before.sysctls.map((one) => ({ ...one, value: '1' })) };

  const lever = await thrown(cluster, 'gate');
  await lever.reached('draining');
  expect(seen).toEqual(['look', 'prepare', 'look', 'switch']);
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

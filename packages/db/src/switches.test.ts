import { type Topology, withMethod } from '@signalbox/cluster';
import { expect, test } from 'vitest';
import type { NewSwitch } from './index.ts';
import { emptyTopology, scratchDatabase } from './scratch-database.ts';

const drawn: Topology = {
  ...emptyTopology('Shop'),
  vips: [{ id: 'vip', address: { family: 'ipv4', text: '10.0.0.100' }, directorId: 'director' }],
  services: [
    {
      id: 'web',
      at: { kind: 'address', protocol: 'tcp', vipId: 'vip', port: 80 },
      scheduler: 'rr',
      schedulerFlags: [],
      persistence: null,
      onePacket: false,
      method: 'masq',
      destinations: [],
    },
  ],
};

const order = (id: string, revision = 1): NewSwitch => ({
  id,
  clusterId: 'shop',
  by: 'Ada',
  to: 'gate',
  services: [{ serviceId: 'web', name: 'tcp 10.0.0.100:80', from: 'masq' }],
  state: 'walking',
  step: 'from',
  target: 'done',
  warm: false,
  record: {},
  revision,
});

const rollout = (id: string, switchId: string | null) => ({
  id,
  clusterId: 'shop',
  revision: 1,
  by: 'Ada',
  switchId,
  step: null,
  epochSeen: 0,
  hosts: [],
});

async function applied() {
  const scratch = await scratchDatabase();
  const { clusters, rollouts } = scratch.database;
  await clusters.create({ clusterId: 'shop', topology: drawn, by: 'Ada' });
  await rollouts.begin(rollout('first', null));
  await rollouts.finish('first', { state: 'done' });
  return scratch;
}

test('one switch at a time, and only over what was seen', async () => {
  await using scratch = await applied();
  const { switches } = scratch.database;
  expect(await switches.begin(order('late', 0))).toBe('revisionMoved');
  const both = await Promise.all([switches.begin(order('one')), switches.begin(order('two'))]);
  expect(both.sort()).toEqual(['begun', 'busy']);
});

test('no apply begins before the flip is read back; after it one may', async () => {
  await using scratch = await applied();
  const { switches, rollouts } = scratch.database;
  await switches.begin(order('one'));
  expect(await rollouts.begin(rollout('apply', null))).toEqual({ kind: 'busy' });
  expect((await rollouts.begin(rollout('step', 'one'))).kind).toBe('begun');
  expect(await switches.begin(order('two'))).toBe('busy');
  await rollouts.finish('step', { state: 'done' });
  await switches.change('one', { state: 'draining' });
  expect((await rollouts.begin(rollout('apply', null))).kind).toBe('begun');
});

test('the flip makes a revision of its own with the new method, applied at once; the way back another', async () => {
  await using scratch = await applied();
  const { switches, clusters } = scratch.database;
  await switches.begin(order('one'));
  await switches.flipped('one', { step: 'flipped', method: 'to', by: 'Ada' });
  const flipped = await clusters.get('shop');
  expect(flipped?.topology.services[0]?.method).toBe('gate');
  expect([flipped?.revision, flipped?.applied?.revision, flipped?.applied?.by]).toEqual([2, 2, 'Ada']);

  await switches.flipped('one', { step: 'prepared', method: 'from', by: null });
  const back = await clusters.get('shop');
  expect(back?.applied).toMatchObject({ topology: drawn, by: null });
  expect(await clusters.topologyAt('shop', 2)).toEqual(withMethod(drawn, { services: ['web'], to: 'gate' }));
});

test('a flip that never came to be makes no revision when it is undone', async () => {
  await using scratch = await applied();
  const { switches, clusters } = scratch.database;
  await switches.begin(order('one'));
  await switches.flipped('one', { step: 'prepared', method: 'from', by: null });
  expect((await clusters.get('shop'))?.revision).toBe(1);
});

test('changes drawn while the switch ran stay, and are still not applied', async () => {
  await using scratch = await applied();
  const { switches, clusters } = scratch.database;
  await switches.begin(order('one'));
  const changed = {
    ...drawn,
    services: drawn.services.map((one) => ({ ...one, scheduler: 'wlc' as const })),
  };
  await clusters.saveTopology({ clusterId: 'shop', revision: 1, topology: changed, by: 'Eve' });
  await switches.flipped('one', { step: 'flipped', method: 'to', by: 'Ada' });
  const now = await clusters.get('shop');
  const web = (topology: Topology | undefined) => {
    const service = topology?.services[0];
    return [service?.scheduler, service?.method];
  };
  expect(web(now?.applied?.topology)).toEqual(['rr', 'gate']);
  expect(web(now?.topology)).toEqual(['wlc', 'gate']);
});

test('an ended switch frees the cluster and is remembered', async () => {
  await using scratch = await applied();
  const { switches, clusters } = scratch.database;
  await switches.begin(order('one'));
  await switches.finish('one', { state: 'wentBack', failure: 'rs1 does not answer.' });
  expect((await clusters.get('shop'))?.switchId).toBeNull();
  expect(await switches.live()).toEqual([]);
  expect(await switches.list('shop', 5)).toMatchObject([
    { id: 'one', state: 'wentBack', failure: 'rs1 does not answer.', services: order('one').services },
  ]);
});

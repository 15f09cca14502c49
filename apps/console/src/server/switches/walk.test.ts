import { expect, test } from 'vitest';
import type { StepLook } from '../clusters/review.ts';
import { storedSwitch, stoppedBy, SwitchGround } from '../testing/switch-ground.ts';
import { commanded } from './commands.ts';

const forward = ['from-prepared', 'prepared-flipped', 'flipped-done'];

test('all the way: prepared, proven, flipped, drained, retired', async () => {
  const ground = new SwitchGround();
  await ground.walk();
  expect(ground.hops).toEqual(forward);
  expect(ground.run.view).toMatchObject({ state: 'done', step: 'done', failure: null });
  expect(ground.run.view.stages.map(({ name, state }) => `${name} ${state}`)).toEqual([
    'preflight waiting',
    'prepare done',
    'prove done',
    'flip done',
    'drain done',
    'retire done',
  ]);
  expect(ground.remembered.methods).toEqual(['to']);
});

test('a proof that fails turns it back before anything was flipped, and says why', async () => {
  const ground = new SwitchGround();
  ground.found.push('rs2 does not answer by DR.');
  await ground.walk();
  expect(ground.hops).toEqual(['from-prepared', 'prepared-from']);
  expect(ground.run.view).toMatchObject({ state: 'wentBack', failure: 'rs2 does not answer by DR.' });
  expect(ground.run.view.stages.find(({ name }) => name === 'prepare')?.state).toBe('undone');
  expect(ground.remembered.methods).toEqual([]);
});

test('a host that fails to prepare: what others prepared is taken down again', async () => {
  const ground = new SwitchGround();
  ground.outcomes.set('from-prepared', [stoppedBy('rs1: EPERM')]);
  await ground.walk();
  expect(ground.hops).toEqual(['from-prepared', 'prepared-from']);
  expect(ground.run.view).toMatchObject({ state: 'wentBack', failure: 'rs1: EPERM' });
});

test('a flip that failed half-way is undone, and its few new connections end before their way goes', async () => {
  const ground = new SwitchGround();
  ground.outcomes.set('prepared-flipped', [stoppedBy('director: EINVAL')]);
  await ground.walk();
  expect(ground.hops).toEqual(['from-prepared', 'prepared-flipped', 'flipped-prepared', 'prepared-from']);
  expect(ground.run.view).toMatchObject({ state: 'wentBack', failure: 'director: EINVAL' });
  expect(ground.run.view.stages.find(({ name }) => name === 'drain')?.state).toBe('done');
});

test('while old connections live nothing is retired; thrown back they live on, and at last all is as before', async () => {
  const ground = new SwitchGround();
  ground.longLived = true;
  const walking = ground.walk();
  await ground.reached('draining', 'flipped');
  expect(ground.hops).toEqual(forward.slice(0, 2));
  await ground.say('goBack');
  await ground.reached('draining', 'prepared');
  expect(ground.hops.at(-1)).toBe('flipped-prepared');
  await ground.say('goOn');
  await ground.reached('draining', 'flipped');
  await ground.say('goBack');
  await ground.reached('draining', 'prepared');
  await ground.say('cutNow');
  await walking;
  expect(ground.hops.at(-1)).toBe('prepared-from');
  expect(ground.run.view).toMatchObject({ state: 'wentBack', step: 'from' });
  expect(ground.remembered.methods).toEqual(['to', 'from', 'to', 'from']);
});

test('both ways kept: one hop to and fro, until it is told to finish', async () => {
  const ground = new SwitchGround();
  ground.longLived = true;
  const walking = ground.walk();
  await ground.reached('draining', 'flipped');
  await ground.say('keepBoth');
  await ground.reached('warm', 'flipped');
  await ground.say('goBack');
  await ground.reached('warm', 'prepared');
  await ground.say('goOn');
  await ground.reached('warm', 'flipped');
  expect(ground.hops).toEqual(['from-prepared', 'prepared-flipped', 'flipped-prepared', 'prepared-flipped']);
  ground.longLived = false;
  await ground.say('drain');
  await walking;
  expect(ground.run.view.state).toBe('done');
});

test('both ways kept: the other way is tried while nothing else is to do, and then a flip need not wait', async () => {
  const ground = new SwitchGround();
  ground.longLived = true;
  const walking = ground.walk();
  await ground.reached('draining', 'flipped');
  await ground.say('keepBoth');
  await ground.say('goBack');
  await ground.reached('warm', 'prepared');
  await ground.settled();
  expect(ground.proofs).toBe(2);
  ground.proven = true;
  await ground.say('goOn');
  await ground.reached('warm', 'flipped');
  expect(ground.proofs).toBe(2);
  ground.longLived = false;
  await ground.say('drain');
  await walking;
});

test('both ways kept: a trial that fails is shown, takes nothing down, and keeps a flip from happening', async () => {
  const ground = new SwitchGround();
  ground.longLived = true;
  const walking = ground.walk();
  await ground.reached('draining', 'flipped');
  await ground.say('keepBoth');
  ground.found.push('rs2 does not answer by DR.', 'rs2 does not answer by DR.');
  await ground.say('goBack');
  await ground.reached('warm', 'prepared');
  await ground.settled();
  expect(ground.run.view.stages.find(({ name }) => name === 'prove')?.state).toBe('failed');
  await ground.say('goOn');
  await ground.settled();
  expect(ground.run.view).toMatchObject({ step: 'prepared', failure: 'rs2 does not answer by DR.' });
  expect(ground.hops.at(-1)).toBe('flipped-prepared');
  ground.longLived = false;
  await ground.say('drain');
  await walking;
});

test('an abort before the flip takes down what was prepared', async () => {
  const ground = new SwitchGround({ step: 'prepared', target: 'from' });
  await ground.walk();
  expect(ground.hops).toEqual(['prepared-from']);
  expect(ground.run.view.state).toBe('wentBack');
});

test('an abort while it is being proven does not flip', async () => {
  const ground = new SwitchGround({ step: 'prepared' });
  ground.whileProving = () => ground.say('goBack');
  await ground.walk();
  expect(ground.hops).toEqual(['prepared-from']);
});

test('hosts are looked at for the flip while the new way is tried, and for no other hop', async () => {
  const ground = new SwitchGround();
  const { promise, resolve } = Promise.withResolvers<StepLook>();
  ground.looking = promise;
  ground.whileProving = () => Promise.resolve(resolve({ hosts: [], epochSeen: 0 }));
  await ground.walk();
  expect(ground.lookedAhead).toEqual(['prepared-flipped']);
});

test('what the operator was shown of the first step is good for that step only', async () => {
  const ground = new SwitchGround();
  ground.shown = { hosts: [], epochSeen: 0 };
  ground.outcomes.set('from-prepared', [stoppedBy('rs1 refused.'), { kind: 'done' }]);
  await ground.walk();
  expect(ground.lookedAhead).toEqual(['from-prepared']);
});

test('a host that is slow to be looked at does not hold up the way back after a proof that failed', async () => {
  const ground = new SwitchGround();
  ground.looking = new Promise(() => undefined);
  ground.found.push('rs2 does not answer by DR.');
  await ground.walk();
  expect(ground.run.view).toMatchObject({ state: 'wentBack', failure: 'rs2 does not answer by DR.' });
});

test('an abort does not wait for a host that is slow to be looked at', async () => {
  const ground = new SwitchGround();
  ground.looking = new Promise(() => undefined);
  const walking = ground.walk();
  await ground.settled();
  await ground.say('goBack');
  await walking;
  expect(ground.hops).toEqual(['from-prepared', 'prepared-from']);
});

test('a host that cannot be reached on the way back is waited for, and an operator can say when', async () => {
  const ground = new SwitchGround({ step: 'prepared', target: 'from' });
  ground.outcomes.set('prepared-from', [stoppedBy('rs1 cannot be asked')]);
  const walking = ground.walk();
  await ground.reached('held', 'prepared');
  expect(ground.run.view.failure).toBe('rs1 cannot be asked');
  await ground.say('goBack');
  await walking;
  expect(ground.run.view.state).toBe('wentBack');
});

test('a word said while others are being told is heard at once, and not when the next one comes', async () => {
  const ground = new SwitchGround();
  ground.longLived = true;
  const walking = ground.walk();
  await ground.reached('draining', 'flipped');
  ground.whileChanging = () => {
    ground.whileChanging = () => Promise.resolve();
    return ground.say('goBack');
  };
  await ground.say('keepBoth');
  await ground.reached('warm', 'prepared');
  expect(ground.hops.at(-1)).toBe('flipped-prepared');
  ground.longLived = false;
  await ground.say('drain');
  await walking;
});

test('the console stops in the middle: the switch stays as it is', async () => {
  const ground = new SwitchGround();
  ground.longLived = true;
  const walking = ground.walk();
  await ground.reached('draining', 'flipped');
  ground.stop();
  await ground.run.command({}, { by: 'Ada' });
  await walking;
  expect(ground.run.stored).toMatchObject({ finishedAt: null, state: 'draining', step: 'flipped' });
});

test('what cannot be said now is refused with the reason', () => {
  const ended = commanded({ ...storedSwitch, finishedAt: new Date(0) }, 'goBack');
  expect(ended).toMatchObject({ kind: 'refused', message: expect.stringContaining('has ended') });
  expect(commanded({ ...storedSwitch, state: 'retiring' }, 'goBack').kind).toBe('refused');
  expect(commanded(storedSwitch, 'cutNow').kind).toBe('refused');
  expect(commanded(storedSwitch, 'goOn').kind).toBe('refused');
});

test('cut: the way is down at once, and the switch ends when directors have forgotten its connections', async () => {
  const ground = await cutUntil(new Date(61_000));
  expect(ground.hops.at(-1)).toBe('prepared-from cut');
  expect(ground.run.view).toMatchObject({ state: 'retiring', forgottenAt: new Date(61_000).toISOString() });
  expect(commanded(ground.run.stored, 'goOn').kind).toBe('refused');
  ground.stop();

  // The next process goes on with what is stored, and not before the time has come.
  const next = new SwitchGround(ground.run.stored);
  void next.walk();
  await next.settled();
  expect(next.hops).toEqual([]);
  next.stop();
  const late = new SwitchGround({
    ...ground.run.stored,
    record: { ...ground.run.record, forgottenAt: new Date(1000).toISOString() },
  });
  late.outcomes.set('from-from', [stoppedBy('director: EPERM')]);
  const walking = late.walk();
  await expect.poll(() => late.run.view).toMatchObject({ state: 'retiring', failure: 'director: EPERM' });
  late.stop();
  await walking;
  const again = new SwitchGround(late.run.stored);
  await again.walk();
  expect(again.hops).toEqual(['from-from']);
  expect(again.run.view).toMatchObject({ state: 'wentBack', forgottenAt: null });
});

/** Gone back to NAT, and the connections by DR cut while directors remember them for a while. */
async function cutUntil(forgottenAt: Date): Promise<SwitchGround> {
  const ground = new SwitchGround();
  ground.longLived = true;
  ground.forgottenAt = forgottenAt.toISOString();
  void ground.walk();
  await ground.reached('draining', 'flipped');
  await ground.say('goBack');
  await ground.reached('draining', 'prepared');
  await ground.say('cutNow');
  await ground.reached('retiring', 'from');
  return ground;
}

import { expect, test } from 'vitest';
import { SwitchGround } from '../testing/switch-ground.ts';
import { newRecord } from './switch-record.ts';

const forward = ['from-prepared', 'prepared-flipped'];

test('a flip that is to be confirmed is not drained before, and then goes on', async () => {
  const ground = new SwitchGround({ record: newRecord(60) });
  const walking = ground.walk();
  await ground.reached('confirming', 'flipped');
  expect(ground.run.view.confirmBy).toBe(new Date(61_000).toISOString());
  expect(ground.hops).toEqual(forward);
  await ground.say('confirm');
  await walking;
  expect(ground.hops).toEqual([...forward, 'confirmed', 'flipped-done']);
  expect(ground.run.view).toMatchObject({ state: 'done', confirmBy: null });
});

test('a flip that nobody confirms in time is undone, and says why', async () => {
  const late = { ...newRecord(60), confirm: { seconds: 60, by: new Date(900).toISOString(), given: false } };
  const ground = new SwitchGround({
    step: 'flipped',
    flippedAt: new Date(0),
    state: 'confirming',
    record: late,
  });
  await ground.walk();
  expect(ground.hops).toEqual(['flipped-prepared', 'prepared-from']);
  expect(ground.run.view).toMatchObject({
    state: 'wentBack',
    failure: 'Nobody confirmed the switch within 60 seconds, so it is undone.',
  });
});

test('a flip that its director cannot be told to keep is undone', async () => {
  const ground = new SwitchGround({ record: newRecord(60) });
  ground.unconfirmed = 'director could not be told.';
  const walking = ground.walk();
  await ground.reached('confirming', 'flipped');
  await ground.say('confirm');
  await walking;
  expect(ground.run.view).toMatchObject({ state: 'wentBack', failure: 'director could not be told.' });
});

test('while a flip waits to be confirmed one may go back at once, or keep both ways', async () => {
  const ground = new SwitchGround({ record: newRecord(60) });
  const walking = ground.walk();
  await ground.reached('confirming', 'flipped');
  await ground.say('keepBoth');
  await ground.say('confirm');
  await ground.reached('warm', 'flipped');
  await ground.say('goBack');
  await ground.reached('warm', 'prepared');
  await expect(ground.say('confirm')).rejects.toThrow('nothing to confirm');
  await ground.say('drain');
  await walking;
  expect(ground.run.view.state).toBe('wentBack');
});

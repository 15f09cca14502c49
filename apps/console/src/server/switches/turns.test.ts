import { expect, test } from 'vitest';
import { storedSwitch, SwitchGround } from '../testing/switch-ground.ts';
import { recordOf } from './switch-record.ts';
import { ledBy, turning } from './turns.ts';

const at = new Date(5000);

test('an operator turns it round under a name; on it goes under the name of who said so', async () => {
  const ground = new SwitchGround();
  ground.longLived = true;
  const walking = ground.walk();
  await ground.reached('draining', 'flipped');
  expect(ledBy(ground.run.stored)).toBe('Ada');
  await ground.say('goBack');
  await ground.reached('draining', 'prepared');
  expect(ledBy(ground.run.stored)).toBe('Grace');
  await ground.say('goOn');
  await ground.reached('draining', 'flipped');
  expect(ground.run.view.turns.map(({ kind, by, why }) => [kind, by, why])).toEqual([
    ['back', 'Grace', null],
    ['on', 'Grace', null],
  ]);
  ground.stop();
  await walking;
});

test('what goes back by itself goes back under nobody’s name, and says why also when the switch went on later', async () => {
  const ground = new SwitchGround({
    warm: true,
    flippedAt: new Date(0),
    step: 'prepared',
    target: 'flipped',
  });
  ground.found.push('rs2 does not answer by DR.');
  const walking = ground.walk();
  await ground.reached('warm', 'prepared');
  expect(ledBy(ground.run.stored)).toBeNull();
  ground.proven = true;
  await ground.say('goOn');
  await ground.reached('warm', 'flipped');
  expect(ground.run.view).toMatchObject({
    failure: null,
    turns: [
      { kind: 'back', by: null, why: 'rs2 does not answer by DR.' },
      { kind: 'on', by: 'Grace', why: null },
    ],
  });
  ground.stop();
  await walking;
});

test('who says so again changes nothing: it goes that way already', () => {
  const back = { ...storedSwitch, ...turning(storedSwitch, { target: 'from' }, { by: null, at }) };
  const again = turning(back, { target: 'from' }, { by: 'Grace', at });
  expect(ledBy({ ...back, ...again })).toBeNull();
});

test('thrown to and fro for days, only the last turns are kept', () => {
  let stored = storedSwitch;
  for (let times = 0; times < 50; times += 1)
    stored = {
      ...stored,
      ...turning(stored, { target: times % 2 === 0 ? 'prepared' : 'flipped' }, { by: `${times}`, at }),
    };
  const { turns } = recordOf(stored);
  expect(turns).toHaveLength(20);
  expect(turns.at(-1)?.by).toBe('49');
});

test('a switch of a time when turns were not kept is led by who threw the lever', () => {
  expect(ledBy({ ...storedSwitch, record: {} })).toBe('Ada');
});

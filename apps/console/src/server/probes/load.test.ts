import type { ProbeReading } from '@signalbox/agent-api';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ProbeTold } from '../../api/switch-contract.ts';
import { oneReading } from '../testing/fake-proofs.ts';
import { LINGER_MS, Load } from './load.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const wish = {
  order: {
    clusterId: 'shop',
    nodeId: 'client',
    serviceId: 'web',
    workers: 1,
    requestsPerSecond: 4,
    longLived: 0,
  },
  withSwitch: false,
};

/** A load whose agent answers when the test says so. */
function running() {
  let ended = false;
  const load = new Load(wish, { now: () => new Date(), kept: null, ended: () => (ended = true) });
  const waiting: ProbeReading[] = [];
  let wake = Promise.withResolvers<void>();
  let stopped = false;
  void load.relay(async function* (signal) {
    signal.addEventListener('abort', () => {
      stopped = true;
      wake.resolve();
    });
    while (!signal.aborted) {
      await wake.promise;
      wake = Promise.withResolvers();
      yield* waiting.splice(0);
    }
  });
  const answers = async (times = 1) => {
    waiting.push(...Array.from({ length: times }, () => oneReading));
    wake.resolve();
    await vi.advanceTimersByTimeAsync(1);
  };
  return { load, answers, ended: () => ended, stopped: () => stopped };
}

/** A page: what it was told, until it leaves. */
function page(load: Load, by: string) {
  const leaving = new AbortController();
  const told: ProbeTold[] = [];
  const over = (async () => {
    for await (const one of load.watch(by, leaving.signal)) told.push(one);
  })();
  return {
    told,
    over,
    leave: async () => {
      leaving.abort();
      await over;
    },
  };
}

/** All requests that a page knows of. */
const requests = (told: readonly ProbeTold[]) =>
  told
    .flatMap((one) => {
      if (one.kind === 'past')
        return [one.before.requests, ...one.readings.map(({ reading }) => reading.requests)];
      return one.kind === 'reading' ? [one.reading.requests] : [];
    })
    .reduce((sum, count) => sum + count, 0);

test('a page that is loaded again finds its probe running, with all that was counted meanwhile', async () => {
  const { load, answers, stopped } = running();
  const before = page(load, 'ada');
  await answers(2);
  await before.leave();
  await answers(3);
  await vi.advanceTimersByTimeAsync(LINGER_MS - 1000);
  const after = page(load, 'ada');
  await answers(1);
  expect(requests(after.told)).toBe(6);
  await vi.advanceTimersByTimeAsync(2 * LINGER_MS);
  expect(stopped()).toBe(false);
  expect(load.isWantedBy('ada')).toBe(true);
  await after.leave();
});

test('who stays away for longer leaves nothing running', async () => {
  const { load, ended, stopped } = running();
  await page(load, 'ada').leave();
  await vi.advanceTimersByTimeAsync(LINGER_MS + 1);
  expect([ended(), stopped(), load.isWantedBy('ada')]).toEqual([true, true, false]);
});

test('one of two tabs leaves: nothing is timed', async () => {
  const { load, stopped } = running();
  const [one, other] = [page(load, 'ada'), page(load, 'ada')];
  await vi.advanceTimersByTimeAsync(1);
  await one.leave();
  await vi.advanceTimersByTimeAsync(2 * LINGER_MS);
  expect(stopped()).toBe(false);
  await other.leave();
});

test('what is stopped ends at once, and every tab of that operator is told', async () => {
  const { load, stopped } = running();
  const tabs = [page(load, 'ada'), page(load, 'ada')];
  await vi.advanceTimersByTimeAsync(1);
  load.stopFor('ada');
  await Promise.all(tabs.map(({ over }) => over));
  expect(tabs.map(({ told }) => told.at(-1)?.kind)).toEqual(['stopped', 'stopped']);
  expect(stopped()).toBe(true);
});

test('one operator stops it, another who watches goes on', async () => {
  const { load, answers, stopped } = running();
  const [ada, grace] = [page(load, 'ada'), page(load, 'grace')];
  await vi.advanceTimersByTimeAsync(1);
  load.stopFor('ada');
  await ada.over;
  await answers();
  expect(requests(grace.told)).toBe(1);
  expect(stopped()).toBe(false);
  load.stopFor('grace');
  await grace.over;
  expect(stopped()).toBe(true);
});

test('it makes room for another one only where nobody else watches or may come back', async () => {
  const { load } = running();
  const [ada, grace] = [page(load, 'ada'), page(load, 'grace')];
  await vi.advanceTimersByTimeAsync(1);
  await ada.leave();
  expect(load.givesWayTo('ada')).toBe(false);
  await grace.leave();
  expect(load.givesWayTo('ada')).toBe(false);
  load.stopFor('grace');
  expect(load.givesWayTo('ada')).toBe(true);
  load.end();
});

test('hours of it are a count, not a list', async () => {
  const { load, answers } = running();
  const watching = page(load, 'ada');
  await answers(2000);
  await watching.leave();
  const back = page(load, 'ada');
  await vi.advanceTimersByTimeAsync(1);
  const [past] = back.told;
  expect(past?.kind === 'past' && past.readings.length).toBe(480);
  expect(requests(back.told)).toBe(2000);
  load.end();
  await back.leave();
});

test('when the console stops, the load stops, and pages are dropped without a last word', async () => {
  const { load, stopped } = running();
  const watching = page(load, 'ada');
  await vi.advanceTimersByTimeAsync(1);
  load.leave();
  await expect(watching.over).rejects.toThrow('stopping');
  expect(stopped()).toBe(true);
});

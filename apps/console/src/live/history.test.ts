import { expect, test } from 'vitest';
import { destinationRead, readAt, webRead } from '../ui/testing/readings.ts';
import { SAMPLES, seriesOfDestination, seriesOfService, TrafficHistory } from './history.ts';

const web = 'tcp 192.168.0.111:80';
const read = (seconds: number, active: number) =>
  readAt(seconds, { services: [webRead([destinationRead('192.168.137.131', active)])] });

test('a minute of samples is kept for each service and destination, newest last', () => {
  const history = new TrafficHistory();
  for (let second = 0; second < SAMPLES + 5; second++) history.record('director', read(second, second));

  const samples = history.samples(seriesOfService('director', web));
  expect(samples).toHaveLength(SAMPLES);
  expect(samples.at(-1)).toBe(1000 * (SAMPLES + 4));
  expect(history.samples(seriesOfDestination('director', web, '192.168.137.131:80'))).toEqual(samples);
});

test('a reading that is told twice is one sample', () => {
  const history = new TrafficHistory();
  history.record('director', read(1, 5));
  history.record('director', read(1, 5));

  expect(history.samples(seriesOfService('director', web))).toEqual([5000]);
});

test('a series nobody has heard of is empty', () => {
  expect(new TrafficHistory().samples('nothing')).toEqual([]);
});

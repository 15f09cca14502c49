import { expect, test } from 'vitest';
import { parseCommandLine } from './server-options.ts';

test('by default only this machine reaches the console, and nodes cannot join', () => {
  expect(parseCommandLine(['--data', '/d'])).toEqual({
    data: '/d',
    listen: { host: '127.0.0.1', port: 8420 },
    enrolListen: null,
    enrolAdvertise: null,
    tls: null,
    names: [],
    dev: false,
  });
});

test.each([
  [['--listen', '127.0.0.1:1'], 'data'],
  [['--data', '/d', '--listen', '0.0.0.0:8420'], '--allow-remote'],
  [['--data', '/d', '--listen', '[::]:8420'], '--allow-remote'],
  [['--data', '/d', '--listen', 'nonsense'], 'ADDRESS:PORT'],
  [['--data', '/d', '--tls-cert', 'c.pem'], '--tls-key'],
  [['--data', '/d', '--no-such-option'], '--no-such-option'],
])('%j is refused with what to do', (args, words) => {
  expect(parseCommandLine(args)).toEqual(expect.stringContaining(words));
});

test('other machines reach it when that is said', () => {
  const options = parseCommandLine(
    '--data /d --listen [::]:443 --allow-remote --host Console.Example --enrol-listen 10.0.0.1:8421'
      .split(' ')
      .concat('--enrol-advertise', 'console.example:8421'),
  );
  expect(options).toMatchObject({
    listen: { host: '::', port: 443 },
    enrolListen: { host: '10.0.0.1', port: 8421 },
    enrolAdvertise: { host: 'console.example', port: 8421 },
    names: ['console.example'],
  });
});

import { expect, test } from 'vitest';
import { parseCommand } from './command-line.ts';

const JOIN = ['join', '--console', '10.0.0.5:8421', '--token', 'abc', '--ca', 'sha256:x'];

test('the join command as the console writes it is understood', () => {
  expect(parseCommand(JOIN)).toEqual({
    kind: 'join',
    console: '10.0.0.5:8421',
    token: 'abc',
    ca: 'sha256:x',
    state: '/var/lib/signalbox-agent',
    again: false,
  });
});

test.each(['-abc', '--abc', '--ca'])('a token may begin with a hyphen: %s', (token) => {
  const command = parseCommand(JOIN.with(4, token));

  expect(command).toMatchObject({ token, ca: 'sha256:x' });
});

test('run listens on every address unless told otherwise', () => {
  expect(parseCommand(['run'])).toMatchObject({ kind: 'run', listen: '0.0.0.0:7420' });
  expect(parseCommand(['run', '--listen', '127.0.0.1:1', '--state', '/s'])).toEqual({
    kind: 'run',
    listen: '127.0.0.1:1',
    state: '/s',
  });
});

test.each([[[]], [['walk']], [['join']], [['join', '--token']], [['run', '--bogus']], [['run', 'fast']]])(
  '%j is answered by the usage',
  (args) => {
    expect(() => parseCommand(args)).toThrow('agent join --console HOST:PORT');
  },
);

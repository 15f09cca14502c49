import { AGENT_PROGRAM, joinCommand } from '@signalbox/agent-api';
import { expect, test } from 'vitest';
import { parseCommand } from './command-line.ts';
import { parseHostPort } from './host-port.ts';

const ca = `sha256:${'x'.repeat(43)}`;

/** The words of a join command, as the shell would hand them over. */
function join({ host = '10.0.0.5', token = 'abc' }): string[] {
  const [program, file, ...args] = joinCommand({ console: { host, port: 8421 }, token, ca }).split(' ');
  expect([program, file]).toEqual(['node', AGENT_PROGRAM]);
  return args;
}

test('the join command as the console writes it is understood', () => {
  expect(parseCommand(join({}))).toEqual({
    kind: 'join',
    console: '10.0.0.5:8421',
    token: 'abc',
    ca,
    state: '/var/lib/signalbox-agent',
    again: false,
  });
});

test('the console may be named, or have an address of either family', () => {
  const at = (host: string) => {
    const command = parseCommand(join({ host }));
    return command.kind === 'join' ? parseHostPort(command.console) : null;
  };
  for (const host of ['10.0.0.5', 'console.example', '2001:db8::1'])
    expect(at(host)).toEqual({ host, port: 8421 });
});

test.each(['-abc', '--abc', '--ca'])('a token may begin with a hyphen: %s', (token) => {
  expect(parseCommand(join({ token }))).toMatchObject({ token, ca });
});

test.each([['--help'], ['help'], ['join', '-h']])('%s asks what there is', (...args) => {
  expect(parseCommand(args)).toEqual({ kind: 'help' });
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

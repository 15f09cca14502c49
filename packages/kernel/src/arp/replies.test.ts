import { expect, test } from 'vitest';
import { KernelFailure } from '../netlink/failure.ts';
import { repliesIn } from './replies.ts';

const said = (stdout: string, stderr = '') => repliesIn({ stdout, stderr });

test('each hardware address that answered, once', () => {
  const text = [
    'ARPING 10.1.1.2 from 10.1.1.1 eth0',
    'Unicast reply from 10.1.1.2 [66:7C:47:E7:9F:44]  0.521ms',
    'Unicast reply from 10.1.1.2 [66:7C:47:E7:9F:45] for 10.1.1.1 [66:7C:47:E7:9F:46]  0.6ms',
    'Unicast reply from 10.1.1.2 [66:7C:47:E7:9F:44]  0.521ms',
    'Sent 2 probes (1 broadcast(s))',
    'Received 3 response(s)',
  ].join('\n');
  expect(said(text)).toEqual(['66:7c:47:e7:9f:44', '66:7c:47:e7:9f:45']);
});

test('silence is silence only where something was sent', () => {
  expect(
    said('ARPING 10.1.1.9 from 0.0.0.0 eth0\nSent 2 probes (2 broadcast(s))\nReceived 0 response(s)\n'),
  ).toEqual([]);
});

test.each([
  ['', 'arping: Device nope not available.\n', 'ENODEV'],
  ['', 'arping: Interface "lo" is not ARPable\n', 'ENODEV'],
  ['', 'arping: socket: Operation not permitted\n', 'EPERM'],
  ['', 'arping: bind: Cannot assign requested address\n', 'EADDRNOTAVAIL'],
  ['', '', 'EIO'],
])('%j and %j prove nothing: %s', (stdout, stderr, errno) => {
  let failure: unknown;
  try {
    said(stdout, stderr);
  } catch (error) {
    failure = error;
  }
  expect(failure instanceof KernelFailure && failure.errno).toBe(errno);
});

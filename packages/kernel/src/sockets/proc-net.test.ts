// Lines of /proc/net as a little-endian machine prints them.
import { expect, test } from 'vitest';
import { socketIn } from './proc-net.ts';

const line = (local: string, remote: string, state: string) =>
  `   0: ${local} ${remote} ${state} 00000000:00000000 00:00000000 00000000     0        0 17045 1 0000000000000000 100 0 0 10 0`;

test.each([
  ['IPv4', line('8389A8C0:0050', '6D00A8C0:D431', '01'), ['192.168.137.131 80', '192.168.0.109 54321', 1]],
  ['a wildcard', line('00000000:1F90', '00000000:0000', '0A'), ['0.0.0.0 8080', '0.0.0.0 0', 10]],
  [
    'IPv6',
    line('B80D0120000000000000000001000000:0050', '00000000000000000000000000000000:0000', '0A'),
    ['2001:db8::1 80', ':: 0', 10],
  ],
  [
    'an IPv4 client of an IPv6 socket',
    line('0000000000000000FFFF00008389A8C0:01BB', '0000000000000000FFFF00006D00A8C0:D431', '08'),
    ['192.168.137.131 443', '192.168.0.109 54321', 8],
  ],
])('%s', (_, text, told) => {
  const socket = socketIn(text);
  const ends = [socket?.local, socket?.remote].map((end) => `${end?.address} ${end?.port}`);
  expect([...ends, socket?.state]).toEqual(told);
});

test.each([
  [
    'the heads of the columns',
    '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
  ],
  ['nothing', ''],
  ['a line cut short', '   0: 8389A8C0:0050 6D00'],
])('%s is no socket', (_, text) => {
  expect(socketIn(text)).toBeNull();
});

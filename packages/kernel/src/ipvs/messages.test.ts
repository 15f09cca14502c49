// Bytes that Linux 6.1.176 acknowledged. Family number 28, sequence numbers not given yet.
import type { HostDestination, HostService, ServiceKey } from '@signalbox/cluster';
import { expect, it } from 'vitest';
import { hex } from '../testing/hex.ts';
import { written } from '../testing/written.ts';
import * as messages from './messages.ts';

const family = 28;
const ipv4 = (text: string) => ({ family: 'ipv4', text }) as const;
const ipv6 = (text: string) => ({ family: 'ipv6', text }) as const;

const web: ServiceKey = { kind: 'address', protocol: 'tcp', address: ipv4('192.168.0.111'), port: 80 };
const webService: HostService = {
  key: web,
  scheduler: 'wrr',
  schedulerFlags: [],
  persistence: { timeoutSeconds: 300, netmask: '255.255.255.0', engine: null },
  onePacket: false,
};
const rs1: HostDestination = {
  address: ipv4('192.168.137.131'),
  port: 8080,
  method: 'masq',
  weight: 6,
  upperThreshold: 100,
  lowerThreshold: 50,
  tunnel: null,
};
const mark: ServiceKey = { kind: 'fwmark', family: 'ipv6', mark: 10 };
const markService: HostService = {
  key: mark,
  scheduler: 'mh',
  schedulerFlags: ['mh-port'],
  persistence: null,
  onePacket: false,
};
const tunnelled: HostDestination = {
  address: ipv6('2001:db8::2'),
  port: 80,
  method: 'ipip',
  weight: 1,
  upperThreshold: 0,
  lowerThreshold: 0,
  tunnel: { type: 'gue', port: 6080, checksum: 'csum' },
};

const webKeyAttributes = `
    0600 0100 0200 0000                          # AF inet
    0600 0200 0600 0000                          # PROTOCOL tcp
    1400 0300 c0a8006f 000000000000000000000000  # ADDR 192.168.0.111
    0600 0400 0050 0000                          # PORT 80, network order
`;
const webConfiguration = `
    0800 0600 77727200                           # SCHED_NAME wrr
    0c00 0700 01000000 ffffffff                  # FLAGS persistent, all of them count
    0800 0800 2c010000                           # TIMEOUT 300 s
    0800 0900 ffffff00                           # NETMASK 255.255.255.0, network order
`;
const rs1KeyAttributes = `
    0600 0b00 0200 0000                          # ADDR_FAMILY inet
    1400 0100 c0a88983 000000000000000000000000  # ADDR 192.168.137.131
    0600 0200 1f90 0000                          # PORT 8080
`;
const rs1Limits = `
    0800 0400 06000000                           # WEIGHT 6
    0800 0500 64000000                           # U_THRESH 100
    0800 0600 32000000                           # L_THRESH 50
`;

it.each([
  [
    'NEW_SERVICE',
    messages.newService(webService),
    `68000000 1c00 0100 00000000 00000000  01 01 0000
     5400 0180 ${webKeyAttributes} ${webConfiguration}`,
  ],
  [
    'SET_SERVICE: everything again, because it replaces everything',
    messages.setService(webService),
    `68000000 1c00 0100 00000000 00000000  02 01 0000
     5400 0180 ${webKeyAttributes} ${webConfiguration}`,
  ],
  [
    'DEL_SERVICE: the key alone',
    messages.deleteService(web),
    `44000000 1c00 0100 00000000 00000000  03 01 0000
     3000 0180 ${webKeyAttributes}`,
  ],
  [
    'GET_SERVICE',
    messages.getService(web),
    `44000000 1c00 0100 00000000 00000000  04 01 0000
     3000 0180 ${webKeyAttributes}`,
  ],
  ['GET_SERVICE of all', messages.getServices, '14000000 1c00 0100 00000000 00000000  04 01 0000'],
  [
    'NEW_DEST',
    messages.newDestination(web, rs1),
    `8c000000 1c00 0100 00000000 00000000  05 01 0000
     3000 0180 ${webKeyAttributes}
     4800 0280 ${rs1KeyAttributes}
    0800 0300 00000000                           # FWD_METHOD masq
    ${rs1Limits}`,
  ],
  [
    'SET_DEST: the method changes in place',
    messages.setDestination(web, { ...rs1, method: 'gate' }),
    `8c000000 1c00 0100 00000000 00000000  06 01 0000
     3000 0180 ${webKeyAttributes}
     4800 0280 ${rs1KeyAttributes}
    0800 0300 03000000                           # FWD_METHOD route
    ${rs1Limits}`,
  ],
  [
    'DEL_DEST: the keys alone',
    messages.deleteDestination(web, rs1),
    `6c000000 1c00 0100 00000000 00000000  07 01 0000
     3000 0180 ${webKeyAttributes}
     2800 0280 ${rs1KeyAttributes}`,
  ],
  [
    'GET_DEST',
    messages.getDestinations(web),
    `44000000 1c00 0100 00000000 00000000  08 01 0000
     3000 0180 ${webKeyAttributes}`,
  ],
  [
    'NEW_SERVICE of a mark: no protocol, address or port, and a prefix length in host order',
    messages.newService(markService),
    `4c000000 1c00 0100 00000000 00000000  01 01 0000
     3800 0180
    0600 0100 0a00 0000                          # AF inet6
    0800 0500 0a000000                           # FWMARK 10
    0700 0600 6d6800 00                          # SCHED_NAME mh
    0c00 0700 10000000 ffffffff                  # FLAGS SCHED2: mh-port
    0800 0800 00000000                           # TIMEOUT none
    0800 0900 80000000                           # NETMASK 128`,
  ],
  [
    'NEW_DEST by a tunnel',
    messages.newDestination(mark, tunnelled),
    `88000000 1c00 0100 00000000 00000000  05 01 0000
     1400 0180
    0600 0100 0a00 0000                          # AF inet6
    0800 0500 0a000000                           # FWMARK 10
     6000 0280
    0600 0b00 0a00 0000                          # ADDR_FAMILY inet6
    1400 0100 20010db8000000000000000000000002   # ADDR 2001:db8::2
    0600 0200 0050 0000                          # PORT 80
    0800 0300 02000000                           # FWD_METHOD tunnel
    0800 0400 01000000                           # WEIGHT 1
    0800 0500 00000000                           # U_THRESH none
    0800 0600 00000000                           # L_THRESH none
    0500 0d00 01 000000                          # TUN_TYPE gue
    0600 0e00 17c0 0000                          # TUN_PORT 6080, network order
    0600 0f00 0100 0000                          # TUN_FLAGS csum`,
  ],
  ['GET_CONFIG', messages.getConfig, '14000000 1c00 0100 00000000 00000000  0d 01 0000'],
  ['GET_INFO', messages.getInfo, '14000000 1c00 0100 00000000 00000000  0f 01 0000'],
])('%s', (_, message, bytes) => {
  expect(written(message(family)).toString('hex')).toBe(hex(bytes).toString('hex'));
});

it('names its command in failures', () => {
  expect(messages.newService(webService)(family).command).toBe('IPVS NEW_SERVICE');
});

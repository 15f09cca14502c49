import type { HostDestination, HostService, Operation } from '@signalbox/cluster';
import { expect, it } from 'vitest';
import { KernelFailure } from '../netlink/failure.ts';
import { refusal } from './refusal.ts';

const ipv4 = (text: string) => ({ family: 'ipv4', text }) as const;
const service: HostService = {
  key: { kind: 'address', protocol: 'tcp', address: ipv4('192.168.0.111'), port: 80 },
  scheduler: 'twos',
  schedulerFlags: [],
  persistence: null,
  onePacket: false,
};
const destination: HostDestination = {
  address: ipv4('192.168.137.131'),
  port: 80,
  method: 'masq',
  weight: 1,
  upperThreshold: 1,
  lowerThreshold: 2,
  tunnel: null,
};
const addDestination: Operation = { kind: 'addDestination', service: service.key, destination };
const at = 'destination tcp 192.168.0.111:80 -> 192.168.137.131:80';

it.each<[Operation, string, string]>([
  [{ kind: 'addService', service }, 'EEXIST', 'This host already has service tcp 192.168.0.111:80. (EEXIST)'],
  [
    { kind: 'addService', service },
    'ENOENT',
    'The kernel has neither built in nor as a module what service tcp 192.168.0.111:80 asks for: scheduler twos. (ENOENT)',
  ],
  [{ kind: 'deleteService', service }, 'ESRCH', 'This host has no service tcp 192.168.0.111:80. (ESRCH)'],
  [addDestination, 'ESRCH', `This host has no such service for ${at}. (ESRCH)`],
  [
    addDestination,
    'ERANGE',
    `The weight of ${at} is out of range, or its lower threshold is above the upper one. (ERANGE)`,
  ],
  [
    addDestination,
    'EPERM',
    `The kernel does not let this process change ${at}: it needs CAP_NET_ADMIN. (EPERM)`,
  ],
  [addDestination, 'EIO', `The kernel refused ${at}: EIO. (EIO)`],
  [
    { kind: 'setSysctl', name: 'net.ipv4.vs.conntrack', from: '0', to: '1' },
    'ENOENT',
    'This host has no sysctl net.ipv4.vs.conntrack. (ENOENT)',
  ],
])('%o: %s', (operation, errno, message) => {
  expect(refusal(operation, new KernelFailure('TEST', errno))).toEqual({ errno, message });
});

it('says that there is no IPVS when its family was not found', () => {
  const failure = new KernelFailure('find family IPVS', 'ENOENT');
  expect(refusal(addDestination, failure).message).toBe(
    `The kernel of this host has no IPVS, which ${at} needs. (ENOENT)`,
  );
});

it('names every kind of object', () => {
  const address = { interface: 'lo', cidr: { address: ipv4('10.0.0.100'), prefix: 32 }, label: null };
  const operations: Operation[] = [
    { kind: 'addAddress', address },
    {
      kind: 'addRoute',
      route: {
        type: 'unicast',
        table: 254,
        destination: address.cidr,
        via: null,
        interface: 'lo',
        onlink: false,
        metric: 0,
        protocol: 83,
      },
    },
    {
      kind: 'addMark',
      mark: {
        protocol: 'tcp',
        from: null,
        sourcePorts: null,
        address: address.cidr.address,
        ports: [80],
        mark: 10,
      },
    },
  ];
  for (const operation of operations) {
    expect(refusal(operation, new KernelFailure('TEST', 'EEXIST')).message).toContain('10.0.0.100');
  }
});

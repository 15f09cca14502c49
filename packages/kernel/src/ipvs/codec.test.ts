import type { HostDestination, HostService, ServiceKey } from '@signalbox/cluster';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Table } from '../netlink/attributes.ts';
import { ByteWriter } from '../netlink/byte-writer.ts';
import { destinations, serviceKeys, services } from '../testing/arbitraries.ts';
import { destinationReply, markReply, serviceReply } from '../testing/ipvs-replies.ts';
import { frameOf } from '../testing/written.ts';
import { decodeDestination, encodeDestination } from './destination-codec.ts';
import { decodeDestinationReading, decodeServiceReading } from './reading-codec.ts';
import { decodeService, decodeServiceKey, encodeService, encodeServiceKey } from './service-codec.ts';
import { command, destination, present, reading, service } from './tables.ts';

/** What comes back from the bytes of what was written. */
function through<V>(table: Table<V>, values: V): V {
  const writer = new ByteWriter();
  table.encode(writer, values);
  return table.decode(writer.written(), 0, writer.length);
}

const read = <V>(table: Table<V>, reply: Buffer): V => {
  const { bytes, start, end } = frameOf(reply);
  return table.decode(bytes, start + 4, end);
};

describe('a service', () => {
  it('comes back as it went out, whatever it is', () => {
    fc.assert(
      fc.property(services, (given) => {
        expect(decodeService(through(service, encodeService(given)))).toEqual(given);
      }),
    );
  });

  it('has a key that comes back alone', () => {
    fc.assert(
      fc.property(serviceKeys, (key) => {
        expect(decodeServiceKey(through(service, encodeServiceKey(key)))).toEqual(key);
      }),
    );
  });

  it('is read from the kernel without the flag that is the kernel’s own', () => {
    const key: ServiceKey = {
      kind: 'address',
      protocol: 'tcp',
      address: { family: 'ipv4', text: '192.168.0.111' },
      port: 80,
    };
    expect(decodeService(present(read(command, serviceReply).service, 'service'))).toEqual({
      key,
      scheduler: 'wrr',
      schedulerFlags: [],
      persistence: { timeoutSeconds: 300, netmask: '255.255.255.0', engine: null },
      onePacket: false,
    } satisfies HostService);
    expect(decodeService(present(read(command, markReply).service, 'service'))).toEqual({
      key: { kind: 'fwmark', family: 'ipv6', mark: 10 },
      scheduler: 'mh',
      schedulerFlags: ['mh-port'],
      persistence: null,
      onePacket: false,
    } satisfies HostService);
  });

  it('of a scheduler without named flags shows them as ipvsadm does', () => {
    const values = { ...encodeService(anyService('rr')), flags: 8 | 32 };
    const found = decodeService(through(service, values));
    expect(found?.schedulerFlags).toEqual(['flag-1', 'flag-3']);
    expect(found && encodeService(found).flags).toBe(8 | 32);
  });

  it('cannot be given the flag of another scheduler', () => {
    expect(() => encodeService({ ...anyService('rr'), schedulerFlags: ['mh-port'] })).toThrow(RangeError);
  });

  it('of a protocol that we do not know is left out', () => {
    expect(decodeService({ ...encodeService(anyService('rr')), protocol: 1 })).toBeNull();
  });
});

const anyService = (scheduler: string): HostService => ({
  key: { kind: 'address', protocol: 'udp', address: { family: 'ipv4', text: '10.0.0.1' }, port: 53 },
  scheduler,
  schedulerFlags: [],
  persistence: null,
  onePacket: true,
});

describe('a destination', () => {
  it('comes back as it went out, whatever it is', () => {
    fc.assert(
      fc.property(destinations, (given) => {
        expect(decodeDestination(through(destination, encodeDestination(given)))).toEqual(given);
      }),
    );
  });

  it('is read from the kernel', () => {
    expect(decodeDestination(present(read(command, destinationReply).destination, 'destination'))).toEqual({
      address: { family: 'ipv4', text: '192.168.137.131' },
      port: 8080,
      method: 'masq',
      weight: 6,
      upperThreshold: 100,
      lowerThreshold: 50,
      tunnel: null,
    } satisfies HostDestination);
  });

  it('keeps a negative weight on its way, so that it is the kernel that refuses it', () => {
    expect(encodeDestination({ ...anyDestination, weight: -1 }).weight).toBe(0xffffffff);
  });

  it('that lacks an attribute is unreadable, not half read', () => {
    const { weight: _, ...values } = through(destination, encodeDestination(anyDestination));
    expect(() => decodeDestination(values)).toThrow('weight is missing');
    expect(() => decodeDestination({ ...values, weight: 1, method: 6 })).toThrow('forwarding method 6');
  });
});

const anyDestination: HostDestination = {
  address: { family: 'ipv4', text: '10.0.0.2' },
  port: 80,
  method: 'gate',
  weight: 1,
  upperThreshold: 0,
  lowerThreshold: 0,
  tunnel: null,
};

const counters = {
  connections: 5,
  inPackets: 16,
  outPackets: 15,
  inBytes: 2 ** 32 + 1,
  outBytes: Number.MAX_SAFE_INTEGER,
};
const rates = { connections: 1, inPackets: 2, outPackets: 3, inBytes: 4, outBytes: 5 };

describe('counters', () => {
  it('of a service are those of 64 bits', () => {
    const found = decodeServiceReading(present(read(reading, serviceReply).service, 'service'));
    expect(found).toMatchObject({ counters, rates, destinations: [] });
  });

  it('of a destination come with its connections', () => {
    const values = present(read(reading, destinationReply).destination, 'destination');
    expect(decodeDestinationReading(values)).toEqual({
      address: { family: 'ipv4', text: '192.168.137.131' },
      port: 8080,
      method: 'masq',
      weight: 6,
      active: 2,
      inactive: 3,
      persistent: 1,
      counters,
      rates,
    });
  });
});

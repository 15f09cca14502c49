import {
  type HostDestination,
  type HostService,
  type HostServiceWithDestinations,
  serviceKeyText,
} from '@signalbox/cluster';
import { describe, expect, it } from 'vitest';
import { NetlinkClient } from '../netlink/client.ts';
import { genericHeader } from '../netlink/generic.ts';
import { scriptedIpvs } from '../testing/scripted-ipvs.ts';
import { decodeDestination } from './destination-codec.ts';
import { IpvsFamily } from './family.ts';
import { Known } from './known.ts';
import { readTable, type TableCodec } from './read-table.ts';
import { decodeService } from './service-codec.ts';
import { command } from './tables.ts';

const codec: TableCodec<HostService, HostDestination> = {
  service: ({ bytes, start, end }) =>
    decodeService(command.decode(bytes, start + genericHeader.size, end).service ?? {}),
  destination: ({ bytes, start, end }) =>
    decodeDestination(command.decode(bytes, start + genericHeader.size, end).destination ?? {}),
};

const ipv4 = (text: string) => ({ family: 'ipv4', text }) as const;

const destination = (last: number): HostDestination => ({
  address: ipv4(`10.0.0.${last}`),
  port: 80,
  method: 'masq',
  weight: 1,
  upperThreshold: 0,
  lowerThreshold: 0,
  tunnel: null,
});

const service = (port: number, lasts: readonly number[]): HostServiceWithDestinations => ({
  key: { kind: 'address', protocol: 'tcp', address: ipv4('192.168.0.111'), port },
  scheduler: 'rr',
  schedulerFlags: [],
  persistence: null,
  onePacket: false,
  destinations: lasts.map(destination),
});

function reader(services: HostServiceWithDestinations[]) {
  const kernel = scriptedIpvs(services);
  const client = new NetlinkClient({ open: kernel.wire.open, timeoutMilliseconds: 500 });
  const family = new IpvsFamily(client);
  const known = new Known();
  return { kernel, known, client, family, read: () => readTable(family, known, codec) };
}

describe('reading the table', () => {
  it('reads every service with its destinations', async () => {
    const services = [service(80, [1, 2]), service(443, []), service(53, [3])];
    const { read } = reader(services);
    await expect(read()).resolves.toEqual(services);
  });

  it('reads an empty table', async () => {
    await expect(reader([]).read()).resolves.toEqual([]);
  });

  it('reads what a changing table repeats only once', async () => {
    const { read } = reader([service(80, [1, 2, 1]), service(80, [1, 2, 1])]);
    await expect(read()).resolves.toEqual([service(80, [1, 2])]);
  });

  it('looks by itself for a service that a dump missed', async () => {
    const services = [service(80, [1]), service(443, [2])];
    const { kernel, read } = reader(services);
    await read();
    kernel.forgotten.add('tcp 192.168.0.111:80');
    expect((await read()).map(({ key }) => serviceKeyText(key)).toSorted()).toEqual([
      'tcp 192.168.0.111:443',
      'tcp 192.168.0.111:80',
    ]);
    expect(kernel.asked.get('GET_SERVICE')).toBe(1);
  });

  it('believes that a service has gone when the kernel says so by itself', async () => {
    const { kernel, read } = reader([service(80, [1]), service(443, [2])]);
    await read();
    kernel.services = [service(443, [2])];
    await expect(read()).resolves.toEqual([service(443, [2])]);
    await read();
    expect(kernel.asked.get('GET_SERVICE')).toBe(1);
  });

  it('dumps destinations again when one is missing that was there', async () => {
    const { kernel, read } = reader([service(80, [1, 2])]);
    await read();
    const dumps = kernel.asked.get('GET_DEST dump') ?? 0;
    kernel.services = [service(80, [1])];
    await expect(read()).resolves.toEqual([service(80, [1])]);
    expect(kernel.asked.get('GET_DEST dump')).toBe(dumps + 2);
  });

  it('knows what we have added since, and asks for nothing that we have removed', async () => {
    const { kernel, known, read } = reader([]);
    const { destinations, ...added } = service(80, [1]);
    known.note({ kind: 'addService', service: added });
    for (const each of destinations) {
      known.note({ kind: 'addDestination', service: added.key, destination: each });
    }
    kernel.services = [service(80, [1])];
    kernel.forgotten.add('tcp 192.168.0.111:80');
    await expect(read()).resolves.toEqual([service(80, [1])]);
    known.note({ kind: 'deleteDestination', service: added.key, destination: destination(1) });
    known.note({ kind: 'deleteService', service: added });
    kernel.services = [];
    kernel.asked.clear();
    await expect(read()).resolves.toEqual([]);
    expect([...kernel.asked.keys()]).toEqual(['GET_SERVICE dump']);
  });
});

describe('the family', () => {
  it('is looked up again when ip_vs was unloaded and loaded, and the question asked again', async () => {
    const { kernel, read } = reader([service(80, [1])]);
    await read();
    kernel.family = 31;
    await expect(read()).resolves.toEqual([service(80, [1])]);
  });

  it('that is gone is ENOENT, and comes back when it is there again', async () => {
    const { kernel, family, read } = reader([service(80, [1])]);
    kernel.family = null;
    await expect(family.isThere()).resolves.toBe(false);
    await expect(read()).rejects.toMatchObject({ errno: 'ENOENT' });
    kernel.family = 28;
    await expect(family.isThere()).resolves.toBe(true);
    await expect(read()).resolves.toHaveLength(1);
  });
});

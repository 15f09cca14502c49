import type { HostDestination, HostServiceWithDestinations, ServiceReading } from '@signalbox/cluster';
import { afterEach, expect, test } from 'vitest';
import { NetlinkClient } from '../netlink/client.ts';
import { genericHeader } from '../netlink/generic.ts';
import { scriptedIpvs } from '../testing/scripted-ipvs.ts';
import { activityName } from './activity.ts';
import { decodeDestination } from './destination-codec.ts';
import { IpvsFamily } from './family.ts';
import { followServices } from './follow-services.ts';
import { Known } from './known.ts';
import { decodeServiceKey } from './service-codec.ts';
import { command } from './tables.ts';

const none = { connections: 0, inPackets: 0, outPackets: 0, inBytes: 0, outBytes: 0 };
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

/** More than are read in turn at one look. */
const many = () => Array.from({ length: 60 }, (_, index) => service(1000 + index, [1, 2]));

const clients: NetlinkClient[] = [];
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
});

function following(services: HostServiceWithDestinations[]) {
  const kernel = scriptedIpvs(services);
  const client = new NetlinkClient({ open: kernel.wire.open, timeoutMilliseconds: 500 });
  clients.push(client);
  const shown = new Map<string, string>();
  const follower = followServices({
    family: new IpvsFamily(client),
    known: new Known(),
    activity: () => new Map(shown),
    codec: {
      service: ({ bytes, start, end }) => {
        const key = decodeServiceKey(command.decode(bytes, start + genericHeader.size, end).service ?? {});
        return key && { key, counters: none, rates: none, destinations: [] };
      },
      destination: ({ bytes, start, end }) => ({
        ...decodeDestination(command.decode(bytes, start + genericHeader.size, end).destination ?? {}),
        active: 0,
        inactive: 0,
        persistent: 0,
        counters: none,
        rates: none,
      }),
    },
  });
  return { kernel, shown, look: (whole = false) => follower.look(whole) };
}

const ports = (services: readonly ServiceReading[]) =>
  services.map(({ key }) => (key.kind === 'address' ? key.port : 0));

test('the first look brings everything, and a later one does when asked', async () => {
  const { look } = following(many());
  const first = await look();
  expect([first.whole, first.services.length]).toEqual([true, 60]);
  expect(first.services[0]?.destinations).toHaveLength(2);
  expect((await look(true)).services).toEqual(first.services);
});

test('while nothing happens a part of the services is read in turn', async () => {
  const followed = following(many());
  await followed.look();
  const seen = new Set<number>();
  for (let look = 0; look < 3; look += 1) {
    const { whole, services } = await followed.look();
    expect([whole, services.length]).toEqual([false, 25]);
    for (const port of ports(services)) seen.add(port);
  }
  expect(seen.size).toBe(60);
});

test('a service that the kernel dumps otherwise is read, and again until its rates rest', async () => {
  const followed = following(many());
  await followed.look();
  const [first, ...others] = followed.kernel.services;
  if (!first) throw new Error('there are services');
  followed.kernel.services = [{ ...first, scheduler: 'wrr' }, ...others];
  for (let look = 0; look < 3; look += 1) expect(ports((await followed.look()).services)).toContain(1000);
});

test('a weight or a connection that only /proc shows has the service read', async () => {
  const followed = following(many());
  await followed.look();
  const last = followed.kernel.services.at(-1);
  if (!last) throw new Error('there are services');
  followed.shown.set(activityName(last.key), '-> 0A000001:0050 Masq 1 1 0');
  expect((await followed.look()).services[0]).toMatchObject({ key: last.key });
});

test('when more changed than are read at one look, connections of all are of this look, and every one is read in time', async () => {
  const followed = following(Array.from({ length: 600 }, (_, index) => service(1000 + index, [1, 2])));
  await followed.look();
  const one = followed.kernel.services[0]?.key;
  if (!one) throw new Error('there are services');
  const readsBefore = followed.kernel.asked.get('GET_DEST dump') ?? 0;
  for (const { key } of followed.kernel.services)
    followed.shown.set(activityName(key), '  -> 0A000001:0050      Masq    3      7          5         ');

  const { whole, services } = await followed.look();

  expect([whole, new Set(ports(services)).size]).toEqual([false, 600]);
  expect((followed.kernel.asked.get('GET_DEST dump') ?? 0) - readsBefore).toBe(250);
  // Those that were read have what the kernel answers; the others what it prints.
  const printed = services.filter(({ destinations }) => destinations[0]?.active === 7);
  expect(printed).toHaveLength(350);
  expect(printed[0]?.destinations).toMatchObject([
    { address: ipv4('10.0.0.1'), weight: 3, active: 7, inactive: 5 },
    { address: ipv4('10.0.0.2'), weight: 1, active: 0, inactive: 0 },
  ]);
  const read = new Set<number>();
  for (let look = 0; look < 12; look += 1)
    for (const port of ports((await followed.look()).services)) read.add(port);
  expect(read.size).toBe(600);
});

test('services that come or go, and destinations that a dump lacks, have everything read', async () => {
  const followed = following(many());
  await followed.look();
  followed.kernel.services = followed.kernel.services.slice(1);
  expect(await followed.look()).toMatchObject({ whole: true, services: { length: 59 } });
  expect((await followed.look()).whole).toBe(false);

  followed.kernel.forgotten.add('10.0.0.1:80');
  expect((await followed.look()).whole).toBe(true);
});

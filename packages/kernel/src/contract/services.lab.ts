// Services and destinations: the kernel beside the model, case by case, and what ipvsadm says to it.
import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';
import { ipvsadmText, type HostService, type Operation, type ServiceKey } from '@signalbox/cluster';
import { openKernel } from '../index.ts';
import { address, destination, service, tcp } from './ipvs-objects.ts';
import { linesOf, output } from './programs.ts';
import { saidBy } from './side-by-side.ts';

const kernel = await openKernel();
after(() => kernel.close());
afterEach(() => output('ipvsadm', '-C'));

const web = tcp('192.0.2.1', 80);
const rs1 = destination('198.51.100.1');

const said = saidBy(kernel);

const add = (added: HostService): Operation => ({ kind: 'addService', service: added });
const addTo = (key: ServiceKey, added = rs1): Operation => ({
  kind: 'addDestination',
  service: key,
  destination: added,
});
const edit = (key: ServiceKey, to = rs1): Operation => ({
  kind: 'editDestination',
  service: key,
  from: to,
  to,
});
const remove = (key: ServiceKey, gone = rs1): Operation => ({
  kind: 'deleteDestination',
  service: key,
  destination: gone,
});

void test('a service is there once', async () => {
  assert.deepEqual(await said(add(service(web)), add(service(web, { scheduler: 'wlc' }))), ['ok', 'EEXIST']);
});

void test('what is missing is named by ESRCH for a service and ENOENT for a destination', async () => {
  const missing = service(web);
  assert.deepEqual(
    await said(
      { kind: 'editService', from: missing, to: missing },
      { kind: 'deleteService', service: missing },
      addTo(web),
      edit(web),
      remove(web),
      add(missing),
      edit(web),
      remove(web),
      addTo(web),
      addTo(web),
      remove(web),
      remove(web),
    ),
    ['ESRCH', 'ESRCH', 'ESRCH', 'ESRCH', 'ESRCH', 'ok', 'ENOENT', 'ENOENT', 'ok', 'EEXIST', 'ok', 'ENOENT'],
  );
});

void test('a scheduler that no module has is ENOENT, added or edited', async () => {
  const odd = service(web, { scheduler: 'nosuch' });
  assert.deepEqual(await said(add(odd), add(service(web)), { kind: 'editService', from: odd, to: odd }), [
    'ENOENT',
    'ok',
    'ENOENT',
  ]);
});

void test('weights and thresholds out of range are ERANGE', async () => {
  assert.deepEqual(
    await said(
      add(service(web)),
      addTo(web, { ...rs1, weight: -1 }),
      addTo(web, { ...rs1, upperThreshold: 1, lowerThreshold: 2 }),
      addTo(web, { ...rs1, upperThreshold: 2, lowerThreshold: 1, weight: 0x7fffffff }),
      edit(web, { ...rs1, upperThreshold: 0, lowerThreshold: 1 }),
    ),
    ['ok', 'ERANGE', 'ERANGE', 'ok', 'ERANGE'],
  );
});

void test('an address that no single host has, another family and a GUE tunnel without port are EINVAL', async () => {
  assert.deepEqual(
    await said(
      add(service(web)),
      addTo(web, destination('224.0.0.1')),
      addTo(web, destination('255.255.255.255')),
      addTo(web, destination('2001:db8::2')),
      addTo(web, { ...rs1, method: 'ipip', tunnel: { type: 'gue', port: 0, checksum: 'nocsum' } }),
      addTo(web, destination('2001:db8::2', { method: 'ipip' })),
    ),
    ['ok', 'EINVAL', 'EINVAL', 'EINVAL', 'EINVAL', 'ok'],
  );
});

void test('an edit replaces everything in place, the forwarding method too, and keeps the destinations', async () => {
  const before = service(web, {
    scheduler: 'sh',
    schedulerFlags: ['sh-fallback', 'sh-port'],
    persistence: { timeoutSeconds: 300, netmask: '255.255.255.0', engine: null },
  });
  assert.deepEqual(
    await said(
      add(before),
      addTo(web, { ...rs1, weight: 6, upperThreshold: 10, lowerThreshold: 5 }),
      { kind: 'editService', from: before, to: service(web, { scheduler: 'wrr' }) },
      edit(web, { ...rs1, method: 'gate', weight: 2 }),
      edit(web, { ...rs1, method: 'ipip', tunnel: { type: 'gre', port: 0, checksum: 'csum' } }),
      edit(web, { ...rs1, method: 'ipip', tunnel: null }),
      edit(web, { ...rs1, weight: 0 }),
      { kind: 'editService', from: service(web), to: before },
    ),
    Array<string>(8).fill('ok'),
  );
});

void test('a mark is one service for each family', async () => {
  const v4: ServiceKey = { kind: 'fwmark', family: 'ipv4', mark: 10 };
  const v6: ServiceKey = { kind: 'fwmark', family: 'ipv6', mark: 10 };
  const persistence = { timeoutSeconds: 60, netmask: '64', engine: null };
  assert.deepEqual(
    await said(
      add(service(v4)),
      add(service(v6, { persistence })),
      addTo(v4),
      addTo(v6, destination('2001:db8::2')),
    ),
    Array<string>(4).fill('ok'),
  );
});

void test('a persistence netmask of IPv6 is 1 to 128', async () => {
  const key: ServiceKey = { kind: 'address', protocol: 'udp', address: address('2001:db8::1'), port: 53 };
  const masked = (netmask: string) =>
    add(service(key, { persistence: { timeoutSeconds: 1, netmask, engine: null } }));
  assert.deepEqual(await said(masked('0'), masked('129'), masked('128')), ['EINVAL', 'EINVAL', 'ok']);
});

/** One of everything that ipvsadm has an option for. */
const everything: Operation[] = [
  add(service(web, { scheduler: 'wrr' })),
  addTo(web, { ...rs1, weight: 6, upperThreshold: 100, lowerThreshold: 50 }),
  addTo(web, destination('198.51.100.2', { port: 8080, weight: 0 })),
  add(
    service(
      { kind: 'address', protocol: 'udp', address: address('192.0.2.1'), port: 53 },
      { onePacket: true },
    ),
  ),
  add(
    service(
      { kind: 'address', protocol: 'sctp', address: address('192.0.2.2'), port: 5060 },
      { scheduler: 'lc' },
    ),
  ),
  add(
    service(tcp('192.0.2.2', 443), {
      scheduler: 'mh',
      schedulerFlags: ['mh-fallback', 'mh-port'],
      persistence: { timeoutSeconds: 600, netmask: '255.255.255.0', engine: null },
    }),
  ),
  addTo(tcp('192.0.2.2', 443), destination('198.51.100.1', { port: 443, method: 'gate' })),
  addTo(
    tcp('192.0.2.2', 443),
    destination('198.51.100.2', {
      port: 443,
      method: 'ipip',
      tunnel: { type: 'gue', port: 6080, checksum: 'remcsum' },
    }),
  ),
  add(service({ kind: 'fwmark', family: 'ipv4', mark: 10 })),
  add(service({ kind: 'fwmark', family: 'ipv6', mark: 10 }, { scheduler: 'sed' })),
  add(service(tcp('2001:db8::1', 80), { scheduler: 'nq' })),
  addTo(tcp('2001:db8::1', 80), destination('2001:db8::2', { method: 'gate' })),
];

void test('ipvsadm saves what we wrote, and we read what ipvsadm restores', async () => {
  assert.ok((await kernel.run(everything)).every(({ kind }) => kind === 'done'));
  const { services } = await kernel.observe([]);
  const ours = ipvsadmText(services)
    .split('\n')
    .filter((line) => line !== '');
  // ipvsadm -S loses thresholds.
  const withoutThresholds = ours.map((line) => line.replace(/ -x \d+/, '').replace(/ -y \d+/, ''));
  assert.deepEqual((await linesOf('ipvsadm', '-S', '-n')).toSorted(), withoutThresholds.toSorted());

  await output('ipvsadm', '-C');
  assert.deepEqual((await kernel.observe([])).services, []);
  for (const line of ours) await output('ipvsadm', ...line.split(' '));
  assert.equal(ipvsadmText((await kernel.observe([])).services), ipvsadmText(services));
});

void test('ipvsadm lists the methods and weights that we wrote', async () => {
  await kernel.run(everything);
  const listed = await linesOf('ipvsadm', '-Ln');
  const rows = listed.flatMap((line) => {
    const [arrow, at, method, weight] = line.trim().split(/\s+/);
    return arrow === '->' && at?.includes('RemoteAddress') === false ? [`${at} ${method} ${weight}`] : [];
  });
  assert.deepEqual(rows.toSorted(), [
    '198.51.100.1:443 Route 1',
    '198.51.100.1:80 Masq 6',
    '198.51.100.2:443 Tunnel 1',
    '198.51.100.2:8080 Masq 0',
    '[2001:db8::2]:80 Route 1',
  ]);
});

void test('a destination on an address of this host keeps the method that was asked for', async () => {
  assert.deepEqual(await said(add(service(web)), addTo(web, destination('127.0.0.1', { method: 'gate' }))), [
    'ok',
    'ok',
  ]);
});

void test('after a refusal inside a pack the rest of the pack ran, and the next pack did not', async () => {
  const operations = [
    add(service(web)),
    addTo(web),
    addTo(web),
    addTo(web, destination('198.51.100.2')),
    remove(web, destination('198.51.100.2')),
  ];
  const progress: number[] = [];
  const results = await kernel.run(operations, (done) => progress.push(done));
  assert.deepEqual(
    results.map((result) => (result.kind === 'failed' ? result.errno : result.kind)),
    ['done', 'done', 'EEXIST', 'done', 'notRun'],
  );
  assert.deepEqual(progress, [4]);
});

void test('what cannot be said to the kernel is EINVAL, and nothing after it runs', async () => {
  const results = await kernel.run([
    add(service(web)),
    add(service(tcp('192.0.2.2', 70_000))),
    add(service(tcp('192.0.2.3', 80))),
  ]);
  assert.deepEqual(
    results.map((result) => (result.kind === 'failed' ? result.errno : result.kind)),
    ['done', 'EINVAL', 'notRun'],
  );
  assert.equal((await kernel.observe([])).services.length, 1);
});

// Who is on the link, and who is connected: another host in a network namespace behind a cable.
import assert from 'node:assert/strict';
import { connect, createServer } from 'node:net';
import { once } from 'node:events';
import { after, test } from 'node:test';
import { openKernel } from '../index.ts';
import { address } from './ipvs-objects.ts';
import { output } from './programs.ts';
import { director, realServer, startRealServer } from './real-server.ts';
import { cidr } from './route-objects.ts';

const kernel = await openKernel();
const other = await startRealServer();
after(async () => {
  await other.stop();
  await kernel.close();
});

const cable = 'sb1';
const macOf = async (at: string) =>
  /lladdr (\S+)/.exec(await output('ip', 'neigh', 'show', at, 'dev', cable))?.[1];
const ask = (at: string, listen: 'shortly' | 'second' = 'second') =>
  kernel.askArp({ interface: cable, address: address(at), from: address(director), listen });
const put = (text: string) =>
  kernel.run([{ kind: 'addAddress', address: { interface: cable, cidr: cidr(text), label: null } }]);

void test('who answers for an address is known by its hardware address, asked both ways; silence is silence', async () => {
  const replies = await ask(realServer);
  await output('arping', '-c', '1', '-w', '1', '-I', cable, realServer);
  await new Promise<void>((resolve) => {
    const socket = connect(80, realServer, () => resolve());
    socket.on('error', () => resolve());
    socket.on('close', () => resolve());
    socket.resume();
  });
  const mac = await macOf(realServer);
  assert.ok(mac);
  assert.deepEqual(new Set(replies.map(({ askedAs }) => askedAs)), new Set(['nobody', 'host']));
  for (const reply of replies) assert.equal(reply.mac, mac);
  assert.deepEqual(await ask('10.8.0.77'), []);
});

void test('who has the address is heard shortly as well, both ways, and silence is silence', async () => {
  const replies = await ask(realServer, 'shortly');
  assert.deepEqual(new Set(replies.map(({ askedAs }) => askedAs)), new Set(['nobody', 'host']));
  assert.deepEqual(await ask('10.8.0.77', 'shortly'), []);
});

void test('a host that answers for others by proxy_arp answers only a real asker, and is named', async () => {
  await other.inside('link', 'add', 'inner', 'type', 'dummy');
  await other.inside('link', 'set', 'inner', 'up');
  await other.inside('route', 'add', '10.8.0.88', 'dev', 'inner');
  await other.sysctl('net.ipv4.conf.eth0.forwarding=1');
  await other.sysctl('net.ipv4.conf.eth0.proxy_arp=1');
  try {
    assert.deepEqual(await ask('10.8.0.88'), [{ mac: await macOf(realServer), askedAs: 'host' }]);
  } finally {
    await other.inside('link', 'delete', 'inner');
    await other.sysctl('net.ipv4.conf.eth0.proxy_arp=0');
    await other.sysctl('net.ipv4.conf.eth0.forwarding=0');
  }
});

void test('asking as an address that is not ours is a failure and not silence', async () => {
  const asked = kernel.askArp({
    interface: cable,
    address: address('10.8.0.77'),
    from: address('10.8.0.99'),
    listen: 'second',
  });
  await assert.rejects(asked, { errno: 'EADDRNOTAVAIL' });
});

void test('an address that another host has is not put up, and the host is named', async () => {
  const mac = await macOf(realServer);
  const [taken] = await put(`${realServer}/32`);
  assert.ok(taken?.kind === 'failed');
  assert.equal(taken.errno, 'EADDRINUSE');
  assert.ok(taken.message.includes(String(mac)), taken.message);
  const { addresses } = await kernel.observe([]);
  assert.ok(addresses.every(({ cidr: { address: at } }) => at.text !== realServer));
});

void test('a free address is put up', async () => {
  const [done] = await put('10.8.0.100/32');
  assert.equal(done?.kind, 'done');
  assert.ok((await output('ip', '-o', 'addr', 'show', 'dev', cable)).includes('10.8.0.100/32'));
});

void test('connections count by their local end, IPv4 clients of an IPv6 socket among them, but for those left out', async () => {
  const server = createServer(() => undefined).listen(8099, '::');
  await once(server, 'listening');
  const clients = ['127.0.0.1', '127.0.0.1', '127.0.0.2'].map((localAddress) =>
    connect({ host: '127.0.0.1', port: 8099, localAddress }),
  );
  try {
    await Promise.all(clients.map((client) => once(client, 'connect')));
    const local = { protocol: 'tcp' as const, address: address('127.0.0.1'), port: 8099 };
    const locals = [local, { ...local, port: 8100 }];
    assert.deepEqual(await kernel.countConnections(locals, []), [3, 0]);
    assert.deepEqual(await kernel.countConnections(locals, [address('127.0.0.2')]), [2, 0]);
    const { listeners, links, kernelRelease } = await kernel.facts([]);
    assert.ok(listeners.some(({ address: at, port }) => at.text === '::' && port === 8099));
    assert.match(links.find(({ name }) => name === cable)?.mac ?? '', /^[0-9a-f:]{17}$/);
    assert.notEqual(kernelRelease, '');
  } finally {
    for (const client of clients) client.destroy();
    server.close();
  }
});

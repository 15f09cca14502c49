// What the kernel tells of by itself: each kind of change that can take something of ours away is heard.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { openKernel } from '../index.ts';
import { output } from './programs.ts';

const kernel = await openKernel();
const stop = new AbortController();
const heard = new EventTarget();
// Who only listens does not keep a process alive.
const alive = setInterval(() => {}, 60_000);
const ip = (...args: string[]) => output('ip', ...args);

before(async () => {
  await ip('link', 'add', 'heard', 'type', 'dummy');
  const tell = (removed: boolean) => {
    heard.dispatchEvent(new Event('changed'));
    if (removed) heard.dispatchEvent(new Event('removed'));
  };
  kernel.hearNetwork(tell, stop.signal);
  // The listener is up when it hears the first change.
  for (let up = false; !up; ) {
    const changed = once(heard, 'changed', { signal: AbortSignal.timeout(500) }).then(
      () => true,
      () => false,
    );
    await ip('link', 'set', 'heard', 'down');
    await ip('link', 'set', 'heard', 'up');
    up = await changed;
  }
  await quiet();
});
after(async () => {
  stop.abort();
  clearInterval(alive);
  await ip('link', 'delete', 'heard');
  await kernel.close();
});

/** Until nothing was heard for a while. */
async function quiet(): Promise<void> {
  for (;;) {
    const more = once(heard, 'changed', { signal: AbortSignal.timeout(1000) }).then(
      () => true,
      () => false,
    );
    if (!(await more)) return;
  }
}

async function isHeard(as: 'changed' | 'removed', args: readonly string[]): Promise<void> {
  const changed = once(heard, as, { signal: AbortSignal.timeout(10_000) });
  await ip(...args);
  await changed;
  await quiet();
}

for (const { what, put, take } of [
  {
    what: 'an address',
    put: ['addr', 'add', '10.7.0.1/32', 'dev', 'heard'],
    take: ['addr', 'del', '10.7.0.1/32', 'dev', 'heard'],
  },
  {
    what: 'a route',
    put: ['route', 'add', '10.7.0.2/32', 'dev', 'heard'],
    take: ['route', 'del', '10.7.0.2/32'],
  },
  {
    what: 'a rule',
    put: ['rule', 'add', 'priority', '5300', 'from', '10.7.0.3', 'lookup', '5300'],
    take: ['rule', 'del', 'priority', '5300'],
  },
])
  void test(`${what} that comes is heard, and one that goes is heard as removed`, async () => {
    await isHeard('changed', put);
    await isHeard('removed', take);
  });

void test('a link that goes down or comes up is heard', async () => {
  await isHeard('changed', ['link', 'set', 'heard', 'down']);
  await isHeard('changed', ['link', 'set', 'heard', 'up']);
});

void test('nothing is heard any more once the signal aborted', async () => {
  stop.abort();
  const changed = once(heard, 'changed', { signal: AbortSignal.timeout(1500) });
  await ip('addr', 'add', '10.7.0.4/32', 'dev', 'heard');
  await assert.rejects(changed);
});

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
  kernel.hearNetwork(() => heard.dispatchEvent(new Event('changed')), stop.signal);
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

async function isHeard(...args: string[]): Promise<void> {
  const changed = once(heard, 'changed', { signal: AbortSignal.timeout(10_000) });
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
  {
    what: 'a link',
    put: ['link', 'set', 'heard', 'down'],
    take: ['link', 'set', 'heard', 'up'],
  },
])
  void test(`${what} that comes or goes is heard`, async () => {
    await isHeard(...put);
    await isHeard(...take);
  });

void test('nothing is heard any more once the signal aborted', async () => {
  stop.abort();
  const changed = once(heard, 'changed', { signal: AbortSignal.timeout(1500) });
  await ip('addr', 'add', '10.7.0.4/32', 'dev', 'heard');
  await assert.rejects(changed);
});

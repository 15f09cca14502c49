import { afterEach, expect, test, vi } from 'vitest';
import { joinSharedStream, type StreamListener, tellTabs } from './shared-stream.ts';

/** Just enough of a page for a tab to be seen or hidden. */
function pageThat(isVisible: () => boolean) {
  const page = new EventTarget();
  return Object.defineProperty(page, 'visibilityState', {
    get: () => (isVisible() ? 'visible' : 'hidden'),
  });
}

interface FakeRequest {
  readonly signal: AbortSignal;
}

/** Locks as browsers grant them: one holder each, the others wait in line until their signal aborts. */
function fakeLocks() {
  const lines = new Map<string, Promise<void>>();
  return {
    request: async (name: string, { signal }: FakeRequest, work: () => Promise<void> | undefined) => {
      const before = lines.get(name) ?? Promise.resolve();
      const turn = Promise.withResolvers<void>();
      lines.set(name, turn.promise);
      await before;
      try {
        if (!signal.aborted) await work();
      } finally {
        turn.resolve();
      }
    },
  };
}

/** A tab: what it was told, and whether it is the one that listens to the console. */
function openTab(topic: string) {
  const closing = new AbortController();
  const values: number[] = [];
  const statuses: string[] = [];
  let upstream: StreamListener<number> | null = null;
  joinSharedStream<number>(
    {
      topic,
      listen: (to, until) => {
        upstream = to;
        until.addEventListener('abort', () => (upstream = null));
      },
      listener: {
        onValue: (value) => values.push(value),
        onStatus: ({ kind }) => statuses.push(kind),
      },
      snapshot: () => values.at(-1) ?? null,
    },
    closing.signal,
  );
  return { values, statuses, upstream: () => upstream, close: () => closing.abort() };
}

async function twoTabs(topic: string) {
  vi.stubGlobal(
    'document',
    pageThat(() => true),
  );
  vi.stubGlobal('navigator', { locks: fakeLocks() });
  const first = openTab(topic);
  await vi.waitFor(() => expect(first.upstream()).not.toBeNull());
  return { first, second: openTab(topic) };
}

afterEach(() => vi.unstubAllGlobals());

test('one tab listens to the console and tells the others', async () => {
  const { first, second } = await twoTabs('one');
  first.upstream()?.onStatus({ kind: 'up' });
  first.upstream()?.onValue(1);

  await vi.waitFor(() => expect(second.values).toContain(1));
  expect(second.statuses).toContain('up');
  expect(second.upstream()).toBeNull();
  first.close();
  second.close();
});

test('another tab takes over when the one that listens closes', async () => {
  const { first, second } = await twoTabs('two');
  first.close();

  await vi.waitFor(() => expect(second.upstream()).not.toBeNull());
  second.upstream()?.onValue(2);
  expect(second.values).toEqual([2]);
  second.close();
});

test('a tab that joins late is told what is known', async () => {
  const { first, second } = await twoTabs('three');
  first.upstream()?.onValue(3);
  const late = openTab('three');

  await vi.waitFor(() => expect(late.values).toContain(3));
  for (const tab of [first, second, late]) tab.close();
});

test('what one tab tells all of them they all hear, the one that listens too', async () => {
  const { first, second } = await twoTabs('told');
  tellTabs('told', 7);

  await vi.waitFor(() => expect([first.values, second.values]).toEqual([[7], [7]]));
  first.close();
  second.close();
});

test('a hidden tab does not begin to listen', async () => {
  vi.stubGlobal(
    'document',
    pageThat(() => false),
  );
  vi.stubGlobal('navigator', { locks: fakeLocks() });
  const hidden = openTab('four');
  await new Promise((resolve) => {
    setTimeout(resolve, 20);
  });

  expect(hidden.upstream()).toBeNull();
  hidden.close();
});

test('without locks each tab listens for itself', () => {
  vi.stubGlobal(
    'document',
    pageThat(() => true),
  );
  vi.stubGlobal('navigator', {});
  const tabs = [openTab('five'), openTab('five')];

  for (const tab of tabs) {
    expect(tab.upstream()).not.toBeNull();
    tab.close();
  }
});

// A host without Linux: cluster's `applyOperation`, as strict as the kernel, with ways to let it fail.
import { applyOperation, emptyHostState, type HostState, type Operation } from '@signalbox/cluster';
import type { Kernel, RunResult } from '@signalbox/kernel';

export interface FakeKernel extends Kernel {
  /** What the host has: shared with whoever opens it again, as a kernel outlives an agent. */
  state: HostState;
  /** The process dies after so many operations of its next run: `run` never answers. */
  diesAfter: number | null;
  /** After so many operations the kernel says no more, and `run` gives up. */
  silentAfter: number | null;
  /** The kernel refuses these with EPERM. */
  refuses: (operation: Operation) => boolean;
  /** The kernel acknowledges, and keeps this instead. */
  keeps: (operation: Operation) => Operation | null;
  /** While it is pending, a run waits. */
  gate: Promise<void>;
  ipvs: boolean;
  readable: boolean;
  /** Connections that each destination has open, each time it is read. */
  open: () => number;
  /** How often the services were read. */
  reads: number;
  readonly runs: Operation[][];
  /** Tells whoever hears that something changed, or was removed. */
  readonly tell: (removed?: boolean) => void;
}

export interface FakeHost {
  readonly state?: Partial<HostState>;
  readonly bootId?: string;
}

export function fakeKernel({ state = {}, bootId = 'boot-1' }: FakeHost = {}): FakeKernel {
  const hearers = new Set<(removed: boolean) => void>();
  /** Marks as they were read or left last. */
  let left: HostState['marks'] | null = null;
  const kernel: FakeKernel = {
    state: { ...emptyHostState, ...state },
    diesAfter: null,
    silentAfter: null,
    refuses: () => false,
    keeps: (operation) => operation,
    gate: Promise.resolve(),
    ipvs: true,
    readable: true,
    open: () => 0,
    reads: 0,
    runs: [],
    tell: (removed = false) => {
      for (const changed of hearers) changed(removed);
    },
    bootId: () => Promise.resolve(bootId),
    observe: (names, look) => {
      if (look !== 'asLeft' || left === null) left = kernel.state.marks;
      const sysctls = kernel.state.sysctls.filter(({ name }) => names.includes(name));
      return Promise.resolve({ ...kernel.state, marks: left, sysctls });
    },
    support: () => Promise.resolve(support(kernel.ipvs)),
    missingIpvs: () => Promise.resolve(kernel.ipvs ? null : { kernelRelease: RELEASE, ...missing }),
    run: async (operations, onProgress) => {
      await kernel.gate;
      const results = await runOn(kernel, operations, onProgress);
      if (operations.some(touchesMarks)) left = kernel.state.marks;
      return results;
    },
    readServices: () => {
      const active = kernel.open();
      return Promise.resolve(kernel.state.services.map((service) => readingOf(service, active)));
    },
    followServices: () => ({
      look: (whole) => {
        kernel.reads += 1;
        if (!kernel.readable) return Promise.reject(new Error('netlink: no answer'));
        return Promise.resolve({
          whole,
          services: whole ? kernel.state.services.map((service) => readingOf(service)) : [],
        });
      },
    }),
    readLinks: () => Promise.resolve([{ name: 'eth0', inBytes: 1, outBytes: 2 }]),
    facts: () =>
      Promise.resolve({
        kernelRelease: '6.1.0-test',
        links: [],
        sysctls: [],
        listeners: [],
        forwardFilter: { kind: 'open' },
        otherWriters: [],
        ipvsTimeouts: { tcp: 900, tcpFin: 0, udp: 300 },
        translatedPorts: [],
      }),
    countConnections: (locals) => Promise.resolve(locals.map(() => 0)),
    askArp: () => Promise.resolve([]),
    hearNetwork: (changed, signal) => {
      hearers.add(changed);
      signal.addEventListener('abort', () => hearers.delete(changed), { once: true });
    },
    glance: () => Promise.resolve(JSON.stringify([kernel.state.services, kernel.state.sysctls])),
    close: () => Promise.resolve(),
  };
  return kernel;
}

const touchesMarks = ({ kind }: Operation) => kind === 'addMark' || kind === 'deleteMark';

async function runOn(
  kernel: FakeKernel,
  operations: readonly Operation[],
  onProgress: ((done: number) => void) | undefined,
): Promise<RunResult[]> {
  kernel.runs.push([...operations]);
  const results: RunResult[] = [];
  for (const operation of operations) {
    if (kernel.diesAfter === results.length) return neverAnswers();
    if (kernel.silentAfter === results.length) throw new Error('netlink: no answer within 5 s');
    const result = runOne(kernel, operation);
    results.push(result);
    onProgress?.(results.length);
    if (result.kind === 'failed') break;
  }
  if (kernel.diesAfter === results.length) return neverAnswers();
  return operations.map((_, at) => results[at] ?? { kind: 'notRun' });
}

const neverAnswers = () => new Promise<never>(() => {});

function runOne(kernel: FakeKernel, operation: Operation): RunResult {
  if (kernel.refuses(operation)) return { kind: 'failed', errno: 'EPERM', message: 'refused' };
  const kept = kernel.keeps(operation);
  if (kept === null) return { kind: 'done' };
  const applied = applyOperation(kernel.state, kept);
  if (applied.kind === 'failed') return { kind: 'failed', errno: applied.errno, message: operation.kind };
  kernel.state = applied.state;
  return { kind: 'done' };
}

const RELEASE = '6.1.0-test';
const missing = { reason: 'The module is not installed.', remedy: 'Run modprobe ip_vs.' };

const support = (ipvs: boolean) => ({
  kernelRelease: RELEASE,
  ipvs: ipvs ? ({ kind: 'module', version: '1.2.1' } as const) : ({ kind: 'missing', ...missing } as const),
  schedulers: [],
  conntrack: ipvs ? false : null,
  connectionTableSize: ipvs ? 4096 : null,
});

const nothing = { connections: 0, inPackets: 0, outPackets: 0, inBytes: 0, outBytes: 0 };

const readingOf = ({ key, destinations }: HostState['services'][number], active = 0) => ({
  key,
  counters: nothing,
  rates: nothing,
  destinations: destinations.map(({ address, port, method, weight }) => ({
    address,
    port,
    method,
    weight,
    active,
    inactive: 0,
    persistent: 0,
    counters: nothing,
    rates: nothing,
  })),
});

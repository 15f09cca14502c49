// What the kernel package costs beside ipvsadm, in the same run, on the same kernel: run by `npm run bench` inside the lab.
// Needs root, ip_vs, ipvsadm, and a network namespace of its own: it clears the IPVS table between rounds.
import { spawnSync } from 'node:child_process';
import {
  type HostDestination,
  type HostServiceWithDestinations,
  type HostState,
  type Operation,
  describe,
  emptyHostState,
  plan,
} from '@signalbox/cluster';
import { openKernel } from '@signalbox/kernel';

const rounds = 5;
const ipv4 = (text: string) => ({ family: 'ipv4' as const, text });

const destination = (service: number, index: number): HostDestination => ({
  address: ipv4(`10.84.${index}.${(service % 250) + 1}`),
  port: 80,
  method: 'masq',
  weight: 1,
  upperThreshold: 0,
  lowerThreshold: 0,
  tunnel: null,
});

const service = (index: number, destinations: number): HostServiceWithDestinations => ({
  key: {
    kind: 'address',
    protocol: 'tcp',
    address: ipv4(`10.83.${Math.floor(index / 250)}.${(index % 250) + 1}`),
    port: 80,
  },
  scheduler: 'rr',
  schedulerFlags: [],
  persistence: null,
  onePacket: false,
  destinations: Array.from({ length: destinations }, (_, d) => destination(index, d)),
});

const table = (services: number, destinations: number): HostState => ({
  ...emptyHostState,
  services: Array.from({ length: services }, (_, s) => service(s, destinations)),
});

const operationsFor = (wanted: HostState, found: HostState): Operation[] =>
  plan(wanted, found).map((planned) => planned.operation);

const ipvsadm = (args: readonly string[], input?: string) => {
  const ran = spawnSync('ipvsadm', args, { input: input ?? '', maxBuffer: 1 << 28 });
  if (ran.status !== 0) throw new Error(`ipvsadm ${args.join(' ')}: ${ran.stderr.toString()}`);
};

/** Milliseconds of one call. */
const timed = async (run: () => unknown): Promise<number> => {
  const start = performance.now();
  await run();
  return performance.now() - start;
};

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

/** Two things in turn, A B A B, so that a drifting machine does not favour one. */
const compare = async (ours: () => Promise<number>, peer: () => Promise<number>) => {
  const a: number[] = [];
  const b: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    a.push(await ours());
    b.push(await peer());
  }
  return { ours: median(a), peer: median(b), ratio: median(a.map((value, i) => value / (b[i] ?? NaN))) };
};

const row = (what: string, value: string) => console.log(`${what.padEnd(58)} ${value}`);
const against = (peer: string, c: { ours: number; peer: number; ratio: number }) =>
  `${c.ours.toFixed(0)} ms, ${peer} ${c.peer.toFixed(0)} ms, ratio ${c.ratio.toFixed(3)}`;

const kernel = await openKernel();
const wanted = table(1000, 10);
const additions = operationsFor(wanted, emptyHostState);
const restoreText =
  additions.map((operation) => describe(operation).replace(/^ipvsadm /, '')).join('\n') + '\n';

const clear = () => ipvsadm(['-C']);
const apply = async () => {
  clear();
  return timed(async () => {
    const failed = (await kernel.run(additions)).find((result) => result.kind !== 'done');
    if (failed) throw new Error(`apply failed: ${JSON.stringify(failed)}`);
  });
};
const restore = async () => {
  clear();
  return timed(() => ipvsadm(['-R'], restoreText));
};

row('apply 1,000 services x 10 destinations, writes', against('ipvsadm -R', await compare(apply, restore)));

await apply();
const planTimes: number[] = [];
const observeTimes: number[] = [];
let left = -1;
for (let round = 0; round < rounds; round += 1) {
  let found = emptyHostState;
  observeTimes.push(await timed(async () => (found = await kernel.observe([]))));
  planTimes.push(
    await timed(() => (left = operationsFor(wanted, { ...emptyHostState, services: found.services }).length)),
  );
}
row('observe the whole table', `${median(observeTimes).toFixed(0)} ms`);
row('verify it against what was wanted (plan)', `${median(planTimes).toFixed(0)} ms`);
row('no-op apply', `${left} writes`);

const [first, ...others] = wanted.services;
if (!first) throw new Error('an empty table was built');
const heavier: HostState = {
  ...wanted,
  services: [
    { ...first, destinations: first.destinations.map((d, i) => (i === 0 ? { ...d, weight: 6 } : d)) },
    ...others,
  ],
};
row('one changed weight', `${operationsFor(heavier, wanted).length} write message`);

row(
  'read everything with counters',
  against(
    'ipvsadm -Ln --stats',
    await compare(
      () => timed(() => kernel.readServices()),
      () => timed(() => ipvsadm(['-Ln', '--stats', '--exact'])),
    ),
  ),
);

clear();
await kernel.close();

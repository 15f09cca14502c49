// One round of table.bench.ts, in a process and a network namespace of its own. Prints its figures as JSON.
// `one-round.ts warm`: the process has applied something before, as an agent has that runs; else it has just started.
import { emptyHostState, type HostState, type Operation } from '@signalbox/cluster';
import { openKernel } from '@signalbox/kernel';
import { largeTable, operationsFor, withOneWeight } from './large-table.ts';
import { peerShell } from './peer-shell.ts';

/** Milliseconds of each. */
export interface Round {
  readonly apply: number;
  readonly observe: readonly number[];
  readonly verify: readonly number[];
  readonly reads: readonly { readonly ours: number; readonly peer: number }[];
  /** How many writes a plan has: for what is there already, and for one other weight. */
  readonly writes: { readonly noOp: number; readonly oneWeight: number };
}

const looks = 7;

async function timed(work: () => unknown): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

const shell = peerShell();
const kernel = await openKernel();
const wanted = largeTable(1000, 10);
const additions = operationsFor(wanted, emptyHostState);

/** Writes without adding: one destination, edited over and over. */
async function warmUp(): Promise<void> {
  const [service] = largeTable(1, 1).services;
  const [destination] = service?.destinations ?? [];
  if (service === undefined || destination === undefined) throw new Error('an empty table was built');
  const key = { kind: 'fwmark', family: 'ipv4', mark: 1 } as const;
  const edit: Operation = { kind: 'editDestination', service: key, from: destination, to: destination };
  await kernel.run([
    { kind: 'addService', service: { ...service, key } },
    { kind: 'addDestination', service: key, destination },
    ...Array.from({ length: 5000 }, () => edit),
  ]);
  await kernel.run([{ kind: 'deleteService', service: { ...service, key } }]);
}

if (process.argv[2] === 'warm') await warmUp();
const apply = await timed(async () => {
  const failed = (await kernel.run(additions)).find(({ kind }) => kind !== 'done');
  if (failed) throw new Error(`apply failed: ${JSON.stringify(failed)}`);
});

const observe: number[] = [];
const verify: number[] = [];
let found: HostState = emptyHostState;
let noOp = 0;
for (let look = 0; look < looks; look += 1) {
  observe.push(await timed(async () => (found = await kernel.observe([]))));
  const seen = { ...emptyHostState, services: found.services };
  verify.push(await timed(() => (noOp = operationsFor(wanted, seen).length)));
}

const reads: { ours: number; peer: number }[] = [];
for (let look = 0; look < looks; look += 1) {
  const ours = await timed(() => kernel.readServices());
  reads.push({ ours, peer: await shell.timed('ipvsadm -Ln --stats --exact') });
}

const oneWeight = operationsFor(withOneWeight(wanted, 6), wanted).length;
const round: Round = { apply, observe, verify, reads, writes: { noOp, oneWeight } };
console.log(JSON.stringify(round));
await shell.close();
await kernel.close();

import type { Operation } from '@signalbox/cluster';
import { writeSysctl } from '../host/sysctl.ts';
import type { Ipvs } from '../ipvs/ipvs.ts';
import type { Marks } from '../marks/marks.ts';
import type { RunResult } from '../kernel.ts';
import { KernelFailure } from '../netlink/failure.ts';
import type { Answer } from '../netlink/send-pack.ts';
import { LinkNames } from '../route/links.ts';
import type { Network } from '../route/network.ts';
import { packsOf } from './packs.ts';
import { refusal } from './refusal.ts';
import { addressesTaken, announceAddresses } from './put-up.ts';
import { type Step, stepOf, namesInterface } from './step.ts';

/** What operations go to, besides /proc/sys. */
export interface Families {
  readonly ipvs: Ipvs;
  readonly network: Network;
  readonly marks: Marks;
}

const done: RunResult = { kind: 'done' };
const notRun: RunResult = { kind: 'notRun' };

/** See `Kernel.run`. Throws `KernelFailure`, with nothing done, when the host's interfaces cannot be read. */
export async function runOperations(
  families: Families,
  operations: readonly Operation[],
  onProgress: (done: number) => void,
): Promise<RunResult[]> {
  const { ipvs, network } = families;
  const links = operations.some(namesInterface) ? await network.links() : [];
  const names = new LinkNames(links);
  const results: RunResult[] = [];
  for (const pack of packsOf(operations, network.packLimit)) {
    const taken = await addressesTaken(pack, links);
    const packResults = taken ?? (await runPack(families, pack, names));
    if (taken === null) await announceAddresses(pack, packResults, links);
    for (const [index, operation] of pack.entries()) {
      if (packResults[index]?.kind === 'done') ipvs.note(operation);
    }
    results.push(...packResults);
    onProgress(results.length);
    if (packResults.some(({ kind }) => kind !== 'done')) break;
  }
  return operations.map((_, index) => results[index] ?? notRun);
}

/** One result per operation of a pack. */
async function runPack(
  families: Families,
  pack: readonly Operation[],
  links: LinkNames,
): Promise<RunResult[]> {
  const answers = await send(
    families,
    pack.map((operation) => stepOf(operation, links)),
  );
  return pack.map((operation, index): RunResult => {
    const answer = answers[index];
    if (answer === undefined) return notRun;
    return answer === null ? done : { kind: 'failed', ...refusal(operation, answer) };
  });
}

/** One answer per step; fewer when the last of them is a failure that let nothing after it be sent. */
async function send({ ipvs, network, marks }: Families, steps: readonly Step[]): Promise<readonly Answer[]> {
  const [first] = steps;
  try {
    switch (first?.transport) {
      case 'ipvs':
        return await ipvs.pack(steps.flatMap((step) => (step.transport === 'ipvs' ? [step.message] : [])));
      case 'route':
        return await network.pack(
          steps.flatMap((step) => (step.transport === 'route' ? [step.message] : [])),
        );
      case 'sysctl':
        return await writeInTurn(steps);
      case 'mark':
        await marks.change(steps.flatMap((step) => (step.transport === 'mark' ? [step.change] : [])));
        return steps.map(() => null);
      case undefined:
        return [];
    }
  } catch (error) {
    if (error instanceof KernelFailure) return [error];
    throw error;
  }
}

async function writeInTurn(steps: readonly Step[]): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const step of steps) {
    if (step.transport !== 'sysctl') break;
    try {
      await writeSysctl(step.name, step.value);
      answers.push(null);
    } catch (error) {
      if (!(error instanceof KernelFailure)) throw error;
      return [...answers, error];
    }
  }
  return answers;
}

import { join } from 'node:path';
import { chooseKernel, type Kernel, type KernelWish } from '../machine/kernel-choice.ts';
import { whyEnded } from '../machine/kernel-end.ts';
import { type Machine, startMachine } from '../machine/machine.ts';
import { ENROL_PORT } from '../machine/management-network.ts';
import { processorFor } from '../machine/processor.ts';
import { identityOf } from '../processes/process-identity.ts';
import { cleanUp } from '../state/leftovers.ts';
import { takeLock } from '../state/lock.ts';
import { makeFolders, type Place } from '../state/place.ts';
import { writeRecord } from '../state/record.ts';
import type { LabStatus, Setup } from '../wire/control-messages.ts';
import { serveControl } from './control-server.ts';
import { guestClient } from './guest-client.ts';
import { labOver } from './lab.ts';
import { nodeLogs } from './node-logs.ts';
import { layOutPrograms } from './programs-layout.ts';

export interface LabWish {
  readonly place: Place;
  readonly kernel: KernelWish | null;
  readonly setup: Setup;
  /** The console's port when it is free; else, and when it is not given, any. */
  readonly consolePort?: number;
  /** Where the kernel runs, so that labs beside each other do not share one; any when it is not given. */
  readonly processor?: number | undefined;
  /** Aborted to end the lab, also while it is coming up. */
  readonly stop: AbortSignal;
  readonly say: (line: string) => void;
}

export interface RunningLab {
  readonly status: LabStatus;
  /** Settles when it is to end; with an error when the kernel ended by itself. */
  readonly over: Promise<void>;
  /** Takes everything down; afterwards nothing is left. */
  stop(): Promise<void>;
}

/** Memory the kernel may use; it takes from the machine only what it touches. */
const MEMORY_MEGABYTES = 2048;

/** An error that a person can act on: its message is all there is to say. */
export class LabProblem extends Error {}

/** Somebody asked for the end before the lab was up. Nothing is left of it. */
export class StoppedEarly extends LabProblem {}

/** Starts a lab in its place, after clearing away what a killed one left there. */
export async function startLab(wish: LabWish): Promise<RunningLab> {
  const { place, setup, say, consolePort = 0 } = wish;
  const choice = chooseKernel(wish.kernel);
  if (choice.kind === 'none') throw new LabProblem(`no kernel for the lab: ${choice.advice}`);
  await using undo = new AsyncDisposableStack();
  await takePlace(place, say, undo);
  const machine = await bootMachine(wish, choice);
  undo.defer(() => machine.stop());

  const guest = guestClient(place.gate, machine.ready);
  const logs = nodeLogs(place);
  undo.defer(() => logs.close());
  guest.followLogs(logs.add).catch(() => undefined);
  const { promise: over, resolve: askToStop, reject } = Promise.withResolvers<void>();
  over.catch(() => undefined);
  void machine.ended.then((last) => reject(new LabProblem(`the lab’s kernel ended: ${whyEnded(last)}`)));
  wish.stop.addEventListener('abort', () => askToStop());
  const { enter } = machine;
  const lab = labOver({
    place,
    kernel: choice.kind,
    guest,
    enter,
    consolePort,
    say,
    log: logs.add,
    askToStop,
  });
  undo.defer(() => lab.close());
  const control = await serveControl(place.control, lab);
  undo.defer(() => void control.close());
  const status = await upUnlessOver(lab.reset(setup), over, machine);
  const running = undo.move();
  return { status, over, stop: () => running.disposeAsync() };
}

/** A lab that is to end while it comes up does not come up first. */
async function upUnlessOver(
  up: Promise<LabStatus>,
  over: Promise<void>,
  machine: Machine,
): Promise<LabStatus> {
  up.catch(() => undefined);
  const status = await Promise.race([up, over.then(() => null)]);
  if (status !== null) return status;
  // Whatever still comes up fails at once without a kernel.
  await machine.stop();
  throw new StoppedEarly('the lab was stopped before it was up');
}

/** Makes the place ours: nobody else's lab runs there, nothing is left of an earlier one, and we are on record. */
async function takePlace(
  place: Place,
  say: (line: string) => void,
  undo: AsyncDisposableStack,
): Promise<void> {
  const lock = await takeLock(place);
  if (lock === null) throw new LabProblem(`a lab already runs in ${place.folder}; "down" ends it`);
  undo.defer(() => lock.release());
  if (await cleanUp(place)) say('cleared away what an earlier lab left');
  undo.defer(async () => void (await cleanUp(place)));
  makeFolders(place);
  record(place, []);
}

function record(place: Place, processes: Machine['processes']): void {
  const supervisor = identityOf(process.pid);
  if (supervisor === null) throw new Error('/proc is not there');
  writeRecord(place, { supervisor, processes: [...processes] });
}

async function bootMachine({ place, processor, say }: LabWish, kernel: Kernel): Promise<Machine> {
  const began = performance.now();
  layOutPrograms(place, kernel);
  say(kernel.kind === 'host' ? 'kernel: the host’s own has IPVS' : 'kernel: booting User-Mode Linux');
  const plan = {
    uml: kernel.kind === 'uml' ? kernel.uml.program : null,
    cpu: processor ?? processorFor(place.id),
    memoryMegabytes: MEMORY_MEGABYTES,
    sockets: place.sockets,
    shared: place.shared,
    node: process.execPath,
    gate: place.gate,
    outward: [{ port: ENROL_PORT, socket: place.enrolment }],
  };
  const machine = await startMachine(plan, join(place.logs, 'kernel.log'));
  record(place, machine.processes);
  machine.ready.then(
    () => say(`kernel: up after ${((performance.now() - began) / 1000).toFixed(1)} s`),
    () => undefined,
  );
  return machine;
}

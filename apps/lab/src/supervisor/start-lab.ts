import { join } from 'node:path';
import { chooseKernel, type KernelKind } from '../machine/kernel-choice.ts';
import { startMachine } from '../machine/machine.ts';
import { ENROL_PORT } from '../machine/management-network.ts';
import { processorFor } from '../machine/processor.ts';
import { cleanUp } from '../state/leftovers.ts';
import { takeLock } from '../state/lock.ts';
import { makeFolders, type Place } from '../state/place.ts';
import { identityOf } from '../processes/process-identity.ts';
import { writeRecord } from '../state/record.ts';
import type { LabStatus, Setup } from '../wire/control-messages.ts';
import { serveControl } from './control-server.ts';
import { guestClient } from './guest-client.ts';
import { labOver } from './lab.ts';
import { nodeLogs } from './node-logs.ts';
import { layOutPrograms } from './programs-layout.ts';

export interface LabWish {
  readonly place: Place;
  readonly kernel: KernelKind | null;
  readonly setup: Setup;
  readonly say: (line: string) => void;
}

export interface RunningLab {
  readonly status: LabStatus;
  /** Settles when somebody asked it to stop, or with an error when the kernel ended by itself. */
  readonly asked: Promise<void>;
  /** Takes everything down; afterwards nothing is left. */
  stop(): Promise<void>;
}

/** Memory the kernel may use; it takes from the machine only what it touches. */
const MEMORY_MEGABYTES = 2048;

/** An error that a person can act on: its message is all there is to say. */
export class LabProblem extends Error {}

/** Starts a lab in its place, after clearing away what a killed one left there. */
export async function startLab({ place, kernel: wanted, setup, say }: LabWish): Promise<RunningLab> {
  const choice = chooseKernel(wanted);
  if (choice.kind === 'none') throw new LabProblem(`no kernel for the lab: ${choice.advice}`);
  const lock = await takeLock(place);
  if (lock === null) throw new LabProblem(`a lab already runs in ${place.folder}; "down" ends it`);
  if (await cleanUp(place)) say('cleared away what an earlier lab left');
  makeFolders(place);
  const supervisor = identityOf(process.pid);
  if (supervisor === null) throw new Error('/proc is not there');
  writeRecord(place, { supervisor, processes: [] });
  layOutPrograms(place, choice.kind);

  const began = performance.now();
  say(choice.kind === 'host' ? 'kernel: the host’s own has IPVS' : 'kernel: booting User-Mode Linux');
  const machine = await startMachine(
    {
      kernel: choice.kind,
      cpu: processorFor(place.id),
      memoryMegabytes: MEMORY_MEGABYTES,
      sockets: place.sockets,
      shared: place.shared,
      node: process.execPath,
      gate: place.gate,
      outward: [{ port: ENROL_PORT, socket: place.enrolment }],
    },
    join(place.logs, 'kernel.log'),
  );
  const logs = nodeLogs(place);
  const stop = async () => {
    await machine.stop();
    logs.close();
    await cleanUp(place);
    await lock.release();
  };
  try {
    writeRecord(place, { supervisor, processes: [...machine.processes] });
    await machine.ready;
    say(`kernel: up after ${((performance.now() - began) / 1000).toFixed(1)} s`);
    const guest = guestClient(place.gate);
    guest.followLogs(logs.add).catch(() => undefined);
    const { promise: asked, resolve: askToStop, reject } = Promise.withResolvers<void>();
    void machine.ended.then(() => reject(new LabProblem('the lab’s kernel ended')));
    asked.catch(() => undefined);
    const lab = labOver({ place, kernel: choice.kind, guest, say, askToStop });
    const control = await serveControl(place.control, lab);
    const status = await lab.reset(setup);
    return {
      status,
      asked,
      async stop() {
        control.close();
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

// What the agent remembers over its own death and the host's: four files, each written and synced before it counts.
import { isDeepStrictEqual } from 'node:util';
import { emptyLedger, forgetBoot, Ledger } from '@signalbox/cluster';
import * as z from 'zod';
import { stateFile } from '../state/state-file.ts';
import { Accepted, notBegun, nothingAccepted, Progress } from './acceptance.ts';

export interface Memory {
  readonly accepted: Accepted;
  /** Of `accepted.current`; of nothing when there is none. */
  readonly progress: Progress;
  readonly ledger: Ledger;
  /** The host has booted since the ledger was written: the kernel has nothing of ours. */
  readonly rebooted: boolean;
  /** Names of sysctls that are set for canaries, and for nothing else. */
  readonly canarySysctls: ReadonlySet<string>;
  readonly rememberAccepted: (accepted: Accepted) => Promise<void>;
  readonly rememberProgress: (progress: Progress) => Promise<void>;
  readonly rememberLedger: (ledger: Ledger) => Promise<void>;
  readonly rememberCanarySysctls: (names: ReadonlySet<string>) => Promise<void>;
}

/** @throws when a file is damaged: an agent that forgot what is its own would call it foreign, or worse, take what is not. */
export async function openMemory(folder: string, bootId: string): Promise<Memory> {
  const files = memoryFiles(folder);
  const storedLedger = (await files.ledger.read()) ?? emptyLedger(bootId);
  const rebooted = storedLedger.bootId !== bootId;
  let ledger = forgetBoot(storedLedger, bootId);
  let accepted = (await files.accepted.read()) ?? nothingAccepted;
  let progress = progressOf(accepted, await files.progress.read());
  let canarySysctls = new Set(rebooted ? [] : await files.canarySysctls.read());

  return {
    get accepted() {
      return accepted;
    },
    get progress() {
      return progress;
    },
    get ledger() {
      return ledger;
    },
    get canarySysctls() {
      return canarySysctls;
    },
    rebooted,
    rememberAccepted: async (next) => {
      await files.accepted.write(next);
      accepted = next;
      progress = progressOf(next, progress);
    },
    rememberProgress: async (next) => {
      await files.progress.write(next);
      progress = next;
    },
    rememberLedger: async (next) => {
      if (isDeepStrictEqual(next, ledger)) return;
      await files.ledger.write(next);
      ledger = next;
    },
    rememberCanarySysctls: async (next) => {
      if ([...next].join() === [...canarySysctls].join()) return;
      await files.canarySysctls.write([...next]);
      canarySysctls = new Set(next);
    },
  };
}

export const memoryFiles = (folder: string) => ({
  accepted: stateFile(folder, 'accepted.json', Accepted),
  progress: stateFile(folder, 'progress.json', Progress),
  ledger: stateFile(folder, 'ledger.json', Ledger),
  canarySysctls: stateFile(folder, 'canary-sysctls.json', z.array(z.string())),
});

/** The progress that was stored, if it is of what is accepted now. */
export function progressOf({ current }: Accepted, stored: Progress | null): Progress {
  const id = current?.id ?? '';
  return stored?.acceptance === id ? stored : notBegun(id);
}

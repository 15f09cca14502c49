// What a lab leaves in its place, and how it goes. Only names the lab itself made are removed.
import { existsSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Place } from './place.ts';
import { isAlive, type ProcessIdentity } from '../processes/process-identity.ts';
import { readRecord } from './record.ts';

const DEADLINE_MS = 5000;

/** Ends what a killed lab still runs, and removes its files. The caller holds the lock. True when there was something. */
export async function cleanUp(place: Place): Promise<boolean> {
  const record = readRecord(place);
  for (const identity of record?.processes ?? []) await endProcess(identity);
  const found = record !== null || existsSync(place.sockets) || existsSync(place.shared);
  removeFiles(place);
  return found;
}

/** Waits until a process is gone, and kills it when it is not after `graceMs`. */
export async function endProcess(identity: ProcessIdentity, graceMs = 0): Promise<void> {
  const began = Date.now();
  while (isAlive(identity)) {
    const waited = Date.now() - began;
    if (waited > graceMs + DEADLINE_MS) throw new Error(`process ${identity.pid} does not end`);
    if (waited >= graceMs) killQuietly(identity.pid);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/** The record goes last: while it is there, somebody can still find out what was running. */
function removeFiles(place: Place): void {
  for (const made of [place.sockets, place.shared, place.console, place.logs])
    rmSync(made, { recursive: true, force: true });
  rmSync(join(place.folder, 'lab.json.next'), { force: true });
  rmSync(place.record, { force: true });
  if (existsSync(place.folder) && readdirSync(place.folder).length === 0) rmdirSync(place.folder);
}

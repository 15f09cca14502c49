import { askLab, NoLab } from '../client/lab-client.ts';
import { cleanUp, endProcess } from '../state/leftovers.ts';
import { type HeldLock, takeLock } from '../state/lock.ts';
import type { Place } from '../state/place.ts';
import { readRecord } from '../state/record.ts';

/** A lab that was asked has this long to end by itself. */
const PATIENCE_MS = 15_000;
/** Having taken everything down, it has this long to be gone itself. */
const GRACE_MS = 2000;

/** Ends the lab in this place, whatever state it is in, and removes what it left. True when there was one. */
export async function down(place: Place): Promise<boolean> {
  const supervisor = readRecord(place)?.supervisor;
  const asked = await ask(place);
  const lock = (await lockWithin(place, asked ? PATIENCE_MS : 0)) ?? (await lockByForce(place));
  const found = await cleanUp(place);
  await lock.release();
  if (supervisor !== undefined) await endProcess(supervisor, GRACE_MS);
  return asked || found;
}

async function ask(place: Place): Promise<boolean> {
  try {
    await askLab(place, { kind: 'down' });
    return true;
  } catch (error) {
    if (error instanceof NoLab) return false;
    throw error;
  }
}

async function lockWithin(place: Place, patienceMs: number): Promise<HeldLock | null> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const lock = await takeLock(place);
    if (lock !== null || Date.now() > deadline) return lock;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** A lab that does not answer is killed; its namespaces end with it. */
async function lockByForce(place: Place): Promise<HeldLock> {
  const record = readRecord(place);
  if (record !== null) await endProcess(record.supervisor);
  const lock = await lockWithin(place, PATIENCE_MS);
  if (lock === null) throw new Error(`the lab in ${place.folder} does not end`);
  return lock;
}

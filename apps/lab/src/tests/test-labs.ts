// The labs of a test run, in places of their own beside any lab a person has open.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { down } from '../commands/down.ts';
import { upDetached } from '../commands/up.ts';
import { processors } from '../machine/processor.ts';
import { type Place, placeOf } from '../state/place.ts';
import { say } from './stage.ts';

export interface TestLabs {
  readonly places: readonly Place[];
  /** Takes them down; nothing is left of them. */
  close(): Promise<void>;
}

/** Labs whose machines each test makes anew: every lab is one booted kernel, each on a processor of its own. */
export async function openTestLabs(count: number): Promise<TestLabs> {
  const parent = mkdtempSync(join(tmpdir(), 'signalbox-test-'));
  const places = Array.from({ length: count }, (_, number) => placeOf(join(parent, `lab${number}`)));
  const apart = processors();
  const close = async () => {
    await Promise.all(places.map(down));
    rmSync(parent, { recursive: true, force: true });
  };
  const setup = { scenario: null, realServers: 2, product: false };
  try {
    for (const [number, place] of places.entries())
      await upDetached({ place, kernel: null, setup, processor: apart[number % apart.length] }, say);
    return { places, close };
  } catch (error) {
    await close();
    throw error;
  }
}

// The labs of a test run, in places of their own beside any lab a person has open.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { down } from '../commands/down.ts';
import { upDetached } from '../commands/up.ts';
import { processorFor } from '../machine/processor.ts';
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
  const places = placesApart(parent, count);
  const close = async () => {
    await Promise.all(places.map(down));
    rmSync(parent, { recursive: true, force: true });
  };
  const setup = { scenario: null, realServers: 2, product: false };
  try {
    for (const place of places) await upDetached({ place, kernel: null, setup }, say);
    return { places, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A lab's name decides about its processor. */
function placesApart(parent: string, count: number): Place[] {
  const places: Place[] = [];
  const taken = new Set<number>();
  for (let name = 0; places.length < count; name += 1) {
    const place = placeOf(join(parent, `lab${name}`));
    const processor = processorFor(place.id);
    // After many names there are no more processors than labs have.
    if (taken.has(processor) && name < 64) continue;
    taken.add(processor);
    places.push(place);
  }
  return places;
}

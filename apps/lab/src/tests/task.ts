import type { Place } from '../state/place.ts';
import { aloud, listening, type Print, sum, type Tally, thrown } from './stage.ts';

/** One file of tests that needs a lab of its own while it runs. */
export interface Task {
  readonly stage: 'kernel' | 'lab' | 'browser';
  readonly file: string;
  run(place: Place, print: Print): Promise<Tally>;
}

export interface Done {
  readonly task: Task;
  readonly tally: Tally;
  readonly seconds: number;
  readonly printed: string;
}

/**
 * Works through the tasks in several labs at once: the first lab from the front of the list, the others from its end.
 * What a task throws is one failure, so that the others still run.
 * Where there is one lab, what its tasks print is heard as it comes; else one file after the other is, when it ended.
 */
export async function workThrough(
  tasks: readonly Task[],
  { places, done, live = aloud }: { places: readonly Place[]; done: (result: Done) => void; live?: Print },
): Promise<Tally> {
  const left = [...tasks];
  const tallies: Tally[] = [];
  const worker = async (place: Place, next: () => Task | undefined) => {
    for (let task = next(); task !== undefined; task = next()) {
      const began = performance.now();
      const isHeardAsItComes = places.length === 1;
      const { print, output } = listening(isHeardAsItComes ? live : () => undefined);
      print(`\n${task.file}\n`);
      const tally = await task.run(place, print).catch((error: unknown) => thrown(error, print));
      tallies.push(tally);
      if (!isHeardAsItComes) live(output());
      done({ task, tally, seconds: (performance.now() - began) / 1000, printed: output() });
    }
  };
  await Promise.all(
    places.map((place, index) => worker(place, () => (index === 0 ? left.shift() : left.pop()))),
  );
  return sum(tallies);
}

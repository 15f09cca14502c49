// How fast the lab's machine is: figures of two runs can be compared only where these are alike.
import * as z from 'zod';
import { labAt } from '../client/lab.ts';
import type { Place } from '../state/place.ts';
import { percentile } from './percentile.ts';

const RUNS = 5;
const STARTS = 20;

/** Starts programs inside the lab's kernel: most of what a switch waits for there is the start of programs. */
const program = `
const { spawnSync } = require('node:child_process');
const began = performance.now();
for (let i = 0; i < ${STARTS}; i += 1) spawnSync('/bin/true');
const starts = (performance.now() - began) / ${STARTS};
const touched = performance.now();
Buffer.allocUnsafeSlow(8 << 20).fill(1);
console.log(JSON.stringify([starts, (performance.now() - touched) * 1000 / 2048]));
`;

const Figures = z.tuple([z.number(), z.number()]);

/** One line: what the start of a program costs a program of Node's size in the lab, and a page that is touched first. */
export async function machine(place: Place): Promise<string> {
  const lab = labAt(place.folder);
  await lab.reset('nat');
  const starts: number[] = [];
  const pages: number[] = [];
  for (let i = 0; i < RUNS; i += 1) {
    const printed = await lab.read('node1', [process.execPath, '-e', program]);
    const [start, page] = Figures.parse(JSON.parse(printed));
    starts.push(start);
    pages.push(page);
  }
  // What is measured next has the kernel for itself.
  await lab.reset(null);
  const median = (figures: readonly number[]) => percentile(figures, 0.5).toFixed(0);
  return `in the lab a program starts in ${median(starts)} ms, and a page is touched first in ${median(pages)} µs`;
}

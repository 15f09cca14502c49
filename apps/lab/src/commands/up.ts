import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { STOPPING } from '../processes/close-when-stopped.ts';
import { LabProblem, type LabWish, type RunningLab, startLab } from '../supervisor/start-lab.ts';
import { LabStatus } from '../wire/control-messages.ts';
import { describe } from './describe.ts';

export type UpWish = Omit<LabWish, 'say' | 'stop'>;

/** Runs the lab in this process until it is told to stop; answers the exit code. */
export async function upHere(wish: UpWish, say: (line: string) => void): Promise<number> {
  const lab = await startLab({ ...wish, say, stop: stopSignal() });
  say('');
  for (const line of describe(lab.status)) say(line);
  say('');
  say('Ctrl-C ends the lab and removes everything it made.');
  return untilOver(lab, say);
}

async function untilOver(lab: RunningLab, say: (line: string) => void): Promise<number> {
  try {
    await lab.over;
    say('taking the lab down');
    return 0;
  } finally {
    await lab.stop();
  }
}

/** Aborted by the first signal to stop; from here on signals do not end the process by themselves. */
function stopSignal(): AbortSignal {
  const stopping = new AbortController();
  for (const signal of STOPPING) process.on(signal, () => stopping.abort());
  return stopping.signal;
}

/** What the detached process tells its parent. */
const Report = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('progress'), line: z.string() }),
  z.object({ kind: z.literal('up'), status: LabStatus }),
  z.object({ kind: z.literal('failed'), message: z.string() }),
]);
type Report = z.infer<typeof Report>;

const CLI = fileURLToPath(new URL('../cli.ts', import.meta.url));

/** Starts the lab in a process of its own and comes back when it is up. */
export async function upDetached(wish: UpWish, say: (line: string) => void): Promise<LabStatus> {
  const child = fork(CLI, ['serve', JSON.stringify(wish)], {
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    cwd: '/',
  });
  const stop = () => void child.kill('SIGTERM');
  for (const signal of STOPPING) process.on(signal, stop);
  try {
    return await reportOf(child, say);
  } finally {
    for (const signal of STOPPING) process.off(signal, stop);
  }
}

function reportOf(child: ChildProcess, say: (line: string) => void): Promise<LabStatus> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => reject(new Error('the lab ended before it was up')));
    child.on('message', (message) => {
      const report = Report.parse(message);
      if (report.kind === 'progress') say(report.line);
      if (report.kind === 'failed') reject(new LabProblem(report.message));
      if (report.kind === 'up') {
        child.disconnect();
        child.unref();
        resolve(report.status);
      }
    });
  });
}

/** The detached process itself. It reports to its parent until it is up, and ends when the parent leaves before that. */
export async function serve(wish: UpWish): Promise<number> {
  const report = (message: Report) => {
    if (process.connected) process.send?.(message);
  };
  const orphaned = new AbortController();
  const orphan = () => orphaned.abort();
  process.once('disconnect', orphan);
  const stop = AbortSignal.any([stopSignal(), orphaned.signal]);
  try {
    const lab = await startLab({ ...wish, stop, say: (line) => report({ kind: 'progress', line }) });
    process.off('disconnect', orphan);
    report({ kind: 'up', status: lab.status });
    return await untilOver(lab, () => undefined);
  } catch (error) {
    report({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
    // The channel to the parent keeps this process alive for as long as its end is listened for.
    process.off('disconnect', orphan);
    return 1;
  }
}

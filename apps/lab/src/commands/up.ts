import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { LabProblem, type LabWish, startLab } from '../supervisor/start-lab.ts';
import { LabStatus } from '../wire/control-messages.ts';
import { describe } from './describe.ts';

export type UpWish = Omit<LabWish, 'say'>;

const STOPPING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Runs the lab in this process until it is told to stop; answers the exit code. */
export async function upHere(wish: UpWish, say: (line: string) => void): Promise<number> {
  const stopped = stopSignal();
  const lab = await startLab({ ...wish, say });
  say('');
  for (const line of describe(lab.status)) say(line);
  say('');
  say('Ctrl-C ends the lab and removes everything it made.');
  return untilStopped(lab, stopped, say);
}

async function untilStopped(
  lab: Awaited<ReturnType<typeof startLab>>,
  stopped: Promise<void>,
  say: (line: string) => void,
): Promise<number> {
  try {
    await Promise.race([stopped, lab.asked]);
    say('taking the lab down');
    return 0;
  } finally {
    await lab.stop();
  }
}

/** The first signal to stop; from here on signals do not end the process by themselves. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of STOPPING) process.on(signal, () => resolve());
  });
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

/** The detached process itself. It reports to its parent until it is up, and then to nobody. */
export async function serve(wish: UpWish): Promise<number> {
  const report = (message: Report) => {
    if (process.connected) process.send?.(message);
  };
  const stopped = stopSignal();
  try {
    const lab = await startLab({ ...wish, say: (line) => report({ kind: 'progress', line }) });
    report({ kind: 'up', status: lab.status });
    return await untilStopped(lab, stopped, () => undefined);
  } catch (error) {
    report({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
    return 1;
  }
}

// What needs a real kernel: suites inside it, each in a machine of its own, and suites that drive the lab from outside.
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { labAt } from '../client/lab.ts';
import { TEST_LAB } from '../client/test-lab.ts';
import { inThrowAwayMachine } from '../client/throw-away-machine.ts';
import { nodeTestTally } from './node-test-tally.ts';
import { judged, listening, mustHaveRun, repository, run } from './stage.ts';
import type { Task } from './task.ts';

const found = (...patterns: string[]): string[] => globSync(patterns, { cwd: repository }).toSorted();

/** Suites of the kernel package and the agent, as root in a throw-away machine inside the lab's kernel. */
export const kernelSuites = (): Task[] =>
  found('packages/kernel/src/**/*.lab.ts', 'apps/agent/src/**/*.lab.ts').map((file) => ({
    stage: 'kernel',
    file,
    run: async (place, print) => {
      // Services of other namespaces would shift a dump while they change, and /proc/net/ip_vs in any case.
      await labAt(place.folder).reset(null);
      const heard = listening(print);
      const program = [
        '--disable-warning=ExperimentalWarning',
        '--test-reporter=spec',
        join(repository, file),
      ];
      const code = await inThrowAwayMachine(place, [process.execPath, ...program], heard.print);
      return judged(mustHaveRun(nodeTestTally(heard.output())), code);
    },
  }));

/** Suites that drive the lab from the host. */
export const labSuites = (): Task[] =>
  found('apps/lab/suites/**/*.lab.ts').map((file) => ({
    stage: 'lab',
    file,
    run: async (place, print) => {
      const heard = listening(print);
      const code = await run([process.execPath, '--test-reporter=spec', file], {
        env: { [TEST_LAB]: place.folder },
        print: heard.print,
      });
      return judged(mustHaveRun(nodeTestTally(heard.output())), code);
    },
  }));

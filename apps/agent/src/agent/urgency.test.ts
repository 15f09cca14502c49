import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

/** Of a process of its own: nobody may lower what is not his to lower. */
function priorities(script: string): number[] {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `const { createUrgency } = await import(${JSON.stringify(new URL('urgency.ts', import.meta.url).href)});
       const { getPriority, setPriority } = await import('node:os');
       const { mock } = await import('node:test');
       mock.timers.enable({ apis: ['setTimeout'] });
       const seen = [];
       const see = () => seen.push(getPriority());
       const pass = (ms) => mock.timers.tick(ms);
       ${script}
       console.log(JSON.stringify(seen));`,
    ],
    { encoding: 'utf8' },
  );
  expect(stderr).toBe('');
  return JSON.parse(stdout) as number[];
}

const isRoot = process.getuid?.() === 0;

test.runIf(isRoot)('while orders come, and ten seconds more, this process goes before others', () => {
  expect(
    priorities(`setPriority(3); const hurry = createUrgency(); see();
      hurry(); see(); pass(9000); hurry(); pass(9000); see(); pass(1001); see(); hurry(); see();`),
  ).toEqual([3, -10, -10, 3, -10]);
});

test.runIf(isRoot)('who was put in front by hand stays there', () => {
  expect(
    priorities(`setPriority(-15); const hurry = createUrgency(); hurry(); see(); pass(11000); see();`),
  ).toEqual([-15, -15]);
});

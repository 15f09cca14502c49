import { defineConfig } from 'vitest/config';

/** How long a test may take on a busy machine: timings decide nothing, this only ends what hangs. */
const testTimeout = 30_000;

/** Unit tests: everything that needs no kernel. Files named *.lab.ts run inside the lab instead. */
export default defineConfig({
  test: {
    // Many tests wait for sockets and clocks: no processor is kept free for anything else.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'node',
          include: ['packages/*/src/**/*.test.ts', 'apps/*/src/**/*.test.ts'],
          environment: 'node',
          testTimeout,
        },
      },
      {
        oxc: { jsx: { runtime: 'automatic' } },
        test: {
          name: 'dom',
          include: ['apps/console/src/**/*.test.tsx'],
          environment: 'jsdom',
          testTimeout,
        },
      },
    ],
  },
});

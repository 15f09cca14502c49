import { defineConfig } from 'vitest/config';

/** Unit tests: everything that needs no kernel. Files named *.lab.ts run inside the lab instead. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          include: ['packages/*/src/**/*.test.ts', 'apps/*/src/**/*.test.ts'],
          environment: 'node',
        },
      },
      {
        oxc: { jsx: { runtime: 'automatic' } },
        test: {
          name: 'dom',
          include: ['apps/console/src/**/*.test.tsx'],
          environment: 'jsdom',
        },
      },
    ],
  },
});

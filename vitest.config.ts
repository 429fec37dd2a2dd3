import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // CI adds the results up over two versions of Node.
    reporters: process.env['CI']
      ? ['default', ['json', { outputFile: `dist/test-results/node-${process.versions.node.split('.')[0]}.json` }]]
      : ['default'],
    globalSetup: ['test/support/global-postgres.ts'],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**'],
          pool: 'threads',
          isolate: false,
          sequence: { groupOrder: 0 },
          testTimeout: 30_000,
        },
      },
      {
        test: {
          // What people say, once more on the other engine.
          name: 'postgres',
          include: ['test/commands/**/*.test.ts'],
          provide: { engine: 'postgres' },
          pool: 'threads',
          isolate: false,
          sequence: { groupOrder: 1 },
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          pool: 'forks',
          testTimeout: 180_000,
          hookTimeout: 120_000,
          // After the unit tests; two files at a time, each of which starts programs of its own.
          sequence: { groupOrder: 2 },
          maxWorkers: 2,
        },
      },
    ],
  },
});

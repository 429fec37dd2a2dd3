import { defineConfig } from 'vitest/config';
import { bundleApart } from './test/support/bundle-program.ts';

/** Two files at a time leave each of them less of the machine. */
const patience = { testTimeout: 60_000, hookTimeout: 60_000, expect: { poll: { timeout: 20_000 } } };

/** What a second version of Node need not do again: it is long, and nothing in it depends on the version. */
const long = [
  'test/jobs/year.test.ts',
  'test/jobs/random-colleges.property.test.ts',
  'test/store/postgres/copying.test.ts',
];

export default defineConfig({
  test: {
    // CI adds the results up over two versions of Node.
    reporters: process.env['CI']
      ? ['default', ['json', { outputFile: `dist/test-results/node-${process.versions.node.split('.')[0]}.json` }]]
      : ['default'],
    globalSetup: ['test/support/global-postgres.ts'],
    projects: [
      {
        plugins: [bundleApart],
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**', ...(process.env['SECOND_NODE'] ? long : [])],
          pool: 'threads',
          isolate: false,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
          ...patience,
        },
      },
      {
        plugins: [bundleApart],
        test: {
          // What people say, once more on the other engine.
          name: 'postgres',
          include: ['test/commands/**/*.test.ts'],
          provide: { engine: 'postgres' },
          pool: 'threads',
          isolate: false,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          ...patience,
        },
      },
      {
        plugins: [bundleApart],
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          pool: 'forks',
          ...patience,
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

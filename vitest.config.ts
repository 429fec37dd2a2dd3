import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { bundleApart } from './test/support/bundle-program.ts';

/** Two files at a time leave each of them less of the machine. */
const patience = { testTimeout: 60_000, hookTimeout: 60_000, expect: { poll: { timeout: 20_000 } } };

/** What a second version of Node need not do again: it is pure, or said in chat, or long, and asks nothing of the version. */
const independent = [
  'test/commands/!(conversation|import-file).test.ts',
  'test/domain/**',
  'test/bot/text/**',
  'test/bot/delivery.property.test.ts',
  'test/jobs/{digest,month,monthly-bulletin,year}.test.ts',
  'test/jobs/random-colleges.property.test.ts',
  'test/store/postgres/copying.test.ts',
];

/** What takes longest, so that it does not begin when everything else is over. Others follow by their size. */
const longest = [
  'cli',
  'bot-crash',
  'restore-drill',
  'several-processes',
  'bot-crash-postgres',
  'import-crash',
  'crash-store',
  'faults',
  'feishu',
].map((name) => `/test/e2e/${name}.test.ts`);

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const found = longest.findIndex((name) => moduleId.endsWith(name));
      return found === -1 ? longest.length : found;
    };
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  test: {
    // CI adds the results up over two versions of Node.
    reporters: process.env['CI']
      ? ['default', ['json', { outputFile: `dist/test-results/node-${process.versions.node.split('.')[0]}.json` }]]
      : ['default'],
    globalSetup: ['test/support/global-postgres.ts'],
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        plugins: [bundleApart],
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**', ...(process.env['SECOND_NODE'] ? independent : [])],
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
          testTimeout: 300_000,
          hookTimeout: 120_000,
          // After the unit tests; each file starts programs of its own and waits for them.
          sequence: { groupOrder: 2 },
          maxWorkers: 3,
        },
      },
    ],
  },
});

/**
 * What the bot costs, as ratios to something known in the same run: `npm run bench`, or `npm run bench -- webhook` for
 * one case alone. Prints Markdown and writes `last.json`. Aims that are missed are shown and fail nothing. Everything measured runs as bundled JavaScript in plain
 * Node, each party in a process of its own.
 */
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { packageRoot } from '../../src/config.ts';
import { checkIn } from './check-in.ts';
import { city } from './city.ts';
import type { Place } from './compare.ts';
import { chaos, fanOut } from './fan-out.ts';
import { reconnects, webhook } from './feishu.ts';
import { files } from './files.ts';
import { postgres } from './postgres.ts';
import { markdown, type Result, tableOfAims } from './report.ts';
import { speech } from './speech.ts';
import { dispatch, durable, largest, ledgerAt } from './throughput.ts';
import { bulletin, keeping, lists } from './upkeep.ts';

// What works in a process of its own must stay a module of its own, as it is in the built program.
const built = spawnSync(process.execPath, [join(packageRoot, 'build.mjs'), '--quiet'], { stdio: 'inherit' });
if (built.status !== 0) process.exit(1);

const folder = join(packageRoot, 'dist', 'bench');
// Chunks of an earlier build have other names.
await rm(folder, { recursive: true, force: true });
const script = join(folder, 'party.js');
await build({
  entryPoints: [join(import.meta.dirname, 'party.ts')],
  outdir: folder,
  bundle: true,
  splitting: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node20',
  sourcemap: 'inline',
  plugins: [
    {
      name: 'processes of their own',
      setup: (bundler) =>
        bundler.onResolve({ filter: /-worker\.ts$/ }, ({ path }) => ({
          path: join(packageRoot, 'dist/src/documents', `${basename(path, '.ts')}.js`),
          external: true,
        })),
    },
  ],
});

// In the project's own folder: the temp folder may be no disk at all.
const directory = await mkdtemp(join(folder, 'data-'));
const placeFor = async (name: string): Promise<Place> => {
  await mkdir(join(directory, name));
  return { script, directory: join(directory, name) };
};
const forDispatch = await placeFor('dispatch');
/** In order: the ledger that one has filled is another's to keep. */
const cases: readonly (readonly [name: string, run: () => Promise<Result>])[] = [
  ['dispatch', () => dispatch(forDispatch)],
  ['keeping', () => keeping(forDispatch, ledgerAt(forDispatch, largest))],
  ['durable', async () => durable(await placeFor('durable'))],
  ['webhook', async () => webhook(await placeFor('webhook'))],
  ['fan-out', async () => fanOut(await placeFor('fan-out'))],
  ['chaos', async () => chaos(await placeFor('chaos'))],
  ['reconnects', async () => reconnects(await placeFor('reconnects'))],
  ['postgres', async () => postgres(await placeFor('postgres'))],
  ['check-in', async () => checkIn(await placeFor('check-in'))],
  ['city', async () => city(await placeFor('city'))],
  ['bulletin', () => bulletin(forDispatch)],
  ['speech', () => speech(forDispatch)],
  ['lists', async () => lists(await placeFor('lists'))],
  ['files', async () => files(await placeFor('files'))],
];
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !cases.some(([known]) => known === name));
if (unknown.length > 0) {
  console.error(`no case is called ${unknown.join(', ')}; there are ${cases.map(([name]) => name).join(', ')}`);
  process.exit(64);
}
try {
  const results: Result[] = [];
  for (const [name, run] of cases) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    const result = await run();
    for (const table of result.tables) console.log(markdown(table));
    results.push(result);
  }

  const aims = results.flatMap((result) => result.aims);
  console.log(markdown(tableOfAims(aims)));
  const machine = { node: process.version, cores: availableParallelism() };
  const last = { machine, aims, tables: results.flatMap((result) => result.tables) };
  await writeFile(join(import.meta.dirname, 'last.json'), `${JSON.stringify(last, null, 2)}\n`);
} finally {
  await rm(directory, { recursive: true, force: true });
}

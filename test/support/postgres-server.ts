import { execFile, spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { access, chmod, chown, mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

/** A PostgreSQL of the tests' own: started for one run, gone after it. */
export interface PostgresServer {
  /** `postgres://…` of its superuser, in the database `postgres`. */
  readonly url: string;
  /** kill -9 of the whole server, as a power cut would. */
  kill(): Promise<void>;
  /** Starts it again on what lies on disk. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

const run = promisify(execFile);

/** Where `initdb` and `postgres` are: on the path, or where Debian keeps them. */
async function findBinaries(): Promise<string> {
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
async function dropRights(): Promise<{ uid: number; gid: number } | null> {
  if (process.getuid?.() !== 0) return null;
  const ids = await Promise.all(
    ['-u', '-g'].map((flag) => run('id', [flag, 'postgres']).catch(() => run('id', [flag, 'nobody']))),
  );
  const [uid, gid] = ids.map(({ stdout }) => Number(stdout));
  return { uid: uid ?? 65_534, gid: gid ?? 65_534 };
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });

/** `isDurable`: with fsync, for what kills it or measures it. */
export async function startPostgres({
  isDurable = false,
}: {
  readonly isDurable?: boolean;
} = {}): Promise<PostgresServer> {
  const binaries = await findBinaries();
  const rights = await dropRights();
  const folder = await mkdtemp(path.join(tmpdir(), 'xueshibu-postgres-'));
  const data = path.join(folder, 'data');
  if (rights !== null) await chown(folder, rights.uid, rights.gid);
  await chmod(folder, 0o755);
  const options = { cwd: folder, ...rights };
  await run(
    path.join(binaries, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'],
    options,
  );
  const port = await freePort();
  const settings = {
    port,
    unix_socket_directories: folder,
    listen_addresses: '127.0.0.1',
    max_connections: 200,
    ...(isDurable ? {} : { fsync: 'off', full_page_writes: 'off' }),
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  let server: ReturnType<typeof spawn> | null = null;

  const start = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const started = spawn(path.join(binaries, 'postgres'), ['-D', data, ...flags], {
        ...options,
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      server = started;
      let said = '';
      started.stderr?.on('data', (piece: Buffer) => {
        said = `${said}${piece.toString()}`.slice(-4000);
        if (said.includes('ready to accept connections')) resolve();
      });
      started.on('exit', () => reject(new Error(said)));
    });
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const ended = server;
    server = null;
    if (ended === null || ended.exitCode !== null) return;
    await new Promise((resolve) => {
      ended.once('exit', resolve);
      ended.kill(signal);
    });
  };
  await start();
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    start,
    kill: () => end('SIGKILL'),
    stop: async () => {
      await end('SIGINT');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { dropRights, findBinaries, makePostgresFolder, runPostgresProgram } from './postgres-programs.ts';

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

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });

interface ServerOptions {
  /** With fsync, for what kills it or measures it. */
  readonly isDurable?: boolean;
  /** A folder of data that is there already; without it the server is new and empty. */
  readonly existing?: string;
  /** Settings besides. */
  readonly settings?: Readonly<Record<string, string>>;
}

export async function startPostgres({
  isDurable = false,
  existing,
  settings: others = {},
}: ServerOptions = {}): Promise<PostgresServer> {
  const binaries = await findBinaries();
  const rights = await dropRights();
  const folder = await makePostgresFolder();
  const data = existing ?? path.join(folder, 'data');
  const options = { cwd: folder, ...rights };
  if (existing === undefined) {
    const manner = ['-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'];
    await runPostgresProgram('initdb', ['-D', data, ...manner], folder);
  }
  const port = await freePort();
  const settings = {
    port,
    unix_socket_directories: folder,
    listen_addresses: '127.0.0.1',
    max_connections: 200,
    ...(isDurable ? {} : { fsync: 'off', full_page_writes: 'off' }),
    ...others,
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
        said = (said + piece.toString()).slice(-4000);
        if (said.includes('ready to accept connections')) resolve();
      });
      started.on('exit', () => reject(new Error(said)));
    });
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const ended = server;
    server = null;
    if (ended === null || ended.exitCode !== null) return;
    await new Promise((resolve) => {
      // Its sessions write there, too: the pipe is closed when the last of them is gone.
      ended.once('close', resolve);
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

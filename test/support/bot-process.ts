import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chats } from '../../src/bot/chats.ts';
import { collections } from '../../src/collections.ts';
import { packageRoot } from '../../src/config.ts';
import { type Cadre, cadres } from '../../src/domain/cadre.ts';
import type { SimulatorMessage } from '../../src/messenger/simulator/messages.ts';
import { simulatorGroup } from '../../src/messenger/simulator/simulator.ts';
import type { ChatView, Move, PageState } from '../../src/messenger/simulator/wire.ts';
import { openLowdbStore } from '../../src/store/lowdb/open.ts';
import type { Store } from '../../src/store/store.ts';

/** The built program, as operators run it. */
const program = join(packageRoot, 'dist', 'src', 'cli.js');

type Environment = Readonly<Record<string, string>>;

export interface Ended {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command line at work. */
interface Program {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves with the first match on stdout. @throws when it ends before that */
  prints(pattern: RegExp): Promise<string>;
}

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Starts a command in a folder without `.env`, and with nothing of the tests' own environment. */
export function spawnCli(args: readonly string[], env: Environment, cwd = tmpdir()): Program {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, [program, ...args], {
    cwd,
    env: { PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = once(child, 'close').then(([code]: unknown[]): Ended => {
    running.delete(child);
    return { code: typeof code === 'number' ? code : null, stdout, stderr };
  });
  return {
    child,
    ended,
    prints: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = pattern.exec(stdout);
          if (found !== null) resolve(found[1] ?? found[0]);
        };
        child.stdout.on('data', look);
        look();
        void ended.then(({ code }) => reject(new Error(`it ended with ${code}: ${stdout}${stderr}`)));
      }),
  };
}

export const runCli = (args: readonly string[], env: Environment, cwd?: string): Promise<Ended> =>
  spawnCli(args, env, cwd).ended;

/** The whole bot as a process of its own, spoken to over HTTP as its page does. */
export interface BotProcess extends Program {
  readonly url: string;
  get(path: string): Promise<{ status: number; body: string }>;
  post(path: string, body: object): Promise<{ status: number; body: string }>;
  /** Whether the message was acknowledged. A bot that dies meanwhile acknowledges nothing. */
  says(person: string, text: string): Promise<boolean>;
  /** Likewise, a file in private chat. */
  sends(person: string, name: string, bytes: Uint8Array): Promise<boolean>;
  /** Whether the clock has arrived. */
  moves(move: Move): Promise<boolean>;
  state(): Promise<PageState>;
  /** A whole chat, oldest first. */
  history(chat: string): Promise<SimulatorMessage[]>;
  stop(): Promise<Ended>;
  kill(): Promise<Ended>;
}

export async function startBot(env: Environment): Promise<BotProcess> {
  const program = spawnCli(['start'], { PORT: '0', LOG_LEVEL: 'warn', ...env });
  const url = await program.prints(/学时簿已启动：(http:\S+)/);
  const request = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(`${url}${path}`, init);
    return { status: response.status, body: await response.text() };
  };
  const post: BotProcess['post'] = (path, body) =>
    request(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  const succeeds = (path: string, body: object): Promise<boolean> =>
    post(path, body).then(
      ({ status }) => status === 200,
      () => false,
    );
  const end = (signal: NodeJS.Signals): Promise<Ended> => {
    program.child.kill(signal);
    return program.ended;
  };
  return {
    ...program,
    url,
    get: (path) => request(path),
    post,
    says: (person, text) => succeeds('/simulator/message', { person, text, chat: `p:${person}` }),
    sends: (person, name, bytes) =>
      request(`/simulator/upload?${new URLSearchParams({ person, chat: `p:${person}`, name }).toString()}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/octet-stream' },
        body: Buffer.from(bytes),
      }).then(
        ({ status }) => status === 200,
        () => false,
      ),
    moves: (move) => succeeds('/simulator/clock', move),
    state: async () => JSON.parse((await request('/simulator/state')).body) as PageState,
    history: async (chat) => {
      const messages: SimulatorMessage[] = [];
      for (let before = ''; ; before = `&before=${messages[0]?.n}`) {
        const page = JSON.parse((await request(`/simulator/chat?id=${chat}${before}`)).body) as ChatView;
        messages.unshift(...page.messages);
        if (!page.earlier) return messages;
      }
    },
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  };
}

/** A folder for a bot's data and whatever else a test writes. */
export interface BotFolder {
  readonly scratch: string;
  readonly directory: string;
  /** What points a command at it. */
  readonly env: Environment;
  /** Looks at the ledger from outside, whether a bot runs or not. */
  look<R>(work: (store: Store) => Promise<R>): Promise<R>;
  remove(): Promise<void>;
}

/** A folder with a small college in it, which is not marked as sample; without people it stays empty. */
export async function makeBotFolder(people: readonly Cadre[] = []): Promise<BotFolder> {
  const scratch = await mkdtemp(join(tmpdir(), 'xueshibu-bot-'));
  const directory = join(scratch, 'data');
  if (people.length > 0) await writeCollege(directory, people);
  return {
    scratch,
    directory,
    env: { DATA_DIR: directory },
    look: async (work) => {
      const store = await openLowdbStore({ directory, collections, readOnly: true });
      return work(store).finally(() => store.close());
    },
    remove: () => rm(scratch, { recursive: true, force: true }),
  };
}

export async function writeCollege(directory: string, people: readonly Cadre[]): Promise<void> {
  const store = await openLowdbStore({ directory, collections });
  await fillCollege(store, people);
  await store.close();
}

/** People, and the group that hears the bulletin. */
export async function fillCollege(store: Store, people: readonly Cadre[]): Promise<void> {
  const cause = { actor: 'system', via: 'cli', what: 'test', ref: '', at: '2026-11-19T01:00:00.000Z' } as const;
  await store.transaction(cause, async (tx) => {
    for (const person of people) await tx.put(cadres, person);
    await tx.put(chats, { messenger: 'simulator', ...simulatorGroup, bulletin: true });
  });
}

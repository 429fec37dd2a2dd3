import { collections } from '../../src/collections.ts';
import { createPool } from '../../src/store/postgres/connect.ts';
import { openPostgresStore } from '../../src/store/postgres/open.ts';
import { fill, speakTo } from './bot.ts';
import { carry, type Party, warmUp } from './load.ts';

export interface PostgresBotOptions {
  readonly url: string;
  readonly adminUrl: string;
  readonly institution: string;
  /** Trainings in the ledger before the first message; null: another process has filled it. */
  readonly entries: number | null;
  readonly connections: number;
  /** Tells this process's messages from those of others. */
  readonly prefix: string;
}

/** The bot on a database: what it says of a message is durable when it is counted. */
export async function openPostgresBot({ entries, prefix, ...options }: PostgresBotOptions): Promise<Party> {
  const store = await openPostgresStore({ ...options, collections });
  if (entries !== null) await fill(store, entries);
  return speakTo(store, entries ?? 0, () => Promise.resolve(0), prefix);
}

/** The limit: one bare insert through a pool of the same kind, committed and durable. */
export async function openInsert({ url, connections }: { url: string; connections: number }): Promise<Party> {
  const pool = createPool({ url, most: connections, statementMs: 30_000 });
  await pool.query(
    'create table if not exists bare (id bigint generated always as identity primary key, body json not null)',
  );
  const body = JSON.stringify({
    staffNo: 'E1001',
    title: '《专题党课第1讲》',
    hours: 300,
    from: '2026-11-20',
    text: '处'.repeat(200),
  });
  const insert = (): Promise<unknown> =>
    pool.query({ name: 'bare', text: 'insert into bare (body) values ($1)', values: [body] });
  await carry(warmUp, insert);
  return { round: async (load) => ({ perSecond: await carry(load, insert) }), close: () => pool.end() };
}

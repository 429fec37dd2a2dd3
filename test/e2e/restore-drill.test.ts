import { chown, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { collections } from '../../src/collections.ts';
import { hourEntries } from '../../src/domain/hours.ts';
import { anyRows } from '../../src/store/copying.ts';
import { openPostgresStore } from '../../src/store/postgres/open.ts';
import { listAll } from '../../src/store/store.ts';
import { type BotDatabase, makeBotDatabase } from '../support/bot-database.ts';
import { type BotProcess, runCli, startBot } from '../support/bot-process.ts';
import { college } from '../support/college.ts';
import { makePostgresFolder, runPostgresProgram } from '../support/postgres-programs.ts';
import { type PostgresServer, startPostgres } from '../support/postgres-server.ts';

const speakers = college.filter(({ state }) => state === 'active').map(({ staffNo }) => staffNo);

let folder: string;
let archive: string;
let postgres: PostgresServer;
let servers: PostgresServer[];
let ledger: BotDatabase;
let bots: BotProcess[];

beforeEach(async () => {
  folder = await makePostgresFolder();
  archive = path.join(folder, 'archive');
  await mkdir(archive);
  const { uid, gid } = await stat(folder);
  await chown(archive, uid, gid);
  postgres = await startPostgres({
    isDurable: true,
    settings: { archive_mode: 'on', archive_command: `test ! -f ${archive}/%f && cp %p ${archive}/%f` },
  });
  servers = [postgres];
  ledger = await makeBotDatabase(postgres.url, college);
  bots = [];
});
afterEach(async () => {
  for (const bot of bots) await bot.kill();
  for (const server of servers) await server.stop();
  await rm(ledger.scratch, { recursive: true, force: true });
  await rm(folder, { recursive: true, force: true });
});

async function start(env: BotDatabase['env']): Promise<BotProcess> {
  const bot = await startBot(env);
  bots.push(bot);
  return bot;
}
async function stop(bot: BotProcess): Promise<void> {
  expect((await bot.stop()).code).toBe(0);
  bots = bots.filter((other) => other !== bot);
}

/** Everybody logs a training. */
async function talk(bot: BotProcess, title: string): Promise<void> {
  const taken = await Promise.all(
    speakers.map((person) => bot.says(person, `登记 0.25学时 知识培训 2026-03-11 《${title}》 确认`)),
  );
  expect(taken).toEqual(speakers.map(() => true));
}

/** What is in the ledger: rows of each kind, titles of entries, the end of the chain. */
async function takeStock(url: string): Promise<{ titles: readonly string[]; rows: object; head: object }> {
  const store = await openPostgresStore({ url, adminUrl: null, readOnly: true, institution: 'default', collections });
  try {
    return await store.read(async (view) => {
      const rows: Record<string, number> = {};
      for (const collection of collections.filter(({ kept }) => kept === 'ledger'))
        rows[collection.name] = await view.count(anyRows(collection), {});
      const entries = await listAll(view, hourEntries);
      return { titles: entries.map(({ title }) => title).sort(), rows, head: await view.auditHead() };
    });
  } finally {
    await store.close();
  }
}
const once = (title: string): string[] => speakers.map(() => title);

async function runSql(url: string, ...statements: readonly string[]): Promise<unknown[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const results = [];
    for (const text of statements) results.push((await client.query<{ value: unknown }>(text)).rows[0]?.value);
    return results;
  } finally {
    await client.end();
  }
}

/** The bot's word for the whole ledger, and a bot that goes on with it. */
async function expectAlive(env: BotDatabase['env']): Promise<void> {
  const verified = await runCli(['verify'], env);
  expect({ ...verified, stdout: '' }).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(verified.stdout).toMatch(/^已核对审计记录 \d+ 条/);
  const bot = await start(env);
  await talk(bot, '恢复以后');
  const [speaker = ''] = speakers;
  await bot.says(speaker, '记录');
  // Who was on duty in the copy may be believed to be so for another half a minute.
  await vi.waitFor(
    async () => expect(JSON.stringify((await bot.history(`p:${speaker}`)).at(-1)?.reply)).toContain('恢复以后'),
    { timeout: 60_000, interval: 200 },
  );
  await stop(bot);
}

describe('the drill of docs/operations.md', () => {
  it('brings a lost database back from a dump, as it was when the dump was made', async () => {
    const { url, adminUrl } = ledger.database;
    const [name, owner] = [new URL(url).pathname.slice(1), new URL(adminUrl).username];
    const dumper = new URL(url);
    dumper.username = `${name}_dump`;
    await runSql(
      postgres.url,
      `create role ${dumper.username} login bypassrls`,
      `grant pg_read_all_data to ${dumper.username}`,
    );
    const bot = await start(ledger.env);
    await talk(bot, '备份以前');
    const before = await takeStock(url);
    expect(before.titles).toEqual(once('备份以前'));

    const dump = (role: string, file: string): Promise<void> =>
      runPostgresProgram('pg_dump', ['--format=custom', `--file=${file}`, `--dbname=${role}`], folder);
    await expect(dump(adminUrl, 'refused.dump')).rejects.toThrow('row-level security');
    await dump(dumper.href, 'ledger.dump');

    await talk(bot, '备份以后');
    await stop(bot);
    await runSql(
      postgres.url,
      `drop database ${name} with (force)`,
      `create database ${name} owner ${owner} encoding 'UTF8' template template0`,
    );
    const restored = ['--exit-on-error', '--single-transaction', `--dbname=${adminUrl}`, 'ledger.dump'];
    await runPostgresProgram('pg_restore', restored, folder);

    expect(await takeStock(url)).toEqual(before);
    await expectAlive(ledger.env);
    expect((await takeStock(url)).titles).toEqual([...once('备份以前'), ...once('恢复以后')]);
    // The walls stand again: without an institution nothing is seen, and what has happened cannot be changed.
    expect(await runSql(url, 'select count(*)::int as value from xueshibu.cadres')).toEqual([0]);
    await expect(runSql(url, 'delete from xueshibu.hour_events')).rejects.toThrow('permission denied');
  });

  it('brings it back as it was at a moment, from a base copy and the archived log', async () => {
    const base = path.join(folder, 'base');
    const bot = await start(ledger.env);
    await talk(bot, '底本以前');
    const copied = ['--dbname', postgres.url, '--pgdata', base, '--checkpoint=fast'];
    await runPostgresProgram('pg_basebackup', copied, folder);
    await talk(bot, '误删以前');
    const stock = await takeStock(ledger.database.url);
    const [moment] = await runSql(postgres.url, 'select clock_timestamp()::text as value');
    await talk(bot, '误删以后');
    await stop(bot);
    const [segment] = await runSql(postgres.url, 'select pg_walfile_name(pg_switch_wal()) as value');
    await vi.waitFor(async () => expect(await readdir(archive)).toContain(segment), { timeout: 60_000 });
    await postgres.kill();

    const signal = path.join(base, 'recovery.signal');
    const { uid, gid } = await stat(base);
    await writeFile(signal, '');
    await chown(signal, uid, gid);
    const recovered = await startPostgres({
      isDurable: true,
      existing: base,
      settings: {
        restore_command: `cp ${archive}/%f %p`,
        recovery_target_time: String(moment),
        recovery_target_action: 'promote',
      },
    });
    servers.push(recovered);
    const there = (url: string): string => {
      const moved = new URL(url);
      moved.host = new URL(recovered.url).host;
      return moved.href;
    };
    const [url, adminUrl] = [there(ledger.database.url), there(ledger.database.adminUrl)];
    expect(await takeStock(url)).toEqual(stock);
    await expectAlive({ ...ledger.env, DATABASE_URL: url, DATABASE_ADMIN_URL: adminUrl });
  });
});

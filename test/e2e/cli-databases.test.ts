import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { collections } from '../../src/collections.ts';
import { hourEntries } from '../../src/domain/hours.ts';
import { settings } from '../../src/settings.ts';
import { summarise } from '../../src/store/compare.ts';
import { layoutOf, segmentPath } from '../../src/store/lowdb/layout.ts';
import { openLowdbStore } from '../../src/store/lowdb/open.ts';
import { writeLedger } from '../../src/store/lowdb/write-ledger.ts';
import { openPostgresStore } from '../../src/store/postgres/open.ts';
import { listAll, type Store } from '../../src/store/store.ts';
import { cliTexts, migrationTexts } from '../../src/texts/cli.ts';
import { type BotFolder, makeBotFolder, runCli, startBot } from '../support/bot-process.ts';
import { askCli, expectRefusal } from '../support/cli-answers.ts';
import { college, people } from '../support/college.ts';
import { describeFiles } from '../support/ledger-folder.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres-database.ts';

const cleanups: (() => Promise<void>)[] = [];
async function makeFolder(): Promise<BotFolder> {
  const folder = await makeBotFolder();
  cleanups.push(() => folder.remove());
  return folder;
}

/** A ledger in a folder: three entries of one person, of which one is approved. */
let template: BotFolder;
beforeAll(async () => {
  template = await makeBotFolder(college);
  cleanups.push(() => template.remove());
  const bot = await startBot(template.env);
  for (const title of ['专题党课', '公文写作', '数据治理']) {
    await bot.says(people.cadre.staffNo, `登记 1.5学时 党性教育 2026-11-18 《${title}》 确认`);
  }
  await bot.says(people.clerk.staffNo, '审核 1001 通过');
  await bot.stop();
});
afterAll(async () => {
  for (const clean of cleanups) await clean();
});

/** A database of its own, which a command works on in the name of one institution. */
interface BotDatabase extends TestDatabase {
  readonly env: Readonly<Record<string, string>>;
  look<R>(work: (store: Store) => Promise<R>): Promise<R>;
}

async function makeDatabase(directory: string): Promise<BotDatabase> {
  const database = await createTestDatabase(inject('postgres'));
  cleanups.push(() => database.drop());
  const { url, adminUrl } = database;
  const institution = 'jnu';
  return {
    ...database,
    env: { DATA_DIR: directory, DATABASE_URL: url, DATABASE_ADMIN_URL: adminUrl, INSTITUTION: institution },
    look: async (work) => {
      const store = await openPostgresStore({
        url,
        adminUrl: null,
        readOnly: true,
        institution,
        collections,
        writeBackup: (from, into) => writeLedger(from, { directory: into, collections }),
      });
      return work(store).finally(() => store.close());
    },
  };
}

const summaryOf = (store: Store) => summarise(store, collections);
const titlesOf = async (store: Store): Promise<string[]> =>
  (await store.read((view) => listAll(view, hourEntries))).map(({ title }) => title);

const compared =
  /数据的行数一致，共 \d+ 行。\n.*：1 名干部，共 1\.5 学时。\n审计链一致，末条为第 \d+ 条.*\n已核对审计记录.*\n/;

describe('migrate', () => {
  it('brings a folder into a database, where the bot goes on, and back into another folder', async () => {
    const place = await makeFolder();
    const database = await makeDatabase(place.directory);
    const files = await describeFiles(layoutOf(template.directory).ledger);
    const there = await runCli(['migrate', '--from', template.directory, '--to', database.url], database.env);
    expect(there).toMatchObject({ code: 0, stderr: expect.stringMatching(/^已迁移 (\d+)\/\1（/m) });
    expect(there.stdout).toMatch(compared);
    expect(there.stdout).toContain(migrationTexts.toDatabase);
    expect(there.stdout).not.toContain(new URL(database.url).password);
    expect(await describeFiles(layoutOf(template.directory).ledger)).toEqual(files);
    expect(await database.look(summaryOf)).toEqual(await template.look(summaryOf));

    const again = await runCli(['migrate', '--from', template.directory, '--to', database.url], database.env);
    expect([again.code, again.stderr]).toEqual([73, expect.stringContaining('“jnu”已有数据')]);

    const bot = await startBot(database.env);
    expect(await bot.says(people.cadre.staffNo, '登记 1学时 党性教育 2026-11-18 《课程思政》 确认')).toBe(true);
    const other = await makeFolder();
    // What it hears from now on would be left behind.
    const served = await runCli(['migrate', '--from', database.url, '--to', other.directory], database.env);
    expectRefusal(served, 75, new RegExp(`正由机器人使用（.*进程号 ${bot.child.pid}）`));
    expect((await bot.stop()).code).toBe(0);

    const back = await runCli(['migrate', '--from', database.url, '--to', other.directory], database.env);
    expect(back).toMatchObject({ code: 0, stdout: expect.stringMatching(compared) });
    expect(await other.look(summaryOf)).toEqual(await database.look(summaryOf));
    expect(await other.look(titlesOf)).toEqual(['专题党课', '公文写作', '数据治理', '课程思政']);
    expect((await readdir(other.directory)).sort()).toEqual(['ledger']);
    const full = await runCli(['migrate', '--from', database.url, '--to', other.directory], database.env);
    expect([full.code, full.stderr]).toEqual([73, expect.stringContaining(migrationTexts.notEmpty(other.directory))]);
    const home = await startBot(other.env);
    expect(await home.says(people.cadre.staffNo, '登记 1学时 党性教育 2026-11-18 《教学改革》 确认')).toBe(true);
    expect((await home.stop()).code).toBe(0);
    expect(await other.look(titlesOf)).toHaveLength(5);
    expect((await askCli(['verify'], other.env)).code).toBe(0);
  });

  it('is refused while a bot runs on the folder, and sweeps up after one that was cut short', async () => {
    const folder = await makeBotFolder(college);
    cleanups.push(() => folder.remove());
    const bot = await startBot(folder.env);
    const target = join(folder.scratch, 'target');
    expectRefusal(
      await askCli(['migrate', '--from', folder.directory, '--to', target], folder.env),
      75,
      /另一个进程使用/,
    );
    await bot.stop();
    // As one that was cut short leaves it.
    await mkdir(join(target, 'migrating', 'ledger'), { recursive: true });
    const { code, stdout } = await runCli(['migrate', '--from', folder.directory, '--to', target], folder.env);
    expect([code, stdout]).toEqual([0, expect.stringContaining(migrationTexts.toFolder(target))]);
    expect(await readdir(target)).toEqual(['ledger']);
  });

  it('is not done with an admin’s address of another database, which would have taken the rows', async () => {
    const place = await makeFolder();
    const [database, other] = [await makeDatabase(place.directory), await makeDatabase(place.directory)];
    const astray = { ...database.env, DATABASE_ADMIN_URL: other.adminUrl };
    expect((await runCli(['migrate', '--from', template.directory, '--to', database.url], database.env)).code).toBe(0);
    const refused = /不是同一个数据库/;
    expectRefusal(await runCli(['start'], astray), 78, refused);
    const backup = join(place.scratch, 'backup');
    expect((await askCli(['backup', backup], astray)).code).toBe(0);
    expectRefusal(await askCli(['restore', backup], astray), 78, refused);
    const moved = await runCli(['migrate', '--from', template.directory, '--to', other.url], database.env);
    expect([moved.code, moved.stderr]).toEqual([78, expect.stringMatching(refused)]);
    expect(await other.query(`select from pg_namespace where nspname = 'xueshibu'`)).toEqual([]);
    const { code, stdout } = await askCli(['doctor'], astray);
    expect([code, stdout]).toEqual([1, expect.stringMatching(/^注意 {2}DATABASE_URL 和 DATABASE_ADMIN_URL 指的不是/m)]);
    expect((await askCli(['doctor'], database.env)).stdout).not.toContain('DATABASE_ADMIN_URL');
    // Whoever only reads from a database has nothing to do with the admin's.
    const target = join(place.scratch, 'target');
    expect((await runCli(['migrate', '--from', database.url, '--to', target], astray)).code).toBe(0);
  });

  it('names what is missing', async () => {
    const folder = await makeFolder();
    const run = (...args: string[]) => askCli(['migrate', ...args], folder.env);
    expectRefusal(await run('--from', 'x'), 64, /--to postgres/);
    expectRefusal(await run('--from', folder.directory, '--to', folder.directory), 64, /同一处/);
    expectRefusal(await run('--from', folder.directory, '--to', join(folder.scratch, 'b')), 64, /没有学时簿的数据/);
    const away = await run('--from', template.directory, '--to', 'postgres://127.0.0.1:1/none');
    expect([away.code, away.stderr]).toEqual([69, expect.stringMatching(/数据库暂时用不了.*处理好后请再执行一次/)]);
    expectRefusal(await run('--from', template.directory, '--to', 'postgres://127.0.0.1'), 78, /DATABASE_URL/);
  });
});

describe('a database', () => {
  let place: BotFolder;
  let database: BotDatabase;
  beforeAll(async () => {
    place = await makeFolder();
    database = await makeDatabase(place.directory);
    await runCli(['migrate', '--from', template.directory, '--to', database.url], database.env);
  });

  it('is backed up into a folder that verifies without it, and restored from there; what was there is kept', async () => {
    const backup = join(place.scratch, 'backup');
    const { head } = await database.look(summaryOf);
    const made = await askCli(['backup', backup], database.env);
    expect([made.code, made.stdout]).toEqual([0, `${cliTexts.backedUp(backup, head.n, head.n, head.hash)}\n`]);
    const away = { ...database.env, DATABASE_URL: 'postgres://127.0.0.1:1/none' };
    expect(await askCli(['verify', backup], away)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^已核对审计记录 \d+ 条.*学时记录 3 条。\n$/),
    });

    const bot = await startBot(database.env);
    await bot.says(people.cadre.staffNo, '登记 1学时 党性教育 2026-11-18 《课程思政》 确认');
    expectRefusal(await askCli(['restore', backup], database.env), 75, /请先停止所有机器人/);
    await bot.stop();
    const newer = await database.look(summaryOf);
    const path = segmentPath(join(backup, 'ledger'), 2);
    const content = await readFile(path);
    await writeFile(path, content.subarray(0, -1));
    expectRefusal(await askCli(['verify', backup], away), 65, /缺失或与清单不符/);
    expectRefusal(await askCli(['restore', backup], database.env), 65, /缺失或与清单不符/);
    expect(await database.look(summaryOf)).toEqual(newer);
    await writeFile(path, content);

    const restored = await runCli(['restore', backup], database.env);
    const aside = join(place.directory, 'before-restore-1');
    expect([restored.code, restored.stdout]).toEqual([0, `${cliTexts.restored(head.n, head.hash, aside)}\n`]);
    expect(await database.look(titlesOf)).toHaveLength(3);
    expect((await askCli(['verify'], database.env)).code).toBe(0);
    expect((await askCli(['restore', aside], database.env)).code).toBe(0);
    expect(await database.look(summaryOf)).toEqual(newer);

    const folder = await makeFolder();
    expect((await askCli(['restore', aside], folder.env)).code).toBe(0);
    expect(await folder.look(summaryOf)).toEqual(newer);
  });

  it('with the sample college begins anew from the page', async () => {
    const sample = await makeBotFolder(college);
    cleanups.push(() => sample.remove());
    const store = await openLowdbStore({ directory: sample.directory, collections });
    const cause = { actor: 'system', via: 'cli', what: 'test', ref: '', at: '2026-11-19T01:00:00.000Z' } as const;
    await store.transaction(cause, (tx) => tx.put(settings, { name: 'sample', value: true }));
    await store.close();
    const fresh = await makeDatabase(sample.directory);
    expect((await runCli(['migrate', '--from', sample.directory, '--to', fresh.url], fresh.env)).code).toBe(0);
    const bot = await startBot(fresh.env);
    expect(await bot.post('/simulator/reset', {})).toMatchObject({ status: 200 });
    await bot.stop();
    const { rows, hours } = await fresh.look(summaryOf);
    expect(rows.get('cadres')).toBeGreaterThan(college.length);
    expect(hours.size).toBeGreaterThan(50);
    expect((await askCli(['verify'], fresh.env)).code).toBe(0);
  });
});

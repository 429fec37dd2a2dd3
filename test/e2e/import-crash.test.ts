import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { collections } from '../../src/collections.ts';
import { rosterWorkbook } from '../../src/documents/roster-workbook.ts';
import { type Cadre, cadres } from '../../src/domain/cadre.ts';
import { addDays } from '../../src/domain/day.ts';
import { hourEntries } from '../../src/domain/hours.ts';
import { type Import, imports, rosterChanges } from '../../src/domain/import.ts';
import { plainText } from '../../src/messenger/reply.ts';
import type { BackstageView } from '../../src/messenger/simulator/wire.ts';
import { listAll, type Reader } from '../../src/store/store.ts';
import { verifyStore } from '../../src/store/verify.ts';
import { type BotFolder, type BotProcess, makeBotFolder, spawnCli, startBot } from '../support/bot-process.ts';
import { college, makeCadre, people } from '../support/college.ts';
import { makeLedgerFile } from '../support/ledger-file.ts';
import { createRandom } from '../support/samples/random.ts';

const seed = Number(process.env['CRASH_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const random = createRandom(seed);
console.log(`CRASH_SEED=${seed}`);

const at = '2026-11-20T01:00:00.000Z';
const { clerk, head, archivist } = people;
const learners = college.filter(({ state }) => state === 'active');
/** Four hours every third day from the beginning of 2024. */
const rows = learners.flatMap(({ name, staffNo }) =>
  Array.from({ length: 250 }, (_, i) => ({
    姓名: name,
    工号: staffNo,
    培训名称: `第${i + 1}讲`,
    起止日期: addDays('2024-01-01', i * 3),
  })),
);
const ledger = await makeLedgerFile(rows);
const newcomers = Array.from({ length: 1500 }, (_, i) => makeCadre({ staffNo: `N${1000 + i}`, name: `新人${i}` }));
const roster = await rosterWorkbook(
  [...college.map((cadre): Cadre => ({ ...cadre, position: '调研员' })), ...newcomers],
  at,
);

let folder: BotFolder;
beforeEach(async () => {
  folder = await makeBotFolder(college);
});
afterEach(() => folder.remove());

const start = (): Promise<BotProcess> => startBot({ ...folder.env, LOG_LEVEL: 'error' });

/** How many transactions there were, and whether the import has come to its end. */
async function peek(bot: BotProcess): Promise<{ n: number; isOver: boolean }> {
  const { audit, outbox } = JSON.parse((await bot.get('/simulator/backstage')).body) as BackstageView;
  const last = outbox.messages.find(({ key }) => key.startsWith('import:1001:'));
  return { n: audit[0]?.n ?? 0, isOver: last !== undefined && !isUnderWay(await find()) };
}

const inLedger = <R>(look: (view: Reader) => Promise<R>): Promise<R> => folder.look((store) => store.read(look));

const find = (): Promise<Import | undefined> => inLedger((view) => view.get(imports, 1001));

const isUnderWay = (row: Import | undefined): row is Import =>
  row !== undefined && ['confirmed', 'running', 'undoing'].includes(row.state);

/** Every row that the import counts is there, and no other, whenever one looks. */
async function checkCounts(row: Import): Promise<void> {
  await inLedger(async (view) => {
    const { counts, undo, done } = row;
    const entries = await listAll(view, hourEntries, { index: 'byImport', equals: [row.importId] });
    const changes = await listAll(view, rosterChanges, { index: 'byImport', equals: [row.id] });
    expect(entries.length + changes.length).toBe(counts.added + counts.updated);
    expect(new Set(entries.map(({ staffNo, title }) => `${staffNo} ${title}`)).size).toBe(entries.length);
    if (undo === null) return;
    expect(undo.undone + undo.left.length).toBe(done);
    const back = entries.filter(({ state }) => state !== 'approved' && state !== 'submitted');
    if (row.subject === 'ledger') expect(back).toHaveLength(undo.undone);
  });
  expect((await folder.look((store) => verifyStore(store, collections))).problems).toEqual([]);
}

/**
 * Kills the bot again and again, almost at once or after another few transactions, until there is nothing left to do;
 * every fourth time it is told to stop instead. @returns how often it was in the middle
 */
async function killUntilOver(begun: BotProcess): Promise<number> {
  let bot = begun;
  let middle = 0;
  for (let kill = 1; ; kill += 1) {
    // The second kill is in the middle for sure: a busy machine may let the rest pass between two looks.
    if (kill === 1 || (kill > 2 && random.between(0, 1) === 0)) await wait(random.between(0, 30));
    else {
      let seen = await peek(bot);
      const goal = seen.n + (kill === 2 ? 1 : random.between(0, 3));
      while (seen.n < goal && !seen.isOver) seen = await peek(bot);
    }
    const { code, stderr } = await (kill % 4 === 0 ? bot.stop() : bot.kill());
    expect([code, stderr]).toEqual([kill % 4 === 0 ? 0 : null, '']);
    const row = await find();
    expect(row?.state).not.toBe('failed');
    if (row !== undefined) await checkCounts(row);
    if (!isUnderWay(row)) return middle;
    if (row.done > 0) middle += 1;
    bot = await start();
  }
}

/** What the bot has told somebody about the import, once it has come to rest. */
async function toldAbout(staffNo: string, state: Import['state']): Promise<string[]> {
  const bot = await start();
  const told = await vi.waitFor(
    async () => {
      const messages = await bot.history(`p:${staffNo}`);
      const found = messages.filter(({ key }) => key?.startsWith(`import:1001:${state}:`) === true);
      expect(found).not.toEqual([]);
      return found;
    },
    { timeout: 60_000, interval: 100 },
  );
  expect((await bot.stop()).code).toBe(0);
  return told.map(({ reply }) => (reply === null ? '' : plainText(reply)));
}

async function sendAndConfirm(who: Cadre, name: string, bytes: Uint8Array): Promise<BotProcess> {
  const bot = await start();
  expect(await bot.sends(who.staffNo, name, bytes)).toBe(true);
  expect(await bot.says(who.staffNo, '确认')).toBe(true);
  return bot;
}

async function undo(who: Cadre): Promise<BotProcess> {
  const bot = await start();
  expect(await bot.says(who.staffNo, '撤销导入 1001 文件用错了')).toBe(true);
  expect(await bot.says(who.staffNo, '确认')).toBe(true);
  return bot;
}

describe('the bot killed while a ledger goes in and is taken back', () => {
  it('ends both by itself: every row once, the counts right, each result told once', async () => {
    const middle = await killUntilOver(await sendAndConfirm(clerk, '台账.xlsx', ledger));
    expect(middle, 'never killed in the middle').toBeGreaterThan(0);
    const own = rows.filter(({ 工号 }) => 工号 === clerk.staffNo).length;
    const counts = { total: rows.length, added: rows.length, updated: 0, same: 0, waiting: own, faulty: 0 };
    expect(await find()).toMatchObject({ state: 'done', counts, done: rows.length, due: rows.length });
    const entries = await inLedger((view) => listAll(view, hourEntries));
    expect(entries.map(({ staffNo, title }) => `${staffNo} ${title}`).toSorted()).toEqual(
      rows.map(({ 工号, 培训名称 }) => `${工号} ${培训名称}`).toSorted(),
    );
    expect(await toldAbout(clerk.staffNo, 'done')).toEqual([expect.stringContaining(`新增 ${rows.length} 条`)]);

    const undone = await killUntilOver(await undo(head));
    // The head's own are for somebody else to void.
    const kept = rows.filter(({ 工号 }) => 工号 === head.staffNo).length;
    const row = await find();
    expect(row).toMatchObject({ state: 'undone', undo: { undone: rows.length - kept } });
    expect(row?.undo?.left.map(({ why }) => why)).toEqual(Array.from({ length: kept }, () => 'own'));
    for (const { staffNo } of [head, clerk]) {
      const said = expect.stringContaining(`作废或撤回 ${rows.length - kept} 条`);
      expect(await toldAbout(staffNo, 'undone')).toEqual([said]);
    }
    console.log(`killed ${middle} times in the middle of the import, ${undone} of its undoing`);
  });
});

describe('the bot killed while a roster goes in and is taken back', () => {
  it('adds and changes everybody once, and puts everybody back', async () => {
    const peopleNow = () => inLedger((view) => listAll(view, cadres));
    const before = await peopleNow();
    const middle = await killUntilOver(await sendAndConfirm(archivist, '名册.xlsx', roster));
    expect(middle, 'never killed in the middle').toBeGreaterThan(0);
    const counts = { added: newcomers.length, updated: college.length, same: 0, faulty: 0 };
    expect(await find()).toMatchObject({ state: 'done', counts, done: newcomers.length + college.length });
    expect(await peopleNow()).toHaveLength(newcomers.length + college.length);
    const said = expect.stringContaining(`新增 ${newcomers.length} 人，更新 ${college.length} 人`);
    expect(await toldAbout(archivist.staffNo, 'done')).toEqual([said]);

    const undone = await killUntilOver(await undo(archivist));
    const bare = (all: readonly Cadre[]) => all.map((cadre) => ({ ...cadre, updatedAt: at }));
    expect(bare(await peopleNow())).toEqual(bare(before));
    expect(await toldAbout(archivist.staffNo, 'undone')).toHaveLength(1);
    console.log(`killed ${middle} times in the middle of the import, ${undone} of its undoing`);
  });
});

describe('the command line killed while a roster goes into an empty store', () => {
  it('leaves an import that the next start of the bot ends, and no sample college beside it', async () => {
    const empty = await makeBotFolder();
    const file = join(empty.scratch, '名册.xlsx');
    await writeFile(file, roster);
    const cli = spawnCli(['import', 'roster', file], empty.env);
    const look = () => empty.look((store) => store.read((view) => view.get(imports, 1001))).catch(() => undefined);
    let isEnded = false;
    void cli.ended.then(() => {
      isEnded = true;
    });
    while (!isEnded && (await look()) === undefined);
    cli.child.kill('SIGKILL');
    await cli.ended;
    const bot = await startBot({ ...empty.env, LOG_LEVEL: 'error' });
    await vi.waitFor(async () => expect((await look())?.state).toBe('done'), { timeout: 60_000, interval: 100 });
    expect((await bot.state()).people).toHaveLength(newcomers.length + college.length);
    expect((await bot.stop()).code).toBe(0);
    await empty.remove();
  });
});

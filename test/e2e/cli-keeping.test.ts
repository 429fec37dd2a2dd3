import { cp, open, readdir, readFile, rm, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hourEntries } from '../../src/domain/hours.ts';
import { layoutOf, segmentPath, snapshotPath } from '../../src/store/lowdb/layout.ts';
import { cliTexts } from '../../src/texts/cli.ts';
import { storeTexts } from '../../src/texts/store.ts';
import { type BotFolder, makeBotFolder, runCli, startBot } from '../support/bot-process.ts';
import { askCli, expectRefusal } from '../support/cli-answers.ts';
import { college, people } from '../support/college.ts';
import { describeFiles } from '../support/ledger-folder.ts';

const folders: BotFolder[] = [];
async function makeFolder(): Promise<BotFolder> {
  const folder = await makeBotFolder();
  folders.push(folder);
  return folder;
}

/** A ledger with a snapshot, and messages after it whose bot was killed: six entries. */
let template: BotFolder;
beforeAll(async () => {
  template = await makeBotFolder(college);
  folders.push(template);
  for (const end of ['stop', 'kill'] as const) {
    const bot = await startBot(template.env);
    for (const title of ['专题党课', '公文写作', '数据治理']) {
      await bot.says(people.cadre.staffNo, `登记 1学时 党性教育 2026-11-19 《${title}${end}》 确认`);
    }
    await bot[end]();
  }
});
afterAll(async () => {
  for (const folder of folders) await folder.remove();
});

async function copyTemplate(): Promise<BotFolder> {
  const folder = await makeFolder();
  await cp(layoutOf(template.directory).ledger, layoutOf(folder.directory).ledger, { recursive: true });
  return folder;
}
const lastSegmentOf = async (ledger: string): Promise<number> => (await readdir(join(ledger, 'journal'))).length;
const headOf = (folder: BotFolder) => folder.look((store) => store.read((view) => view.auditHead()));
const titlesOf = (folder: BotFolder): Promise<string[]> =>
  folder.look(async (store) => {
    const { rows } = await store.read((view) => view.find(hourEntries, { limit: 100 }));
    return rows.map(({ title }) => title);
  });

async function flipBit(path: string, at: number): Promise<void> {
  const file = await open(path, 'r+');
  const byte = Buffer.alloc(1);
  const { bytesRead } = await file.read(byte, 0, 1, at);
  expect([at > 0, bytesRead]).toEqual([true, 1]);
  await file.write(Buffer.of((byte[0] ?? 0) ^ 1), 0, 1, at);
  await file.close();
}

describe.concurrent('verify', () => {
  it('finds nothing wrong with a ledger whose bot was killed, nor with none', async () => {
    const { code, stdout, stderr } = await runCli(['verify'], template.env);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^已核对审计记录 \d+ 条、当前数据 \d+ 行、学时记录 6 条。\n$/);
    const none = await askCli(['verify'], (await makeFolder()).env);
    expect([none.code, none.stdout]).toEqual([0, `${storeTexts.verified({ records: 0, rows: 0, entries: 0 })}\n`]);
  });

  it.each<[string, 'old' | 'last' | 'snapshot', (content: Buffer) => number]>([
    ['the header of an old segment', 'old', () => 12],
    ['a transaction of an old segment', 'old', (content) => content.lastIndexOf('公文')],
    ['the chain of an old segment', 'old', (content) => content.lastIndexOf('"hash":"') + 12],
    ['the last newline of an old segment', 'old', (content) => content.length - 1],
    ['the header of the last segment', 'last', () => 12],
    ['who did something', 'last', (content) => content.lastIndexOf('"actor":"E0011"') + 11],
    ['what was changed', 'last', (content) => content.lastIndexOf('"hours":100') + 8],
    ['the hash of a record', 'last', (content) => content.lastIndexOf('"hash":"') + 12],
    ['the hash of the record before', 'last', (content) => content.lastIndexOf('"],"hash"') - 3],
    ['what leaves no audit record', 'last', (content) => content.lastIndexOf('"operational"') + 40],
    ['a sequence', 'last', (content) => content.lastIndexOf('"numbers":{') + 15],
    ['the number of a line', 'last', (content) => content.lastIndexOf('{"line":') + 8],
    ['the sum of a line', 'last', (content) => content.lastIndexOf('"sum":"') + 9],
    ['the newline between two lines', 'last', (content) => content.indexOf('\n{"line"')],
    ['the last newline', 'last', (content) => content.length - 1],
    ['the header of the snapshot', 'snapshot', () => 12],
    ['a row of the snapshot', 'snapshot', (content) => content.lastIndexOf('"hours":100') + 8],
    ['a sum in the snapshot', 'snapshot', (content) => content.indexOf('"sum":"', 300) + 9],
    ['the end of the snapshot', 'snapshot', (content) => content.lastIndexOf('{"end":true') + 8],
    ['the last newline of the snapshot', 'snapshot', (content) => content.length - 1],
  ])('and whatever writes notice a flipped bit in %s', async (_, part, placeIn) => {
    const folder = await copyTemplate();
    const { ledger } = layoutOf(folder.directory);
    const segment = (await lastSegmentOf(ledger)) - (part === 'old' ? 1 : 0);
    const path = part === 'snapshot' ? snapshotPath(ledger) : segmentPath(ledger, segment);
    await flipBit(path, placeIn(await readFile(path)));
    const verified = await askCli(['verify'], folder.env);
    if (part === 'old') {
      // The state is not built from it any more: the bot could go on, and verify says what is off.
      expect([verified.code, verified.stderr]).toEqual([1, expect.stringMatching(/不一致.*restore/)]);
      expect(verified.stdout).toMatch(/^流水文件：应为 可以读取，实为 .*\.jsonl”第 \d+ 行/m);
      return;
    }
    const sentence = new RegExp(`${path}”第 \\d+ 行有问题：.*restore`);
    expectRefusal(verified, 65, sentence);
    const before = await describeFiles(ledger);
    expectRefusal(await askCli(['job', 'digest'], folder.env), 65, sentence);
    expect(await describeFiles(ledger)).toEqual(before);
  });

  it('and start notice a flipped bit in what was changed last', async () => {
    const folder = await copyTemplate();
    const { ledger } = layoutOf(folder.directory);
    const path = segmentPath(ledger, await lastSegmentOf(ledger));
    await flipBit(path, (await readFile(path)).lastIndexOf('"hours":100') + 8);
    const sentence = new RegExp(`${path}”第 \\d+ 行有问题：.*restore`);
    const before = await describeFiles(ledger);
    expectRefusal(await runCli(['verify'], folder.env), 65, sentence);
    expectRefusal(await runCli(['start'], { ...folder.env, PORT: '0' }), 65, sentence);
    expect(await describeFiles(ledger)).toEqual(before);
  });

  it('and start name the segment that is missing', async () => {
    const folder = await copyTemplate();
    const path = segmentPath(layoutOf(folder.directory).ledger, 1);
    await rm(path);
    const sentence = new RegExp(`${path}”不见了.*restore`);
    expectRefusal(await askCli(['verify'], folder.env), 65, sentence);
    expectRefusal(await runCli(['start'], { ...folder.env, PORT: '0' }), 65, sentence);
  });
});

describe('a last line that was torn', () => {
  it.each([1, 7, 90])('by %i bytes is dropped with a warning, and all before it stays', async (missing) => {
    const folder = await copyTemplate();
    const { ledger } = layoutOf(folder.directory);
    const path = segmentPath(ledger, await lastSegmentOf(ledger));
    const { size } = await stat(path);
    await truncate(path, size - missing);
    const verified = await askCli(['verify'], folder.env);
    expect([verified.code, verified.stdout]).toEqual([
      0,
      expect.stringContaining(`注意：${storeTexts.tornLine}（${path}`),
    ]);
    const left = await titlesOf(folder);
    expect(left).toEqual((await titlesOf(template)).slice(0, left.length));
    const bot = await startBot(folder.env);
    await bot.says(people.cadre.staffNo, '登记 1学时 党性教育 2026-11-18 《课程思政》 确认');
    const { code, stderr } = await bot.stop();
    expect([code, stderr]).toEqual([0, expect.stringContaining(storeTexts.tornLine)]);
    expect(stderr).toContain(JSON.stringify(path));
    expect((await askCli(['verify'], folder.env)).code).toBe(0);
    expect(await titlesOf(folder)).toEqual([...left, '课程思政']);
  });
});

describe('backup and restore', () => {
  async function backUp(folder: BotFolder, name: string): Promise<string> {
    const backup = join(folder.scratch, name);
    const { n, hash } = await headOf(folder);
    const { code, stdout } = await askCli(['backup', backup], folder.env);
    expect([code, stdout]).toEqual([0, `${cliTexts.backedUp(backup, n, n, hash)}\n`]);
    return backup;
  }

  it('bring a ledger into an empty folder as it was', async () => {
    const backup = await backUp(template, 'whole');
    const other = await makeFolder();
    const { n, hash } = await headOf(template);
    const { code, stdout } = await runCli(['restore', backup], other.env);
    expect([code, stdout]).toEqual([0, `${cliTexts.restored(n, hash, null)}\n`]);
    expect(await headOf(other)).toEqual({ n, hash });
    expect(await titlesOf(other)).toEqual(await titlesOf(template));
    expect((await askCli(['verify'], other.env)).code).toBe(0);
    const bot = await startBot(other.env);
    expect(await bot.says(people.cadre.staffNo, '登记 1学时 党性教育 2026-11-18 《课程思政》 确认')).toBe(true);
    expect((await bot.stop()).code).toBe(0);
    expect(await titlesOf(other)).toHaveLength(7);
  });

  it('keep what was there before aside, every time', async () => {
    const folder = await copyTemplate();
    const backup = await backUp(folder, 'before');
    const bot = await startBot(folder.env);
    await bot.says(people.cadre.staffNo, '登记 1学时 党性教育 2026-11-18 《课程思政》 确认');
    await bot.stop();
    const newer = await headOf(folder);
    for (const number of [1, 2]) {
      const aside = join(folder.directory, `before-restore-${number}`);
      const { code, stdout } = await askCli(['restore', backup], folder.env);
      expect([code, stdout]).toEqual([0, expect.stringContaining(`原有数据保留在 ${aside}。`)]);
      expect(await titlesOf(folder)).toHaveLength(6);
    }
    const first = await makeFolder();
    await cp(join(folder.directory, 'before-restore-1'), layoutOf(first.directory).ledger, { recursive: true });
    expect(await headOf(first)).toEqual(newer);
  });

  it('refuse a damaged or incomplete backup and leave everything as it is', async () => {
    const folder = await copyTemplate();
    const backup = await backUp(folder, 'damaged');
    const files = await describeFiles(folder.directory);
    const path = segmentPath(join(backup, 'ledger'), 1);
    await flipBit(path, 2000);
    expectRefusal(await runCli(['restore', backup], folder.env), 65, new RegExp(`${path}”缺失或与清单不符`));
    await flipBit(path, 2000);
    await flipBit(join(backup, 'manifest.json'), 30);
    expectRefusal(await askCli(['restore', backup], folder.env), 65, /manifest\.json|与清单不符/);
    await rm(join(backup, 'manifest.json'));
    expectRefusal(await askCli(['restore', backup], folder.env), 65, /缺少 manifest\.json/);
    expectRefusal(await askCli(['restore', '/nowhere'], folder.env), 65, /\/nowhere.*manifest\.json/);
    expect(await describeFiles(folder.directory)).toEqual(files);
  });

  it('never write over an earlier backup', async () => {
    const backup = await backUp(template, 'once');
    const before = await describeFiles(backup);
    expectRefusal(await runCli(['backup', backup], template.env), 73, /不是空的/);
    expect(await describeFiles(backup)).toEqual(before);
  });

  it('work without a name, under that of the minute', async () => {
    const folder = await copyTemplate();
    expect((await runCli(['backup'], folder.env)).code).toBe(0);
    expect(await readdir(join(folder.directory, 'backups'))).toEqual([
      expect.stringMatching(/^\d{4}-\d\d-\d\d-\d{4}$/),
    ]);
    expect((await askCli(['doctor'], folder.env)).stdout).toMatch(/^正常 {2}.*备份/m);
  });

  it('copy a ledger whose bot goes on writing', async () => {
    const folder = await copyTemplate();
    const bot = await startBot(folder.env);
    let isTalking = true;
    let said = 0;
    const talk = (async () => {
      for (; isTalking; said += 1) {
        const day = new Date(Date.UTC(2026, 0, 1) + said * 86_400_000).toISOString().slice(0, 10);
        await bot.says(people.cadre.staffNo, `登记 1学时 党性教育 ${day} 《第${said}讲》 确认`);
      }
    })();
    const backup = join(folder.scratch, 'meanwhile');
    expect((await runCli(['backup', backup], folder.env)).code).toBe(0);
    isTalking = false;
    await talk;
    await bot.stop();
    const other = await makeFolder();
    expect((await askCli(['restore', backup], other.env)).code).toBe(0);
    expect((await askCli(['verify'], other.env)).code).toBe(0);
    const [some, all] = [await titlesOf(other), await titlesOf(folder)];
    expect(all.slice(0, some.length)).toEqual(some);
  });
});

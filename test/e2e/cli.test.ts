import { cp, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { packageRoot } from '../../src/config.ts';
import { readWorkbook } from '../../src/documents/workbook.ts';
import { hourEntries } from '../../src/domain/hours.ts';
import { imports } from '../../src/domain/import.ts';
import { jobs } from '../../src/jobs/index.ts';
import { outbox } from '../../src/messenger/outbox.ts';
import { plainText } from '../../src/messenger/reply.ts';
import { listAll } from '../../src/store/store.ts';
import { cliTexts } from '../../src/texts/cli.ts';
import { type BotFolder, type BotProcess, makeBotFolder, runCli, startBot } from '../support/bot-process.ts';
import { askCli, expectRefusal } from '../support/cli-answers.ts';
import { college, people } from '../support/college.ts';
import { makeLedgerFile } from '../support/ledger-file.ts';
import { describeFiles } from '../support/ledger-folder.ts';
import { makeWorkbookZip } from '../support/make-zip.ts';

const samples = join(packageRoot, 'data', 'samples');
const roster = join(samples, 'roster.xlsx');
const ledger = join(samples, 'ledger.xlsx');
const event = join(packageRoot, 'test', 'fixtures', 'feishu', 'menu.json');
const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

const folders: BotFolder[] = [];
const makeFolder: typeof makeBotFolder = async (people) => {
  const folder = await makeBotFolder(people);
  folders.push(folder);
  return folder;
};
let sample: BotFolder;
let bot: BotProcess;

beforeAll(async () => {
  sample = await makeFolder();
  bot = await startBot(sample.env);
});
afterAll(async () => {
  await bot.kill();
  for (const folder of folders) await folder.remove();
});

describe.concurrent('what is asked for wrongly', () => {
  it.each([
    [['fly'], /^没有“fly”这个命令.*help/],
    [['verify', '--loud'], /“--loud”.*help/],
    [['jobs', '--dry-run'], /“--dry-run”/],
    [['start', 'now'], /多了参数“now”/],
    [['verify', 'it', 'all'], /多了参数“all”/],
    [['doctor', 'me'], /多了参数“me”/],
    [['jobs', 'all'], /多了参数“all”/],
    [['backup', 'a', 'b'], /多了参数“b”/],
    [['import'], /import roster .*import ledger/],
    [['import', 'roster'], /import roster .*import ledger/],
    [['import', 'people', roster], /import roster .*import ledger/],
    [['export'], /export ledger.*export overdue/],
    [['export', 'people'], /export ledger.*export overdue/],
    [['job'], /job digest --dry-run/],
    [['job', 'sing', '--dry-run'], new RegExp(`sing.*${jobs.map(({ name }) => name).join('、')}`)],
    [['job', 'digest', '--as-of', '2026-02-30', '--dry-run'], /“2026-02-30”/],
    [['job', 'digest', '--as-of', 'tomorrow', '--dry-run'], /“tomorrow”/],
    [['restore'], /restore data/],
    [['outbox', 'burn'], /“burn”/],
    [['replay'], /replay event\.json/],
    [['replay', 'a.json', 'b.json'], /多了参数“b\.json”/],
    [['replay', 'a.json', '--dry-run'], /“--dry-run”/],
  ])('ends %j with 64 and one sentence', async (args, sentence) => {
    expectRefusal(await askCli(args, sample.env), 64, sentence);
  });

  it.each([[[]], [['help']], [['--help']], [['-h']]])('shows every command for %j', async (args) => {
    const { code, stdout, stderr } = await askCli(args, {});
    expect([code, stderr]).toEqual([0, '']);
    const commands = 'start import export jobs job outbox backup restore verify migrate replay doctor'.split(' ');
    for (const command of commands) expect(stdout).toMatch(new RegExp(`^  ${command} `, 'm'));
  });

  it('shows every command to a terminal', async () => {
    expect(await runCli(['help'], {})).toEqual(await askCli(['help'], {}));
  });

  it('is told before the configuration is read', async () => {
    expectRefusal(await runCli(['fly'], { PORT: 'x' }), 64, /fly/);
  });
});

describe.concurrent('a configuration that cannot be used', () => {
  it('is told all at once', async () => {
    const env = {
      PORT: '70000',
      LOG_LEVEL: 'loud',
      MESSENGER: 'pigeon',
      ADMINS: 'E0001,E#2',
      FEISHU_APP_ID: 'cli_1',
      FEISHU_TRANSPORT: 'carrier',
      DINGTALK_CLIENT_SECRET: 'x',
      DATABASE_URL: 'mysql://localhost/x',
    };
    const { code, stdout, stderr } = await runCli(['start'], { ...sample.env, ...env });
    expect([code, stdout]).toEqual([78, '']);
    const lines = stderr.trimEnd().split('\n');
    expect(lines).toHaveLength(Object.keys(env).length);
    const named = ['PORT', 'LOG_LEVEL', 'MESSENGER', 'ADMINS', 'FEISHU_APP_SECRET', 'FEISHU_TRANSPORT'];
    for (const name of [...named, 'DINGTALK_CLIENT_ID', 'DATABASE_URL']) {
      expect(lines.filter((line) => new RegExp(`\\b${name}\\b`).test(line))).toHaveLength(1);
    }
  });

  it('names every fault of the policy files, and where it is', async () => {
    const { scratch, env } = await makeFolder();
    const policies = join(scratch, 'policy');
    await cp(join(packageRoot, 'data', 'policy'), policies, { recursive: true });
    const [first = '', second = ''] = (await readdir(policies)).filter((name) => name.endsWith('.json'));
    await writeFile(join(policies, first), '{"rules": [');
    const rules = await readFile(join(policies, second), 'utf8');
    await writeFile(join(policies, second), rules.replace('"value"', '"valeu"'));
    const { code, stdout, stderr } = await askCli(['jobs'], { ...env, POLICY_DIR: policies });
    expect([code, stdout]).toEqual([78, '']);
    for (const name of [first, second]) expect(stderr).toContain(name);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it('is told before a port is opened', async () => {
    const { port, close } = await occupyPort();
    const env = { ...sample.env, PORT: String(port) };
    expectRefusal(await runCli(['start'], { ...env, LOG_LEVEL: 'loud' }), 78, /LOG_LEVEL/);
    expectRefusal(await runCli(['start'], { ...env, POLICY_DIR: '/nowhere' }), 78, /\/nowhere.*POLICY_DIR/);
    expectRefusal(await runCli(['start'], { ...env, DATA_DIR: roster }), 73, /DATA_DIR/);
    await close();
  });
});

async function occupyPort(): Promise<{ port: number; close: () => Promise<unknown> }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { port: address.port, close: () => new Promise((resolve) => server.close(resolve)) };
}

describe('import', () => {
  let empty: BotFolder;
  beforeAll(async () => {
    empty = await makeFolder();
  });

  it('previews without a trace', async () => {
    const { code, stdout } = await askCli(['import', 'roster', roster, '--dry-run'], empty.env);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/将新增 148 人.*\n.*没有写入任何内容/)]);
    await expect(stat(empty.directory)).rejects.toThrow('ENOENT');
  });

  it('takes the roster once', async () => {
    const first = await runCli(['import', 'roster', roster], empty.env);
    expect([first.code, first.stdout]).toEqual([0, expect.stringContaining('新增 148 人')]);
    const second = await askCli(['import', 'roster', roster], empty.env);
    expect([second.code, second.stdout]).toEqual([0, expect.stringMatching(/新增 0 人，更新 0 人，.*相同 148 人/)]);
  });

  it('takes the good rows of the ledger once and names every faulty one', async () => {
    const first = await runCli(['import', 'ledger', ledger], empty.env);
    expect(first.code).toBe(65);
    const [total = 0, added = 0, faulty = 0] =
      /共 (\d+) 行：新增 (\d+) 条.*有误 (\d+) 行/.exec(first.stdout)?.slice(1).map(Number) ?? [];
    // Rows of days to come are faulty, too: how many depends on the day on which the test runs.
    expect(faulty).toBeGreaterThanOrEqual(12);
    expect(added + faulty).toBe(total);
    expect(await countEntries()).toBe(added);
    const named = first.stdout.split('\n').filter((line) => /^有误：工作表“\d{4}年”第 \d+ 行“.+”列：.*。$/.test(line));
    expect(named).toHaveLength(faulty);
    for (const [place, found, expected] of [
      ['工作表“2023年”第 64 行“学时”列', '两天', '数字'],
      ['工作表“2023年”第 484 行“内容”列', '政治理论', '理论教育'],
      ['工作表“2023年”第 904 行“学时”列', '空白', '数字'],
      ['工作表“2024年”第 325 行“培训名称”列', '', '完全相同'],
      ['工作表“2024年”第 486 行“工号”列', '空白', '2 位“王芳”'],
      ['工作表“2024年”第 906 行“姓名”列', '林夏', 'E0002'],
      ['工作表“2025年”第 65 行“起止日期”列', '2025-02-30', '实际日期'],
      ['工作表“2025年”第 485 行“工号”列', 'E0999', '没有这个工号'],
      ['工作表“2025年”第 905 行“学时”列', '24', '最多'],
      ['工作表“2026年”第 65 行“起止日期”列', '2026.8.28-8.26', '早于'],
      ['工作表“2026年”第 905 行“方式”列', '线下', '集中培训'],
    ] as const) {
      expect(named.filter((line) => [place, found, expected].every((words) => line.includes(words)))).toHaveLength(1);
    }
    expect(first.stderr).toMatch(/已处理 \d+\/\d+ 行\n/);
    expect(first.stderr.trimEnd().split('\n').at(-1)).toBe(cliTexts.faultyRows(faulty));
    const second = await runCli(['import', 'ledger', ledger], empty.env);
    expect([second.code, second.stdout]).toEqual([65, expect.stringContaining(`新增 0 条，已有且相同 ${added} 条`)]);
    expect(await countEntries()).toBe(added);
  });

  const countEntries = (): Promise<number> => empty.look((store) => store.read((view) => view.count(hourEntries, {})));

  it('takes back what it has exported with nothing new', async () => {
    const file = join(empty.scratch, 'out.xlsx');
    const exported = await askCli(['export', 'ledger', file], empty.env);
    expect([exported.code, exported.stdout]).toEqual([0, `${cliTexts.exported(file, await countEntries())}\n`]);
    const { code, stdout } = await runCli(['import', 'ledger', file], empty.env);
    expect([code, stdout]).toEqual([0, expect.stringContaining('新增 0 条')]);
    expect(stdout).not.toContain('有误');
  });

  it('refuses an importer who is not on the roster', async () => {
    expectRefusal(await askCli(['import', 'roster', roster, '--by', 'E9999'], empty.env), 64, /E9999.*--by/);
  });

  it.each([
    ['a file that is not there', null, /找不到文件/],
    ['a picture', png, /图片/],
    ['a zip bomb', makeWorkbookZip(Buffer.alloc(80 << 20, ' ')), /解压/],
    ['a zip bomb that lies', makeWorkbookZip(Buffer.alloc(80 << 20, ' '), 1000), /损坏|打不开/],
    ['an empty file', Buffer.alloc(0), /空/],
  ])('refuses %s with 65 and a sentence', async (_, bytes, sentence) => {
    const { scratch, env, directory } = await makeFolder();
    const file = join(scratch, '台账.xlsx');
    if (bytes !== null) await writeFile(file, bytes);
    for (const what of ['roster', 'ledger']) expectRefusal(await askCli(['import', what, file], env), 65, sentence);
    await expect(stat(directory)).rejects.toThrow('ENOENT');
  });
});

describe('what was imported on the command line', () => {
  it('is listed in chat, told to whoever answers for it, and undone in chat', async () => {
    const folder = await makeFolder(college);
    const { env } = folder;
    const file = join(folder.scratch, '旧台账.xlsx');
    await writeFile(file, await makeLedgerFile([{}, { 学时: '两天' }, {}]));
    const dry = await askCli(['import', 'ledger', file, '--dry-run'], env);
    expect([dry.code, dry.stdout]).toEqual([65, expect.stringContaining('将新增 2 条')]);
    for (const [run, added] of [
      [runCli, 2],
      [askCli, 0],
    ] as const) {
      const { code, stdout } = await run(['import', 'ledger', file], env);
      expect([code, stdout]).toEqual([65, expect.stringContaining(`新增 ${added} 条`)]);
    }
    await writeFile(file, await makeLedgerFile([{}, {}, {}]));
    const by = await askCli(['import', 'ledger', file, '--by', people.clerk.staffNo], env);
    expect([by.code, by.stdout]).toEqual([0, expect.stringMatching(/新增 1 条，已有且相同 2 条/)]);
    const rows = await folder.look((store) => store.read((view) => listAll(view, imports)));
    const told = rows.map(({ id, state, by: who, counts, done }) => [id, state, who, counts.added, counts.same, done]);
    expect(told).toEqual([
      [1001, 'done', 'system', 2, 0, 2],
      [1002, 'done', people.clerk.staffNo, 1, 2, 1],
    ]);

    // Whoever answers for it is told; the system has nobody to tell.
    const queued = await folder.look((store) => store.read((view) => listAll(view, outbox)));
    expect(queued.map(({ key }) => key)).toEqual([`import:1002:done:${people.clerk.staffNo}`]);

    const desk = await startBot(env);
    const { staffNo } = people.head;
    const last = async (who: string, key: RegExp): Promise<string> => {
      const found = (await desk.history(`p:${who}`)).findLast((message) => key.test(message.key ?? ''));
      return found?.reply == null ? '' : plainText(found.reply);
    };
    const hears = (who: string, key: RegExp, words: string): Promise<void> =>
      vi.waitFor(async () => expect(await last(who, key)).toContain(words), { timeout: 30_000, interval: 100 });
    await desk.says(staffNo, '导入');
    await hears(staffNo, /^answer:/, '1001 | 旧台账.xlsx | 已导入 2');
    await desk.says(staffNo, '撤销导入 1001 文件用错了');
    await desk.says(staffNo, '确认');
    await hears(staffNo, /^import:1001:undone:/, '已撤销：作废或撤回 2 条');
    await desk.stop();
    const states = await folder.look((store) => store.read((view) => listAll(view, hourEntries)));
    expect(states.map(({ state }) => state)).toEqual(['voided', 'voided', 'approved']);
    expect((await askCli(['verify'], env)).code).toBe(0);
  });
});

describe('while a bot runs', () => {
  const inUse = (): RegExp => new RegExp(`${sample.directory}.*进程号 ${bot.child.pid}.*先停止那个进程`);

  it.each([
    { args: ['start'], run: runCli },
    { args: ['import', 'roster', roster], run: askCli },
    { args: ['import', 'ledger', ledger], run: runCli },
    { args: ['job', 'digest'], run: askCli },
    { args: ['outbox', 'resend', 'x'], run: askCli },
    { args: ['replay', event, '--commit'], run: askCli },
  ])('$args, which writes, ends with 75 and says what to do', async ({ args, run }) => {
    const { code, stdout, stderr } = await run(args, sample.env);
    expect([code, stdout]).toEqual([75, '']);
    expect(stderr.trimEnd().split('\n').at(-1)).toMatch(inUse());
    expect((await bot.get('/readyz')).status).toBe(200);
  });

  it('restore ends with 75 and leaves the ledger where it is', async () => {
    const backup = join(sample.scratch, 'for-restore');
    expect((await askCli(['backup', backup], sample.env)).code).toBe(0);
    expectRefusal(await askCli(['restore', backup], sample.env), 75, inUse());
    expect(await bot.says('E0001', '进度')).toBe(true);
  });

  it('reading commands and previews work and leave no trace', async () => {
    const head = () => sample.look((store) => store.read((view) => view.auditHead()));
    const before = await head();
    for (const [args, code, words] of [
      [['jobs'], 0, '每个工作日 09:07'],
      [['verify'], 0, '已核对审计记录'],
      [['outbox'], 0, '没有送达失败'],
      [['export', 'ledger', join(sample.scratch, 'ledger.xlsx')], 0, '已导出'],
      [['export', 'overdue', join(sample.scratch, 'overdue.xlsx')], 0, '已导出'],
      [['import', 'roster', roster, '--dry-run'], 0, '将新增 0 人'],
      [['import', 'ledger', ledger, '--dry-run'], 65, '将新增 0 条'],
      [['job', 'digest', '--as-of', '2026-11-20', '--dry-run'], 0, 'digest（2026-11-20）'],
      [['job', 'monthly-bulletin', '--as-of', '2026-11-02', '--dry-run'], 0, '2026年10月'],
      [['replay', event], 0, '命令　进度'],
    ] as const) {
      // What it says of its progress is nothing for the tests' own output.
      const ended = await (args.some((arg) => arg === ledger) ? runCli : askCli)(args, sample.env);
      expect([args, ended.code, ended.stdout]).toEqual([args, code, expect.stringContaining(words)]);
    }
    expect(await head()).toEqual(before);
  });

  it('verify finds nothing wrong in the middle of a conversation', async () => {
    let isTalking = true;
    const talk = (async () => {
      while (isTalking) await bot.says('E0001', '进度');
    })();
    for (let i = 0; i < 2; i += 1) {
      const { code, stdout } = await runCli(['verify'], sample.env);
      expect([code, stdout]).toEqual([0, expect.stringContaining('已核对')]);
    }
    isTalking = false;
    await talk;
  });
});

describe('on the sample college at rest', () => {
  let rest: BotFolder;
  beforeAll(async () => {
    rest = await makeFolder();
    const { env, directory, scratch } = sample;
    const backup = join(scratch, 'at-rest');
    expect((await askCli(['backup', backup], env)).code).toBe(0);
    expect((await askCli(['restore', backup], rest.env)).code).toBe(0);
    expect(await readdir(directory)).toContain('lock');
  });

  it('dry runs and reading commands change no file', async () => {
    const before = await describeFiles(rest.directory);
    for (const args of [
      ['verify'],
      ['jobs'],
      ['outbox'],
      ['doctor'],
      ['import', 'roster', roster, '--dry-run'],
      ['replay', event],
      ...jobs.map(({ name }) => ['job', name, '--dry-run']),
    ]) {
      const { code } = await askCli(args, rest.env);
      expect({ args, code }).toEqual({ args, code: args[0] === 'doctor' ? 1 : 0 });
    }
    expect(await describeFiles(rest.directory)).toEqual(before);
  });

  it('shows what a job would send, and sends it once', async () => {
    const dry = await askCli(['job', 'digest', '--as-of', '2026-11-20', '--dry-run'], rest.env);
    expect(dry.stdout).toMatch(/^digest（2026-11-20）：已提醒 \d+ 人。\n— 发给 .+（E\d{4}）（chase）\n {2}您/);
    const [, planned] = /已提醒 (\d+) 人/.exec(dry.stdout) ?? [];
    const plans = await askCli(['job', 'quota-pace', '--as-of', '2026-11-20'], rest.env);
    expect(plans.code).toBe(0);
    const first = await runCli(['job', 'digest', '--as-of', '2026-11-20'], rest.env);
    expect(Number(planned)).toBeGreaterThan(0);
    expect([first.code, Number(/已提醒 (\d+) 人/.exec(first.stdout)?.[1])]).toEqual([0, expect.any(Number)]);
    const second = await askCli(['job', 'digest', '--as-of', '2026-11-20'], rest.env);
    expect([second.code, second.stdout]).toEqual([0, expect.stringContaining('已提醒 0 人')]);
  });

  it('exports who owes what, into the working directory unless told otherwise', async () => {
    const { code, stdout } = await runCli(['export', 'overdue'], rest.env, rest.scratch);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/已导出 \d+ 行：.*逾期名单-2026-11-\d\d\.xlsx/)]);
    const [name = ''] = (await readdir(rest.scratch)).filter((file) => file.startsWith('逾期名单'));
    const [sheet] = await readWorkbook(join(rest.scratch, name));
    expect(sheet?.rows.length).toBeGreaterThan(10);
  });

  it('refuses to write where nothing can be written', async () => {
    expectRefusal(await askCli(['export', 'ledger', '/nowhere/x.xlsx'], rest.env), 73, /\/nowhere\/x\.xlsx/);
    expectRefusal(await askCli(['backup', '/proc/x'], rest.env), 73, /\/proc\/x/);
  });

  it('knows no message that could be sent again', async () => {
    expectRefusal(await askCli(['outbox', 'resend', 'answer:x'], rest.env), 1, /answer:x.*outbox/);
  });
});

describe.concurrent('doctor', () => {
  it('says line by line what is well and what is to be done', async () => {
    const { code, stdout, stderr } = await runCli(['doctor'], sample.env);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^有 \d 项需要注意/)]);
    for (const line of stdout.trimEnd().split('\n')) expect(line).toMatch(/^(正常|注意) {2}\S/);
    expect(stdout).toMatch(/^正常 {2}名册 146 名在职干部/m);
    expect(stdout).toMatch(/^注意 {2}还没有备份/m);
  });

  it('goes on when a part is broken', async () => {
    const { code, stdout } = await askCli(['doctor'], { DATA_DIR: roster, POLICY_DIR: '/nowhere' });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^注意 {2}.*POLICY_DIR/m);
    expect(stdout).toMatch(/^注意 {2}.*roster\.xlsx”不能写入/m);
    expect(stdout).toMatch(/^正常 {2}磁盘/m);
  });
});

import { execFileSync } from 'node:child_process';
import { cp, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addDays } from '../../src/domain/day.ts';
import { hourEntries } from '../../src/domain/hours.ts';
import { layoutOf, snapshotPath } from '../../src/store/lowdb/layout.ts';
import { cliTexts } from '../../src/texts/cli.ts';
import { webWords } from '../../src/texts/web.ts';
import {
  type BotFolder,
  type BotProcess,
  makeBotFolder,
  runCli,
  spawnCli,
  startBot,
  writeCollege,
} from '../support/bot-process.ts';
import { askCli, expectRefusal } from '../support/cli-answers.ts';
import { college, people } from '../support/college.ts';

const run = (command: string, ...args: string[]): boolean => {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

let folder: BotFolder;
beforeEach(async () => {
  folder = await makeBotFolder(college);
});
afterEach(() => folder.remove());

let said = 0;
/** Logs another training and tells what came of it. */
async function log(bot: BotProcess): Promise<{ title: string; status: number; body: string }> {
  said += 1;
  const title = `第${said}讲`;
  const text = `登记 0.25学时 知识培训 ${addDays('2026-11-20', -(said % 390))} 《${title}》 确认`;
  const { staffNo } = people.cadre;
  return { title, ...(await bot.post('/simulator/message', { person: staffNo, text, chat: `p:${staffNo}` })) };
}
const titlesIn = (home: BotFolder): Promise<string[]> =>
  home.look(async (store) => {
    const { rows } = await store.read((view) => view.find(hourEntries, { limit: 10_000 }));
    return rows.map(({ title }) => title);
  });
const expectSound = async (): Promise<void> => {
  const { code, stdout } = await askCli(['verify'], folder.env);
  expect([code, stdout]).toEqual([0, expect.stringContaining('已核对')]);
};

describe('a bot that is told to stop', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'by %s loses no message, writes its snapshot and ends with 0',
    async (signal) => {
      const bot = await startBot(folder.env);
      const acknowledged: string[] = [];
      const talk = Promise.all(
        Array.from({ length: 5 }, async () => {
          for (;;) {
            const answer = await log(bot).catch(() => null);
            if (answer?.status !== 200) return;
            acknowledged.push(answer.title);
          }
        }),
      );
      await vi.waitFor(() => expect(acknowledged.length).toBeGreaterThan(50), { timeout: 30_000 });
      bot.child.kill(signal);
      const { code, stdout, stderr } = await bot.ended;
      await talk;
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toBe(
        `${cliTexts.listening(bot.url)}\n${cliTexts.simulated}\n${cliTexts.stopping}\n${cliTexts.stopped}\n`,
      );
      const titles = await titlesIn(folder);
      expect(acknowledged.filter((title) => !titles.includes(title))).toEqual([]);
      expect(new Set(titles).size).toBe(titles.length);
      const { ledger, lock } = layoutOf(folder.directory);
      expect(await readFile(snapshotPath(ledger), 'utf8')).toContain(titles.at(-1));
      await expect(stat(lock)).rejects.toThrow('ENOENT');
      await expectSound();
    },
  );

  it('ends open event streams', async () => {
    const bot = await startBot(folder.env);
    const stream = await fetch(`${bot.url}/simulator/events`);
    const { code } = await bot.stop();
    expect(code).toBe(0);
    await stream.body?.cancel().catch(() => {});
  });

  it('while it starts, ends properly as soon as it has', async () => {
    const bot = spawnCli(['start'], { ...folder.env, PORT: '0' });
    // The lock is taken before anything else takes its time.
    await vi.waitFor(() => stat(layoutOf(folder.directory).lock), { timeout: 30_000, interval: 5 });
    bot.child.kill('SIGTERM');
    const { code, stdout } = await bot.ended;
    expect([code, stdout]).toEqual([0, expect.stringContaining(cliTexts.stopped)]);
    await expect(stat(layoutOf(folder.directory).lock)).rejects.toThrow('ENOENT');
  });

  it('ends at once at the second signal, and all that was acknowledged is there', async () => {
    const bot = await startBot(folder.env);
    const { title } = await log(bot);
    // A request that never comes to its end holds up the stop for a while.
    const { port } = new URL(bot.url);
    const slow = connect(Number(port), '127.0.0.1');
    slow.on('error', () => {});
    slow.write('POST /simulator/message HTTP/1.1\r\nHost: 127.0.0.1\r\n');
    slow.write('Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{');
    await log(bot);
    bot.child.kill('SIGTERM');
    await bot.prints(/正在停止/);
    bot.child.kill('SIGTERM');
    const { code, stdout } = await bot.ended;
    slow.destroy();
    expect([code, stdout]).toEqual([1, expect.not.stringContaining(cliTexts.stopped)]);
    expect(await titlesIn(folder)).toContain(title);
    const again = await startBot(folder.env);
    expect((await again.stop()).code).toBe(0);
    await expectSound();
  });
});

describe('output that nobody reads', () => {
  it('does not keep a bot from working, nor from stopping properly', async () => {
    const bot = await startBot(folder.env);
    bot.child.stdout?.destroy();
    bot.child.stderr?.destroy();
    const { title, status } = await log(bot);
    expect(status).toBe(200);
    expect(await bot.moves({ step: 'day' })).toBe(true);
    bot.child.kill('SIGTERM');
    expect((await bot.ended).code).toBe(0);
    const { ledger, lock } = layoutOf(folder.directory);
    expect(await readFile(snapshotPath(ledger), 'utf8')).toContain(title);
    await expect(stat(lock)).rejects.toThrow('ENOENT');
  });

  it('leaves a command its exit code', async () => {
    for (const [args, expected] of [
      [['help'], 0],
      [['jobs'], 0],
      [['doctor'], 1],
      [['job', 'quota-pace', '--as-of', '2026-11-20', '--dry-run'], 0],
    ] as const) {
      const program = spawnCli(args, folder.env);
      program.child.stdout?.destroy();
      const { code, stderr } = await program.ended;
      expect([args, code]).toEqual([args, expected]);
      expect(stderr).not.toContain('EPIPE');
    }
  });
});

describe('a data folder that cannot be used', () => {
  it('ends with 73 when it is a file, lies in one, or where nothing can be written', async () => {
    const file = join(folder.scratch, 'file');
    await writeFile(file, 'not a folder');
    const refusalAt = (directory: string): RegExp => new RegExp(`“${directory}”不能写入.*DATA_DIR`);
    expectRefusal(await runCli(['start'], { DATA_DIR: file, PORT: '0' }), 73, refusalAt(file));
    for (const directory of [file, join(file, 'data'), '/proc/xueshibu', '/proc/xueshibu/data', '/dev/null']) {
      expectRefusal(await askCli(['job', 'digest'], { DATA_DIR: directory }), 73, refusalAt(directory));
    }
    expect(await readFile(file, 'utf8')).toBe('not a folder');
  });

  it('ends with 73 when it is read-only', async (test) => {
    const mount = join(folder.scratch, 'mount');
    await mkdir(mount);
    const isMounted = run('mount', '-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', mount);
    test.skip(!isMounted, 'tmpfs cannot be mounted here');
    try {
      const env = { DATA_DIR: join(mount, 'data'), PORT: '0' };
      await writeCollege(env.DATA_DIR, college);
      expect(run('mount', '-o', 'remount,ro', mount)).toBe(true);
      expectRefusal(await runCli(['start'], env), 73, /不能写入/);
      expectRefusal(await askCli(['job', 'digest'], env), 73, /不能写入/);
      expect((await askCli(['verify'], env)).code).toBe(0);
    } finally {
      run('umount', mount);
    }
  });

  it('ends with 75 when another bot is there, which goes on', async () => {
    const bot = await startBot(folder.env);
    expectRefusal(await runCli(['start'], { ...folder.env, PORT: '0' }), 75, new RegExp(`进程号 ${bot.child.pid}`));
    expect((await log(bot)).status).toBe(200);
    expect((await bot.stop()).code).toBe(0);
  });

  it('is free at once for the next bot when the one before was killed', async () => {
    const bot = await startBot(folder.env);
    await bot.kill();
    const next = await startBot(folder.env);
    expect((await next.stop()).code).toBe(0);
  });
});

describe('a port that is taken', () => {
  it('ends with 78 and leaves the data folder free', async () => {
    const bot = await startBot(folder.env);
    const other = await makeBotFolder(college);
    const { port } = new URL(bot.url);
    const ended = await runCli(['start'], { ...other.env, PORT: port, LOG_LEVEL: 'warn' });
    expectRefusal(ended, 78, new RegExp(webWords.portInUse('127.0.0.1', Number(port)).slice(0, 20)));
    const next = await startBot(other.env);
    expect((await next.stop()).code).toBe(0);
    await other.remove();
    await bot.stop();
  });
});

describe('a disk that is full', () => {
  let mount: BotFolder;
  let ballast: string;
  /** A disk of its own, as large as said; false where none can be mounted. */
  async function mountDisk(size: string): Promise<boolean> {
    mount = await makeBotFolder();
    ballast = join(mount.scratch, 'ballast');
    return run('mount', '-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', mount.scratch);
  }
  const fillDisk = (): Promise<void> => writeFile(ballast, Buffer.alloc(64 << 20)).catch(() => {});
  afterEach(async () => {
    run('umount', mount.scratch);
    await mount.remove();
  });

  it('ends the first start with 74, and the next one works when there is room', async (test) => {
    test.skip(!(await mountDisk('3m')), 'tmpfs cannot be mounted here');
    const env = { ...mount.env, PORT: '0', LOG_LEVEL: 'error' };
    // The sample college does not fit.
    expectRefusal(await runCli(['start'], env), 74, /ENOSPC|磁盘已满/);
    await fillDisk();
    expectRefusal(await runCli(['start'], env), 74, /磁盘已满.*腾出空间/);
    await rm(ballast);
    await rm(mount.directory, { recursive: true });
    await writeCollege(mount.directory, college);
    const bot = await startBot(mount.env);
    expect((await bot.stop()).code).toBe(0);
  });

  /** Fills the disk under a running bot, which refuses and says so, and goes on when there is room. */
  async function fillAndGoOn(bot: BotProcess, home: BotFolder, makeRoom: () => Promise<void>): Promise<void> {
    const acknowledged: string[] = [];
    const refused: string[] = [];
    while (refused.length < 3) {
      const { title, status, body } = await log(bot);
      (status === 200 ? acknowledged : refused).push(title);
      if (status !== 200) expect([status, body]).toEqual([503, `${webWords.unavailable}\n`]);
      if (status !== 200) {
        const ready = await bot.get('/readyz');
        expect([ready.status, ready.body]).toEqual([503, expect.stringMatching(/没有写入磁盘（E\w+）/)]);
      }
    }
    expect((await bot.get('/healthz')).status).toBe(200);
    expect((await bot.get('/simulator/state')).status).not.toBe(200);
    await makeRoom();
    await vi.waitFor(async () => expect((await bot.get('/readyz')).status).toBe(200), { timeout: 30_000 });
    const { title, status } = await log(bot);
    expect(status).toBe(200);
    acknowledged.push(title);
    expect((await bot.stop()).code).toBe(0);
    expect(await titlesIn(home)).toEqual(acknowledged);
    expect(refused.filter((one) => acknowledged.includes(one))).toEqual([]);
    const { code, stdout } = await askCli(['verify'], home.env);
    expect([code, stdout]).toEqual([0, expect.stringContaining('已核对')]);
  }

  it('is told at /readyz while the bot runs; nothing acknowledged is lost (tmpfs)', async (test) => {
    test.skip(!(await mountDisk('4m')), 'tmpfs cannot be mounted here');
    await writeCollege(mount.directory, college);
    const bot = await startBot({ ...mount.env, LOG_LEVEL: 'fatal' });
    await fillDisk();
    await fillAndGoOn(bot, mount, () => rm(ballast));
  });

  it('is told likewise at the largest size that a file may have', async (test) => {
    await mountDisk('0');
    run('umount', mount.scratch);
    test.skip(!run('prlimit', '--version'), 'prlimit is not here');
    const bot = await startBot({ ...folder.env, LOG_LEVEL: 'fatal' });
    const limit = (bytes: string): boolean => run('prlimit', '--pid', String(bot.child.pid), `--fsize=${bytes}:`);
    expect(limit('60000')).toBe(true);
    await fillAndGoOn(bot, folder, async () => {
      limit('unlimited');
    });
  });
});

describe('policy files that no longer go with what the head has decided', () => {
  it('are told before a port is opened, and go again when they are mended', async () => {
    const before = await startBot(folder.env);
    await before.says(people.head.staffNo, '参数 半天 改 6 自 2026-11-20 理由 与课表一致');
    await before.says(people.head.staffNo, '确认');
    await before.stop();
    const policies = join(folder.scratch, 'policy');
    await cp('data/policy', policies, { recursive: true });
    const file = join(policies, 'hours.json');
    const written = await readFile(file, 'utf8');
    await writeFile(file, written.replace('"value": 8}', '"value": 5}'));
    const env = { ...folder.env, POLICY_DIR: policies };
    expectRefusal(await runCli(['start'], env), 78, /半天折合学时 是 6，应不大于 一天折合学时（5）/);
    await writeFile(file, written);
    const bot = await startBot(env);
    await bot.says(people.cadre.staffNo, '登记 半天 党性教育 2026-11-20 《专题党课》 确认');
    // The message is taken before its answer has left the queue.
    await vi.waitFor(
      async () => expect(JSON.stringify(await bot.history(`p:${people.cadre.staffNo}`))).toContain('6 学时'),
      { timeout: 60_000, interval: 100 },
    );
    await bot.stop();
  });
});

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { claims } from '../../src/bot/claims.ts';
import { collections } from '../../src/collections.ts';
import { type Cadre, cadres } from '../../src/domain/cadre.ts';
import { addDays, instantAt } from '../../src/domain/day.ts';
import { hourEntries, hourEvents } from '../../src/domain/hours.ts';
import { jobSlots } from '../../src/jobs/slots.ts';
import { outbox } from '../../src/messenger/outbox.ts';
import { type SimulatorMessage, simulatorMessages } from '../../src/messenger/simulator/messages.ts';
import { simulatorGroup } from '../../src/messenger/simulator/simulator.ts';
import { listAll, type Reader } from '../../src/store/store.ts';
import { verifyStore } from '../../src/store/verify.ts';
import { type BotFolder, type BotProcess, makeBotFolder, runCli, spawnCli, startBot } from '../support/bot-process.ts';
import { college, people } from '../support/college.ts';
import { createRandom } from '../support/samples/random.ts';

const rounds = Number(process.env['CRASH_ROUNDS'] ?? 25);
const seed = Number(process.env['CRASH_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const random = createRandom(seed);
console.log(`CRASH_SEED=${seed} CRASH_ROUNDS=${rounds}`);

const untilAllIsSent = (bot: BotProcess): Promise<void> =>
  vi.waitFor(
    async () => {
      const { body } = await bot.get('/metrics');
      for (const state of ['queued', 'leased'])
        expect(body).toContain(`xueshibu_outbox_messages{state="${state}"} 0\n`);
    },
    { timeout: 60_000, interval: 100 },
  );

describe('the bot killed under load', () => {
  const speakers = college.filter(({ state }) => state === 'active');
  const talkers = speakers.flatMap((cadre) => [cadre, cadre]);
  let folder: BotFolder;
  /** Title → who said it. Every message of a person speaks of another training. */
  const said = new Map<string, Cadre>();
  const acknowledged = new Set<string>();
  /** 登记号 that the clerk has approved, as far as that was acknowledged. */
  const approved = new Set<number>();
  let waiting: number[] = [];
  const starts: number[] = [];

  beforeAll(async () => {
    folder = await makeBotFolder(college);
  });
  afterAll(async () => {
    const longest = Math.max(...starts).toFixed(0);
    console.log(
      `${rounds} kills, ${acknowledged.size} of ${said.size} messages and ${approved.size} approvals acknowledged, ` +
        `longest start ${longest} ms`,
    );
    await folder.remove();
  });

  /** A quarter of an hour on one of the last 390 days: nobody's days are ever full. */
  function nextTraining(cadre: Cadre): { title: string; text: string } {
    const n = said.size + 1;
    const title = `第${n}讲`;
    said.set(title, cadre);
    const day = addDays('2026-11-20', -(n % 390));
    return { title, text: `登记 0.25学时 知识培训 ${day} 《${title}》 确认` };
  }

  async function talk(bot: BotProcess, cadre: Cadre): Promise<void> {
    for (;;) {
      const { title, text } = nextTraining(cadre);
      if (!(await bot.says(cadre.staffNo, text))) return;
      acknowledged.add(title);
    }
  }

  async function approve(bot: BotProcess): Promise<void> {
    for (const id of waiting.splice(0, 20)) {
      if (!(await bot.says(people.clerk.staffNo, `审核 ${id} 通过`))) return;
      approved.add(id);
    }
  }

  /** What was acknowledged is there once; what was not is there whole or not at all. */
  async function checkLedger(view: Reader): Promise<void> {
    const entries = await listAll(view, hourEntries);
    const events = await listAll(view, hourEvents);
    const known = new Map(entries.map((entry) => [entry.title, entry]));
    expect(known.size, 'applied twice').toBe(entries.length);
    expect(
      [...acknowledged].filter((title) => !known.has(title)),
      'acknowledged and lost',
    ).toEqual([]);
    const foreign = entries.filter(({ title, staffNo }) => said.get(title)?.staffNo !== staffNo);
    expect(foreign, 'written for somebody else').toEqual([]);
    const isApproved = new Set(entries.filter(({ state }) => state === 'approved').map(({ id }) => id));
    expect(
      [...approved].filter((id) => !isApproved.has(id)),
      'approvals lost',
    ).toEqual([]);
    expect(events.length, 'events without effect').toBe(entries.length + isApproved.size);
    await checkTraces(view, new Set(known.keys()));
    waiting = entries
      .filter(({ state, staffNo }) => state === 'submitted' && staffNo !== people.clerk.staffNo)
      .map(({ id }) => id);
  }

  async function checkTraces(view: Reader, titles: ReadonlySet<string>): Promise<void> {
    const messages = (await listAll(view, simulatorMessages)).filter(({ from }) => from !== null);
    for (const { id, text } of messages) {
      const title = /《(.+)》/.exec(text)?.[1];
      if (title === undefined) continue;
      const traces = {
        entry: titles.has(title),
        claim: (await view.get(claims, `simulator:${id}`)) !== undefined,
        answer: (await view.get(outbox, `answer:simulator:${id}`)) !== undefined,
      };
      expect([...new Set(Object.values(traces))], `${title} is half there: ${JSON.stringify(traces)}`).toHaveLength(1);
    }
  }

  async function start(): Promise<BotProcess> {
    const before = performance.now();
    const bot = await startBot({ ...folder.env, LOG_LEVEL: 'error' });
    starts.push(performance.now() - before);
    return bot;
  }

  it.each(Array.from({ length: rounds }, (_, round) => [round + 1]))(
    'loses nothing that was acknowledged and applies nothing twice (round %i)',
    async () => {
      const bot = await start();
      const work = Promise.all([...talkers.map((cadre) => talk(bot, cadre)), approve(bot)]);
      await wait(random.between(5, 700));
      const { code, stderr } = await bot.kill();
      await work;
      expect([code, stderr]).toEqual([null, '']);
      await folder.look(async (store) => {
        await store.read(checkLedger);
        expect((await verifyStore(store, collections)).problems).toEqual([]);
      });
    },
  );

  it('has answered every message once when it comes to rest', async () => {
    const bot = await start();
    await untilAllIsSent(bot);
    for (const { staffNo } of speakers) checkAnswers(await bot.history(`p:${staffNo}`));
    expect((await bot.stop()).code).toBe(0);
    const { code, stdout } = await runCli(['verify'], folder.env);
    expect([code, stdout]).toEqual([0, expect.stringContaining('已核对')]);
  });

  function checkAnswers(messages: readonly SimulatorMessage[]): void {
    const keys = messages.flatMap(({ key }) => (key === null ? [] : [key]));
    expect(new Set(keys).size, 'said twice').toBe(keys.length);
    const unanswered = messages.filter(({ from, id, text }) => {
      const title = /《(.+)》/.exec(text)?.[1] ?? '';
      return from !== null && acknowledged.has(title) && !keys.includes(`answer:simulator:${id}`);
    });
    expect(unanswered, 'not answered').toEqual([]);
  }
});

describe('the bot killed while time moves', () => {
  const folders: BotFolder[] = [];
  afterAll(async () => {
    for (const folder of folders) await folder.remove();
  });

  /** From 20 November over the month's end to the first working day of December. */
  async function liveThroughMonth(kills: number): Promise<BotFolder> {
    const folder = await makeBotFolder(college);
    folders.push(folder);
    let left = kills;
    for (;;) {
      const bot = await startBot({ ...folder.env, LOG_LEVEL: 'error' });
      const walk = (async () => {
        for (;;) {
          const { now } = (await bot.state()).clock;
          if (now >= instantAt('2026-12-02', '09:00')) return;
          await bot.moves(
            now < instantAt('2026-11-30', '18:00') ? { step: 'month' } : { step: 'date', day: '2026-12-02' },
          );
        }
      })();
      if (left === 0) {
        await walk;
        await untilAllIsSent(bot);
        expect((await bot.stop()).code).toBe(0);
        return folder;
      }
      walk.catch(() => {});
      await wait(random.between(10, 250));
      await bot.kill();
      await walk.catch(() => {});
      left -= 1;
    }
  }

  const lifeOf = (folder: BotFolder) =>
    folder.look((store) =>
      store.read(async (view) => {
        const slots = (await listAll(view, jobSlots)).filter(({ state }) => state !== 'since');
        const messages = await listAll(view, simulatorMessages);
        return {
          slots: slots.map(({ job, slot }) => `${job} ${slot}`),
          // A backup that was cut short twice is left to that of the next night.
          unfinished: slots.filter(({ job, state }) => state !== 'done' && job !== 'backup'),
          said: messages.map(({ chat, key }) => `${chat} ${key}`).toSorted(),
          failed: (await view.count(outbox, {})) - (await view.count(outbox, { index: 'byState', equals: ['sent'] })),
        };
      }),
    );

  it('runs every slot once, reminds nobody twice and posts the bulletin once', async () => {
    const calm = await lifeOf(await liveThroughMonth(0));
    expect([calm.unfinished, calm.failed]).toEqual([[], 0]);
    const digests = calm.said.filter((line) => line.includes('digest:'));
    expect(digests.length).toBeGreaterThan(0);
    expect(calm.said).toContain(`${simulatorGroup.id} bulletin:2026-11:${simulatorGroup.id}`);
    const shaken = await liveThroughMonth(8);
    expect(await lifeOf(shaken)).toEqual(calm);
    expect((await runCli(['verify'], shaken.env)).code).toBe(0);
    const backups = join(shaken.directory, 'backups');
    const names = await readdir(backups);
    expect(names).toContain('2026-12-02');
    for (const name of names) {
      expect([name, await readdir(join(backups, name))]).toEqual([
        expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
        ['ledger', 'manifest.json'],
      ]);
    }
  });
});

describe('the bot killed while it starts for the first time', () => {
  it('has loaded the sample college whole or not at all', async () => {
    const folder = await makeBotFolder();
    const counts = async (): Promise<number[]> =>
      folder.look((store) =>
        store.read(async (view) => [await view.count(cadres, {}), await view.count(hourEntries, {})]),
      );
    for (let kill = 0; kill < 3; kill += 1) {
      const start = spawnCli(['start'], { ...folder.env, PORT: '0', LOG_LEVEL: 'error' });
      await wait(random.between(200, 3000));
      start.child.kill('SIGKILL');
      await start.ended;
      expect([
        [0, 0],
        [148, 7236],
      ]).toContainEqual(await counts());
    }
    const bot = await startBot(folder.env);
    expect((await bot.state()).people).toHaveLength(148);
    expect((await bot.stop()).code).toBe(0);
    expect((await runCli(['verify'], folder.env)).stdout).toContain('学时记录 7236 条');
    await folder.remove();
  });
});

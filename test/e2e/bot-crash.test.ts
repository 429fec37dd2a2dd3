import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cadres } from '../../src/domain/cadre.ts';
import { hourEntries } from '../../src/domain/hours.ts';
import { simulatorGroup } from '../../src/messenger/simulator/simulator.ts';
import { type BotFolder, type BotProcess, makeBotFolder, runCli, spawnCli, startBot } from '../support/bot-process.ts';
import { type Blow, type BusyCollege, createBusyCollege } from '../support/busy-college.ts';
import { college } from '../support/college.ts';
import { createRandom } from '../support/samples/random.ts';
import { lifeOf, liveThroughMonth } from '../support/shaken-month.ts';

const rounds = Number(process.env['CRASH_ROUNDS'] ?? 11);
const seed = Number(process.env['CRASH_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const random = createRandom(seed);
console.log(`CRASH_SEED=${seed} CRASH_ROUNDS=${rounds}`);

const kill: Blow = async (bot) => {
  const { code, stderr } = await bot.kill();
  expect([code, stderr]).toEqual([null, '']);
  return null;
};

describe('the bot killed under load', () => {
  let folder: BotFolder;
  let busy: BusyCollege;
  const starts: number[] = [];

  beforeAll(async () => {
    folder = await makeBotFolder(college);
    busy = createBusyCollege(folder);
  });
  afterAll(async () => {
    console.log(`${rounds} kills, ${busy.summary()}, longest start ${Math.max(...starts).toFixed(0)} ms`);
    await folder.remove();
  });

  async function start(): Promise<BotProcess> {
    const before = performance.now();
    const bot = await startBot({ ...folder.env, LOG_LEVEL: 'error' });
    starts.push(performance.now() - before);
    return bot;
  }

  it.each(Array.from({ length: rounds }, (_, round) => [round + 1]))(
    'loses nothing that was acknowledged and applies nothing twice (round %i)',
    async () => {
      await busy.workThrough(await start(), kill, random.between(5, 700));
    },
  );

  it('has answered every message once when it comes to rest', async () => {
    await busy.comeToRest(await start());
  });
});

describe('the bot killed while time moves', () => {
  const folders: BotFolder[] = [];
  afterAll(async () => {
    for (const folder of folders) await folder.remove();
  });

  async function liveWithKills(kills: number): Promise<BotFolder> {
    const ledger = await makeBotFolder(college);
    folders.push(ledger);
    const start = () => startBot({ ...ledger.env, LOG_LEVEL: 'error' });
    const blows = Array.from({ length: kills }, () => ({ afterMs: random.between(10, 250), blow: kill }));
    await liveThroughMonth({ start, blows });
    return ledger;
  }

  it('runs every slot once, reminds nobody twice and posts the bulletin once', async () => {
    const calm = await lifeOf(await liveWithKills(0));
    expect([calm.unfinished, calm.failed]).toEqual([[], 0]);
    const digests = calm.said.filter((line) => line.includes('digest:'));
    expect(digests.length).toBeGreaterThan(0);
    expect(calm.said).toContain(`${simulatorGroup.id} bulletin:2026-11:${simulatorGroup.id}`);
    const shaken = await liveWithKills(8);
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

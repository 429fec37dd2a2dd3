import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type { Cadre } from '../../src/domain/cadre.ts';
import { type BotDatabase, makeBotDatabase } from '../support/bot-database.ts';
import { type BotProcess, makeBotFolder, runCli, spawnCli, startBot } from '../support/bot-process.ts';
import { type Blow, createBusyCollege } from '../support/busy-college.ts';
import { college } from '../support/college.ts';
import { type PostgresServer, startPostgres } from '../support/postgres-server.ts';
import { createRandom, type Random } from '../support/samples/random.ts';
import { lifeOf, liveThroughMonth } from '../support/shaken-month.ts';

const rounds = Number(process.env['CRASH_ROUNDS'] ?? 8);
const seed = Number(process.env['CRASH_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
console.log(`CRASH_SEED=${seed} CRASH_ROUNDS=${rounds}`);

/** A database on a server of its own, which may be killed. */
interface Ground {
  readonly server: PostgresServer;
  readonly ledger: BotDatabase;
  readonly start: () => Promise<BotProcess>;
  readonly blows: Readonly<Record<'bot' | 'database' | 'both' | 'connections', Blow>>;
}

const running: { server: PostgresServer; ledger: BotDatabase; bots: BotProcess[] }[] = [];
afterAll(async () => {
  for (const { server, ledger, bots } of running) {
    for (const bot of bots) await bot.kill();
    await ledger.remove();
    await server.stop();
  }
});

/** Without people the first start makes the tables, and fills them with the sample college. */
async function makeGround(people: readonly Cadre[] | null = college): Promise<Ground> {
  const server = await startPostgres({ isDurable: true });
  const ledger = await makeBotDatabase(server.url, people);
  const bots: BotProcess[] = [];
  running.push({ server, ledger, bots });

  async function kill(bot: BotProcess): Promise<null> {
    const { code, stderr } = await bot.kill();
    expect([code, stderr]).toEqual([null, '']);
    return null;
  }
  /** Nobody starts it again: it finds by itself that its database is back. */
  async function findsItsWayBack(bot: BotProcess): Promise<BotProcess> {
    await vi.waitFor(async () => expect((await bot.get('/readyz')).status).toBe(200), {
      timeout: 30_000,
      interval: 100,
    });
    return bot;
  }
  async function cut(): Promise<void> {
    const superuser = new pg.Client(server.url);
    await superuser.connect();
    const { rowCount } = await superuser.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'xueshibu'`,
    );
    await superuser.end();
    expect(rowCount).toBeGreaterThan(0);
  }

  return {
    server,
    ledger,
    start: async () => {
      const bot = await startBot({ ...ledger.env, LOG_LEVEL: 'fatal' });
      bots.push(bot);
      return bot;
    },
    blows: {
      bot: kill,
      database: async (bot) => {
        await server.kill();
        await server.start();
        return findsItsWayBack(bot);
      },
      both: async (bot) => {
        await Promise.all([server.kill(), kill(bot)]);
        await server.start();
        return null;
      },
      connections: async (bot) => {
        await cut();
        return findsItsWayBack(bot);
      },
    },
  };
}

const kinds = ['bot', 'database', 'connections', 'both'] as const;

function shuffle<T>(list: readonly T[], random: Random): T[] {
  const left = [...list];
  return list.map(() => {
    const item = random.pick(left);
    left.splice(left.indexOf(item), 1);
    return item;
  });
}

// Whoever follows a killed bot waits half a minute for its duty to run out: the two wait side by side.
describe.concurrent('the bot on PostgreSQL', () => {
  it('under load loses nothing that was acknowledged and applies nothing twice, whatever is killed', async () => {
    const random = createRandom(seed);
    const { ledger, start, blows } = await makeGround();
    const busy = createBusyCollege(ledger);
    // Every kind once before one comes again.
    const order = Array.from({ length: Math.ceil(rounds / kinds.length) }, () => shuffle(kinds, random)).flat();
    let bot: BotProcess | null = null;
    for (const kind of order.slice(0, rounds)) {
      bot ??= await start();
      expect(await busy.speak(bot), `not taken before ${kind}`).toBe(true);
      bot = await busy.workThrough(bot, blows[kind], random.between(50, 2000));
    }
    bot ??= await start();
    expect(await busy.speak(bot)).toBe(true);
    await busy.comeToRest(bot);
    console.log(`${order.slice(0, rounds).join(', ')}: ${busy.summary()}`);
  });

  it('while time moves runs every slot once, reminds nobody twice and posts the bulletin once', async () => {
    const random = createRandom(seed + 1);
    const { ledger, start, blows } = await makeGround();
    // The calm month is that of the other engine.
    const folder = await makeBotFolder(college);
    await liveThroughMonth({ start: () => startBot(folder.env), blows: [] });
    const calm = await lifeOf(folder);
    await folder.remove();
    expect([calm.unfinished, calm.failed]).toEqual([[], 0]);

    // A bot that lives on tries what it could not send a second later, which the walk of the clock does not wait for.
    const order = shuffle(['bot', 'both'] as const, random);
    const onTheWay = await liveThroughMonth({
      start,
      blows: order.map((kind) => ({ afterMs: random.between(10, 900), blow: blows[kind] })),
    });
    expect(await lifeOf(ledger)).toEqual(calm);
    expect((await runCli(['verify'], ledger.env)).code).toBe(0);
    const backups = await readdir(join(ledger.directory, 'backups'));
    expect(backups).toContain('2026-12-02');
    console.log(`a month with ${order.join(', ')}, ${onTheWay} of them on the way`);
  });

  it('starts for the first time, or has not yet, wherever it is cut short', async () => {
    const random = createRandom(seed + 2);
    const { server, ledger, start } = await makeGround(null);
    /** Whoever is there when the tables are not: nobody. */
    async function counts(): Promise<unknown> {
      const [made] = await ledger.database.query(`select to_regclass('xueshibu.hour_entries') as name`);
      if (made?.['name'] === null) return null;
      const [row] = await ledger.database.query(`select (select count(*)::int from xueshibu.cadres) as people,
        (select count(*)::int from xueshibu.hour_entries) as entries`);
      return row;
    }
    const seen: unknown[] = [];
    for (const killed of shuffle(['bot', 'bot', 'database', 'both'], random)) {
      const first = spawnCli(['start'], { ...ledger.env, PORT: '0', LOG_LEVEL: 'fatal' });
      const started = first.prints(/学时簿已启动/).then(
        () => true,
        () => false,
      );
      await wait(random.between(200, 2500));
      if (killed !== 'bot') await server.kill();
      if (killed !== 'database') first.child.kill('SIGKILL');
      if (killed !== 'bot') await server.start();
      // Whoever lives while the database goes has been there already, or gives up and says why.
      if (killed === 'database' && (await started)) first.child.kill('SIGKILL');
      const { code, stderr } = await first.ended;
      expect([null, 69]).toContain(code);
      expect(stderr).toMatch(code === null ? /^$/ : /^数据库暂时用不了（[^（）]+），[^（]*处理好后请再执行一次。\n$/);
      seen.push(code ?? killed);
      const found = await counts();
      expect([null, { people: 0, entries: 0 }, { people: 148, entries: 7236 }]).toContainEqual(found);
      seen.push(found);
    }
    const bot = await start();
    expect((await bot.state()).people).toHaveLength(148);
    expect((await bot.stop()).code).toBe(0);
    expect((await runCli(['verify'], ledger.env)).stdout).toContain('学时记录 7236 条');
    console.log(`a first start cut short: ${JSON.stringify(seen)}`);
  });
});

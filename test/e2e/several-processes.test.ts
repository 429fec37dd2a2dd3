import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { collections } from '../../src/collections.ts';
import { hourEntries } from '../../src/domain/hours.ts';
import { leases } from '../../src/domain/lease.ts';
import { outbox } from '../../src/messenger/outbox.ts';
import { listAll } from '../../src/store/store.ts';
import { verifyStore } from '../../src/store/verify.ts';
import { type Balancer, openBalancer } from '../support/balancer.ts';
import { type BotDatabase, makeBotDatabase } from '../support/bot-database.ts';
import { type BotProcess, startBot } from '../support/bot-process.ts';
import { college } from '../support/college.ts';
import { wordsOf } from '../support/feishu-bot.ts';
import { type FeishuServer, openFeishuServer } from '../support/feishu-server/index.ts';
import { type PostgresServer, startPostgres } from '../support/postgres-server.ts';

const openIdOf = ({ staffNo }: { staffNo: string }): string => `ou_${staffNo}`;
const speakers = college.filter(({ state }) => state === 'active');

let postgres: PostgresServer;
let ledger: BotDatabase;
let feishu: FeishuServer;
let balancer: Balancer;
let bots: BotProcess[];

beforeEach(async () => {
  postgres = await startPostgres({ isDurable: true });
  ledger = await makeBotDatabase(postgres.url, college);
  // What nobody acknowledges comes again soon, and for a long time.
  feishu = await openFeishuServer({ retryAfterMs: [100, 300, 1000, 3000, 6000, 10_000, 20_000, 40_000] });
  for (const person of college)
    feishu.addPerson({ openId: openIdOf(person), userId: person.staffNo, name: person.name });
  balancer = await openBalancer();
  feishu.useWebhook(`${balancer.url}/feishu/webhook`);
  bots = [];
});
afterEach(async () => {
  for (const bot of bots) await bot.kill();
  await feishu.close();
  await balancer.close();
  await ledger.remove();
  await postgres.stop();
});

async function start(): Promise<BotProcess> {
  const bot = await startBot({
    ...ledger.env,
    FEISHU_APP_ID: feishu.appId,
    FEISHU_APP_SECRET: feishu.appSecret,
    FEISHU_DOMAIN: feishu.url,
    FEISHU_TRANSPORT: 'webhook',
    FEISHU_ENCRYPT_KEY: feishu.encryptKey ?? '',
    FEISHU_VERIFICATION_TOKEN: feishu.verificationToken,
  });
  bots.push(bot);
  balancer.targets.add(bot.url);
  return bot;
}
const end = async (bot: BotProcess, how: 'kill' | 'stop'): Promise<void> => {
  // Who is stopped is taken out of the row first, as any balancer does; a kill comes as it comes.
  if (how === 'stop') balancer.targets.delete(bot.url);
  const { code } = await bot[how]();
  balancer.targets.delete(bot.url);
  bots = bots.filter((other) => other !== bot);
  expect(code).toBe(how === 'stop' ? 0 : null);
};

/** Everybody logs trainings of their own, one after another; resolves when all has been said. */
const said = new Map<string, string>();
const talk = (each: number): Promise<unknown> =>
  Promise.all(
    speakers.map(async (cadre) => {
      for (let i = 0; i < each; i += 1) {
        const title = `第${said.size + 1}讲`;
        said.set(title, openIdOf(cadre));
        await feishu.says(openIdOf(cadre), `登记 0.25学时 知识培训 2026-0${(i % 9) + 1}-11 《${title}》 确认`);
      }
    }),
  );

/** Every message has become one entry and one answer; nothing waits. */
async function expectEachOnce(): Promise<void> {
  await vi.waitFor(() => expect(feishu.deliveries.filter(({ acknowledged }) => !acknowledged)).toEqual([]), {
    timeout: 90_000,
    interval: 200,
  });
  await vi.waitFor(
    () =>
      ledger.look((store) =>
        store.read(async (view) => {
          for (const state of ['queued', 'leased'])
            expect(await view.count(outbox, { index: 'byState', equals: [state] })).toBe(0);
        }),
      ),
    { timeout: 60_000, interval: 300 },
  );
  await ledger.look(async (store) => {
    const entries = await store.read((view) => listAll(view, hourEntries));
    expect(entries.map(({ title }) => title).sort()).toEqual([...said.keys()].sort());
    expect((await verifyStore(store, collections)).problems).toEqual([]);
  });
  for (const [title, openId] of said) {
    const answers = feishu
      .sentTo(openId)
      .filter(({ shown }) => wordsOf(shown).includes(`《${title}》`) && wordsOf(shown).includes('登记号'));
    expect([title, answers.length]).toEqual([title, 1]);
  }
}

const onDuty = (): Promise<string | undefined> =>
  ledger.look((store) => store.read(async (view) => (await view.get(leases, 'duty'))?.owner));

describe('several processes on one database', () => {
  beforeEach(() => said.clear());

  it('answer each message once, while some are killed, stopped and started, and the database itself is killed', async () => {
    await Promise.all([start(), start()]);
    const talking = talk(8);
    await vi.waitFor(() => expect(said.size).toBeGreaterThan(speakers.length), { timeout: 30_000 });
    await end(bots[0] as BotProcess, 'kill');
    await start();
    await vi.waitFor(() => expect(said.size).toBeGreaterThan(3 * speakers.length), { timeout: 30_000 });
    await postgres.kill();
    await postgres.start();
    await end(bots[0] as BotProcess, 'stop');
    await start();
    await talking;
    await expectEachOnce();
  });

  it('follow a killed process on duty within half a minute, and one that stops at once', async () => {
    const first = await start();
    await vi.waitFor(async () => expect(await onDuty()).toContain(`:${first.child.pid}:`), { timeout: 30_000 });
    const second = await start();
    await end(first, 'stop');
    await vi.waitFor(async () => expect(await onDuty()).toContain(`:${second.child.pid}:`), { timeout: 5000 });
    const third = await start();
    await end(second, 'kill');
    await talk(1);
    await vi.waitFor(async () => expect(await onDuty()).toContain(`:${third.child.pid}:`), { timeout: 40_000 });
    await expectEachOnce();
  });
});

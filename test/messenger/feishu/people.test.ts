import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { receivingGroups } from '../../../src/bot/bulletin-groups.ts';
import { accounts, addressOf } from '../../../src/bot/people.ts';
import { useApp } from '../../../src/bot/recognise.ts';
import { collections } from '../../../src/collections.ts';
import { readConfig } from '../../../src/config.ts';
import { cadres } from '../../../src/domain/cadre.ts';
import { hourEntries } from '../../../src/domain/hours.ts';
import { createLog } from '../../../src/log.ts';
import { createFeishuMessenger } from '../../../src/messenger/feishu/feishu.ts';
import { createMetrics } from '../../../src/metrics.ts';
import { loadPolicy } from '../../../src/policy/load.ts';
import { type Bot, runBot } from '../../../src/run-bot.ts';
import { listAll } from '../../../src/store/store.ts';
import { college, people } from '../../support/college.ts';
import { wordsOf } from '../../support/feishu-bot.ts';
import { type FeishuServer, openFeishuServer } from '../../support/feishu-server/index.ts';
import { SetClock } from '../../support/set-clock.ts';
import { openTemporaryStore, type TemporaryStore } from '../../support/temporary-store.ts';

const { archivist, clerk, cadre, namesake } = people;
const mobile = '13800000012';

describe('the bot on Feishu', () => {
  let server: FeishuServer;
  let home: TemporaryStore;
  let bot: Bot;
  const clock = new SetClock('2026-11-20T01:00:00.000Z');

  beforeEach(async () => {
    clock.set('2026-11-20T01:00:00.000Z');
    server = await openFeishuServer({ now: () => Date.parse(clock.now()) });
    for (const { staffNo, name, unit } of college) {
      // One person's user id is not the 工号: Feishu knows them by their mobile alone.
      const isOther = staffNo === namesake.staffNo;
      server.addPerson({
        openId: `ou_${staffNo}`,
        userId: isOther ? 'wang.fang' : staffNo,
        name,
        departments: [unit],
        ...(isOther ? { mobile } : {}),
      });
    }
    home = await openTemporaryStore(collections);
    const at = clock.now();
    await home.store.transaction({ actor: 'system', via: 'cli', what: 'test', ref: '', at }, async (tx) => {
      for (const person of college)
        await tx.put(cadres, person.staffNo === namesake.staffNo ? { ...person, mobile } : person);
    });
    await useApp(home.store, 'feishu', server.appId, at);
    const log = createLog('silent');
    const settings = {
      appId: server.appId,
      appSecret: server.appSecret,
      transport: 'websocket',
      encryptKey: null,
      verificationToken: null,
      domain: server.url,
      bulletinChats: [],
    } as const;
    bot = await runBot({
      config: readConfig({ DATA_DIR: home.directory }),
      log,
      metrics: createMetrics(() => home.store),
      policies: loadPolicy('data/policy'),
      store: home.store,
      clock,
      publicUrl: () => null,
      messenger: createFeishuMessenger({ settings, store: home.store, clock, log }),
    });
    // Everybody but one is known by their 工号.
    for (const { staffNo, state } of college) {
      if (state === 'active' && staffNo !== namesake.staffNo) await server.opensChat(`ou_${staffNo}`);
    }
    await bot.settle();
  });
  afterEach(async () => {
    await bot.stop();
    await server.close();
    await home.remove();
  });

  const address = (staffNo: string) => home.store.read((view) => addressOf(view, 'feishu', staffNo));
  const lastTo = (staffNo: string) => {
    const message = server.sentTo(`ou_${staffNo}`).at(-1);
    return message === undefined ? '' : wordsOf(message.shown);
  };
  const messageTo = (staffNo: string) => server.sentTo(`ou_${staffNo}`).at(-1)?.messageId ?? '';
  const says = async (staffNo: string, words: string, where: Parameters<FeishuServer['says']>[2] = {}) => {
    const said = await server.says(`ou_${staffNo}`, words, where);
    await bot.settle();
    return said;
  };

  it('greets by name who opens the chat, once', async () => {
    expect(lastTo(cadre.staffNo)).toContain('王芳，您好。我是学时簿');
    await server.opensChat(`ou_${cadre.staffNo}`);
    await bot.settle();
    expect(server.sentTo(`ou_${cadre.staffNo}`)).toHaveLength(1);
    expect(server.refusals(230099)).toBe(0);
  });

  it('has found by mobile, when it started, who is not known by their 工号', async () => {
    expect(await address(namesake.staffNo)).toBe(`ou_${namesake.staffNo}`);
    const all = await home.store.read((view) => listAll(view, accounts));
    expect(all.every(({ app }) => app === server.appId)).toBe(true);
  });

  it('answers a question in a group in private, with one line there', async () => {
    const group = server.addChat({ name: '中层干部群', members: college.map(({ staffNo }) => `ou_${staffNo}`) });
    await says(cadre.staffNo, '进度', { chat: group.chatId, mention: true });
    expect(lastTo(cadre.staffNo)).toContain('本周期已认定 0 学时');
    expect(server.sentIn(group.chatId).map(({ shown }) => wordsOf(shown))).toEqual(['已私聊回复，请点我的头像查看。']);
  });

  it('asks the clerk about a group that it has joined, and forgets one that it was removed from', async () => {
    const group = server.addChat({ name: '中层干部群', members: [`ou_${clerk.staffNo}`] });
    await server.addsBot(group.chatId, `ou_${clerk.staffNo}`);
    await bot.settle();
    expect(lastTo(clerk.staffNo)).toContain('机器人已加入群“中层干部群”');
    await server.presses(`ou_${clerk.staffNo}`, messageTo(clerk.staffNo), '是');
    expect((await home.store.read(receivingGroups)).map(({ name }) => name)).toEqual(['中层干部群']);
    clock.pass(1000);
    await server.removesBot(group.chatId, `ou_${clerk.staffNo}`);
    await bot.settle();
    expect(await home.store.read(receivingGroups)).toEqual([]);
    expect(lastTo(clerk.staffNo)).toContain('机器人已不在群“中层干部群”中');
  });

  it('drops the draft of a message that was taken back', async () => {
    const { messageId } = await says(cadre.staffNo, '登记 3学时 党性教育 昨天 《专题党课》');
    const draft = messageTo(cadre.staffNo);
    await server.recalls(messageId);
    await bot.settle();
    await server.presses(`ou_${cadre.staffNo}`, draft, '确认');
    expect(await home.store.read((view) => view.count(hourEntries, {}))).toBe(0);
  });

  it('proposes a unit that the directory has otherwise, and stops writing to who has left', async () => {
    await server.contactChanged(`ou_${cadre.staffNo}`, { departments: ['外国语学院'] });
    await bot.settle();
    expect(lastTo(archivist.staffNo)).toContain('的单位是“外国语学院”，与名册不同');
    await server.presses(`ou_${archivist.staffNo}`, messageTo(archivist.staffNo), '采纳');
    expect(await home.store.read((view) => view.get(cadres, cadre.staffNo))).toMatchObject({ unit: '外国语学院' });
    clock.pass(1000);
    await server.leaves(`ou_${namesake.staffNo}`);
    await bot.settle();
    expect(await address(namesake.staffNo)).toBeNull();
    expect(lastTo(archivist.staffNo)).toContain('已离职，其账号已停用');
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { feishuPrivateChats } from '../../../src/messenger/feishu/private-chats.ts';
import type { Address, Incoming, SendOutcome } from '../../../src/messenger/messenger.ts';
import { button, buttons, card, type Reply, text, words } from '../../../src/messenger/reply.ts';
import { StoreError } from '../../../src/store/store.ts';
import { type FeishuBot, openFeishuBot, wordsOf } from '../../support/feishu-bot.ts';
import type { ApiRecord } from '../../support/feishu-server/faults.ts';
import type { Person } from '../../support/feishu-server/people.ts';

const minute = 60_000;
const always = { times: Number.POSITIVE_INFINITY };
const isSending = ({ method, path }: ApiRecord): boolean => method === 'POST' && path === '/open-apis/im/v1/messages';
const sending = { when: isSending };

let bot: FeishuBot;
let wang: Person;
let group: string;
let received: Incoming[];

const start = async (): Promise<void> => {
  await bot.messenger.start(async (incoming) => {
    if (incoming.type !== 'happening') received.push(incoming);
    return null;
  });
  const isUp = bot.messenger.webhook === null && bot.messenger.status().ready;
  // The platform gives events to a line that has pinged.
  if (isUp) await bot.server.longConnection.connected(1);
};
const open = async (options: Parameters<typeof openFeishuBot>[0] = {}): Promise<void> => {
  bot = await openFeishuBot(options);
  wang = bot.server.addPerson({ name: '王芳', userId: 'E0011' });
  group = bot.server.addChat({ name: '中层干部学习群', members: [wang.openId] }).chatId;
  received = [];
};
const toWang = (): Address => ({ type: 'person', id: wang.openId });
const send = (reply: Reply, key = 'k', to: Address = toWang(), urgent = false): Promise<SendOutcome> =>
  bot.messenger.send(to, reply, key, { urgent });
const said = (): string[] => bot.server.sentTo(wang.openId).map(({ shown }) => wordsOf(shown));
const tries = (): ApiRecord[] => bot.server.calls.filter(isSending);
const choice = card('选一个', 'plain', '请选一个', words('请选'), buttons(button('甲', '进度')));

beforeEach(() => open());
afterEach(() => bot.close());

describe('a message to Feishu', () => {
  beforeEach(start);

  it('goes to a person by open_id, to a group by chat_id, and into a private chat by its person', async () => {
    await send(text('早'), 'k1');
    await send(text('通报'), 'k2', { type: 'chat', id: group });
    await send(text('晚'), 'k3', { type: 'chat', id: `p2p:${wang.openId}` });
    expect(
      tries().map(({ query, body }) => [query['receive_id_type'], (body as { receive_id: string }).receive_id]),
    ).toEqual([
      ['open_id', wang.openId],
      ['chat_id', group],
      ['open_id', wang.openId],
    ]);
    expect(said()).toEqual(['早', '晚']);
  });

  it('trap: carries the same idempotency key at every try, of at most 50 characters', async () => {
    bot.server.faults.inCalls({ type: 'refused', code: 230_020 }, sending);
    const key = `bulletin:2026-10:${'oc_x'.repeat(40)}`;
    expect(await send(text('早'), key)).toMatchObject({ ok: false, retry: true, afterMs: 2000 });
    expect(await send(text('早'), key)).toMatchObject({ ok: true });
    const uuids = tries().map(({ body }) => (body as { uuid: string }).uuid);
    expect(uuids).toEqual([uuids[0], uuids[0]]);
    expect(uuids[0]).toMatch(/^.{20,50}$/);
  });

  it('trap: arrives once when the answer to it was lost', async () => {
    bot.server.faults.inCalls({ type: 'answer-lost' }, sending);
    expect(await send(text('早'))).toMatchObject({
      ok: false,
      retry: true,
      reason: expect.stringContaining('没有及时回应'),
    });
    expect(said()).toEqual(['早']);
    expect(await send(text('早'))).toEqual({ ok: true, messageId: bot.server.sentTo(wang.openId)[0]?.messageId });
    expect(said()).toEqual(['早']);
  });

  it('trap: survives a token that dies in mid-flight', async () => {
    await send(text('一'), 'k1');
    bot.server.tokens.invalidate();
    expect(await send(text('二'), 'k2')).toMatchObject({ ok: true });
    bot.server.faults.inCalls({ type: 'token-dies' }, sending);
    expect(await send(text('三'), 'k3')).toMatchObject({ ok: true });
    expect(said()).toEqual(['一', '二', '三']);
  });

  it('trap: waits as long as the gateway says, when it is limited', async () => {
    bot.server.faults.inCalls({ type: 'rate-limited', resetSeconds: 7 }, sending);
    expect(await send(text('早'))).toMatchObject({ ok: false, retry: true, afterMs: 8000 });
  });

  it.each([
    ['html', { type: 'html', status: 502 }, /HTTP 502/],
    ['a page that asks to sign in', { type: 'html', status: 200 }, /检查网络代理/],
    ['broken JSON', { type: 'broken-json' }, /检查网络代理/],
    ['a broken line', { type: 'reset' }, /没有及时回应/],
  ] as const)('is tried again after %s', async (_, fault, reason) => {
    bot.server.faults.inCalls(fault, sending);
    expect(await send(text('早'))).toMatchObject({ ok: false, retry: true, reason: expect.stringMatching(reason) });
    expect(await send(text('早'))).toMatchObject({ ok: true });
    expect(said()).toEqual(['早']);
  });

  it.each([
    ['who has left', (person: Person) => Object.assign(person, { resigned: true }), /已离职.*230029/],
    ['outside the availability', (person: Person) => Object.assign(person, { available: false }), /可用范围.*230013/],
    ['who has stopped the bot', (person: Person) => Object.assign(person, { botStopped: true }), /停用机器人.*230053/],
    [
      'whose id another app has given out',
      (person: Person) => bot.server.people.foreign.add(person.openId),
      /重新绑定.*99992361/,
    ],
  ])('to somebody %s is given up, in words', async (_, change, reason) => {
    change(wang);
    expect(await send(text('早'))).toEqual({ ok: false, retry: false, reason: expect.stringMatching(reason) });
  });

  it('to a group that is gone, or without the bot, is given up, in words', async () => {
    const chat = bot.server.people.chat(group);
    chat.botIsIn = false;
    const to = { type: 'chat', id: group } as const;
    expect(await send(text('早'), 'k1', to)).toMatchObject({
      retry: false,
      reason: expect.stringMatching(/重新添加机器人/),
    });
    chat.dissolved = true;
    expect(await send(text('早'), 'k2', to)).toMatchObject({ retry: false, reason: expect.stringMatching(/群已解散/) });
  });

  it('without a permission is given up, and says which door to open', async () => {
    bot.server.scopes.clear();
    expect(await send(text('早'))).toMatchObject({ retry: false, reason: expect.stringMatching(/缺少权限.*99991672/) });
  });

  it('trap: of a reply in several parts each goes once and in order, whatever breaks in between', async () => {
    const long = text('学习体会。'.repeat(50_000));
    let n = 0;
    const second = { when: (call: ApiRecord) => isSending(call) && ++n === 2 };
    bot.server.faults.inCalls({ type: 'answer-lost' }, second);
    expect(await send(long)).toMatchObject({ ok: false, retry: true });
    const outcome = await send(long);
    const parts = bot.server.sentTo(wang.openId);
    expect(parts.length).toBeGreaterThan(2);
    expect(outcome).toEqual({ ok: true, messageId: parts[0]?.messageId });
    expect(parts.map(({ shown }) => wordsOf(shown)).join('')).toBe(long.type === 'text' ? long.text : '');
    expect(new Set(parts.map(({ uuid }) => uuid)).size).toBe(parts.length);
  });

  it('says how far it came when the rest of it is refused', async () => {
    let n = 0;
    const last = { when: (call: ApiRecord) => isSending(call) && ++n === 2 };
    bot.server.faults.inCalls({ type: 'refused', code: 230_028 }, last);
    expect(await send(text('学习体会。'.repeat(50_000)))).toMatchObject({
      retry: false,
      reason: expect.stringMatching(/^共 \d 条，只发出了前 1 条：内容被单位的数据防泄漏规则拦截/),
    });
  });

  it('trap: arrives in words when the platform cannot build its card', async () => {
    bot.server.faults.inCalls({ type: 'refused', code: 230_099 }, sending);
    expect(await send(choice)).toMatchObject({ ok: true });
    expect(said()).toEqual(['请选一个\n请选\n可回复：【甲】']);
    expect(new Set(tries().map(({ body }) => (body as { uuid: string }).uuid)).size).toBe(2);
    expect(bot.logged).toContainEqual(
      expect.objectContaining({ level: 'error', message: 'feishu could not build a card' }),
    );
  });

  it('never gets into the log', async () => {
    bot.server.faults.inCalls({ type: 'refused', code: 230_028 }, sending);
    await send(text('王芳欠 3 学时'));
    expect(bot.logged).toContainEqual({
      level: 'warn',
      message: 'feishu did not take a message',
      fields: expect.objectContaining({ key: 'k', code: 230_028, path: '/open-apis/im/v1/messages' }),
    });
    expect(JSON.stringify(bot.logged)).not.toContain('学时');
  });

  it('that is still to be made is given up', async () => {
    const document: Reply = { type: 'document', document: 'roster', name: 'a.xlsx', caption: '', args: {} };
    expect(await send(document)).toMatchObject({ ok: false, retry: false });
  });
});

describe('the pace to Feishu', () => {
  beforeEach(start);

  it('keeps to what one receiver takes, the parts of a reply included', async () => {
    for (let n = 0; n < 12; n += 1) expect(await send(text(`第 ${n} 条`), `k${n}`)).toMatchObject({ ok: true });
    expect(await send(text('学习体会。'.repeat(50_000)), 'long')).toMatchObject({ ok: true });
    expect(bot.server.refusals(230_020)).toBe(0);
    expect(Math.floor(1000 / bot.messenger.rate.perTarget)).toBeGreaterThanOrEqual(200);
  });

  it('keeps to what the app may send in a second, evenly, and so in a minute', async () => {
    await bot.close();
    await open({ server: { limits: { perSecond: 17 } } });
    await start();
    const people = Array.from({ length: 20 }, (_, n) => bot.server.addPerson({ name: `干部${n}` }).openId);
    for (let n = 0; n < 100; n += 1) {
      const to: Address = { type: 'person', id: people[n % people.length] ?? '' };
      expect(await send(text('早'), `k${n}`, to)).toMatchObject({ ok: true });
    }
    expect(bot.server.refusals(99_991_400)).toBe(0);
    expect(bot.messenger.rate.total * 60).toBeLessThan(1000);
  });

  it('tries for less than the hour in which a key protects', () => {
    expect(bot.messenger.idempotencyMs).toBe(55 * minute);
  });
});

describe('a file to Feishu', () => {
  const file = async (name: string, bytes: Uint8Array, caption = '见附件。'): Promise<Reply> => ({
    type: 'file',
    name,
    blob: await bot.home.store.blobs.put(bytes),
    mime: '',
    caption,
  });
  const shown = (): string[] =>
    bot.server.sentTo(wang.openId).map((message) => bot.server.fileOf(message)?.name ?? message.type);

  beforeEach(start);

  it('trap: comes behind its words, which it cannot carry, under its own name', async () => {
    expect(await send(await file('逾期名单 2026-11.xlsx', Buffer.from('PK')))).toMatchObject({ ok: true });
    expect(shown()).toEqual(['text', '逾期名单 2026-11.xlsx']);
    expect(said()[0]).toBe('见附件。');
  });

  it('is sent without words when it has none', async () => {
    await send(await file('a.docx', Buffer.from('PK'), ''));
    expect(shown()).toEqual(['a.docx']);
  });

  it('is a picture when it is one', async () => {
    await send(await file('学时.png', Buffer.from('89504e470d0a1a0a00', 'hex')));
    expect(shown()).toEqual(['text', 'image']);
  });

  it('that cannot be uploaded sends no words either', async () => {
    bot.server.faults.inCalls({ type: 'html', status: 503 }, { when: ({ path }) => path.endsWith('/files') });
    const reply = await file('a.xlsx', Buffer.from('PK'));
    expect(await send(reply)).toMatchObject({ ok: false, retry: true });
    expect(shown()).toEqual([]);
    expect(await send(reply)).toMatchObject({ ok: true });
    expect(shown()).toEqual(['text', 'a.xlsx']);
  });

  it('says its words once when it breaks after them', async () => {
    let n = 0;
    bot.server.faults.inCalls({ type: 'reset' }, { when: (call) => isSending(call) && ++n === 2 });
    const reply = await file('a.xlsx', Buffer.from('PK'));
    expect(await send(reply)).toMatchObject({ ok: false, retry: true });
    expect(await send(reply)).toMatchObject({ ok: true });
    expect(shown()).toEqual(['text', 'a.xlsx']);
  });

  it('that is empty or gone is given up, in words', async () => {
    expect(await send(await file('a.xlsx', new Uint8Array()))).toMatchObject({
      retry: false,
      reason: '文件“a.xlsx”是空的，没有发送',
    });
  });
});

describe('a file from Feishu', () => {
  const isFetching = ({ path }: ApiRecord): boolean => path.includes('/resources/');
  const file = (n: number) => ({ name: `体会${n}.docx`, bytes: Buffer.from(`第 ${n} 份`) });

  it('waits for its turn: a flood of them is never in memory all at once', async () => {
    let most = 0;
    let handOver = (): void => {};
    const until = new Promise<void>((resolve) => {
      handOver = resolve;
    });
    const underWay = (): number => bot.server.calls.filter((call) => isFetching(call) && call.status === null).length;
    const count = (call: ApiRecord): boolean => {
      most = Math.max(most, underWay());
      return isFetching(call);
    };
    await start();
    bot.server.faults.inCalls({ type: 'slow', until }, { when: count, ...always });
    const sending = Promise.all(Array.from({ length: 12 }, (_, n) => bot.server.sendsFile(wang.openId, file(n))));
    await vi.waitFor(() => expect(most).toBe(3), { timeout: 20_000 });
    handOver();
    await sending;
    const names = received.flatMap((one) => (one.type === 'message' ? one.files.map(({ name }) => name) : []));
    expect(new Set(names).size).toBe(12);
    expect(most).toBe(3);
  });

  it('is not fetched from somebody of whom nothing is taken', async () => {
    await bot.close();
    await open({ parts: { takesFilesFrom: async ({ userId }) => userId === 'E0011' } });
    await start();
    const stranger = bot.server.addPerson({ name: '生人', userId: 'X1' }).openId;
    await bot.server.sendsFile(stranger, file(1));
    await bot.server.sendsFile(wang.openId, file(2));
    expect(received).toMatchObject([{ text: '', files: [] }, { files: [{ name: '体会2.docx' }] }]);
    expect(bot.server.calls.filter(isFetching)).toHaveLength(1);
  });
});

describe('an urgent message', () => {
  const urgents = (): number => bot.server.sent().filter(({ urgents: list }) => list.length > 0).length;

  beforeEach(start);

  it('insists, with its person', async () => {
    await send(text('请今天补交'), 'k', toWang(), true);
    expect(bot.server.sentTo(wang.openId)[0]?.urgents).toMatchObject([{ openIds: [wang.openId] }]);
  });

  it('is nothing that a group could be given, and nothing that comes by itself', async () => {
    await send(text('通报'), 'k1', { type: 'chat', id: group }, true);
    await send(text('早'), 'k2');
    expect(urgents()).toBe(0);
  });

  it.each([230_023, 230_024, 99_991_672])('has arrived all the same when insisting is refused (%i)', async (code) => {
    bot.server.faults.inCalls({ type: 'refused', code }, { when: ({ path }) => path.endsWith('/urgent_app') });
    expect(await send(text('请今天补交'), 'k', toWang(), true)).toMatchObject({ ok: true });
    expect(urgents()).toBe(0);
    expect(bot.logged).toContainEqual(expect.objectContaining({ message: 'feishu did not urge', level: 'warn' }));
  });
});

describe('whose chat is whose', () => {
  const known = (): Promise<string | undefined> =>
    bot.home.store.read(async (view) => (await view.get(feishuPrivateChats, wang.privateChat))?.openId);

  beforeEach(start);

  it('is learned from what is sent, so that a tap on it is known to be private', async () => {
    const sent = await send(choice);
    expect(await known()).toBe(wang.openId);
    await bot.server.taps(wang.openId, sent.ok ? sent.messageId : '', { press: { command: '进度', args: {} } });
    expect(received).toMatchObject([{ chat: { type: 'private', id: `p2p:${wang.openId}` } }]);
  });

  it('a chat that nobody has told of is a group, whoever taps in it', async () => {
    const { messageId } = await bot.server.says(wang.openId, '早', { chat: group });
    await bot.server.taps(wang.openId, messageId, { press: {} });
    expect(received).toMatchObject([{ type: 'action', chat: { type: 'group', id: group } }]);
  });

  it('may stay unknown: the message has arrived', async () => {
    bot.home.store.transaction = () => Promise.reject(new StoreError('unavailable', '磁盘已满。'));
    expect(await send(text('早'))).toMatchObject({ ok: true });
    expect(said()).toEqual(['早']);
    expect(bot.logged).toContainEqual(expect.objectContaining({ message: 'private chat not remembered' }));
  });
});

describe('looking people up', () => {
  beforeEach(start);

  const find = (...contacts: [mobile: string | null, email: string | null][]): Promise<readonly (string | null)[]> =>
    bot.messenger.findPeople?.(contacts.map(([mobile, email]) => ({ mobile, email }))) ?? Promise.resolve([]);

  it('goes by mobile first, then by e-mail; whom nobody knows is null', async () => {
    const byMobile = bot.server.addPerson({ name: '李伟', mobile: '13800000001' }).openId;
    const byEmail = bot.server.addPerson({ name: '赵敏', email: 'Zhao@example.edu' }).openId;
    expect(
      await find(
        ['13800000001', null],
        ['+86 138-0000-0001', null],
        [null, 'Zhao@example.edu'],
        ['13800000001', 'Zhao@example.edu'],
        ['13900000000', 'nobody@example.edu'],
        [null, null],
      ),
    ).toEqual([byMobile, byMobile, byEmail, byMobile, null, null]);
  });

  it('trap: asks for 50 at a time', async () => {
    const people = Array.from({ length: 120 }, (_, n) =>
      bot.server.addPerson({ name: `干部${n}`, mobile: String(13_800_000_000 + n) }),
    );
    expect(await find(...people.map(({ mobile }): [string | null, null] => [mobile, null]))).toEqual(
      people.map(({ openId }) => openId),
    );
    const asked = bot.server.calls.filter(({ path }) => path.endsWith('/batch_get_id'));
    expect(asked.map(({ body }) => (body as { mobiles: string[] }).mobiles.length)).toEqual([50, 50, 20]);
  });

  it('does not find who has left', async () => {
    bot.server.addPerson({ name: '李伟', mobile: '13800000001', resigned: true });
    expect(await find(['13800000001', null])).toEqual([null]);
  });

  it('says in a sentence why it cannot', async () => {
    bot.server.scopes.delete('contact:user.id:readonly');
    await expect(find(['13800000001', null])).rejects.toThrow(
      '没有查到：应用缺少权限，请在开发者后台开通并发布新版本（飞书错误码 99991672）。',
    );
  });
});

describe('how Feishu is', () => {
  const secondTry = 30_000;

  it('with the long connection is told in a sentence, the wrong secret included', async () => {
    bot.server.faults.inCalls(
      { type: 'refused', code: 10_014, status: 200 },
      { when: ({ path }) => path.includes('/auth/'), ...always },
    );
    await start();
    expect(bot.messenger.status()).toEqual({
      ready: false,
      reason: '飞书不接受这个应用凭证，请核对 FEISHU_APP_ID 与 FEISHU_APP_SECRET，改正后重新启动（飞书错误码 10014）。',
    });
  });

  it('by webhook is ready as soon as the bot knows who it is, and tries until then', async () => {
    await bot.close();
    await open({ transport: 'webhook' });
    bot.server.faults.inCalls(
      { type: 'html', status: 503 },
      { when: ({ path }) => path.endsWith('/bot/v3/info'), times: 2 },
    );
    await start();
    expect(bot.messenger.status()).toEqual({
      ready: false,
      reason: '还没有读到机器人自己的信息，收不到群里的 @：飞书暂时不能处理（HTTP 503）。',
    });
    // An event now comes again, since nobody can tell whether it names the bot.
    const { delivery } = await bot.server.says(wang.openId, '帮助', { chat: group, mention: true });
    expect(delivery?.attempts).toMatchObject([{ outcome: { result: 'refused', status: 503 } }]);
    await bot.waits.until(secondTry);
    await bot.waits.pass(secondTry);
    await bot.server.catchUp();
    expect(delivery).toMatchObject({ acknowledged: true });
    expect(received).toMatchObject([{ text: '帮助' }]);
    expect(bot.messenger.status()).toEqual({ ready: true });
  });

  it('can be started again after a stop', async () => {
    await start();
    await bot.messenger.stop();
    expect(await send(text('早'))).toMatchObject({ ok: false, retry: true, reason: '飞书还没有启动，请稍后再试。' });
    await start();
    expect(bot.messenger.status()).toEqual({ ready: true });
    expect(await send(text('早'))).toMatchObject({ ok: true });
    await bot.server.longConnection.connected(1);
  });
});

describe('the SDK of Feishu', () => {
  const folder = 'src/messenger/feishu';
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => ({ path: `src/${path}`, source: readFileSync(`src/${path}`, 'utf8') }));
  const importing = (pattern: RegExp): string[] =>
    sources.filter(({ source }) => pattern.test(source)).map(({ path }) => path);

  it('trap: is 118 MB, and loaded by one file, which is loaded only when Feishu is started or examined', () => {
    expect(importing(/@larksuiteoapi\/node-sdk/)).toEqual([`${folder}/sdk.ts`]);
    expect(importing(/^import (?!type )[^;]*sdk\.ts'/m)).toEqual([]);
    const openers = [`${folder}/feishu.ts`, `${folder}/open-api.ts`];
    expect(importing(/await import\('\.\/sdk\.ts'\)/).sort((a, b) => (a < b ? -1 : 1))).toEqual(openers);
  });
});

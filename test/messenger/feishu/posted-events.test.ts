import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApp } from '../../../src/http/app.ts';
import { type Listening, listen } from '../../../src/http/server.ts';
import { renderCard } from '../../../src/messenger/feishu/card/render.ts';
import { createReceiver } from '../../../src/messenger/feishu/events.ts';
import { createWebhook } from '../../../src/messenger/feishu/webhook.ts';
import type { Handler, Happening, Incoming } from '../../../src/messenger/messenger.ts';
import { card, words } from '../../../src/messenger/reply.ts';
import { StoreError } from '../../../src/store/store.ts';
import { callFeishu } from '../../support/feishu-call.ts';
import { type FeishuServer, openFeishuServer } from '../../support/feishu-server/index.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

let now: number;
let feishu: FeishuServer;
let web: Listening;
let heard: (Incoming | Happening)[];
let handler: Handler;
let wang: string;

beforeEach(async () => {
  now = Date.parse('2026-11-20T01:00:00.000Z');
  heard = [];
  handler = async (incoming) => {
    heard.push(incoming);
    return null;
  };
  feishu = await openFeishuServer({ now: () => now });
  wang = feishu.addPerson({ name: '王芳', userId: 'E0011', departments: ['教务处'] }).openId;
  const owners = new Map<string, string>();
  const clock = { now: () => new Date(now).toISOString() };
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const receive = createReceiver({
    appId: feishu.appId,
    clock,
    files: { download: async (...[, , , name]) => ({ name, blob: 'b'.repeat(64), size: 1 }) },
    privateChats: {
      isPrivate: async (chat, openId) => owners.get(chat) === openId,
      remember: async (chat, openId) => void owners.set(chat, openId),
    },
    botOpenId: () => feishu.bot.openId,
    unitNames: async (ids) => ids,
    log,
    handler: (incoming) => handler(incoming),
  });
  const app = createApp({
    health: () => ({ ready: true, reasons: [] }),
    metrics: async () => '',
    log,
    stopping: new AbortController().signal,
    feishuWebhook: createWebhook({ settings: feishu, receive, clock, log }),
  });
  web = await listen(app, '127.0.0.1', 0);
  feishu.useWebhook(`http://127.0.0.1:${web.port}/feishu/webhook`);
});
afterEach(async () => {
  await web.close(0);
  await feishu.close();
});

const pass = async (ms: number): Promise<void> => {
  now += ms;
  await feishu.catchUp();
};
const isAcknowledged = (): boolean[] => feishu.deliveries.map(({ acknowledged }) => acknowledged);

describe('what a whole Feishu posts', () => {
  it('begins with the challenge when the address is saved in the console', async () => {
    expect(await feishu.verifiesWebhook('a challenge')).toBe(true);
    expect(await feishu.verifiesWebhook('a challenge', 'another token')).toBe(false);
  });

  it('is heard once each and acknowledged at once', async () => {
    const { chatId } = feishu.addChat({ name: '学习群', members: [wang], botIsIn: true });
    await feishu.says(wang, '进度');
    await feishu.says(wang, '帮助', { chat: chatId, mention: true });
    await feishu.says(wang, '开会', { chat: chatId, mention: 'all' });
    await feishu.botSays('进度', { chat: chatId, mention: true });
    await feishu.sendsFile(wang, { name: '体会.docx', bytes: Buffer.from('x') });
    await feishu.sendsImage(wang, Buffer.from('x'));
    await feishu.posts(wang, { title: '', content: [[{ tag: 'text', text: '待办' }]] });
    await feishu.pressesMenu(wang, 'progress');
    await feishu.opensChat(wang);
    await feishu.addsBot(chatId, wang);
    await feishu.removesBot(chatId, wang);
    await feishu.dissolvesChat(chatId, wang);
    await feishu.contactChanged(wang, { name: '王芳芳' });
    await feishu.learns(wang, { courseId: 'c1', seconds: 5400, state: 2 });
    await feishu.leaves(wang);
    await feishu.tells('im.message.message_read_v1', {});
    const brief = heard.map((one) =>
      one.type === 'message' ? [one.chat.type, one.text] : one.type === 'happening' && one.what.type,
    );
    expect(brief).toEqual([
      ['private', '进度'],
      ['group', '帮助'],
      ['private', ''],
      ['private', ''],
      ['private', '待办'],
      ['private', '进度'],
      'entered',
      'joined',
      'removed',
      'removed',
      'person-changed',
      'learned',
      'person-left',
    ]);
    expect(heard).toMatchObject(heard.map(() => ({ messenger: 'feishu', at: '2026-11-20T01:00:00.000Z' })));
    expect(new Set(isAcknowledged())).toEqual(new Set([true]));
  });

  it('comes again until it is durable, after up to 7.1 hours with the signature of its first try', async () => {
    let isFull = true;
    handler = async (incoming) => {
      heard.push(incoming);
      if (isFull) throw new StoreError('unavailable', '磁盘已满');
      return null;
    };
    await feishu.says(wang, '进度');
    for (const pause of [15 * second, 5 * minute, hour]) await pass(pause);
    isFull = false;
    await pass(6 * hour);
    expect(feishu.deliveries[0]?.attempts.map(({ outcome }) => outcome)).toMatchObject([
      { result: 'refused', status: 503 },
      { result: 'refused', status: 503 },
      { result: 'refused', status: 503 },
      { result: 'refused', status: 503 },
      { result: 'answered', body: {} },
    ]);
    expect(new Set(heard.map(({ id }) => id)).size).toBe(1);
  });

  it('delivered twice under two event ids is the same message', async () => {
    feishu.faults.inEvents({ type: 'duplicate', as: 'another event' });
    const { messageId } = await feishu.says(wang, '进度');
    expect(heard.map(({ id }) => id)).toEqual([messageId, messageId]);
  });

  describe('when a card is tapped', () => {
    const shown = card('进度', 'good', '本周期已认定 3 学时', words('已认定 3 学时'));
    let messageId: string;
    beforeEach(async () => {
      await feishu.says(wang, '进度');
      const sent = await callFeishu(feishu, 'POST', 'im/v1/messages?receive_id_type=open_id', {
        receive_id: wang,
        msg_type: 'interactive',
        content: JSON.stringify(renderCard(shown)),
      });
      messageId = String(sent.body.data['message_id']);
      heard = [];
    });
    const tap = (): ReturnType<FeishuServer['taps']> =>
      feishu.taps(wang, messageId, { press: { command: '进度', args: {} } });

    it('its person sees the toast, and the card in its new state', async () => {
      handler = async (incoming) => {
        heard.push(incoming);
        return { toast: { tone: 'good', text: '已更新' }, card: shown };
      };
      expect(await tap()).toMatchObject({
        error: null,
        toast: { type: 'success', content: '已更新' },
        card: { schema: '2.0' },
      });
      expect(heard).toMatchObject([
        { type: 'action', messageId, chat: { id: `p2p:${wang}`, type: 'private' }, press: { command: '进度' } },
      ]);
    });

    it('and nothing is to be said, no red line stands under it', async () => {
      expect(await tap()).toMatchObject({ error: null, toast: null, card: null });
    });

    it('and the ledger is away, its person is told so, and no red line either', async () => {
      handler = () => Promise.reject(new StoreError('unavailable', '磁盘已满'));
      expect(await tap()).toMatchObject({
        error: null,
        toast: { type: 'error', content: expect.stringMatching(/再点一次/) },
      });
    });

    it('by somebody whom the platform does not name, that is told', async () => {
      const tapped = await feishu.taps(wang, messageId, {}, { withoutOpenId: true });
      expect(tapped).toMatchObject({
        error: null,
        toast: { type: 'error', content: expect.stringContaining('直接给我发消息') },
      });
      expect(heard).toEqual([]);
    });
  });
});

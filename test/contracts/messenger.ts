import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Address, Incoming, Messenger, TapAnswer } from '../../src/messenger/messenger.ts';
import { button, buttons, card, type Reply, text, words } from '../../src/messenger/reply.ts';
import type { Blobs } from '../../src/store/store.ts';

/** A messenger with its platform, real or played, as the contract drives it. */
export interface MessengerHarness {
  readonly messenger: Messenger;
  readonly blobs: Blobs;
  /** A person whom the platform knows: by its own id, and by the 工号. */
  readonly person: { readonly id: string; readonly userId: string };
  /** How one writes to the bot in a group: its name in front. */
  readonly mention: string;
  readonly group: string;
  /** A chat that does not exist, or in which the bot is not. */
  readonly unknownChat: string;
  /** Each resolves when the platform has been acknowledged. */
  says(text: string, where: 'private' | 'group'): Promise<void>;
  sendsFile(name: string, bytes: Uint8Array): Promise<void>;
  taps(messageId: string, press: unknown, form: Record<string, unknown>): Promise<TapAnswer | null>;
  /** What the bot has said to an address, oldest first, as it stands now; cards of platforms in their plain text. */
  shown(to: Address): Promise<readonly { readonly messageId: string; readonly text: string }[]>;
  close(): Promise<void>;
}

const choice = card('选一个', 'plain', '请选一个', words('请选'), buttons(button('甲', '进度', { n: 1 })));

/** What every adapter owes the bot; the suite is the specification of the port. */
export function messengerContract(name: string, open: () => Promise<MessengerHarness>): void {
  describe(`messenger contract: ${name}`, () => {
    let harness: MessengerHarness;
    let received: Incoming[];
    let answer: (incoming: Incoming) => Promise<TapAnswer | null>;
    const start = (): Promise<void> =>
      harness.messenger.start(async (incoming) => {
        if (incoming.type === 'happening') return null;
        received.push(incoming);
        return answer(incoming);
      });
    const send = async (to: Address, reply: Reply, key: string): Promise<string> => {
      const outcome = await harness.messenger.send(to, reply, key);
      if (!outcome.ok) throw new Error(outcome.reason);
      return outcome.messageId;
    };
    const toPerson = (): Address => ({ type: 'person', id: harness.person.id });

    beforeEach(async () => {
      harness = await open();
      received = [];
      answer = async () => null;
    });
    afterEach(() => harness.close());

    it('is ready from start to stop and says why when it is not', async () => {
      expect(harness.messenger.status()).toMatchObject({ ready: false, reason: expect.stringMatching(/\S/) });
      await start();
      expect(harness.messenger.status()).toEqual({ ready: true });
      await harness.messenger.stop();
      expect(harness.messenger.status()).toMatchObject({ ready: false });
    });

    it('does not lose what is sent while it is stopped: it asks to try again', async () => {
      expect(await harness.messenger.send(toPerson(), text('早'), 'k')).toMatchObject({ ok: false, retry: true });
    });

    it('hands over what a person says in private, with the 工号 and the time', async () => {
      await start();
      await harness.says('登记 3学时', 'private');
      expect(received).toMatchObject([
        {
          type: 'message',
          messenger: harness.messenger.name,
          text: '登记 3学时',
          sender: harness.person,
          chat: { type: 'private' },
          files: [],
          at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        },
      ]);
    });

    it('gives every message an id of its own, also when the same is said twice', async () => {
      await start();
      await harness.says('进度', 'private');
      await harness.says('进度', 'private');
      expect(new Set(received.map(({ id }) => id)).size).toBe(2);
    });

    it('hands over from a group only what names the bot, without the name', async () => {
      await start();
      await harness.says('大家早上好', 'group');
      expect(received).toEqual([]);
      await harness.says(`${harness.mention} 帮助`, 'group');
      expect(received).toMatchObject([{ text: '帮助', chat: { id: harness.group, type: 'group' } }]);
    });

    it('hands over hostile text letter by letter', async () => {
      await start();
      const hostile = '<img src=x onerror="alert(1)"> {{b}} __proto__ =1+1 \u202eabc \u0000 👨‍👩‍👧 **粗**';
      await harness.says(hostile, 'private');
      expect(received).toMatchObject([{ text: hostile }]);
    });

    it('hands on a long text whole, and keeps no second copy of it', async () => {
      await start();
      const long = '学习体会。'.repeat(500);
      await harness.says(long, 'private');
      const [message] = received;
      if (message?.type !== 'message') throw new Error('no message');
      expect(message.text).toBe(long);
      const hash = createHash('sha256').update(long).digest('hex');
      expect(await harness.blobs.get(hash)).toBeUndefined();
    });

    it('stores a file before it hands it over', async () => {
      await start();
      const bytes = new Uint8Array([0, 1, 2, 250, 255]);
      await harness.sendsFile('名册 2026.xlsx', bytes);
      const [message] = received;
      if (message?.type !== 'message') throw new Error('no message');
      expect(message.files).toMatchObject([{ name: '名册 2026.xlsx', size: 5 }]);
      const stored = await harness.blobs.get(message.files[0]?.blob ?? '');
      expect([...(stored ?? [])]).toEqual([...bytes]);
    });

    it('lets the platform know when a message could not be taken', async () => {
      answer = () => Promise.reject(new Error('not durable'));
      await start();
      await expect(harness.says('进度', 'private')).rejects.toThrow();
    });

    it('shows what is sent to a person and to a group, in order', async () => {
      await start();
      const first = await send(toPerson(), text('第一'), 'k1');
      const second = await send(toPerson(), choice, 'k2');
      await send({ type: 'chat', id: harness.group }, text('通报'), 'k3');
      expect(await harness.shown(toPerson())).toMatchObject([
        { messageId: first, text: '第一' },
        { messageId: second, text: expect.stringContaining('请选一个') },
      ]);
      expect(await harness.shown({ type: 'chat', id: harness.group })).toMatchObject([{ text: '通报' }]);
    });

    it('never doubles a message that is sent again with the same key, even at the same time', async () => {
      await start();
      const ids = await Promise.all([1, 2, 3].map(() => send(toPerson(), text('只此一条'), 'same')));
      ids.push(await send(toPerson(), text('只此一条'), 'same'));
      expect(new Set(ids).size).toBe(1);
      expect(await harness.shown(toPerson())).toHaveLength(1);
      await send(toPerson(), text('只此一条'), 'other');
      expect(await harness.shown(toPerson())).toHaveLength(2);
    });

    it('gives up on a chat that does not exist, and says so', async () => {
      await start();
      const outcome = await harness.messenger.send({ type: 'chat', id: harness.unknownChat }, text('早'), 'k');
      expect(outcome).toMatchObject({ ok: false, retry: false, reason: expect.stringMatching(/\S/) });
    });

    it('answers into the private chat of a person by the name that it gave it', async () => {
      await start();
      await harness.says('进度', 'private');
      const { chat, sender } = received[0] ?? {};
      expect(chat?.id).toBe(sender?.privateChat);
      await send({ type: 'chat', id: chat?.id ?? '' }, text('本周期已认定 3 学时'), 'k');
      expect(await harness.shown(toPerson())).toMatchObject([{ text: '本周期已认定 3 学时' }]);
    });

    it('knows a tap in the private chat from one in a group', async () => {
      await start();
      const inPrivate = await send(toPerson(), choice, 'k1');
      const inGroup = await send({ type: 'chat', id: harness.group }, choice, 'k2');
      await harness.taps(inPrivate, { command: '进度', args: {} }, {});
      await harness.taps(inGroup, { command: '进度', args: {} }, {});
      expect(received).toMatchObject([
        { chat: { type: 'private', id: received[0]?.sender.privateChat } },
        { chat: { type: 'group', id: harness.group } },
      ]);
    });

    it('sends the words of a file with it, once', async () => {
      await start();
      const blob = await harness.blobs.put(new Uint8Array([80, 75, 3, 4]));
      const file: Reply = { type: 'file', name: '逾期名单.xlsx', blob, mime: '', caption: '逾期名单见附件。' };
      await send(toPerson(), file, 'k');
      await send(toPerson(), file, 'k');
      const shown = (await harness.shown(toPerson())).map(({ text: said }) => said).join();
      expect(shown.split('逾期名单见附件。')).toHaveLength(2);
      expect(shown.split('逾期名单.xlsx')).toHaveLength(2);
    });

    it('hands over a tap with its press and form as they are, and brings the toast back', async () => {
      await start();
      const messageId = await send(toPerson(), choice, 'k');
      const toast = { tone: 'good', text: '已收到' } as const;
      answer = async () => ({ toast, card: null });
      const press = { command: '进度', args: { n: 1, deep: { list: ['<b>', null] } } };
      expect(await harness.taps(messageId, press, { title: '党课', who: ['E1', 'E2'] })).toEqual({ toast, card: null });
      expect(received).toMatchObject([
        {
          type: 'action',
          messageId,
          press,
          form: { title: '党课', who: ['E1', 'E2'] },
          sender: harness.person,
        },
      ]);
      expect(await harness.shown(toPerson())).toMatchObject([{ messageId, text: expect.stringContaining('请选一个') }]);
    });

    it('replaces the card that was tapped', async () => {
      await start();
      const messageId = await send(toPerson(), choice, 'k');
      answer = async () => ({ toast: { tone: 'info', text: '好' }, card: text('已选甲') });
      await harness.taps(messageId, { command: '进度', args: {} }, {});
      expect(await harness.shown(toPerson())).toEqual([{ messageId, text: '已选甲' }]);
    });

    it('tells two taps of the same button apart', async () => {
      await start();
      const messageId = await send(toPerson(), choice, 'k');
      await harness.taps(messageId, { command: '进度', args: {} }, {});
      await harness.taps(messageId, { command: '进度', args: {} }, {});
      expect(new Set(received.map(({ id }) => id)).size).toBe(2);
    });
  });
}

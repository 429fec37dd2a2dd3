import { createDecipheriv, createHash } from 'node:crypto';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as lark from '@larksuiteoapi/node-sdk';
import Koa from 'koa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { quiet } from '../../../support/feishu-sdk.ts';
import { type FeishuServer, openFeishuServer } from '../../../support/feishu-server/index.ts';
import {
  listenForWebhook,
  type Posted,
  type WebhookAnswer,
  type WebhookListener,
} from '../../../support/webhook-listener.ts';

const seconds = 1000;
const minutes = 60 * seconds;
const hours = 60 * minutes;
const good: WebhookAnswer = { status: 200, body: '{}' };
const busy: WebhookAnswer = { status: 503, body: '' };
const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

const signatureOf = ({ headers }: Posted): string =>
  ['x-lark-request-timestamp', 'x-lark-request-nonce', 'x-lark-signature'].map((name) => headers[name]).join();

describe('the webhook of the local Feishu', () => {
  let now = 0;
  let server: FeishuServer;
  let listener: WebhookListener;
  let answer: (count: number) => WebhookAnswer;

  const open = async (options = {}): Promise<void> => {
    server = await openFeishuServer({ now: () => now, ...options });
    listener = await listenForWebhook((_, count) => answer(count));
    server.useWebhook(listener.url);
  };
  beforeEach(() => {
    now = Date.parse('2026-11-26T10:07:00+08:00');
    answer = () => good;
  });
  afterEach(async () => {
    await listener.close();
    await server.close();
  });

  it('encrypts with the key’s hash and signs the bytes that it sends', async () => {
    await open();
    const zhang = server.addPerson({ name: '张三' });
    const { delivery } = await server.says(zhang.openId, '进度');
    const [posted] = listener.posted;
    const { encrypt } = JSON.parse(posted?.raw ?? '') as { encrypt: string };
    const sealed = Buffer.from(encrypt, 'base64');
    const cipher = createDecipheriv('aes-256-cbc', sha256(server.encryptKey ?? ''), sealed.subarray(0, 16));
    const opened = Buffer.concat([cipher.update(sealed.subarray(16)), cipher.final()]).toString('utf8');
    expect(JSON.parse(opened)).toEqual(delivery?.envelope);
    const timestamp = String(now / 1000);
    const nonce = String(posted?.headers['x-lark-request-nonce']);
    const signature = sha256(timestamp + nonce + server.encryptKey + posted?.raw).toString('hex');
    expect(posted?.headers).toMatchObject({ 'x-lark-request-timestamp': timestamp, 'x-lark-signature': signature });
  });

  it('sends plain text without a signature where no key is set', async () => {
    await open({ encryptKey: null });
    const zhang = server.addPerson({ name: '张三' });
    const { delivery } = await server.says(zhang.openId, '进度');
    expect(JSON.parse(listener.posted[0]?.raw ?? '')).toEqual(delivery?.envelope);
    expect(listener.posted[0]?.headers).not.toHaveProperty('x-lark-signature');
  });

  it('tries again after 15 s, 5 min, 1 h and 6 h with the same bytes and signature, then gives up', async () => {
    await open();
    answer = () => busy;
    const zhang = server.addPerson({ name: '张三' });
    const { delivery } = await server.says(zhang.openId, '登记');
    let count = 1;
    for (const pause of [15 * seconds, 5 * minutes, hours, 6 * hours]) {
      now += pause - 1;
      await server.catchUp();
      expect(listener.posted).toHaveLength(count);
      now += 1;
      await server.catchUp();
      count += 1;
      expect(listener.posted).toHaveLength(count);
    }
    now += 100 * hours;
    await server.catchUp();
    expect(listener.posted).toHaveLength(5);
    expect(delivery?.acknowledged).toBe(false);
    expect(new Set(listener.posted.map((posted) => posted.raw + signatureOf(posted))).size).toBe(1);
  });

  it.each<[string, WebhookAnswer, boolean]>([
    ['200 and an object', good, true],
    ['200 and no JSON', { status: 200, body: 'success' }, true],
    ['204', { status: 204, body: '' }, false],
    ['302', { status: 302, body: '', location: '/' }, false],
    ['401', { status: 401, body: '' }, false],
  ])('is acknowledged or not by %s', async (_, answered, isAcknowledged) => {
    await open();
    answer = () => answered;
    const zhang = server.addPerson({ name: '张三' });
    const { delivery } = await server.says(zhang.openId, '登记');
    expect(delivery?.acknowledged).toBe(isAcknowledged);
    answer = () => good;
    now += 15 * seconds;
    await server.catchUp();
    expect(listener.posted).toHaveLength(isAcknowledged ? 1 : 2);
  });

  it('takes an answer that was lost for none, and tries again where nobody listens', async () => {
    await open();
    const zhang = server.addPerson({ name: '张三' });
    server.faults.inEvents({ type: 'ack-lost' });
    const { delivery } = await server.says(zhang.openId, '登记');
    expect(delivery).toMatchObject({ acknowledged: false, attempts: [{ outcome: { result: 'no answer' } }] });
    server.useWebhook('http://127.0.0.1:9/');
    now += 15 * seconds;
    await server.catchUp();
    expect(delivery?.attempts[1]).toMatchObject({ outcome: { result: 'unreachable' } });
    server.useWebhook(listener.url);
    now += 5 * minutes;
    await server.catchUp();
    expect([listener.posted.length, delivery?.acknowledged]).toEqual([2, true]);
  });

  it('delays an event, and lets the next one overtake another', async () => {
    await open({ encryptKey: null });
    const zhang = server.addPerson({ name: '张三' });
    const texts = () => listener.posted.map(({ raw }) => JSON.parse(JSON.parse(raw).event.message.content).text);
    server.faults.inEvents({ type: 'behind-next' });
    const first = server.says(zhang.openId, '一');
    await server.says(zhang.openId, '二');
    await first;
    server.faults.inEvents({ type: 'delayed', ms: 10 * minutes });
    const late = server.says(zhang.openId, '三');
    await server.says(zhang.openId, '四');
    now += 10 * minutes;
    await server.catchUp();
    await late;
    expect(texts()).toEqual(['二', '一', '四', '三']);
  });

  it('tries again by itself where time is real', async () => {
    await open({ now: undefined, retryAfterMs: [1] });
    const tried = new Promise<void>((resolve) => {
      answer = (count) => {
        if (count === 2) resolve();
        return count === 1 ? busy : good;
      };
    });
    const { delivery } = await server.says(server.addPerson({ name: '张三' }).openId, '登记');
    await tried;
    expect(delivery?.eventId).toBe(server.deliveries[0]?.eventId);
  });

  it('does not accept an address that does not give the challenge back', async () => {
    await open();
    expect(await server.verifiesWebhook('a-challenge')).toBe(false);
    answer = () => ({ status: 200, body: '{"challenge":"a-challenge"}' });
    expect(await server.verifiesWebhook('a-challenge')).toBe(true);
    expect(listener.posted[0]?.headers).not.toHaveProperty('x-lark-signature');
    expect(Object.keys(JSON.parse(listener.posted[0]?.raw ?? ''))).toEqual(['encrypt']);
  });

  describe('to the SDK’s own adapter for Koa', () => {
    let bot: Server | undefined;
    const adapt = async (
      path: string,
      options: { encryptKey?: string; verificationToken?: string },
      handler: () => unknown,
    ) => {
      const dispatcher = new lark.EventDispatcher({ ...options, logger: quiet }).register({
        'im.message.receive_v1': handler,
        'card.action.trigger': handler,
      });
      const app = new Koa();
      app.silent = true;
      app.use(lark.adaptKoa(path, dispatcher, { autoChallenge: true }));
      bot = app.listen(0, '127.0.0.1');
      await once(bot, 'listening');
      return `http://127.0.0.1:${(bot.address() as AddressInfo).port}`;
    };
    const statuses = () => server.deliveries.flatMap(({ attempts }) => attempts.map(({ outcome }) => outcome));
    afterEach(() => bot?.close());

    it('is answered with 204 where a handler returns nothing, and so delivers again', async () => {
      await open();
      server.useWebhook(`${await adapt('/hook', { encryptKey: server.encryptKey ?? '' }, () => undefined)}/hook`);
      const zhang = server.addPerson({ name: '张三' });
      const { messageId, delivery } = await server.says(zhang.openId, '登记');
      expect(statuses()).toEqual([{ result: 'refused', status: 204 }]);
      now += 15 * seconds;
      await server.catchUp();
      expect(delivery?.attempts).toHaveLength(2);
      expect(await server.taps(zhang.openId, messageId, {})).toMatchObject({ error: 200671 });
    });

    it('is answered with 404 at an address with a query, and with 500 to what was encrypted with another key', async () => {
      await open();
      const url = await adapt('/hook', { encryptKey: 'another key' }, () => ({}));
      const zhang = server.addPerson({ name: '张三' });
      server.useWebhook(`${url}/hook?tenant=1`);
      await server.says(zhang.openId, '登记');
      server.useWebhook(`${url}/hook`);
      await server.says(zhang.openId, '登记');
      expect(statuses()).toEqual([
        { result: 'refused', status: 404 },
        { result: 'refused', status: 500 },
      ]);
    });

    it('gets its challenge back whatever token it shows', async () => {
      await open();
      server.useWebhook(`${await adapt('/hook', { encryptKey: server.encryptKey ?? '' }, () => ({}))}/hook`);
      expect(await server.verifiesWebhook('a-challenge', 'a wrong token')).toBe(true);
    });

    it('is believed without a key: unsigned, with whatever token', async () => {
      await open({ encryptKey: null });
      const heard: string[] = [];
      const url = await adapt('/hook', { verificationToken: 'not the app’s' }, () => void heard.push('heard'));
      server.useWebhook(`${url}/hook`);
      await server.says(server.addPerson({ name: '张三' }).openId, '登记');
      expect(heard).toEqual(['heard']);
    });

    it('is believed seven hours later with the signature of then', async () => {
      await open();
      let count = 0;
      const url = await adapt('/hook', { encryptKey: server.encryptKey ?? '' }, () => {
        count += 1;
        return {};
      });
      server.useWebhook(`${url}/hook`);
      server.faults.inEvents({ type: 'ack-lost' }, { times: 4 });
      const { delivery } = await server.says(server.addPerson({ name: '张三' }).openId, '登记');
      for (const pause of [15 * seconds, 5 * minutes, hours, 6 * hours]) {
        now += pause;
        await server.catchUp();
      }
      expect([count, delivery?.acknowledged]).toEqual([5, true]);
    });
  });
});

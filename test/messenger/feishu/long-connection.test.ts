import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocketServer } from 'ws';
import { askEndpoint } from '../../../src/messenger/feishu/api.ts';
import { FeishuEventError, isTap } from '../../../src/messenger/feishu/envelope.ts';
import { createRequest } from '../../../src/messenger/feishu/http.ts';
import {
  createLongConnection,
  type LongConnection,
  type LongConnectionParts,
} from '../../../src/messenger/feishu/long-connection.ts';
import { openLine } from '../../../src/messenger/feishu/sdk.ts';
import { type FeishuServer, openFeishuServer } from '../../support/feishu-server/index.ts';
import { SetClock } from '../../support/set-clock.ts';
import { SetWaits } from '../../support/set-waits.ts';

const second = 1000;
const minute = 60_000;
const watch = 30 * second;

type Told = Parameters<NonNullable<LongConnectionParts['tell']>>[0];

describe('the long connection', () => {
  let clock: SetClock;
  let waits: SetWaits;
  let server: FeishuServer;
  let connection: LongConnection;
  let person: string;
  let received: string[];
  let answer: (text: string) => Promise<object>;
  let logged: { readonly level: string; readonly fields: object; readonly message: string }[];
  let told: Told[];
  let hear: (() => void)[];

  const log = (level: string) => (fields: object, message: string) => void logged.push({ level, fields, message });
  const textOf = (envelope: unknown): string => {
    const { event } = envelope as { event: { message: { content: string } } };
    return (JSON.parse(event.message.content) as { text: string }).text;
  };
  const open = (parts: Partial<LongConnectionParts> = {}): LongConnection => {
    const app = { appId: server.appId, appSecret: server.appSecret, domain: server.url };
    const request = createRequest();
    connection = createLongConnection({
      app,
      askEndpoint: (signal) => askEndpoint(request, app, signal),
      openLine,
      receive: async (envelope) => {
        received.push(textOf(envelope));
        return answer(textOf(envelope));
      },
      clock,
      sleep: waits.sleep,
      random: () => 1,
      log: { info: log('info'), warn: log('warn'), error: log('error') },
      tell: (state) => {
        told.push(state);
        for (const wake of hear.splice(0)) wake();
      },
      ...parts,
    });
    return connection;
  };
  /** Resolves when it was told so for the n-th time. */
  const heard = async (state: Told, times = 1): Promise<void> => {
    while (told.filter((one) => one === state).length < times) await new Promise<void>((resolve) => hear.push(resolve));
  };
  const errors = (): readonly object[] => logged.filter(({ level }) => level === 'error');
  const asked = (): number => server.calls.filter(({ path }) => path === '/callback/ws/endpoint').length;
  /** Up for the n-th time, on both sides: the platform gives events to a line that has pinged. */
  const isUp = async (times = 1): Promise<void> => {
    await heard('up', times);
    await server.longConnection.connected(1);
  };
  const comesUp = async (): Promise<void> => {
    await connection.start();
    await isUp();
  };
  /** Lost, and up again after the pause of a first failure. */
  const comesBack = async (times: number): Promise<void> => {
    await waits.until(2 * second);
    await waits.pass(2 * second);
    await isUp(times);
  };

  beforeEach(async () => {
    clock = new SetClock('2026-11-20T01:00:00.000Z');
    waits = new SetWaits(clock);
    server = await openFeishuServer({ now: () => Date.parse(clock.now()) });
    person = server.addPerson({ name: '王芳' }).openId;
    received = [];
    logged = [];
    told = [];
    hear = [];
    answer = async () => ({});
    open();
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await connection.stop();
    await server.close();
  });

  describe('while it is up', () => {
    it('is ready from its opening to its end', async () => {
      expect(connection.status()).toEqual({ ready: false, reason: '飞书还没有启动，请稍后再试。' });
      await connection.start();
      expect(connection.status()).toEqual({ ready: true });
      await server.longConnection.connected(1);
      await connection.stop();
      expect(connection.status()).toMatchObject({ ready: false });
      await server.longConnection.connected(0);
    });

    it('trap: acknowledges when what came in is durable, and not before', async () => {
      await comesUp();
      let settle = (): void => {};
      const taken = new Promise<void>((arrived) => {
        answer = () => {
          arrived();
          return new Promise((resolve) => {
            settle = () => resolve({});
          });
        };
      });
      const saying = server.says(person, '登记 3学时');
      await taken;
      expect(server.deliveries[0]?.attempts).toEqual([]);
      settle();
      expect((await saying).delivery).toMatchObject({ acknowledged: true });
    });

    it('trap: what could not be made durable is delivered again', async () => {
      await comesUp();
      answer = () => Promise.reject(new Error('disk full'));
      const { delivery } = await server.says(person, '登记 3学时');
      expect(delivery?.attempts).toMatchObject([{ outcome: { result: 'refused', status: 500 } }]);
      answer = async () => ({});
      clock.pass(15 * second);
      await server.catchUp();
      expect(delivery).toMatchObject({ acknowledged: true });
      expect(received).toEqual(['登记 3学时', '登记 3学时']);
    });

    it('what is malformed is acknowledged after it was told: it never becomes well-formed', async () => {
      await comesUp();
      answer = () => Promise.reject(new FeishuEventError('shape', 'event.message'));
      const { delivery } = await server.says(person, '登记 3学时');
      expect(delivery?.attempts).toMatchObject([{ outcome: { result: 'answered', body: {} } }]);
      const reason = 'no event that can be read: shape at event.message';
      expect(logged).toContainEqual({ level: 'warn', fields: { reason }, message: 'event refused' });
    });

    it('a tap that could not be made durable, and does not come again, is answered in words', async () => {
      open({
        receive: (envelope) => (isTap(envelope) ? Promise.reject(new Error('disk full')) : Promise.resolve({})),
      });
      await comesUp();
      const { messageId } = await server.says(person, '登记');
      const tapped = await server.taps(person, messageId, {});
      expect(tapped).toMatchObject({
        error: null,
        toast: { type: 'error', content: expect.stringMatching(/没有作任何改动/) },
      });
    });

    it('trap: an empty answer is one, too: the client would show an error without', async () => {
      await comesUp();
      const { delivery } = await server.says(person, '进度');
      expect(delivery?.attempts).toMatchObject([{ outcome: { result: 'answered', body: {} } }]);
    });

    it('brings an answer to a tap back in the acknowledgement', async () => {
      open({ receive: async () => ({ toast: { type: 'success', content: '已登记' } }) });
      await comesUp();
      const sent = server.addChat({ name: '群', members: [person] });
      const { messageId } = await server.says(person, '早', { chat: sent.chatId });
      expect(await server.taps(person, messageId, { n: 1 })).toMatchObject({
        error: null,
        toast: { type: 'success', content: '已登记' },
      });
    });

    it('trap: an event that comes in pieces is one event', async () => {
      await comesUp();
      server.faults.inEvents({ type: 'fragmented', parts: 7 });
      const long = '学习体会。'.repeat(500);
      await server.says(person, long);
      expect(received).toEqual([long]);
    });

    it('trap: a slow event holds up no other', async () => {
      await comesUp();
      let settle = (): void => {};
      answer = (text) =>
        text === '慢'
          ? new Promise((resolve) => {
              settle = () => resolve({});
            })
          : Promise.resolve({});
      const slow = server.says(person, '慢');
      expect((await server.says(person, '快')).delivery).toMatchObject({ acknowledged: true });
      settle();
      expect((await slow).delivery).toMatchObject({ acknowledged: true });
    });

    it('trap: an acknowledgement that was lost with its line comes again over the next', async () => {
      await comesUp();
      server.faults.inEvents({ type: 'socket-drops' });
      const { delivery } = await server.says(person, '登记 3学时');
      expect(delivery).toMatchObject({ acknowledged: false });
      await comesBack(2);
      clock.pass(15 * second);
      await server.catchUp();
      expect(delivery).toMatchObject({ acknowledged: true });
    });

    it('says in the log why something could not be taken', async () => {
      await comesUp();
      const fault = new Error('disk full');
      answer = () => Promise.reject(fault);
      await server.says(person, '登记 3学时');
      expect(errors()).toEqual([{ level: 'error', fields: { err: fault }, message: 'event not taken' }]);
    });

    it('trap: what people write never gets into the log by way of the SDK', async () => {
      const platform = new WebSocketServer({ port: 0, host: '127.0.0.1' });
      const gone = new Promise<void>((resolve) => {
        platform.on('connection', (socket) => {
          socket.on('close', () => resolve());
          socket.on('message', () => socket.send(Buffer.from('王芳 欠 3学时'), () => socket.close()));
        });
      });
      await once(platform, 'listening');
      const url = `ws://127.0.0.1:${(platform.address() as AddressInfo).port}/?a=1&service_id=1`;
      open({ askEndpoint: async () => ({ url, pingSeconds: 120 }) });
      await connection.start();
      await gone;
      await heard('lost');
      platform.close();
      expect(logged).toContainEqual({
        level: 'warn',
        fields: { report: 'failed to handle inbound frame' },
        message: 'feishu sdk',
      });
      expect(JSON.stringify(logged)).not.toContain('王芳');
    });
  });

  describe('that the platform refuses', () => {
    it('trap: with an app id that is none, says so and asks nobody: the SDK would do nothing at all', async () => {
      open({ app: { appId: 'cli_1', appSecret: 's', domain: server.url } });
      await connection.start();
      expect(connection.status()).toEqual({
        ready: false,
        reason: 'FEISHU_APP_ID 应为 cli_ 加 16 位十六进制字符，请到开发者后台核对后重新启动。',
      });
      expect(errors()).toHaveLength(1);
      expect(asked()).toBe(0);
    });

    it.each([
      [403, false, /不允许这个应用使用长连接.*403）。$/],
      [514, false, /不接受这个应用凭证.*514）。$/],
      [1000040350, false, /长连接数已达上限.*1000040350）。$/],
      [1000040999, false, /拒绝建立长连接：internal error（飞书错误码 1000040999）。$/],
      // [T] The SDK takes it for a disturbance and tries again for ever without a word.
      [403, true, /不允许这个应用使用长连接/],
    ])('trap: %i (body without data: %s) is one clear sentence, told once', async (code, withoutData, sentence) => {
      server.faults.inEndpoint({ code, withoutData }, 2);
      await connection.start();
      expect(connection.status()).toEqual({ ready: false, reason: expect.stringMatching(sentence) });
      await waits.pass(10 * minute - 1);
      expect(asked()).toBe(1);
      await waits.pass(1);
      await waits.until(10 * minute);
      expect(asked()).toBe(2);
      expect(errors()).toHaveLength(1);
      expect(told).toEqual(['refused']);
    });

    it('is found when somebody has put it right', async () => {
      server.faults.inEndpoint({ code: 403 });
      await connection.start();
      await waits.pass(10 * minute);
      await heard('up');
      expect(connection.status()).toEqual({ ready: true });
    });

    it('trap: a wrong secret is one clear sentence', async () => {
      const wrong = { appId: server.appId, appSecret: 'wrong', domain: server.url };
      open({ app: wrong, askEndpoint: (signal) => askEndpoint(createRequest(), wrong, signal) });
      await connection.start();
      expect(connection.status()).toMatchObject({ reason: expect.stringContaining('FEISHU_APP_SECRET') });
    });
  });

  describe('that is disturbed', () => {
    it.each([
      ['trap: busy, which the SDK gives up on', 1],
      ['an internal error', 1000040343],
      ['trap: busy under another number, as it has been seen', 1000040345],
    ])('%s: tries again, with longer and longer pauses', async (_, code) => {
      server.faults.inEndpoint({ code }, 3);
      await connection.start();
      expect(connection.status()).toEqual({
        ready: false,
        reason: `还没有连上飞书，正在自动重试，期间收不到消息：飞书繁忙（飞书错误码 ${code}）。`,
      });
      for (const pause of [2, 4, 8]) {
        await waits.until(pause * second);
        await waits.pass(pause * second);
      }
      await heard('up');
      expect(asked()).toBe(4);
      expect(errors()).toEqual([]);
    });

    it('tries again when a page comes in place of an answer', async () => {
      server.faults.inCalls({ type: 'html', status: 502 });
      await connection.start();
      expect(connection.status()).toMatchObject({ reason: expect.stringContaining('HTTP 502') });
      await comesBack(1);
    });

    it('trap: comes back when the platform drops the line', async () => {
      await comesUp();
      server.longConnection.drop();
      await waits.until(2 * second);
      expect(connection.status()).toEqual({
        ready: false,
        reason: '与飞书的长连接从 2026-11-20 09:00 起断开，正在自动重连，期间收不到消息：连接中断。',
      });
      await comesBack(2);
      expect(connection.status()).toEqual({ ready: true });
      await server.says(person, '进度');
      expect(received).toEqual(['进度']);
      expect(told).toEqual(['up', 'lost', 'up']);
    });

    it('trap: a half-open line, on which nothing comes for 150 s, is replaced', async () => {
      await comesUp();
      // The answer to the first ping is in before the second of them.
      await server.says(person, '早');
      await server.says(person, '早');
      server.longConnection.freeze();
      await waits.until(watch);
      await waits.pass(watch);
      await waits.pass(150 * second - 1);
      expect(told).toEqual(['up']);
      await waits.pass(1);
      await waits.until(second);
      expect(connection.status()).toMatchObject({ reason: expect.stringContaining('长时间没有回应') });
      await waits.pass(second);
      await isUp(2);
      expect((await server.says(person, '进度')).delivery).toMatchObject({ acknowledged: true });
      expect(server.longConnection.count).toBe(1);
    });

    it('keeps a line on which something comes', async () => {
      await comesUp();
      for (const word of ['早', '中', '晚']) {
        await waits.until(watch);
        await waits.pass(120 * second);
        await server.says(person, word);
      }
      expect(told).toEqual(['up']);
      expect(asked()).toBe(1);
    });

    it('raises the alarm once when it has been away for long, and says since when', async () => {
      await comesUp();
      clock.pass(10 * minute);
      const away = server.faults.inCalls({ type: 'html', status: 503 }, { times: Number.POSITIVE_INFINITY });
      server.longConnection.drop();
      for (const pause of [1, 2, 4, 8, 16, 32, 60, 60]) {
        await waits.until(pause * second);
        await waits.pass(pause * second);
      }
      await waits.until(60 * second);
      expect(errors()).toEqual([
        {
          level: 'error',
          fields: { since: '2026-11-20T01:10:00.000Z', reason: expect.stringContaining('HTTP 503') },
          message: 'feishu has been away for long',
        },
      ]);
      expect(connection.status()).toMatchObject({ reason: expect.stringContaining('从 2026-11-20 09:10 起断开') });
      away.off();
      await waits.pass(60 * second);
      await isUp(2);
      expect(connection.status()).toEqual({ ready: true });
    });

    it('trap: leaves no timer and no socket behind, however often it is dropped', async () => {
      const eager: LongConnectionParts['sleep'] = (ms, signal) =>
        ms === watch ? waits.sleep(ms, signal) : Promise.resolve();
      open({ sleep: eager });
      const begun = vi.spyOn(globalThis, 'setInterval');
      const ended = vi.spyOn(globalThis, 'clearInterval');
      const held = (): number => process.getActiveResourcesInfo().filter(isHeld).length;
      await comesUp();
      server.longConnection.drop();
      await isUp(2);
      const before = held();
      for (let drops = 2; drops < 30; drops += 1) {
        server.longConnection.drop();
        await isUp(drops + 1);
      }
      await server.longConnection.connected(1);
      expect(held()).toBeLessThanOrEqual(before);
      const cleared = new Set<unknown>(ended.mock.calls.map(([timer]) => timer));
      expect(begun.mock.results.filter(({ value }) => !cleared.has(value))).toHaveLength(1);
      expect(waits.pending).toEqual([watch]);
    });
  });

  describe('that is stopped', () => {
    /** Takes connections, and says nothing. */
    let mute: Server;
    let callers: Socket[];
    const muteUrl = (): string => `ws://127.0.0.1:${(mute.address() as { port: number }).port}/?a=1&service_id=1`;

    beforeEach(async () => {
      callers = [];
      mute = createServer((socket) => {
        socket.on('error', () => {});
        callers.push(socket);
      });
      await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
    });
    afterEach(() => {
      for (const caller of callers) caller.destroy();
      mute.close();
    });

    it('stays closed', async () => {
      await comesUp();
      await connection.stop();
      await server.longConnection.connected(0);
      await waits.pass(60 * minute);
      expect(asked()).toBe(1);
      expect(waits.pending).toEqual([]);
    });

    it('trap: in the middle of its handshake, too', async () => {
      const called = new Promise<Socket>((resolve) => mute.once('connection', resolve));
      open({ askEndpoint: async () => ({ url: muteUrl(), pingSeconds: 120 }) });
      const starting = connection.start();
      const caller = await called;
      const left = new Promise((resolve) => caller.once('close', resolve));
      caller.resume();
      await connection.stop();
      await left;
      await starting;
      expect(connection.status()).toMatchObject({ ready: false });
    });

    it('while it asks where to connect to', async () => {
      let resume = (): void => {};
      const slow = { type: 'slow', until: new Promise<void>((resolve) => (resume = resolve)) } as const;
      server.faults.inCalls(slow);
      const starting = connection.start();
      await connection.stop();
      await starting;
      resume();
      expect(server.longConnection.count).toBe(0);
    });

    it('while it waits for its next try', async () => {
      server.faults.inEndpoint({ code: 1 });
      await connection.start();
      await waits.until(2 * second);
      await connection.stop();
      expect(waits.pending).toEqual([]);
    });

    it('finishes and acknowledges what it is receiving, and takes nothing new', async () => {
      await comesUp();
      let settle = (): void => {};
      const taken = new Promise<void>((arrived) => {
        answer = () => {
          arrived();
          return new Promise((resolve) => {
            settle = () => resolve({});
          });
        };
      });
      const saying = server.says(person, '登记 3学时');
      await taken;
      const stopping = connection.stop();
      const late = await server.says(person, '太晚');
      expect(late.delivery?.attempts).toMatchObject([{ outcome: { result: 'refused', status: 500 } }]);
      settle();
      expect((await saying).delivery).toMatchObject({ acknowledged: true });
      await stopping;
      expect(received).toEqual(['登记 3学时']);
    });

    it('does not wait for ever for what never ends', async () => {
      await comesUp();
      const taken = new Promise<void>((arrived) => {
        answer = () => {
          arrived();
          return new Promise(() => {});
        };
      });
      void server.says(person, '登记 3学时');
      await taken;
      const stopping = connection.stop();
      await waits.until(10 * second);
      await waits.pass(10 * second);
      await stopping;
      await server.longConnection.connected(0);
    });

    it('does not wait for ever for a goodbye', async () => {
      await comesUp();
      server.longConnection.freeze();
      await connection.stop();
      await server.longConnection.connected(0);
    });
  });
});

const isHeld = (resource: string): boolean => resource === 'Timeout' || resource === 'TCPSocketWrap';

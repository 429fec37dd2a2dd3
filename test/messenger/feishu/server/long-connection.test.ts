import { once } from 'node:events';
import * as lark from '@larksuiteoapi/node-sdk';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { quiet, sdkConnection } from '../../../support/feishu-sdk.ts';
import { type FeishuServer, openFeishuServer } from '../../../support/feishu-server/index.ts';

type Event = Record<string, unknown>;
const received = 'im.message.receive_v1';

describe('the long connection of the local Feishu, to the SDK', () => {
  let now = 0;
  let server: FeishuServer;
  const clients: lark.WSClient[] = [];

  beforeEach(async () => {
    now = Date.parse('2026-11-26T10:07:00+08:00');
    const clientConfig = { ReconnectInterval: 0.01, PingInterval: 0.06 };
    server = await openFeishuServer({ now: () => now, clientConfig });
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.close({ force: true });
    vi.useRealTimers();
    await server.close();
  });

  const connect = async (handlers: Parameters<typeof sdkConnection>[1], options = {}): Promise<lark.WSClient> => {
    const client = await sdkConnection(server, handlers, options);
    clients.push(client);
    return client;
  };
  const outcomes = (delivery: { attempts: readonly { outcome: object }[] } | null) =>
    delivery?.attempts.map(({ outcome }) => outcome);
  const endpoint = async (secret = server.appSecret) => {
    const answer = await fetch(`${server.url}/callback/ws/endpoint`, {
      method: 'POST',
      body: JSON.stringify({ AppID: server.appId, AppSecret: secret }),
    });
    return (await answer.json()) as { code: number; msg: string; data: { URL: string; ClientConfig: object } };
  };

  it('takes what the handler answers in the acknowledgement, and code 200 from one that there is no handler for', async () => {
    const zhang = server.addPerson({ name: '张三' });
    await connect({ [received]: () => ({ kept: true }) });
    const { delivery } = await server.says(zhang.openId, '进度');
    expect(outcomes(delivery)).toEqual([{ result: 'answered', body: { kept: true } }]);
    const menu = await server.pressesMenu(zhang.openId, 'progress');
    const body = 'no application.bot.menu_v6 event handle';
    expect(outcomes(menu)).toEqual([{ result: 'answered', body }]);
  });

  it('sends again, as the same event, what a handler threw at', async () => {
    const zhang = server.addPerson({ name: '张三' });
    const heard: Event[] = [];
    await connect({
      [received]: (event) => {
        heard.push(event);
        if (heard.length === 1) throw new Error('the disk is full');
        return {};
      },
    });
    const { delivery } = await server.says(zhang.openId, '登记');
    expect(outcomes(delivery)).toEqual([{ result: 'refused', status: 500 }]);
    now += 15_000;
    await server.catchUp();
    expect(delivery).toMatchObject({ acknowledged: true, attempts: [{}, { at: now }] });
    expect(heard[1]).toEqual(heard[0]);
    now += 86_400_000;
    await server.catchUp();
    expect(heard).toHaveLength(2);
  });

  it('sends again what is not acknowledged within three seconds, whatever comes later', async () => {
    const zhang = server.addPerson({ name: '张三' });
    let count = 0;
    let finish = (): void => {};
    const begun = new Promise<void>((tell) => {
      void connect({
        [received]: () => {
          count += 1;
          tell();
          return count === 1 ? new Promise<void>((resolve) => (finish = resolve)) : {};
        },
      });
    });
    await server.longConnection.connected();
    const saying = server.says(zhang.openId, '登记');
    await begun;
    now += 3000;
    await server.catchUp();
    const { delivery } = await saying;
    expect(outcomes(delivery)).toEqual([{ result: 'no answer' }]);
    finish();
    now += 15_000;
    await server.catchUp();
    expect([count, delivery?.acknowledged]).toEqual([2, true]);
  });

  it('puts an event into several frames, which the SDK puts together', async () => {
    const zhang = server.addPerson({ name: '张三' });
    const heard: Event[] = [];
    await connect({ [received]: (event) => void heard.push(event) });
    server.faults.inEvents({ type: 'fragmented', parts: 7 });
    const { delivery } = await server.says(zhang.openId, '学习体会：'.repeat(50));
    expect(delivery?.acknowledged).toBe(true);
    expect(heard).toMatchObject([{ message: { content: JSON.stringify({ text: '学习体会：'.repeat(50) }) } }]);
  });

  it('gives each event to one of several connections', async () => {
    const zhang = server.addPerson({ name: '张三' });
    const heard: [string[], string[]] = [[], []];
    for (const list of heard) {
      await connect({ [received]: (event) => void list.push((event['message'] as { message_id: string }).message_id) });
    }
    const said = [];
    for (const words of ['一', '二', '三', '四']) said.push((await server.says(zhang.openId, words)).messageId);
    expect(heard.map((list) => list.length)).toEqual([2, 2]);
    expect(new Set(heard.flat())).toEqual(new Set(said));
  });

  it('finds that the SDK handles events side by side and the same one twice', async () => {
    const zhang = server.addPerson({ name: '张三' });
    const heard: Event[] = [];
    let open = (): void => {};
    const gate = new Promise<void>((resolve) => (open = resolve));
    await connect({
      [received]: async (event) => {
        heard.push(event);
        if (heard.length === 3) open();
        await gate;
      },
    });
    await Promise.all(['一', '二', '三'].map((words) => server.says(zhang.openId, words)));
    server.faults.inEvents({ type: 'duplicate', as: 'same event' });
    await server.says(zhang.openId, '四');
    expect(heard[4]).toEqual(heard[3]);
    server.faults.inEvents({ type: 'duplicate', as: 'another event' });
    await server.says(zhang.openId, '五');
    expect(heard[6]?.['message']).toEqual(heard[5]?.['message']);
    expect(heard[6]?.['event_id']).not.toBe(heard[5]?.['event_id']);
  });

  it('loses the acknowledgement when the socket drops, and delivers again over the next one', async () => {
    const zhang = server.addPerson({ name: '张三' });
    const heard: Event[] = [];
    await connect({ [received]: (event) => void heard.push(event) });
    server.faults.inEvents({ type: 'socket-drops' });
    const { delivery } = await server.says(zhang.openId, '登记');
    expect(outcomes(delivery)).toEqual([{ result: 'no answer' }]);
    await server.longConnection.connected(1);
    now += 15_000;
    await server.catchUp();
    expect(delivery?.acknowledged).toBe(true);
    expect(heard.at(-1)).toMatchObject({ event_id: delivery?.eventId });
  });

  it('keeps what is said while nobody is connected for later', async () => {
    const zhang = server.addPerson({ name: '张三' });
    const { delivery } = await server.says(zhang.openId, '登记');
    expect(outcomes(delivery)).toEqual([{ result: 'not connected' }]);
    await connect({ [received]: () => ({}) });
    now += 15_000;
    await server.catchUp();
    expect(delivery?.acknowledged).toBe(true);
  });

  it('is half open without the SDK noticing', async () => {
    const zhang = server.addPerson({ name: '张三' });
    const client = await connect({ [received]: () => ({}) });
    server.longConnection.freeze();
    const saying = server.says(zhang.openId, '登记');
    now += 3000;
    await server.catchUp();
    expect(outcomes((await saying).delivery)).toEqual([{ result: 'no answer' }]);
    expect(client.getConnectionStatus().state).toBe('connected');
  });

  it('is half open until the SDK’s ping stays unanswered, where a time is set for it', async () => {
    // The SDK's watch over a ping would now and then end a connection that is only slow: it goes by a held clock.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    let onReconnecting = (): void => {};
    const noticed = new Promise<void>((resolve) => {
      onReconnecting = resolve;
    });
    await connect({ [received]: () => ({}) }, { pingTimeout: 0.03, onReconnecting });
    await server.longConnection.connected();
    server.longConnection.freeze();
    const { pings } = server.longConnection;
    vi.advanceTimersByTime(60 + 30);
    await Promise.all([server.longConnection.connected(0), noticed]);
    expect(server.longConnection.pings).toBe(pings);
    vi.advanceTimersByTime(1);
    await server.longConnection.connected(1);
    expect(server.longConnection.pings).toBe(pings + 1);
  });

  it.each([
    [1, 'system busy'],
    [403, 'forbidden'],
    [514, 'auth failed'],
    [1000040350, 'the number of connections exceeded the limit'],
  ])('ends for good at the SDK with code %i', async (code, reason) => {
    server.faults.inEndpoint({ code });
    const error = await new Promise<Error>((resolve) => {
      void sdkConnection(server, {}, { onError: resolve });
    });
    expect(error.message).toBe(`pullConnectConfig failed: code=${code}, msg=${reason}`);
  });

  it.each([
    ['an internal error', { code: 1000040343 }],
    ['a refusal for good that comes without data', { code: 514, withoutData: true }],
  ])('is tried again by the SDK after %s', async (_, fault) => {
    await connect({});
    const switched = server.faults.inEndpoint(fault, 2);
    server.longConnection.drop();
    await server.longConnection.connected(0);
    await server.longConnection.connected(1);
    expect(switched.happened).toBe(2);
  });

  it('is refused to a wrong secret, and to a socket whose ticket was used', async () => {
    expect(await endpoint('guessed')).toMatchObject({ code: 514 });
    const { data } = await endpoint();
    expect(data.URL).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\/ws\/v2\?fpid=493&.*device_id=\w+&.*service_id=\d+&ticket=/);
    const first = new WebSocket(data.URL);
    await once(first, 'open');
    const second = new WebSocket(data.URL);
    const refused = await new Promise<object>((resolve) => {
      second.once('unexpected-response', (_request, response) => resolve(response));
      second.once('error', () => {});
    });
    expect(refused).toMatchObject({ statusCode: 403, headers: { 'handshake-status': '514' } });
    second.terminate();
    first.terminate();
  });

  it('has room for fifty connections', async () => {
    const sockets: WebSocket[] = [];
    for (let i = 0; i < 50; i++) {
      const socket = new WebSocket((await endpoint()).data.URL);
      await once(socket, 'open');
      sockets.push(socket);
    }
    expect(await endpoint()).toMatchObject({ code: 1000040350 });
    for (const socket of sockets) socket.terminate();
  });

  it('is never asked for by the SDK with an app id of another form, and start comes back before it is open', async () => {
    const client = new lark.WSClient({ appId: 'cli_short', appSecret: 'secret', domain: server.url, logger: quiet });
    await client.start({ eventDispatcher: new lark.EventDispatcher({ logger: quiet }) });
    expect(server.calls).toEqual([]);
    const { appId, appSecret, url: domain } = server;
    const slow = new lark.WSClient({ appId, appSecret, domain, logger: quiet });
    clients.push(slow);
    await slow.start({ eventDispatcher: new lark.EventDispatcher({ logger: quiet }) });
    expect([slow.getConnectionStatus().state, server.longConnection.count]).toEqual(['connecting', 0]);
    await server.longConnection.connected();
  });
});

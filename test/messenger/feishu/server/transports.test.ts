import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as lark from '@larksuiteoapi/node-sdk';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { quiet, sdkClient, sdkConnection } from '../../../support/feishu-sdk.ts';
import { type FeishuServer, openFeishuServer } from '../../../support/feishu-server/index.ts';

describe('what people do, over the long connection', () => {
  let server: FeishuServer;
  const closing: (() => void)[] = [];

  beforeEach(async () => {
    server = await openFeishuServer();
  });
  afterEach(async () => {
    for (const close of closing.splice(0)) close();
    await server.close();
  });

  const connect = async (handlers: Parameters<typeof sdkConnection>[1]): Promise<void> => {
    const client = await sdkConnection(server, handlers);
    closing.push(() => client.close({ force: true }));
  };

  it('reaches the bot in plain text and is acknowledged', async () => {
    const zhang = server.addPerson({ name: '张三', userId: 'E0001' });
    const heard: Record<string, unknown>[] = [];
    await connect({ 'im.message.receive_v1': (event) => void heard.push(event) });
    const { messageId, delivery } = await server.says(zhang.openId, '进度');
    expect(heard).toMatchObject([
      {
        event_type: 'im.message.receive_v1',
        app_id: server.appId,
        sender: {
          sender_type: 'user',
          sender_id: { open_id: zhang.openId, user_id: 'E0001', union_id: zhang.unionId },
        },
        message: { message_id: messageId, chat_type: 'p2p', chat_id: zhang.privateChat, content: '{"text":"进度"}' },
      },
    ]);
    expect(delivery).toMatchObject({ acknowledged: true, attempts: [{ via: 'long connection' }] });
  });

  it('shows the toast and the card that come back from a tap', async () => {
    const zhang = server.addPerson({ name: '张三' });
    const card = (content: string) => ({
      schema: '2.0',
      config: { update_multi: true },
      body: { elements: [{ tag: 'markdown', content }] },
    });
    await connect({
      'card.action.trigger': (event) => {
        expect(event).toMatchObject({
          operator: { open_id: zhang.openId },
          action: { value: { command: '通过' }, tag: 'button', timezone: 'Asia/Shanghai' },
          create_time: expect.stringMatching(/^\d{16}$/),
        });
        return { toast: { type: 'success', content: '已通过' }, card: { type: 'raw', data: card('已通过') } };
      },
    });
    const sent = await sdkClient(server).im.v1.message.create({
      params: { receive_id_type: 'open_id' },
      data: { receive_id: zhang.openId, msg_type: 'interactive', content: JSON.stringify(card('待审核')) },
    });
    const messageId = sent.data?.message_id ?? '';
    const tapped = await server.taps(zhang.openId, messageId, { command: '通过' });
    expect(tapped).toMatchObject({ error: null, toast: { type: 'success', content: '已通过' } });
    expect(server.message(messageId).shown).toEqual(card('已通过'));
  });
});

describe('what people do, over the webhook', () => {
  let server: FeishuServer;
  let bot: Server;
  const heard: unknown[] = [];

  beforeEach(async () => {
    server = await openFeishuServer();
    const dispatcher = new lark.EventDispatcher({ encryptKey: server.encryptKey ?? '', logger: quiet }).register({
      'im.message.receive_v1': (event) => {
        heard.push(event);
        return {};
      },
    });
    bot = createServer(lark.adaptDefault('/feishu/webhook', dispatcher, { autoChallenge: true }));
    await once(bot.listen(0, '127.0.0.1'), 'listening');
  });
  afterEach(async () => {
    bot.close();
    await server.close();
  });

  it('is encrypted and signed so that the SDK accepts it', async () => {
    const zhang = server.addPerson({ name: '张三' });
    server.useWebhook(`http://127.0.0.1:${(bot.address() as AddressInfo).port}/feishu/webhook`);
    expect(await server.verifiesWebhook('a-challenge')).toBe(true);
    const { delivery } = await server.says(zhang.openId, '帮助');
    expect(heard).toMatchObject([{ message: { content: '{"text":"帮助"}' } }]);
    expect(delivery).toMatchObject({ acknowledged: true, attempts: [{ via: 'webhook' }] });
  });
});

import * as lark from '@larksuiteoapi/node-sdk';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { quiet, sdkClient } from '../../../support/feishu-sdk.ts';
import { type FeishuServer, openFeishuServer } from '../../../support/feishu-server/index.ts';
import type { Person } from '../../../support/feishu-server/people.ts';

/** What the SDK does that its users fall over, and that the local Feishu shows as the real one would. */
describe('the SDK’s client against the local Feishu', () => {
  let server: FeishuServer;
  let zhang: Person;

  const open = async (options = {}): Promise<void> => {
    server = await openFeishuServer(options);
    zhang = server.addPerson({ name: '张三' });
  };
  beforeEach(() => open());
  afterEach(() => server.close());

  const send = (client: lark.Client, words = '你好') =>
    client.im.v1.message.create({
      params: { receive_id_type: 'open_id' },
      data: { receive_id: zhang.openId, msg_type: 'text', content: JSON.stringify({ text: words }) },
    });

  it('asks for four tokens for four first messages at once', async () => {
    const client = sdkClient(server);
    await Promise.all(['一', '二', '三', '四'].map((words) => send(client, words)));
    expect(server.tokens.asked).toBe(4);
    await send(client, '五');
    expect(server.tokens.asked).toBe(4);
  });

  it('shares its tokens with every other client of the same app', async () => {
    await send(sdkClient(server));
    await send(sdkClient(server));
    expect(server.tokens.asked).toBe(1);
  });

  it('keeps no token that lives three minutes or less', async () => {
    await server.close();
    await open({ tokenSeconds: 180 });
    const client = sdkClient(server);
    await send(client);
    await send(client);
    expect(server.tokens.asked).toBe(2);
  });

  it('says what is wrong with the secret', async () => {
    const { appId, url: domain } = server;
    const client = new lark.Client({ appId, appSecret: 'guessed', domain, logger: quiet });
    await expect(send(client)).rejects.toThrow(
      'failed to get tenant_access_token, code: 10014, msg: app secret invalid',
    );
  });

  it('goes on with a token that has died', async () => {
    const client = sdkClient(server);
    await send(client);
    server.tokens.invalidate();
    for (let i = 0; i < 2; i++) {
      await expect(send(client)).rejects.toMatchObject({ response: { status: 400, data: { code: 99991663 } } });
    }
    expect(server.tokens.asked).toBe(1);
  });

  it('resolves for a refusal that comes with HTTP 200, and throws for one with HTTP 400', async () => {
    const client = sdkClient(server);
    server.faults.inCalls({ type: 'refused', code: 230020, status: 200 });
    expect(await send(client)).toMatchObject({ code: 230020 });
    zhang.resigned = true;
    await expect(send(client)).rejects.toMatchObject({ response: { status: 400, data: { code: 230029 } } });
  });

  it('tries nothing twice: neither when it was too often, nor when the gateway fails, nor when the connection breaks', async () => {
    const client = sdkClient(server);
    server.faults.inCalls({ type: 'rate-limited', resetSeconds: 7 });
    await expect(send(client)).rejects.toMatchObject({
      response: { status: 429, headers: { 'x-ogw-ratelimit-reset': '7' } },
    });
    server.faults.inCalls({ type: 'html', status: 502 });
    await expect(send(client)).rejects.toMatchObject({ response: { status: 502 } });
    server.faults.inCalls({ type: 'reset' });
    await expect(send(client)).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(server.calls.filter(({ path }) => path.endsWith('/messages'))).toHaveLength(3);
    expect(server.sent()).toEqual([]);
  });

  it('resolves with the text of a page, or with broken JSON, as if that were an answer', async () => {
    const client = sdkClient(server);
    server.faults.inCalls({ type: 'html', status: 200 });
    expect(await send(client)).toMatch(/^<html>/);
    server.faults.inCalls({ type: 'broken-json' });
    expect(await send(client)).toBe('{"code":0,"msg":"succ');
  });

  it('writes what was said into its log when something fails', async () => {
    const logged: unknown[] = [];
    const logger = { ...quiet, error: (...words: unknown[]) => void logged.push(...words) };
    const { appId, appSecret, url: domain } = server;
    zhang.botStopped = true;
    await expect(send(new lark.Client({ appId, appSecret, domain, logger }), '我的私事')).rejects.toThrow();
    const seen: unknown[] = [];
    const depths = JSON.stringify(logged, (_, value: unknown) => {
      if (typeof value === 'object' && value !== null) {
        if (seen.includes(value)) return undefined;
        seen.push(value);
      }
      return value;
    });
    expect(depths).toContain('我的私事');
  });

  it('finds that a path without its parameter is missing, and asks nobody', async () => {
    const reply = sdkClient(server).im.v1.message.reply({
      path: {} as { message_id: string },
      data: { msg_type: 'text', content: '{"text":"好"}' },
    });
    await expect(reply).rejects.toThrow('request miss message_id path argument');
    expect(server.calls.filter(({ path }) => path.includes('/messages'))).toEqual([]);
  });

  it('reaches what it has no function for with a request of its own', async () => {
    const group = server.addChat({ name: '干部教育群', members: [zhang.openId] });
    const card = {
      schema: '2.0',
      config: { update_multi: true },
      body: { elements: [{ tag: 'markdown', content: '3 学时' }] },
    };
    const answer = await sdkClient(server).request({
      method: 'POST',
      url: '/open-apis/ephemeral/v1/send',
      data: { chat_id: group.chatId, open_id: zhang.openId, msg_type: 'interactive', card },
    });
    expect(answer).toMatchObject({ code: 0, data: { message_id: server.seenBy(zhang.openId)[0]?.messageId } });
  });
});

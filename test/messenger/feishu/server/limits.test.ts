import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callFeishu } from '../../../support/feishu-call.ts';
import { type FeishuServer, openFeishuServer } from '../../../support/feishu-server/index.ts';

describe('how often the local Feishu may be called', () => {
  let now = 0;
  let server: FeishuServer;

  const open = async (limits = {}): Promise<void> => {
    server = await openFeishuServer({ now: () => now, limits });
  };
  beforeEach(() => {
    now = Date.parse('2026-11-26T10:07:00+08:00');
  });
  afterEach(() => server.close());

  const send = (id: string, type = 'open_id') =>
    callFeishu(server, 'POST', `im/v1/messages?receive_id_type=${type}`, {
      receive_id: id,
      msg_type: 'text',
      content: JSON.stringify({ text: '你好' }),
    });

  it('sends five messages a second to one person, whichever way it is named, and any to others', async () => {
    await open();
    const zhang = server.addPerson({ name: '张三' });
    for (let i = 0; i < 4; i++) expect((await send(zhang.openId)).body.code).toBe(0);
    expect((await send(zhang.userId, 'user_id')).body.code).toBe(0);
    expect(await send(zhang.openId)).toMatchObject({ status: 400, body: { code: 230020 } });
    expect((await send(server.addPerson({ name: '李四' }).openId)).body.code).toBe(0);
    now += 999;
    expect((await send(zhang.openId)).body.code).toBe(230020);
    now += 1;
    expect((await send(zhang.openId)).body.code).toBe(0);
    expect(server.refusals(230020)).toBe(2);
    expect(server.sentTo(zhang.openId)).toHaveLength(6);
  });

  it('sends five messages a second to a group', async () => {
    await open();
    const group = server.addChat({ name: '干部教育群' });
    for (let i = 0; i < 5; i++) await send(group.chatId, 'chat_id');
    expect((await send(group.chatId, 'chat_id')).body.code).toBe(230020);
  });

  it('changes one message five times a second', async () => {
    await open();
    const zhang = server.addPerson({ name: '张三' });
    const { body } = await send(zhang.openId);
    const edit = () =>
      callFeishu(server, 'PUT', `im/v1/messages/${String(body.data['message_id'])}`, {
        msg_type: 'text',
        content: JSON.stringify({ text: '更正' }),
      });
    for (let i = 0; i < 5; i++) expect((await edit()).body.code).toBe(0);
    expect((await edit()).body.code).toBe(230020);
  });

  it('answers fifty calls of one API a second, then says with HTTP 429 for how long not', async () => {
    await open();
    const people = Array.from({ length: 51 }, (_, i) => server.addPerson({ name: `干部${i}` }));
    for (const { openId } of people.slice(0, 50)) await send(openId);
    now += 400;
    const refused = await send(people[50]?.openId ?? '');
    expect(refused).toMatchObject({ status: 429, body: { code: 99991400, msg: 'request trigger frequency limit' } });
    expect(refused.headers.get('x-ogw-ratelimit-limit')).toBe('1000');
    expect(refused.headers.get('x-ogw-ratelimit-reset')).toBe('1');
    expect((await callFeishu(server, 'GET', 'bot/v3/info')).body.code).toBe(0);
    now += 600;
    expect((await send(people[50]?.openId ?? '')).body.code).toBe(0);
    expect(server.refusals(99991400)).toBe(1);
  });

  it('answers a thousand calls of one API a minute', async () => {
    await open({ perSecond: 10_000, perTarget: 10_000, perMinute: 20 });
    const zhang = server.addPerson({ name: '张三' });
    for (let i = 0; i < 20; i++) await send(zhang.openId);
    now += 15_000;
    const refused = await send(zhang.openId);
    expect([refused.status, refused.headers.get('x-ogw-ratelimit-reset')]).toEqual([429, '45']);
    now += 45_000;
    expect((await send(zhang.openId)).status).toBe(200);
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callFeishu } from '../../../support/feishu-call.ts';
import { sdkClient } from '../../../support/feishu-sdk.ts';
import { type FeishuServer, openFeishuServer } from '../../../support/feishu-server/index.ts';

const text = (words: string): string => JSON.stringify({ text: words });
const card = (words: string): string =>
  JSON.stringify({
    schema: '2.0',
    config: { update_multi: true },
    body: { elements: [{ tag: 'markdown', content: words }] },
  });

describe('sending through the SDK to the local Feishu', () => {
  let now = Date.parse('2026-11-26T10:07:00+08:00');
  let server: FeishuServer;

  beforeEach(async () => {
    server = await openFeishuServer({ now: () => now });
  });
  afterEach(() => server.close());

  const send = (id: string, content: string, more: { type?: string; uuid?: string; msgType?: string } = {}) =>
    sdkClient(server).im.v1.message.create({
      params: { receive_id_type: (more.type ?? 'open_id') as 'open_id' },
      data: {
        receive_id: id,
        msg_type: more.msgType ?? 'text',
        content,
        ...(more.uuid === undefined ? {} : { uuid: more.uuid }),
      },
    });

  it('reaches a person by each of the ids, and a group by its own', async () => {
    const zhang = server.addPerson({ name: '张三', email: 'zhang@example.edu.cn' });
    const group = server.addChat({ name: '干部教育群', members: [zhang.openId] });
    const ids = {
      open_id: zhang.openId,
      union_id: zhang.unionId,
      user_id: zhang.userId,
      email: 'zhang@example.edu.cn',
    };
    for (const [type, id] of Object.entries(ids)) await send(id, text(type), { type });
    await send(group.chatId, text('通报'), { type: 'chat_id' });
    expect(server.sentTo(zhang.openId).map(({ content }) => content)).toEqual(
      Object.keys(ids).map((type) => ({ text: type })),
    );
    expect(server.sentIn(group.chatId)).toMatchObject([{ to: null, content: { text: '通报' } }]);
  });

  it('answers with the message as the platform does', async () => {
    const zhang = server.addPerson({ name: '张三' });
    const answer = await send(zhang.openId, text('你好'));
    expect(answer).toMatchObject({
      code: 0,
      msg: 'success',
      data: {
        message_id: expect.stringMatching(/^om_[0-9a-f]{32}$/),
        msg_type: 'text',
        create_time: String(now),
        updated: false,
        chat_id: zhang.privateChat,
        sender: { id: server.appId, id_type: 'app_id', sender_type: 'app', tenant_key: server.tenantKey },
        body: { content: text('你好') },
      },
    });
  });

  it('replies below what somebody has said', async () => {
    const zhang = server.addPerson({ name: '张三' });
    const { messageId } = await server.says(zhang.openId, '进度');
    await sdkClient(server).im.v1.message.reply({
      path: { message_id: messageId },
      data: { msg_type: 'text', content: text('本周期已认定 3 学时') },
    });
    expect(server.sentTo(zhang.openId)).toMatchObject([
      { parentId: messageId, content: { text: '本周期已认定 3 学时' } },
    ]);
  });

  it('puts another card in the place of the first', async () => {
    const zhang = server.addPerson({ name: '张三' });
    server.scopes.add('im:message:update');
    const sent = await send(zhang.openId, card('待审核'), { msgType: 'interactive' });
    const messageId = sent.data?.message_id ?? '';
    await sdkClient(server).im.v1.message.patch({ path: { message_id: messageId }, data: { content: card('已通过') } });
    expect(server.message(messageId)).toMatchObject({
      content: JSON.parse(card('待审核')),
      shown: JSON.parse(card('已通过')),
      changes: [{ via: 'patch', at: now }],
    });
  });

  it('edits a text twenty times, and nothing that somebody else has said or that is a card', async () => {
    const zhang = server.addPerson({ name: '张三' });
    const edit = async (id: string, words: string): Promise<number> => {
      const data = { msg_type: 'text', content: text(words) };
      return (await callFeishu(server, 'PUT', `im/v1/messages/${id}`, data)).body.code;
    };
    const messageId = (await send(zhang.openId, text('原文'))).data?.message_id ?? '';
    for (let i = 1; i <= 20; i++) {
      now += 1000;
      expect(await edit(messageId, `更正 ${i}`)).toBe(0);
    }
    now += 1000;
    expect(await edit(messageId, '更正 21')).toBe(230072);
    expect(server.message(messageId)).toMatchObject({ content: { text: '原文' }, shown: { text: '更正 20' } });
    expect(await edit((await server.says(zhang.openId, '进度')).messageId, '改')).toBe(230071);
    const sent = await send(zhang.openId, card('待审核'), { msgType: 'interactive' });
    expect(await edit(sent.data?.message_id ?? '', '改')).toBe(230054);
  });

  it('sends once for one uuid within an hour, and again after it', async () => {
    const zhang = server.addPerson({ name: '张三' });
    const first = await send(zhang.openId, text('提醒'), { uuid: 'digest:2026-11-26:E0001' });
    now += 3_599_000;
    const second = await send(zhang.openId, text('提醒'), { uuid: 'digest:2026-11-26:E0001' });
    expect(second.data?.message_id).toBe(first.data?.message_id);
    now += 2000;
    await send(zhang.openId, text('提醒'), { uuid: 'digest:2026-11-26:E0001' });
    expect(server.sentTo(zhang.openId)).toHaveLength(2);
  });

  it('says when a message is there that a test waits for', async () => {
    const zhang = server.addPerson({ name: '张三' });
    const arrival = server.arrival(({ to }) => to === zhang.openId);
    await send(zhang.openId, text('来了'));
    expect((await arrival).content).toEqual({ text: '来了' });
  });
});

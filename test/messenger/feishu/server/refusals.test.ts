import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callFeishu } from '../../../support/feishu-call.ts';
import { type FeishuServer, openFeishuServer } from '../../../support/feishu-server/index.ts';

const text = (words: string): string => JSON.stringify({ text: words });
const cardOf = (...elements: readonly object[]): string =>
  JSON.stringify({ schema: '2.0', config: { update_multi: true }, body: { elements } });
const words = (content: string): object => ({ tag: 'markdown', content });
const bytes = (count: number): string => 'a'.repeat(count);

describe('what the local Feishu does not send', () => {
  let server: FeishuServer;

  beforeEach(async () => {
    server = await openFeishuServer({ limits: { perTarget: 1000 } });
  });
  afterEach(() => server.close());

  const send = (type: string, id: string, content = text('你好'), msgType = 'text', uuid?: string) =>
    callFeishu(server, 'POST', `im/v1/messages?receive_id_type=${type}`, {
      receive_id: id,
      msg_type: msgType,
      content,
      ...(uuid === undefined ? {} : { uuid }),
    });

  it.each([
    ['open_id', 'zhangsan', 230001],
    ['open_id', 'ou_unknown', 99992351],
    ['union_id', 'on_unknown', 230034],
    ['user_id', 'E9999', 230034],
    ['email', 'nobody@example.edu.cn', 230034],
    ['chat_id', 'ou_nogroup', 230001],
    ['chat_id', 'oc_unknown', 230002],
    ['staff_no', 'E0001', 99992402],
  ])('goes to nobody by %s %s: %i', async (type, id, code) => {
    expect(await send(type, id)).toMatchObject({ status: 400, body: { code, error: { log_id: expect.any(String) } } });
    expect(server.sent()).toEqual([]);
    expect(server.refusals(code)).toBe(1);
  });

  it('goes to nobody by the open_id of another app', async () => {
    server.people.foreign.add('ou_otherapp');
    expect((await send('open_id', 'ou_otherapp')).body.code).toBe(99992361);
  });

  it.each([
    ['is outside the app’s range', { available: false }, 230013],
    ['has left', { resigned: true }, 230029],
    ['has stopped the bot', { botStopped: true }, 230053],
  ])('goes to nobody who %s', async (_, state, code) => {
    const person = server.addPerson({ name: '张三', ...state });
    expect(await send('open_id', person.openId)).toMatchObject({ status: 400, body: { code } });
    expect((await send('chat_id', person.privateChat)).body.code).toBe(code);
  });

  it('goes to no group without the bot, and to none that is no more', async () => {
    const group = server.addChat({ name: '干部教育群', botIsIn: false });
    expect((await send('chat_id', group.chatId)).body.code).toBe(230002);
    group.botIsIn = true;
    group.dissolved = true;
    expect((await send('chat_id', group.chatId)).body.code).toBe(232009);
  });

  it.each([
    ['text of 150 KB', 'text', text(bytes(150 * 1024 - 11)), 0],
    ['text one byte longer', 'text', text(bytes(150 * 1024 - 10)), 230025],
    ['post of 30 KB', 'post', JSON.stringify({ zh_cn: bytes(30 * 1024 - 12) }), 0],
    ['post one byte longer', 'post', JSON.stringify({ zh_cn: bytes(30 * 1024 - 11) }), 230025],
    ['empty text', 'text', text(''), 230001],
    ['text that is no JSON', 'text', '你好', 230001],
    ['type that does not exist', 'markdown', text('你好'), 230001],
    ['file that was not uploaded', 'file', '{"file_key":"file_v3_unknown"}', 230001],
    ['card over 30 KB', 'interactive', cardOf(words(bytes(30 * 1024))), 230025],
    ['card that is no JSON', 'interactive', '{"schema":', 230099],
    ['phone number', 'text', text('请联系13800138000。'), 230028],
    ['phone number in a card', 'interactive', cardOf(words('电话 13800138000')), 230028],
    ['e-mail address', 'text', text('发到 zhang@example.edu.cn'), 230028],
    ['identity number', 'text', text('身份证11010519900307123X'), 230028],
    ['long number that is none of these', 'text', text('登记号 13800138000123，流水号 20261126110105199003071234'), 0],
  ])('looks at the content: %s', async (_, type, content, code) => {
    const { openId } = server.addPerson({ name: '张三' });
    expect((await send('open_id', openId, content, type)).body.code).toBe(code);
  });

  it('says which part of a card it cannot build', async () => {
    const { openId } = server.addPerson({ name: '张三' });
    const table = {
      tag: 'table',
      page_size: 5,
      columns: [{ name: 'a', display_name: '甲', data_type: 'text' }],
      rows: [],
    };
    const refused = await send('open_id', openId, cardOf(table, table, table, table, table, table), 'interactive');
    expect(refused).toMatchObject({
      status: 400,
      body: {
        code: 230099,
        msg: expect.stringMatching(/^Failed to create card content, ext=ErrCode: 11310; ErrMsg: /),
      },
    });
    const unknown = await send('open_id', openId, cardOf({ ...words('甲'), colour: 'red' }), 'interactive');
    expect(unknown.body.msg).toMatch(/ErrCode: 200621/);
  });

  it('takes a uuid of 50 characters and none of 51', async () => {
    const { openId } = server.addPerson({ name: '张三' });
    expect((await send('open_id', openId, text('一'), 'text', bytes(50))).body.code).toBe(0);
    expect(await send('open_id', openId, text('二'), 'text', bytes(51))).toMatchObject({
      body: { code: 99992402, error: { field_violations: [{ field: 'uuid' }] } },
    });
  });

  it('replies to nothing that is not there or was taken back', async () => {
    const { openId } = server.addPerson({ name: '张三' });
    const reply = (id: string) =>
      callFeishu(server, 'POST', `im/v1/messages/${id}/reply`, { msg_type: 'text', content: text('好') });
    expect((await reply('om_unknown')).body.code).toBe(99992354);
    const { messageId } = await server.says(openId, '进度');
    await server.recalls(messageId);
    expect((await reply(messageId)).body.code).toBe(230011);
  });

  it('knows no other paths, and says so in plain text', async () => {
    const answer = await fetch(`${server.url}/open-apis/im/v1/nothing`);
    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
      404,
      'text/plain',
      '404 page not found',
    ]);
  });
});

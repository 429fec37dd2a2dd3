import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FeishuServer, openFeishuServer } from '../../../support/feishu-server/index.ts';
import { listenForWebhook, type WebhookListener } from '../../../support/webhook-listener.ts';

describe('what the local Feishu tells the bot', () => {
  const now = Date.parse('2026-11-26T10:07:00+08:00');
  let server: FeishuServer;
  let listener: WebhookListener;

  beforeEach(async () => {
    server = await openFeishuServer({ now: () => now, encryptKey: null });
    listener = await listenForWebhook(() => ({ status: 200, body: '{}' }));
    server.useWebhook(listener.url);
  });
  afterEach(async () => {
    await listener.close();
    await server.close();
  });

  const told = () =>
    listener.posted.map(({ raw }) => JSON.parse(raw) as { header: { event_type: string }; event: object });
  const ids = (person: { openId: string; unionId: string; userId: string }) => ({
    open_id: person.openId,
    union_id: person.unionId,
    user_id: person.userId,
  });

  it('of a message in a group names everybody who was mentioned', async () => {
    const [zhang, li] = [server.addPerson({ name: '张三' }), server.addPerson({ name: '李四' })];
    const group = server.addChat({ name: '干部教育群', members: [zhang.openId, li.openId] });
    const both = [server.bot.openId, li.openId];
    server.scopes.add('im:message.group_msg');
    const { messageId } = await server.says(zhang.openId, '进度', { chat: group.chatId, mention: both });
    expect(told()).toMatchObject([
      {
        event: {
          sender: { sender_id: ids(zhang), sender_type: 'user', tenant_key: server.tenantKey },
          message: {
            message_id: messageId,
            chat_id: group.chatId,
            chat_type: 'group',
            message_type: 'text',
            content: '{"text":"@_user_1 @_user_2 进度"}',
            create_time: String(now),
            mentions: [
              { key: '@_user_1', id: { open_id: server.bot.openId }, mentioned_type: 'bot', name: '学时簿' },
              { key: '@_user_2', id: ids(li), mentioned_type: 'user', name: '李四' },
            ],
          },
        },
      },
    ]);
  });

  it('leaves out what a group says without naming the bot, and what is said where it is not', async () => {
    const zhang = server.addPerson({ name: '张三' });
    const group = server.addChat({ name: '干部教育群', members: [zhang.openId] });
    expect((await server.says(zhang.openId, '大家好', { chat: group.chatId })).delivery).toBeNull();
    expect((await server.says(zhang.openId, '进度', { chat: group.chatId, mention: true })).delivery).not.toBeNull();
    group.botIsIn = false;
    expect((await server.says(zhang.openId, '进度', { chat: group.chatId, mention: true })).delivery).toBeNull();
    server.scopes.delete('im:message.p2p_msg:readonly');
    expect((await server.says(zhang.openId, '进度')).delivery).toBeNull();
    expect(told()).toHaveLength(1);
  });

  it('of what is said to everybody carries no mentions', async () => {
    const zhang = server.addPerson({ name: '张三' });
    const { chatId } = server.addChat({ name: '干部教育群', members: [zhang.openId] });
    await server.says(zhang.openId, '明天开会', { chat: chatId, mention: 'all' });
    expect(told()).toMatchObject([{ event: { message: { content: '{"text":"@_all 明天开会"}' } } }]);
    expect(told()[0]?.event).not.toHaveProperty('message.mentions');
  });

  it('of another bot says that it is one', async () => {
    const { chatId } = server.addChat({ name: '干部教育群' });
    await server.botSays('进度', { chat: chatId, mention: true });
    expect(told()).toMatchObject([{ event: { sender: { sender_type: 'bot' } } }]);
  });

  it('of a reply names what was replied to; of rich text, files and pictures what they are', async () => {
    const zhang = server.addPerson({ name: '张三' });
    const first = await server.says(zhang.openId, '进度');
    await server.says(zhang.openId, '再说一次', { replyTo: first.messageId });
    await server.posts(zhang.openId, { title: '', content: [[{ tag: 'text', text: '登记' }]] });
    await server.sendsFile(zhang.openId, { name: '名单.xlsx', bytes: new Uint8Array([1]) });
    await server.sendsImage(zhang.openId, new Uint8Array([1]));
    const messages = told().map(({ event }) => (event as { message: Record<string, string> }).message);
    expect(messages[1]).toMatchObject({ parent_id: first.messageId, root_id: first.messageId });
    expect(messages.slice(2).map(({ message_type: type }) => type)).toEqual(['post', 'file', 'image']);
    expect(JSON.parse(messages[2]?.['content'] ?? '')).toEqual({
      title: '',
      content: [[{ tag: 'text', text: '登记' }]],
    });
    expect(JSON.parse(messages[3]?.['content'] ?? '')).toEqual({
      file_key: expect.stringMatching(/^file_v3_/),
      file_name: '名单.xlsx',
    });
  });

  it('of a tap carries what was chosen or typed outside a form, with or without the open_id', async () => {
    const zhang = server.addPerson({ name: '张三' });
    const { messageId } = await server.says(zhang.openId, '卡片在此');
    await server.taps(zhang.openId, messageId, null, { tag: 'select_static', option: 'theory', withoutOpenId: true });
    await server.taps(zhang.openId, messageId, 'text', {
      inputValue: '3',
      checked: true,
      options: ['a', 'b'],
      name: 'n',
    });
    const { open_id: _, ...others } = ids(zhang);
    expect(told().slice(1)).toMatchObject([
      { event: { operator: others, action: { tag: 'select_static', option: 'theory' } } },
      { event: { action: { value: 'text', input_value: '3', checked: true, options: ['a', 'b'], name: 'n' } } },
    ]);
    expect(told()[1]?.event).not.toHaveProperty('operator.open_id');
    expect(told()[1]?.event).not.toHaveProperty('action.value');
  });

  it('of a chat that was opened names the last message, if there is one', async () => {
    const zhang = server.addPerson({ name: '张三' });
    await server.opensChat(zhang.openId);
    const said = await server.says(zhang.openId, '帮助');
    await server.opensChat(zhang.openId);
    const type = 'im.chat.access_event.bot_p2p_chat_entered_v1';
    const opened = told().filter(({ header }) => header.event_type === type);
    expect(opened[0]?.event).toEqual({ chat_id: zhang.privateChat, operator_id: ids(zhang) });
    expect(opened[1]?.event).toMatchObject({ last_message_id: said.messageId, last_message_create_time: String(now) });
  });

  it('of the menu carries no chat, and counts seconds', async () => {
    const zhang = server.addPerson({ name: '张三' });
    await server.pressesMenu(zhang.openId, 'progress');
    expect(told()).toMatchObject([
      {
        header: { event_type: 'application.bot.menu_v6' },
        event: {
          operator: { operator_name: '张三', operator_id: ids(zhang) },
          event_key: 'progress',
          timestamp: Math.floor(now / 1000),
        },
      },
    ]);
  });

  it('of groups: the bot comes, goes, and the group ends', async () => {
    const zhang = server.addPerson({ name: '张三' });
    const group = server.addChat({ name: '干部教育群', members: [zhang.openId], botIsIn: false });
    await server.addsBot(group.chatId, zhang.openId);
    expect(group.botIsIn).toBe(true);
    await server.removesBot(group.chatId, zhang.openId);
    expect(group.botIsIn).toBe(false);
    await server.dissolvesChat(group.chatId, zhang.openId);
    expect(group.dissolved).toBe(true);
    const event = { chat_id: group.chatId, operator_id: ids(zhang), name: '干部教育群', external: false };
    expect(told()).toMatchObject([
      { header: { event_type: 'im.chat.member.bot.added_v1' }, event },
      { header: { event_type: 'im.chat.member.bot.deleted_v1' }, event },
      { header: { event_type: 'im.chat.disbanded_v1' }, event },
    ]);
  });

  it('of people: what has changed, with what it was, and who has left', async () => {
    const zhang = server.addPerson({ name: '张三', mobile: '13800138000', departments: ['计算机学院'] });
    const before = server.people.departmentId('计算机学院');
    await server.contactChanged(zhang.openId, { departments: ['组织部'] });
    await server.leaves(zhang.openId);
    expect(told()).toMatchObject([
      {
        header: { event_type: 'contact.user.updated_v3' },
        event: {
          object: { ...ids(zhang), name: '张三', department_ids: [server.people.departmentId('组织部')] },
          old_object: { department_ids: [before] },
        },
      },
      {
        header: { event_type: 'contact.user.deleted_v3' },
        event: { object: { ...ids(zhang), status: { is_resigned: true } }, old_object: { open_id: zhang.openId } },
      },
    ]);
    expect(told()[0]?.event).not.toHaveProperty('old_object.name');
  });

  it('of courses, messages taken back, and anything else by its type', async () => {
    const zhang = server.addPerson({ name: '张三' });
    await server.learns(zhang.openId, { courseId: '7123', seconds: 5400, state: 2 });
    const said = await server.says(zhang.openId, '登记');
    await server.recalls(said.messageId);
    await server.tells('im.message.message_read_v1', { message_id_list: [said.messageId] });
    expect(told()).toMatchObject([
      {
        header: { event_type: 'elearning.course_registration.updated_v2' },
        event: {
          course_id: '7123',
          learner: { user_id: ids(zhang) },
          learning_duration: 5400,
          learning_state: 2,
          finished_at: Math.floor(now / 1000),
        },
      },
      {},
      {
        header: { event_type: 'im.message.recalled_v1' },
        event: { message_id: said.messageId, chat_id: zhang.privateChat },
      },
      { header: { event_type: 'im.message.message_read_v1' } },
    ]);
  });
});

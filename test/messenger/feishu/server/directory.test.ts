import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callFeishu } from '../../../support/feishu-call.ts';
import { sdkClient } from '../../../support/feishu-sdk.ts';
import { type FeishuServer, openFeishuServer } from '../../../support/feishu-server/index.ts';

describe('who and what there is in the local Feishu', () => {
  let server: FeishuServer;

  beforeEach(async () => {
    server = await openFeishuServer();
  });
  afterEach(() => server.close());

  it('finds people by mobile and e-mail in the order asked for, without an id where it knows nobody', async () => {
    const zhang = server.addPerson({ name: '张三', mobile: '13800138000', email: 'zhang@example.edu.cn' });
    server.addPerson({ name: '李四', mobile: '13900139000', resigned: true });
    const found = await sdkClient(server).contact.v3.user.batchGetId({
      params: { user_id_type: 'open_id' },
      data: { emails: ['zhang@example.edu.cn', 'nobody@example.edu.cn'], mobiles: ['+8613800138000', '13900139000'] },
    });
    const status = { is_frozen: false, is_resigned: false, is_activated: true, is_exited: false, is_unjoin: false };
    expect(found.data?.user_list).toEqual([
      { email: 'zhang@example.edu.cn', user_id: zhang.openId, status },
      { email: 'nobody@example.edu.cn' },
      { mobile: '+8613800138000', user_id: zhang.openId, status },
      { mobile: '13900139000' },
    ]);
  });

  it('finds those who have left only when asked to', async () => {
    const li = server.addPerson({ name: '李四', userId: 'E0002', mobile: '13900139000', resigned: true });
    const { body } = await callFeishu(server, 'POST', 'contact/v3/users/batch_get_id?user_id_type=user_id', {
      mobiles: ['13900139000'],
      include_resigned: true,
    });
    expect(body.data['user_list']).toMatchObject([{ user_id: 'E0002', status: { is_resigned: li.resigned } }]);
  });

  it.each([
    [50, 0],
    [51, 99992402],
  ])('looks %i people up at once or not', async (count, code) => {
    const mobiles = Array.from({ length: count }, (_, i) => String(13_800_000_000 + i));
    expect((await callFeishu(server, 'POST', 'contact/v3/users/batch_get_id', { mobiles })).body.code).toBe(code);
  });

  it('tells of somebody with departments, and of the departments by name', async () => {
    const zhang = server.addPerson({ name: '张三', userId: 'E0001', departments: ['计算机学院', '组织部'] });
    const { user } = (await callFeishu(server, 'GET', 'contact/v3/users/E0001?user_id_type=user_id')).body.data as {
      user: { name: string; open_id: string; department_ids: string[] };
    };
    expect(user).toMatchObject({ name: '张三', open_id: zhang.openId, union_id: zhang.unionId, user_id: 'E0001' });
    const batch = user.department_ids.map((id) => `department_ids=${id}`).join('&');
    const { items } = (await callFeishu(server, 'GET', `contact/v3/departments/batch?${batch}`)).body.data;
    expect(items).toMatchObject([{ name: '计算机学院' }, { name: '组织部' }]);
    const one = await callFeishu(server, 'GET', `contact/v3/departments/${user.department_ids[1]}`);
    expect(one.body.data['department']).toMatchObject({ name: '组织部', open_department_id: user.department_ids[1] });
    const all = await callFeishu(server, 'GET', 'contact/v3/departments/0/children?page_size=1');
    expect(all.body.data).toMatchObject({ items: [{ name: '计算机学院' }], has_more: true, page_token: '1' });
    expect((await callFeishu(server, 'GET', 'contact/v3/users/ou_unknown')).body.code).toBe(41012);
    expect((await callFeishu(server, 'GET', 'contact/v3/departments/od-unknown')).body.code).toBe(43007);
  });

  it('keeps the user_id to itself without the permission for it', async () => {
    const zhang = server.addPerson({ name: '张三', userId: 'E0001' });
    server.scopes.delete('contact:user.employee_id:readonly');
    const { body } = await callFeishu(server, 'GET', `contact/v3/users/${zhang.openId}`);
    expect(body.data['user']).not.toHaveProperty('user_id');
  });

  it('lists the groups of the bot page by page, and tells of one with its members', async () => {
    const zhang = server.addPerson({ name: '张三' });
    const groups = ['一', '二', '三'].map((name) => server.addChat({ name, members: [zhang.openId] }));
    server.addChat({ name: '没有机器人的群', botIsIn: false });
    const client = sdkClient(server);
    const first = await client.im.v1.chat.list({ params: { page_size: 2 } });
    expect(first.data).toMatchObject({ items: [{ name: '一' }, { name: '二' }], has_more: true });
    const rest = await client.im.v1.chat.list({ params: { page_size: 2, page_token: first.data?.page_token ?? '' } });
    expect(rest.data).toMatchObject({ items: [{ chat_id: groups[2]?.chatId, name: '三' }], has_more: false });
    const group = await client.im.v1.chat.get({ path: { chat_id: groups[0]?.chatId ?? '' } });
    expect(group.data).toMatchObject({ name: '一', chat_mode: 'group', user_count: '1', chat_status: 'normal' });
    const members = await client.im.v1.chatMembers.get({ path: { chat_id: groups[0]?.chatId ?? '' } });
    expect(members.data).toMatchObject({
      items: [{ member_id_type: 'open_id', member_id: zhang.openId, name: '张三' }],
      member_total: 1,
    });
    const privately = await callFeishu(server, 'GET', `im/v1/chats/${zhang.privateChat}`);
    expect(privately.body.data).toMatchObject({ chat_mode: 'p2p' });
  });

  it('tells nothing of groups that are unknown, gone or without the bot', async () => {
    const { chatId } = server.addChat({ name: '没有机器人的群', botIsIn: false });
    const gone = server.addChat({ name: '已解散的群' });
    gone.dissolved = true;
    const ask = async (path: string) => (await callFeishu(server, 'GET', `im/v1/chats/${path}`)).body.code;
    expect(await ask('oc_unknown')).toBe(232006);
    expect(await ask(chatId)).toBe(232011);
    expect(await ask(`${chatId}/members`)).toBe(232011);
    expect(await ask('oc_unknown/members')).toBe(232006);
    expect(await ask(`${gone.chatId}/members`)).toBe(232009);
  });

  it('tells the bot’s own name, and what it may do and see', async () => {
    const zhang = server.addPerson({ name: '张三', departments: ['组织部'] });
    server.scopes.delete('im:message.urgent');
    const info = await callFeishu(server, 'GET', 'bot/v3/info');
    expect(info.body).toMatchObject({ code: 0, bot: { open_id: server.bot.openId, app_name: '学时簿' } });
    const scopes = await callFeishu(server, 'GET', 'application/v6/scopes');
    expect(scopes.body.data['scopes']).toContainEqual({
      scope_name: 'im:resource',
      grant_status: 1,
      scope_type: 'tenant',
    });
    expect(scopes.body.data['scopes']).toContainEqual(
      expect.objectContaining({ scope_name: 'im:message.urgent', grant_status: 2 }),
    );
    const seen = await callFeishu(server, 'GET', 'contact/v3/scopes');
    expect(seen.body.data).toMatchObject({ user_ids: [zhang.openId], department_ids: [expect.stringMatching(/^od-/)] });
  });
});

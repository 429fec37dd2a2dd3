import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callFeishu } from '../../../support/feishu-call.ts';
import { type FeishuServer, openFeishuServer } from '../../../support/feishu-server/index.ts';
import { listenForWebhook, type WebhookAnswer, type WebhookListener } from '../../../support/webhook-listener.ts';

const plain = (text: string) => ({ tag: 'plain_text', content: text });
const button = (label: string, name: string, more: object = {}) => ({
  tag: 'button',
  name,
  text: plain(label),
  type: 'primary',
  behaviors: [{ type: 'callback', value: { command: label } }],
  ...more,
});
const cardOf = (...elements: readonly object[]) => ({
  schema: '2.0',
  config: { update_multi: true },
  body: { elements },
});
const words = (content: string) => cardOf({ tag: 'markdown', content });

describe('cards in the local Feishu', () => {
  let now = 0;
  let server: FeishuServer;
  let listener: WebhookListener;
  let answer: () => WebhookAnswer | Promise<WebhookAnswer>;

  beforeEach(async () => {
    now = Date.parse('2026-11-26T10:07:00+08:00');
    server = await openFeishuServer({ now: () => now, encryptKey: null });
    server.scopes.add('im:message:update');
    answer = () => ({ status: 200, body: '{}' });
    listener = await listenForWebhook(() => answer());
    server.useWebhook(listener.url);
  });
  afterEach(async () => {
    await listener.close();
    await server.close();
  });

  const sends = async (card: object, to = server.addPerson({ name: '张三', userId: 'E0001' })) => {
    const { body } = await callFeishu(server, 'POST', 'im/v1/messages?receive_id_type=open_id', {
      receive_id: to.openId,
      msg_type: 'interactive',
      content: JSON.stringify(card),
    });
    expect(body).toMatchObject({ code: 0 });
    return { to, messageId: String(body.data['message_id']) };
  };
  const patch = (messageId: string, card: object) =>
    callFeishu(server, 'PATCH', `im/v1/messages/${messageId}`, { content: JSON.stringify(card) });
  const update = (token: string, card: object) =>
    callFeishu(server, 'POST', 'interactive/v1/card/update', { token, card });
  const replies = (body: unknown): void => {
    answer = () => ({ status: 200, body: JSON.stringify(body) });
  };

  it('are patched for fourteen days', async () => {
    const { messageId } = await sends(words('待审核'));
    now += 14 * 86_400_000;
    expect((await patch(messageId, words('已通过'))).body.code).toBe(0);
    now += 1;
    expect((await patch(messageId, words('已退回'))).body.code).toBe(230031);
    expect(server.message(messageId).shown).toEqual(words('已通过'));
  });

  it('are patched only where they are shared, there, cards, and the app’s own', async () => {
    const { to, messageId } = await sends(words('待审核'));
    const alone = { ...words('已通过'), config: {} };
    expect((await patch(messageId, alone)).body).toMatchObject({ code: 230001, msg: expect.stringMatching(/shared/) });
    expect((await patch((await sends(alone)).messageId, words('已通过'))).body.code).toBe(230001);
    const said = await server.says(to.openId, '进度');
    expect((await patch(said.messageId, words('已通过'))).body.code).toBe(230071);
    await server.recalls(messageId);
    expect((await patch(messageId, words('已通过'))).body.code).toBe(230011);
    expect((await patch('om_unknown', words('已通过'))).body.code).toBe(99992354);
  });

  it('hand in a form as the client does: days with their time zone, choices by value, several as a list', async () => {
    const form = cardOf({
      tag: 'form',
      name: 'log',
      elements: [
        { tag: 'input', name: 'title' },
        { tag: 'input', name: 'note', default_value: '无' },
        { tag: 'date_picker', name: 'day' },
        { tag: 'select_static', name: 'content', options: [{ text: plain('理论教育'), value: 'theory' }] },
        { tag: 'multi_select_static', name: 'forms', options: [{ text: plain('集中培训'), value: 'intensive' }] },
        button('提交', 'submit', { form_action_type: 'submit' }),
      ],
    });
    const { to, messageId } = await sends(form);
    const filled = { title: '专题党课', day: '2026-11-20', content: 'theory', forms: ['intensive'] };
    const tapped = await server.presses(to.openId, messageId, '提交', filled);
    const sent = JSON.parse(listener.posted[0]?.raw ?? '');
    expect(sent).toEqual({
      schema: '2.0',
      header: {
        event_id: expect.stringMatching(/^[0-9a-f]{32}$/),
        event_type: 'card.action.trigger',
        create_time: `${now}000`,
        token: server.verificationToken,
        app_id: server.appId,
        tenant_key: server.tenantKey,
      },
      event: {
        operator: { tenant_key: server.tenantKey, open_id: to.openId, union_id: to.unionId, user_id: 'E0001' },
        token: tapped.token,
        action: {
          value: { command: '提交' },
          tag: 'button',
          timezone: 'Asia/Shanghai',
          name: 'submit',
          form_value: {
            title: '专题党课',
            note: '无',
            day: '2026-11-20 +0800',
            content: 'theory',
            forms: ['intensive'],
          },
        },
        host: 'im_message',
        context: { open_message_id: messageId, open_chat_id: to.privateChat },
      },
    });
  });

  it('refuse a press on a button that they do not show, and a field that they do not have', async () => {
    const submit = button('提交', 'submit', { form_action_type: 'submit' });
    const { to, messageId } = await sends(
      cardOf({ tag: 'form', name: 'log', elements: [{ tag: 'input', name: 'title' }, submit] }),
    );
    expect(() => server.presses(to.openId, messageId, '通过')).toThrow('no button 通过 among 提交');
    expect(() => server.presses(to.openId, messageId, '提交', { hours: '3' })).toThrow('no field hours among title');
  });

  it.each<[string, () => WebhookAnswer, number]>([
    ['another status than 200', () => ({ status: 204, body: '' }), 200671],
    ['a redirect', () => ({ status: 302, body: '', location: '/elsewhere' }), 200671],
    ['no JSON', () => ({ status: 200, body: 'no card.action.trigger event handle' }), 200672],
    ['nothing', () => ({ status: 200, body: '' }), 200672],
    ['a list', () => ({ status: 200, body: '[]' }), 200672],
    ['a toast of no known type', () => ({ status: 200, body: '{"toast":{"type":"good","content":"好"}}' }), 200672],
    ['a card without its envelope', () => ({ status: 200, body: JSON.stringify({ card: words('好') }) }), 200673],
    [
      'a card of another version',
      () => ({ status: 200, body: '{"card":{"type":"raw","data":{"elements":[]}}}' }),
      200673,
    ],
    [
      'a card with an unknown property',
      () => ({ status: 200, body: JSON.stringify({ card: { type: 'raw', data: { ...words('好'), colour: 'red' } } }) }),
      200673,
    ],
  ])('show the person who tapped an error when the bot answers with %s', async (_, answered, error) => {
    const { to, messageId } = await sends(cardOf(button('通过', 'approve')));
    answer = answered;
    expect(await server.presses(to.openId, messageId, '通过')).toMatchObject({ error, toast: null, card: null });
    expect(server.message(messageId).changes).toEqual([]);
  });

  it('show 200341 after three seconds without an answer, and the tap is never sent again', async () => {
    const { to, messageId } = await sends(cardOf(button('通过', 'approve')));
    const posted = new Promise<void>((resolve) => {
      answer = () => {
        resolve();
        return 'never';
      };
    });
    const tapped = server.presses(to.openId, messageId, '通过');
    await posted;
    now += 3000;
    await server.catchUp();
    expect(await tapped).toMatchObject({ error: 200341 });
    now += 86_400_000;
    await server.catchUp();
    expect(listener.posted).toHaveLength(1);
  });

  it('show 200342 and 200343 when the bot cannot be reached, and 200340 when no address is set', async () => {
    const { to, messageId } = await sends(cardOf(button('通过', 'approve')));
    const press = () => server.presses(to.openId, messageId, '通过');
    server.useWebhook('http://127.0.0.1:9/feishu/webhook');
    expect(await press()).toMatchObject({ error: 200342 });
    server.useWebhook(`http://${'a'.repeat(64)}.invalid/feishu/webhook`);
    expect(await press()).toMatchObject({ error: 200343 });
    server.useWebhook(null);
    expect(await press()).toMatchObject({ error: 200340 });
  });

  it('go back to what the answer says when they were patched before it', async () => {
    const { to, messageId } = await sends(cardOf(button('通过', 'approve')));
    answer = async () => {
      await patch(messageId, words('太早'));
      return { status: 200, body: '{}' };
    };
    await server.presses(to.openId, messageId, '通过');
    expect(server.message(messageId)).toMatchObject({
      shown: cardOf(button('通过', 'approve')),
      changes: [{ via: 'patch', undone: true }],
    });
    expect((await patch(messageId, words('之后'))).body.code).toBe(0);
    expect(server.message(messageId).shown).toEqual(words('之后'));
  });

  it('are updated by the token of the tap twice, for half an hour, and not before the answer', async () => {
    const { to, messageId } = await sends(cardOf(button('通过', 'approve')));
    answer = async () => {
      const { event } = JSON.parse(listener.posted.at(-1)?.raw ?? '') as { event: { token: string } };
      await update(event.token, words('太早'));
      return { status: 200, body: JSON.stringify({ toast: { type: 'info', content: '处理中' } }) };
    };
    const { token, toast } = await server.presses(to.openId, messageId, '通过');
    expect(toast).toEqual({ type: 'info', content: '处理中' });
    expect(server.message(messageId).shown).toEqual(cardOf(button('通过', 'approve')));
    now += 30 * 60_000;
    expect((await update(token, words('已通过'))).body.code).toBe(0);
    expect(server.message(messageId).shown).toEqual(words('已通过'));
    expect((await update(token, words('第三次'))).body).toMatchObject({
      code: 230001,
      msg: expect.stringMatching(/used up/),
    });
    replies({});
    const second = await server.taps(to.openId, messageId, { command: '通过' });
    now += 30 * 60_000 + 1;
    expect((await update(second.token, words('太晚'))).body.msg).toMatch(/expired/);
    expect((await update('c-unknown', words('谁'))).body.code).toBe(230001);
  });

  it('take the card of the answer, with its toast', async () => {
    const { to, messageId } = await sends(cardOf(button('通过', 'approve')));
    replies({ toast: { type: 'success', content: '已通过' }, card: { type: 'raw', data: words('已通过') } });
    expect(await server.presses(to.openId, messageId, '通过')).toMatchObject({
      error: null,
      toast: { type: 'success', content: '已通过' },
      card: words('已通过'),
    });
    expect(server.message(messageId)).toMatchObject({ shown: words('已通过'), changes: [{ via: 'callback' }] });
  });

  it('are urged on those who have them, and only by who sent them', async () => {
    const { to, messageId } = await sends(words('请尽快登记'));
    const stranger = server.addPerson({ name: '李四' });
    const urge = (id: string, ids: readonly string[], type = 'open_id') =>
      callFeishu(server, 'PATCH', `im/v1/messages/${id}/urgent_app?user_id_type=${type}`, { user_id_list: ids });
    const urged = await urge(messageId, [to.openId, stranger.openId, 'ou_unknown']);
    expect(urged.body.data).toEqual({ invalid_user_id_list: [stranger.openId, 'ou_unknown'] });
    expect(server.message(messageId).urgents).toEqual([{ at: now, openIds: [to.openId] }]);
    expect((await urge(messageId, ['E0001'], 'user_id')).body.data).toEqual({ invalid_user_id_list: [] });
    expect((await urge(messageId, [stranger.openId])).body.code).toBe(230001);
    expect(
      (
        await urge(
          messageId,
          Array.from({ length: 201 }, () => to.openId),
        )
      ).body.code,
    ).toBe(99992402);
    const said = await server.says(to.openId, '进度');
    expect((await urge(said.messageId, [to.openId])).body.code).toBe(230012);
  });

  it('that one member of a group sees are seen by nobody else, and not by who is away', async () => {
    const [zhang, li] = [server.addPerson({ name: '张三' }), server.addPerson({ name: '李四', online: false })];
    const group = server.addChat({ name: '干部教育群', members: [zhang.openId, li.openId] });
    const show = (openId: string, chatId = group.chatId) =>
      callFeishu(server, 'POST', 'ephemeral/v1/send', {
        chat_id: chatId,
        open_id: openId,
        msg_type: 'interactive',
        card: words('您已认定 3 学时'),
      });
    const shown = await show(zhang.openId);
    expect((await show(li.openId)).body.code).toBe(0);
    expect(server.seenBy(zhang.openId)).toMatchObject([
      { messageId: shown.body.data['message_id'], onlyFor: zhang.openId },
    ]);
    expect(server.seenBy(li.openId)).toEqual([]);
    expect((await show(server.addPerson({ name: '王五' }).openId)).body.code).toBe(230001);
    expect((await show(zhang.openId, zhang.privateChat)).body.code).toBe(230001);
    expect((await patch(String(shown.body.data['message_id']), words('改'))).body.code).toBe(230054);
  });
});

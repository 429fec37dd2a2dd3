import { beforeEach, describe, expect, it } from 'vitest';
import { createReceiver, type EventParts, readEvent } from '../../../src/messenger/feishu/events.ts';
import { FeishuFileError } from '../../../src/messenger/feishu/files.ts';
import { menu } from '../../../src/messenger/feishu/menu.ts';
import type { Happening, Incoming, IncomingFile, TapAnswer } from '../../../src/messenger/messenger.ts';
import { button, buttons, card, words } from '../../../src/messenger/reply.ts';
import { StoreError } from '../../../src/store/store.ts';
import { app, changed, fieldOf, recording, recordings } from '../../support/feishu-post.ts';

const person = 'ou_84aad35d084aa403a838cf73ee18467';
const privateChat = `p2p:${person}`;
const sender = { id: person, userId: 'E0011', name: null, privateChat };
const group = { id: 'oc_5ce6d572455d361153b7c351da133945', type: 'group' };
const now = '2026-11-20T01:00:00.000Z';

/** All but the first call to a new address, which is no event, and a tap by nobody, which is one that cannot be answered. */
const events = recordings.filter((name) => name !== 'url-verification' && name !== 'card-action-unnamed-operator');

let owners: Map<string, string>;
let downloads: unknown[][];
let logged: object[];
let download: (name: string) => Promise<IncomingFile>;
beforeEach(() => {
  owners = new Map();
  downloads = [];
  logged = [];
  download = async (name) => ({ name, blob: 'b'.repeat(64), size: 3 });
});

const parts = (rest: Partial<EventParts> = {}): EventParts => ({
  appId: app.appId,
  clock: { now: () => now },
  files: {
    download: (...asked) => {
      downloads.push(asked);
      return download(asked[3]);
    },
  },
  privateChats: {
    isPrivate: async (chat, openId) => owners.get(chat) === openId,
    remember: async (chat, openId) => void owners.set(chat, openId),
  },
  botOpenId: () => 'ou_b07000000000000000000000000000b0',
  unitNames: async (ids) => ids.map((id) => `单位${id.slice(-4)}`),
  log: { info: (fields) => logged.push(fields), warn: (fields) => logged.push(fields) },
  ...rest,
});
const read = (name: string, rest?: Partial<EventParts>): Promise<Incoming | Happening | null> =>
  readEvent(recording(name), parts(rest));

describe('a message', () => {
  it('in private is what somebody said, in a chat named after the person whatever the platform calls it', async () => {
    expect(await read('message-text-private')).toEqual({
      type: 'message',
      messenger: 'feishu',
      id: expect.stringMatching(/^om_/),
      at: '2020-12-27T12:45:51.345Z',
      sender,
      chat: { id: privateChat, type: 'private' },
      text: '登记 3学时 党性教育 昨天 《专题党课》 确认',
      files: [],
    });
    expect([...owners]).toEqual([['oc_a0553eda9014c201e6969b478895c230', person]]);
  });

  it('is known by its message id, never by the event id, which may be new with each delivery', async () => {
    const again = changed('message-text-private', 'header.event_id', 'ffffffffffffffffffffffffffffffff');
    expect(await readEvent(again, parts())).toEqual(await read('message-text-private'));
  });

  it.each([
    ['message-text-group', '进度'],
    ['message-text-topic-group', '帮助'],
    ['message-text-people', '代登 @王芳 @李䶮 3学时'],
    ['message-text-everybody-and-bot', '帮助'],
    ['message-post-group', '进度'],
  ])('in a group that names the bot is heard: %s', async (name, text) => {
    expect(await read(name)).toMatchObject({ type: 'message', sender, chat: group, text, files: [] });
    expect(owners.size).toBe(0);
  });

  it.each([
    ['message-text-not-addressed', 'does not name the bot'],
    ['message-text-everybody', 'does not name the bot'],
    ['message-from-bot', 'not from a person'],
    ['message-from-app', 'not from a person'],
  ])('is passed over, and the reason stands in the log: %s', async (name, reason) => {
    expect(await read(name)).toBeNull();
    expect(logged).toEqual([{ event: 'im.message.receive_v1', reason }]);
  });

  it('from a bot may come without any id', async () => {
    const payload = changed('message-from-app', 'event.sender.sender_id', null);
    expect(await readEvent(payload, parts())).toBeNull();
  });

  it.each([
    ['message-post', '学习体会\n第一行 :链接@王芳\n\n\n\n\n第二段', ['图片']],
    ['message-post-locale', '标题\n内容', []],
    ['message-post-wrapped', '登记', []],
    ['message-post-content-v2', '**体会**\n\n\n\n第一段', ['图片']],
    ['message-post-files', '体会', ['学习体会.docx']],
    ['message-post-flat', '进度', []],
    ['message-image', '', ['图片']],
    ['message-file', '', ['学习体会.docx']],
    ['message-file-percent', '', ['学时台账.xlsx']],
    ['message-file-mojibake', '', ['学时台账.xlsx']],
    ['message-folder', '', []],
    ['message-audio', '', []],
    ['message-media', '', []],
    ['message-sticker', '', []],
    ['message-share-chat', '', []],
    ['message-location', '', []],
    ['message-merge-forward', '', []],
    ['message-interactive', '', []],
  ])('%s says %j with the files %j', async (name, text, files) => {
    const incoming = await read(name);
    expect(incoming).toMatchObject({ type: 'message', text, files: files.map((file) => ({ name: file })) });
    expect(downloads).toHaveLength(files.length);
  });

  it('has its files fetched by message and key', async () => {
    const incoming = await read('message-file');
    expect(downloads).toEqual([
      [incoming?.id, 'file_v2_0dcdd7d9-fib0-4432-a519-41d25aca542j', 'file', '学习体会.docx'],
    ]);
    expect(incoming).toMatchObject({ files: [{ name: '学习体会.docx', blob: 'b'.repeat(64), size: 3 }] });
  });

  it('whose file cannot be fetched is heard all the same, with the reason in place of its bytes', async () => {
    const name = '学习体会.docx';
    const cut = new Error('the line was cut');
    const cause = new RangeError('more than 20971520 bytes');
    for (const [error, fault, err] of [
      [cut, `文件“${name}”没有收全，请重新发送。`, cut],
      [
        new FeishuFileError(`文件“${name}”超过 20 MB，没有读取`, { cause }),
        `文件“${name}”超过 20 MB，没有读取。`,
        cause,
      ],
    ] as const) {
      download = () => Promise.reject(error);
      expect(await read('message-file')).toMatchObject({ files: [{ name, blob: '', size: 0, fault }] });
      // The log tells why, but not what somebody calls a file.
      expect(logged.at(-1)).toEqual({ id: expect.stringMatching(/^om_/), err });
    }
  });

  it('whose file cannot be kept is delivered again', async () => {
    const full = new StoreError('unavailable', '磁盘已满');
    download = () => Promise.reject(full);
    await expect(read('message-file')).rejects.toBe(full);
  });

  it('in a group has none of its files fetched', async () => {
    const content = { content: [[{ tag: 'text', text: '进度' }]], files: [{ file_key: 'f', file_name: '体会.docx' }] };
    const payload = changed('message-post-group', 'event.message.content', JSON.stringify(content));
    expect(await readEvent(payload, parts())).toMatchObject({ text: '进度', files: [] });
    expect(downloads).toEqual([]);
  });

  it('with an album has its first nine pictures fetched', async () => {
    const line = Array.from({ length: 30 }, (_, i) => ({ tag: 'img', image_key: `img_${i}` }));
    const payload = changed('message-post', 'event.message.content', JSON.stringify({ content: [line] }));
    await readEvent(payload, parts());
    expect(downloads).toHaveLength(9);
  });

  it('by somebody of another tenant is by a stranger, whatever user id that tenant has given', async () => {
    const foreign = changed('message-text-private', 'event.sender.tenant_key', 'another-tenant');
    expect(await readEvent(foreign, parts())).toMatchObject({ sender: { id: person, userId: null } });
    const tap = changed('card-action-button', 'event.operator.tenant_key', 'another-tenant');
    expect(await readEvent(tap, parts())).toMatchObject({ type: 'action', sender: { userId: null } });
  });

  it('from somebody whose user id the app may not see has no 工号', async () => {
    for (const userId of ['', null, undefined]) {
      const payload = changed('message-text-private', 'event.sender.sender_id.user_id', userId);
      expect(await readEvent(payload, parts())).toMatchObject({ sender: { id: person, userId: null } });
    }
  });

  it('is passed over in a group while the bot does not know itself, unless a bot is named', async () => {
    const botOpenId = (): null => null;
    expect(await read('message-text-group', { botOpenId })).toMatchObject({ text: '进度' });
    expect(await read('message-text-not-addressed', { botOpenId })).toBeNull();
  });
});

describe('a tap', () => {
  const tapId = async (path: string, value: unknown): Promise<string | undefined> =>
    (await readEvent(changed('card-action-button', path, value), parts()))?.id;

  it('is an action of the operator, with its time in microseconds', async () => {
    expect(await read('card-action-button')).toEqual({
      type: 'action',
      messenger: 'feishu',
      id: expect.stringMatching(new RegExp(`^om_574d639e4a44e4dd646eaf628e2a3b91:${person}:[0-9a-f]{32}$`)),
      at: '2020-10-29T13:14:58.000Z',
      sender,
      chat: { id: 'oc_a0553eda9014c201e6969b478895c230', type: 'group' },
      messageId: 'om_574d639e4a44e4dd646eaf628e2a3b91',
      press: { command: '进度', args: {} },
      form: {},
    });
  });

  it('brings what a form was filled with', async () => {
    expect(await read('card-action-form')).toMatchObject({
      press: { command: '登记', args: { filled: true } },
      form: { title: '专题党课', from: '2020-10-28', content: 'party-spirit' },
    });
  });

  it('may carry its value as a text', async () => {
    expect(await read('card-action-value-as-text')).toMatchObject({ press: { command: '进度', args: {} } });
  });

  it('is private only in the chat that is known as the operator’s own', async () => {
    const chat = 'oc_a0553eda9014c201e6969b478895c230';
    owners.set(chat, 'ou_somebody_else');
    expect(await read('card-action-button')).toMatchObject({ chat: { id: chat, type: 'group' } });
    await read('message-text-private');
    expect(await read('card-action-button')).toMatchObject({ chat: { id: privateChat, type: 'private' } });
  });

  it('by somebody else in the same chat, as on a forwarded card, is somebody else’s and not private', async () => {
    await read('message-text-private');
    const payload = changed('card-action-button', 'event.operator.open_id', 'ou_other');
    expect(await readEvent(payload, parts())).toMatchObject({ sender: { id: 'ou_other' }, chat: { type: 'group' } });
  });

  it('delivered twice is one tap; pressed twice, or on another button, it is another', async () => {
    const first = (await read('card-action-button'))?.id;
    expect(await tapId('header.event_id', 'f'.repeat(32))).toBe(first);
    const others = [
      await tapId('event.token', 'c-other'),
      await tapId('event.action.value.press.command', '记录'),
      await tapId('event.action.form_value', { f0: 'x' }),
      await tapId('event.operator.open_id', 'ou_other'),
      await tapId('event.context.open_message_id', 'om_other'),
    ];
    expect(new Set([first, ...others]).size).toBe(6);
  });

  it('finds the operator one level further down, where some cards tell it', async () => {
    expect(await read('card-action-nested-operator')).toMatchObject({ sender });
    const payload = changed('card-action-button', 'event.operator', {
      operator_id: { open_id: person, user_id: 'E0011' },
    });
    expect(await readEvent(payload, parts())).toMatchObject({ sender });
  });
});

describe('the menu', () => {
  it('says a command in the private chat, though the event names none', async () => {
    expect(await read('menu')).toEqual({
      type: 'message',
      messenger: 'feishu',
      id: `menu:${person}:progress:1669364458`,
      at: '2022-11-25T08:20:58.000Z',
      sender: { ...sender, name: '王芳' },
      chat: { id: privateChat, type: 'private' },
      text: '进度',
      files: [],
    });
  });

  it.each(Object.values(menu).flat())('with the key $key says $says', async ({ key, says }) => {
    const payload = changed('menu', 'event.event_key', key);
    expect(await readEvent(payload, parts())).toMatchObject({ text: says });
  });

  it('may have the word itself for its key', async () => {
    expect(await readEvent(changed('menu', 'event.event_key', '待办'), parts())).toMatchObject({ text: '待办' });
  });

  it('with a key that only the console knows asks what can be done', async () => {
    for (const key of ['menu_my_hours', '__proto__', 'constructor']) {
      const payload = changed('menu', 'event.event_key', key);
      expect(await readEvent(payload, parts())).toMatchObject({ text: '帮助' });
    }
  });
});

describe('what happens without a word', () => {
  const what = async (name: string, rest?: Partial<EventParts>): Promise<unknown> => {
    const incoming = await read(name, rest);
    return incoming?.type === 'happening' ? incoming.what : incoming;
  };
  const directoryEntry = { id: person, userId: 'E0011', name: '王芳', units: ['单位7141'] };

  it('carries the event’s id and time', async () => {
    expect(await read('bot-added')).toMatchObject({
      type: 'happening',
      messenger: 'feishu',
      id: fieldOf(recording('bot-added'), 'header.event_id'),
      at: '2020-12-23T12:19:49.000Z',
    });
  });

  it('somebody opens the chat, which is then known as their own', async () => {
    expect(await what('chat-entered')).toEqual({ type: 'entered', sender });
    expect(owners.get('oc_a0553eda9014c201e6969b478895c230')).toBe(person);
  });

  it('the bot comes into a group and goes', async () => {
    const { id } = group;
    expect(await what('bot-added')).toEqual({ type: 'joined', chat: { id, name: '中层干部学习群' }, by: sender });
    expect(await what('bot-deleted')).toEqual({ type: 'removed', chat: id });
    expect(await what('chat-disbanded')).toEqual({ type: 'removed', chat: id });
  });

  it('the bot is put into a group by nobody that is named, or into one without a name', async () => {
    const nobody = changed('bot-added', 'event.operator_id', null);
    expect(await readEvent(nobody, parts())).toBeNull();
    const unnamed = changed('bot-added', 'event.name', '');
    Reflect.deleteProperty(Object(fieldOf(unnamed, 'event')), 'i18n_names');
    expect(await readEvent(unnamed, parts())).toMatchObject({ what: { chat: { name: '' } } });
  });

  it('somebody takes back a message, known by that message', async () => {
    const messageId = 'om_dc13264520392913993dd051dba21dcf';
    expect(await read('message-recalled')).toMatchObject({
      id: `recalled:${messageId}`,
      what: { type: 'recalled', messageId },
    });
  });

  it('somebody is changed in the directory or leaves', async () => {
    expect(await what('contact-updated')).toEqual({ type: 'person-changed', person: directoryEntry });
    expect(await what('contact-updated-resigned')).toEqual({ type: 'person-left', person: directoryEntry });
    expect(await what('contact-deleted')).toEqual({ type: 'person-left', person: directoryEntry });
  });

  it('is delivered again when the platform does not tell the names of the units', async () => {
    const unitNames = (): Promise<never> => Promise.reject(new Error('busy'));
    await expect(read('contact-updated', { unitNames })).rejects.toThrow('busy');
  });

  it('somebody finishes one of the platform’s own courses; whether it counts is the college’s to say', async () => {
    expect(await what('course-passed')).toEqual({
      type: 'learned',
      record: `5fd087e96dbe3a73394188ae:${person}`,
      person: sender,
      course: '5fd087e96dbe3a73394188ae',
      seconds: 5400,
      finishedAt: '2024-02-20T11:36:12.000Z',
    });
    for (const name of ['course-begun', 'course-failed', 'course-deleted']) expect(await what(name)).toBeNull();
  });

  it.each(['message-read', 'contact-created', 'old-event'])('%s is nothing for the bot', async (name) => {
    expect(await read(name)).toBeNull();
    expect(logged).toMatchObject([{ reason: 'unknown type' }]);
  });
});

describe('what is of no known shape', () => {
  it.each<[string, string, unknown]>([
    ['message-text-private', 'event.sender', undefined],
    ['message-text-private', 'event.message', undefined],
    ['message-text-private', 'event.message.message_id', ''],
    ['message-text-private', 'event.message.message_id', 'x'.repeat(65)],
    ['message-text-private', 'event.message.message_id', 'om 1'],
    ['message-text-private', 'event.message.content', { text: '进度' }],
    ['message-text-private', 'event.message.create_time', 'yesterday'],
    ['message-text-private', 'event.sender.sender_id', null],
    ['message-text-private', 'event.sender.sender_id.open_id', ''],
    ['message-text-group', 'event.message.mentions', 'x'],
    ['card-action-button', 'event.action', undefined],
    ['card-action-button', 'event.context', undefined],
    ['card-action-button', 'event.context.open_chat_id', undefined],
    ['card-action-button', 'event.operator', 'ou_1'],
    ['menu', 'event.event_key', undefined],
    ['menu', 'event.operator.operator_id', {}],
    ['chat-entered', 'event.operator_id', undefined],
    ['bot-added', 'event.chat_id', undefined],
    ['bot-deleted', 'event.chat_id', undefined],
    ['message-recalled', 'event.message_id', undefined],
    ['contact-updated', 'event.object', undefined],
    ['contact-deleted', 'event.object.open_id', null],
  ])('%s with %s as %j is refused', async (name, path, value) => {
    await expect(readEvent(changed(name, path, value), parts())).rejects.toMatchObject({
      fault: 'shape',
      place: expect.stringMatching(/^event\.|^open_id$/),
    });
  });

  it.each([null, undefined, 5, 'x', [], {}, { schema: '2.0' }])('%j is refused', async (payload) => {
    await expect(readEvent(payload, parts())).rejects.toMatchObject({ fault: 'shape' });
  });

  it('an event for another app is refused, over the long connection, too', async () => {
    await expect(read('menu', { appId: 'cli_0000000000000000' })).rejects.toMatchObject({ fault: 'app' });
    const unnamed = changed('menu', 'header.app_id', undefined);
    expect(await readEvent(unnamed, parts())).not.toBeNull();
  });

  it('an event without a time came now', async () => {
    const payload = changed('bot-added', 'header.create_time', undefined);
    expect(await readEvent(payload, parts())).toMatchObject({ at: now });
  });

  it('fields that the platform adds do no harm', async () => {
    for (const name of events) {
      const added = recording(name);
      for (const path of ['', 'header', 'event', 'event.message', 'event.action', 'event.operator', 'event.sender']) {
        const place = path === '' ? added : fieldOf(added, path);
        if (place !== undefined) Reflect.set(Object(place), 'new_field', { a: [1] });
      }
      const expected = await readEvent(recording(name), parts());
      expect(await readEvent(added, parts()), name).toEqual(expected);
    }
  });

  it('names that reach into prototypes do not come through', async () => {
    const payload = JSON.parse(
      JSON.stringify(recording('card-action-form'))
        .replace('"args":{', '"args":{"__proto__":{"a":1},"constructor":1,')
        .replace('"form_value":{', '"form_value":{"__proto__":"x",'),
    );
    const incoming = await readEvent(payload, parts());
    expect(incoming).toMatchObject({ press: { args: { filled: true } } });
    expect(JSON.stringify(incoming)).not.toMatch(/__proto__|constructor/);
  });
});

describe('what goes back', () => {
  const receive = (answer: TapAnswer | null, name: string): Promise<object> =>
    createReceiver({ ...parts(), handler: async () => answer })(recording(name));
  const shown = card('进度', 'good', '本周期已认定 3 学时', words('已认定 3 学时'), buttons(button('记录', '记录')));

  it('is an empty object and never nothing, which the platform takes for a failure', async () => {
    expect(await receive(null, 'message-text-private')).toEqual({});
    expect(await receive(null, 'card-action-button')).toEqual({});
    expect(await receive(null, 'message-read')).toEqual({});
  });

  it.each([
    ['good', 'success'],
    ['bad', 'error'],
    ['info', 'info'],
  ] as const)('is a toast: %s is shown as %s', async (tone, type) => {
    expect(await receive({ toast: { tone, text: '好' }, card: null }, 'card-action-button')).toEqual({
      toast: { type, content: '好' },
    });
  });

  it('is the card in its new state, of the version in which it was sent', async () => {
    expect(await receive({ toast: { tone: 'good', text: '好' }, card: shown }, 'card-action-button')).toMatchObject({
      toast: { type: 'success', content: '好' },
      card: { type: 'raw', data: { schema: '2.0' } },
    });
  });

  it('is a toast that says so when the platform does not name who tapped', async () => {
    expect(await receive(null, 'card-action-unnamed-operator')).toEqual({
      toast: { type: 'error', content: expect.stringContaining('没有作任何改动') },
    });
  });

  it('is nothing when the bot could not make it durable: the error goes on', async () => {
    const failure = new StoreError('unavailable', '磁盘已满');
    const failing = createReceiver({ ...parts(), handler: () => Promise.reject(failure) });
    await expect(failing(recording('message-text-private'))).rejects.toBe(failure);
  });
});

it('every recording is read', async () => {
  expect(events.length).toBeGreaterThan(40);
  for (const name of events) {
    await expect(createReceiver({ ...parts(), handler: async () => null })(recording(name)), name).resolves.toEqual(
      expect.any(Object),
    );
  }
});

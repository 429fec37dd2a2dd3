import { describe, expect, it } from 'vitest';
import { isAddressed, type Naming, readContent } from '../../../src/messenger/feishu/content.ts';
import type { Mention } from '../../../src/messenger/feishu/envelope.ts';

const botOpenId = 'ou_bot';
const bot: Mention = {
  key: '@_user_1',
  id: { open_id: botOpenId, user_id: null },
  name: '学时簿',
  mentioned_type: 'bot',
};
const person = (key: string, name: string): Mention => ({
  key,
  id: { open_id: `ou_${key}`, user_id: null },
  name,
  mentioned_type: 'user',
});
const naming = (...mentions: Mention[]): Naming => ({ mentions, botOpenId });

const saidIn = (type: string, content: unknown, named = naming()) =>
  readContent(type, typeof content === 'string' ? content : JSON.stringify(content), named);
const textOf = (text: string, ...mentions: Mention[]): string => saidIn('text', { text }, naming(...mentions)).text;
const post = (lines: unknown, named = naming()) => saidIn('post', { title: '', content: lines }, named);
const text = (words: string) => ({ tag: 'text', text: words });

describe('a text', () => {
  it.each<[string, string, Mention[], string]>([
    ['without mentions', '登记 3学时', [], '登记 3学时'],
    ['that begins with the bot’s name', '@_user_1 进度', [bot], '进度'],
    ['that ends with the bot’s name', '进度 @_user_1', [bot], '进度'],
    ['with the bot’s name within', '登记 @_user_1 3学时', [bot], '登记 3学时'],
    ['with the special space that clients put behind a name', '@_user_1\u2005进度', [bot], '进度'],
    ['with the bot’s name and no space', '@_user_1进度', [bot], '进度'],
    [
      'that names others',
      '催办 @_user_2 和 @_user_3',
      [person('@_user_2', '王芳'), person('@_user_3', '李四')],
      '催办 @王芳 和 @李四',
    ],
    [
      'with `@_user_1` and `@_user_12`: one key begins like the other',
      '@_user_12 @_user_1',
      [bot, person('@_user_12', '王芳')],
      '@王芳',
    ],
    ['with a digit behind the bot’s key', '登记 @_user_13学时', [bot], '登记 3学时'],
    ['with a name that looks like a replacement', '@_user_2', [person('@_user_2', '$&$1')], '@$&$1'],
    ['with a key that reads like an expression', '@_.* x', [person('@_.*', '王芳')], '@王芳 x'],
    ['with a key that nobody stands behind', '@_user_9 进度', [], '@_user_9 进度'],
    ['to everybody, which comes without a mention', '@_all 开会', [], '开会'],
    [
      'to everybody, with a mention',
      '@_all 开会',
      [{ key: '@_all', id: null, name: '所有人', mentioned_type: 'all' }],
      '开会',
    ],
    ['with line breaks and spaces within', '体会\n\n 第一段  末', [], '体会\n\n 第一段  末'],
    ['with nothing but the bot’s name', '@_user_1', [bot], ''],
  ])('%s', (_, said, mentions, heard) => {
    expect(textOf(said, ...mentions)).toBe(heard);
  });

  it('passes whole, however long', () => {
    const long = '学'.repeat(50_000);
    expect(textOf(long)).toBe(long);
  });

  it.each(['', 'no JSON', '5', 'null', '[]', '{"text":5}', '{}', `{"text":${'['.repeat(100)}${']'.repeat(100)}}`])(
    'that cannot be read (%s) says nothing, and the bot answers it as such',
    (content) => {
      expect(saidIn('text', content)).toEqual({ text: '', attachments: [] });
    },
  );
});

describe('whether a group message names the bot', () => {
  it.each<[string, Mention[], string | null, boolean]>([
    ['the bot', [bot], botOpenId, true],
    ['the bot by an id that is a text', [{ ...bot, id: botOpenId }], botOpenId, true],
    ['somebody and the bot', [person('@_user_2', '王芳'), bot], botOpenId, true],
    ['nobody', [], botOpenId, false],
    ['somebody else', [person('@_user_1', '王芳')], botOpenId, false],
    ['another bot', [{ ...bot, id: { open_id: 'ou_other', user_id: null } }], botOpenId, false],
    ['somebody who is called like the bot', [person('@_user_1', '学时簿')], botOpenId, false],
    ['everybody alone', [{ key: '@_all', id: null, name: '所有人', mentioned_type: 'all' }], botOpenId, false],
    ['a bot, as long as our own id is not known', [bot], null, true],
    ['a person, as long as our own id is not known', [person('@_user_1', '王芳')], null, false],
  ])('%s', (_, mentions, id, addressed) => {
    expect(isAddressed({ mentions, botOpenId: id })).toBe(addressed);
  });
});

describe('rich text', () => {
  it('is its title and its lines', () => {
    const content = [
      [text('第一'), text('行')],
      [{ tag: 'hr' }],
      [{ tag: 'code_block', language: 'GO', text: '第三行' }],
    ];
    expect(saidIn('post', { title: '学习体会', content }).text).toBe('学习体会\n第一行\n\n第三行');
  });

  it('reads links by their words, and by their address when they have none', () => {
    expect(
      post([
        [
          { tag: 'a', text: '链接', href: 'https://a' },
          { tag: 'a', href: 'https://b' },
        ],
      ]).text,
    ).toBe('链接https://b');
  });

  it('leaves out the bot’s name and everybody’s, and keeps other people’s', () => {
    const at = (id: string, name: string) => ({ tag: 'at', user_id: id, user_name: name });
    const line = [
      at('@_user_1', '学时簿'),
      text(' 进度 '),
      at('@_user_2', ''),
      at('ou_x', '李四'),
      at('@_all', '所有人'),
      at('all', ''),
    ];
    expect(post([line], naming(bot, person('@_user_2', '王芳'))).text).toBe('进度 @王芳@李四');
    expect(post([[at(botOpenId, '学时簿'), text('进度')]]).text).toBe('进度');
  });

  it('has pictures and files among its lines', () => {
    const lines = [
      [text('见附件'), { tag: 'img', image_key: 'img_1' }],
      [{ tag: 'file', file_key: 'file_1', file_name: '体会.docx' }],
    ];
    expect(post(lines)).toEqual({
      text: '见附件',
      attachments: [
        { type: 'file', key: 'file_1', name: '体会.docx' },
        { type: 'image', key: 'img_1', name: '图片' },
      ],
    });
  });

  it('hands over files that lie beside its lines, as when words and a file are sent together, and no folders', () => {
    const files = [
      { file_key: 'file_1', file_name: '体会.docx', is_folder: false },
      { file_key: 'file_1', file_name: '体会.docx' },
      { file_key: 'file_2', file_name: '资料', is_folder: true },
      { file_name: '没有钥匙' },
      null,
    ];
    expect(saidIn('post', { content: [[]], content_v2: [[]], files }).attachments).toEqual([
      { type: 'file', key: 'file_1', name: '体会.docx' },
    ]);
  });

  it.each<[string, unknown]>([
    ['wrapped in a language', { zh_cn: { title: '', content: [[text('进度')]] } }],
    ['wrapped in another language', { en_us: { title: '', content: [[text('进度')]] } }],
    ['wrapped twice', { post: { zh_cn: { title: '', content: [[text('进度')]] } } }],
    ['with one line and no list of lines', { content: [text('进'), text('度')] }],
    ['with Markdown alone', { content_v2: [[{ tag: 'md', text: '进度' }]] }],
    ['with Markdown alone, wrapped', { zh_cn: { content_v2: [[{ tag: 'md', text: '进度' }]] } }],
    ['with the plain form emptied', { content: [[]], content_v2: [[{ tag: 'md', text: '进度' }]] }],
    [
      'with Markdown beside it, which is not read',
      { content: [[text('进度')]], content_v2: [[{ tag: 'md', text: '**进度**' }]] },
    ],
    ['with a Markdown that is no list', { content: [[text('进度')]], content_v2: 'x' }],
    ['with elements that are none', { content: [[null, 5, 'x', text('进度'), { tag: 'text', text: 5 }, {}]] }],
    ['with kinds of elements that are unknown', { content: [[{ tag: 'sparkle', text: '进度' }]] }],
  ])('is read %s', (_, content) => {
    expect(saidIn('post', content).text).toBe('进度');
  });

  it('takes pictures out of Markdown and names into it', () => {
    const content_v2 = [[{ tag: 'md', text: '@_user_2 见![照片](img_v3_1)' }]];
    expect(saidIn('post', { content_v2 }, naming(person('@_user_2', '王芳')))).toEqual({
      text: '@王芳 见',
      attachments: [{ type: 'image', key: 'img_v3_1', name: '图片' }],
    });
  });

  it.each(['', 'null', '[]', '{}', '{"zh_cn":null}', '{"content":null}', '{"post":{"zh_cn":5}}'])(
    'that cannot be read (%s) says nothing',
    (content) => {
      expect(saidIn('post', content)).toEqual({ text: '', attachments: [] });
    },
  );
});

describe('pictures, files and the rest', () => {
  it('are an attachment each', () => {
    expect(saidIn('image', { image_key: 'img_1' })).toEqual({
      text: '',
      attachments: [{ type: 'image', key: 'img_1', name: '图片' }],
    });
    expect(saidIn('file', { file_key: 'file_1', file_name: '台账.xlsx' })).toEqual({
      text: '',
      attachments: [{ type: 'file', key: 'file_1', name: '台账.xlsx' }],
    });
  });

  it.each(['image', 'file'])('are nothing without their key: %s', (type) => {
    for (const content of ['', '{}', '{"image_key":"","file_key":""}', '{"image_key":7,"file_key":["x"]}']) {
      expect(saidIn(type, content)).toEqual({ text: '', attachments: [] });
    }
  });

  it.each([
    'folder',
    'audio',
    'media',
    'sticker',
    'interactive',
    'share_chat',
    'share_user',
    'location',
    'merge_forward',
    'system',
    'new',
  ])('a message of the type %s says nothing: the bot answers that it reads words', (type) => {
    expect(saidIn(type, { file_key: 'file_1', text: '不是话', file_name: 'x' })).toEqual({ text: '', attachments: [] });
  });
});

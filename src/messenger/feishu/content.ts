import { z } from 'zod';
import { parseJson, RequestError } from '../../http/body.ts';
import { feishuEventTexts as texts } from '../../texts/feishu-events.ts';
import type { Mention } from './envelope.ts';
import { readFileName } from './file-name.ts';

/** An attachment as the message names it; its bytes are fetched by the key. */
export interface Attachment {
  readonly type: 'file' | 'image';
  readonly key: string;
  readonly name: string;
}

/** What a message says to the bot. */
export interface Said {
  readonly text: string;
  readonly attachments: readonly Attachment[];
}

/** Who is named in a message, and which of them is the bot. */
export interface Naming {
  readonly mentions: readonly Mention[];
  /** Null as long as the platform has not told it. */
  readonly botOpenId: string | null;
}

const nothing: Said = { text: '', attachments: [] };

/**
 * The words and attachments of a message. What is neither text, rich text, picture nor file, and what cannot be read,
 * says nothing: the bot answers it like an empty message.
 */
export function readContent(type: string, content: string, naming: Naming): Said {
  const value = parse(content);
  switch (type) {
    case 'text':
      return { text: nameAll(textSchema.parse(value).text, naming).trim(), attachments: [] };
    case 'post':
      return readPost(value, naming);
    case 'image':
      return { text: '', attachments: imageSchema.parse(value) };
    case 'file':
      return { text: '', attachments: fileSchema.parse(value) };
    default:
      return nothing;
  }
}

/** Whether a message names the bot. Everybody (`@_all`) is nobody in particular. */
export const isAddressed = ({ mentions, botOpenId }: Naming): boolean =>
  mentions.some((mention) => isBot(mention, botOpenId));

function isBot({ id, mentioned_type: type }: Mention, botOpenId: string | null): boolean {
  if (botOpenId === null) return type === 'bot';
  return (typeof id === 'string' ? id : id?.open_id) === botOpenId;
}

function parse(content: string): unknown {
  try {
    return parseJson(content);
  } catch (error) {
    if (error instanceof RequestError) return null;
    throw error;
  }
}

const words = z.string().catch('');
const textSchema = z.object({ text: words }).catch({ text: '' });

const key = z.string().regex(/^[!-~]{1,128}$/);
const imageSchema = z
  .object({ image_key: key })
  .transform(({ image_key }): Attachment[] => [{ type: 'image', key: image_key, name: texts.picture }])
  .catch([]);
const fileSchema = z
  .object({ file_key: key, file_name: words, is_folder: z.boolean().catch(false) })
  .transform(({ file_key, file_name, is_folder }): Attachment[] =>
    is_folder ? [] : [{ type: 'file', key: file_key, name: readFileName(file_name) }],
  )
  .catch([]);

const elementSchema = z
  .looseObject({ tag: words, text: words, href: words, user_id: words, user_name: words })
  .catch({ tag: '', text: '', href: '', user_id: '', user_name: '' });
type Element = z.output<typeof elementSchema>;
/** Lines of elements; some clients send one line without the outer list. */
const linesSchema = z
  .array(z.unknown())
  .transform((items) => (items.some(Array.isArray) ? items.filter(Array.isArray) : [items]))
  .pipe(z.array(z.array(elementSchema)))
  .catch([]);
const postSchema = z.object({
  title: words,
  content: linesSchema,
  content_v2: linesSchema,
  /** Where a file lies that was sent together with words. */
  files: z.array(fileSchema).catch([]),
});

const locales = ['zh_cn', 'zh_hk', 'zh_tw', 'en_us', 'ja_jp'];

/** Rich text, which may stand under `post` and under a language. */
function readPost(value: unknown, naming: Naming): Said {
  const post = postSchema.safeParse(unwrap(unwrap(value, ['post']), locales)).data;
  if (post === undefined) return nothing;
  const plain = readLines(post.content, naming);
  // The same in Markdown stands beside it; it alone is there when the plain form has been left out.
  const { text, attachments } =
    plain.text === '' && plain.attachments.length === 0 ? readLines(post.content_v2, naming) : plain;
  const all = new Map([...post.files.flat(), ...attachments].map((attachment) => [attachment.key, attachment]));
  // A document is what somebody wants to hand in; the pictures beside it come after it.
  const inOrder = [...all.values()].toSorted((a, b) => Number(a.type === 'image') - Number(b.type === 'image'));
  return { text: [post.title, text].join('\n').trim(), attachments: inOrder };
}

function unwrap(value: unknown, names: readonly string[]): unknown {
  if (typeof value !== 'object' || value === null || 'content' in value || 'content_v2' in value) return value;
  const name = names.find((candidate) => Object.hasOwn(value, candidate));
  return name === undefined ? value : Reflect.get(value, name);
}

function readLines(lines: readonly (readonly Element[])[], naming: Naming): Said {
  const attachments: Attachment[] = [];
  const text = lines.map((line) => line.map((element) => readElement(element, naming, attachments)).join(''));
  return { text: text.join('\n').trim(), attachments };
}

function readElement(element: Element, naming: Naming, attachments: Attachment[]): string {
  switch (element.tag) {
    case 'at':
      return nameOne(element, naming);
    case 'a':
      return element.text || element.href;
    case 'img':
      attachments.push(...imageSchema.parse(element));
      return '';
    case 'file':
      attachments.push(...fileSchema.parse(element));
      return '';
    case 'md':
      return nameAll(takeImages(element.text, attachments), naming);
    default:
      return nameAll(element.text, naming);
  }
}

/** Pictures stand within Markdown as `![name](img_…)`. */
const takeImages = (markdown: string, attachments: Attachment[]): string =>
  markdown.replace(/!\[[^\]\n]{0,100}\]\((img_[\w-]{1,100})\)/g, (_, image_key: string) => {
    attachments.push(...imageSchema.parse({ image_key }));
    return '';
  });

const everybody = '@_all';
const isEverybody = (id: string): boolean => id === everybody || id === 'all';

/** Puts names where a text has keys such as `@_user_1`; the bot's own name is left out, as everybody's is. */
function nameAll(text: string, naming: Naming): string {
  const names = new Map([[everybody, '']]);
  for (const mention of naming.mentions) names.set(mention.key, nameOf(mention, naming));
  const named = [...names.keys()].filter((key) => text.includes(key));
  if (named.length === 0) return text;
  // The longest first: `@_user_1` begins like `@_user_12`, and what follows it may be a digit.
  const keys = named.toSorted((a, b) => b.length - a.length).map(asLiteral);
  return text.replace(new RegExp(`(${keys.join('|')})([ \\u00a0\\u2005]?)`, 'g'), (_, found: string, space: string) => {
    const name = names.get(found) ?? '';
    return name === '' ? '' : name + space;
  });
}

function nameOne({ user_id: id, user_name: name }: Element, naming: Naming): string {
  if (isEverybody(id) || id === naming.botOpenId) return '';
  const mention = naming.mentions.find((candidate) => candidate.key === id);
  if (mention !== undefined) return nameOf(mention, naming);
  return name === '' ? '' : `@${name}`;
}

const nameOf = (mention: Mention, { botOpenId }: Naming): string =>
  isEverybody(mention.key) || isBot(mention, botOpenId) ? '' : `@${mention.name ?? ''}`;

const asLiteral = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

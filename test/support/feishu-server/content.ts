import { Refusal } from './answers.ts';
import { checkCard } from './card-check.ts';

const textBytes = 150 * 1024;
const richBytes = 30 * 1024;
const messageTypes = ['text', 'post', 'image', 'file', 'audio', 'media', 'sticker', 'interactive', 'share_user'];

/** What a message may name: keys of what the app has uploaded. */
export interface UploadedKeys {
  kindOf(key: string): 'image' | 'file' | undefined;
}

/**
 * The content of a message as its type wants it, parsed.
 * @throws Refusal for whatever the platform does not send
 */
export function readContent(type: string, content: string, uploads: UploadedKeys): unknown {
  if (!messageTypes.includes(type)) throw new Refusal(230001, { ext: 'invalid msg_type.' });
  const size = Buffer.byteLength(content);
  if (size > (type === 'text' ? textBytes : richBytes)) throw new Refusal(230025);
  const parsed = parseObject(content);
  if (type === 'interactive') return acceptCard(parsed);
  if (parsed === undefined) throw new Refusal(230001, { ext: 'content is not a string in json format.' });
  checkFields(type, parsed, uploads);
  checkPrivacy(visibleText(parsed));
  return parsed;
}

/** @throws Refusal 230099 with the code of what is wrong in `ext`, or 230025 */
export function acceptCard(card: unknown): unknown {
  if (Buffer.byteLength(JSON.stringify(card) ?? '') > richBytes) throw new Refusal(230025);
  if (card === undefined) throw cardRefusal(200621, 'parse card json err');
  const [fault] = checkCard(card);
  if (fault?.code === 230099) throw cardRefusal(fault.sub, fault.message);
  if (fault !== undefined) throw new Refusal(fault.code, { message: fault.message });
  checkPrivacy(visibleText(card));
  return card;
}

const cardRefusal = (sub: number, message: string): Refusal =>
  new Refusal(230099, {
    message: `Failed to create card content, ext=ErrCode: ${sub}; ErrMsg: ${message}; ErrorValue: ; `,
  });

function parseObject(json: string): object | undefined {
  try {
    const parsed: unknown = JSON.parse(json);
    return typeof parsed === 'object' && parsed !== null ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function checkFields(type: string, content: object, uploads: UploadedKeys): void {
  const field = (name: string): unknown => (content as Record<string, unknown>)[name];
  if (type === 'text' && (typeof field('text') !== 'string' || field('text') === '')) {
    throw new Refusal(230001, { ext: 'text content is empty.' });
  }
  const keyName = ({ file: 'file_key', audio: 'file_key', media: 'file_key', image: 'image_key' } as const)[type];
  if (keyName === undefined) return;
  const key = field(keyName);
  const kind = typeof key === 'string' ? uploads.kindOf(key) : undefined;
  if (kind === undefined) throw new Refusal(230001, { ext: `invalid ${keyName}.` });
  if (kind !== (type === 'image' ? 'image' : 'file')) throw new Refusal(230055);
}

/** What never reaches a reader: ids, addresses, and what a button carries. */
const hidden = new Set(['value', 'behaviors', 'element_id', 'name', 'id', 'url', 'href', 'file_key', 'image_key']);

function visibleText(node: unknown): readonly string[] {
  if (typeof node === 'string') return [node];
  if (Array.isArray(node)) return node.flatMap(visibleText);
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, child]) => (hidden.has(key) ? [] : visibleText(child)));
}

/** The tenant's protection against leaks: phone numbers, addresses and identity numbers in plain text. */
const leaks: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['phone number', /(?<![\w.])1[3-9]\d{9}(?![\w.])/],
  ['email', /(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(\.[\w-]{1,63}){1,8}/],
  ['ID number', /(?<!\w)\d{17}[\dXx](?!\w)/],
];

function checkPrivacy(texts: readonly string[]): void {
  const found = leaks.find(([, pattern]) => texts.some((text) => pattern.test(text)));
  if (found !== undefined) throw new Refusal(230028, { ext: `contain sensitive data: ${found[0]}.` });
}

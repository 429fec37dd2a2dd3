import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/config.ts';
import type { Instant } from '../../src/domain/day.ts';
import type { FeishuSettings } from '../../src/messenger/feishu/settings.ts';
import type { WebhookRequest } from '../../src/messenger/feishu/webhook.ts';

/** The app of the recorded events. */
export const app = {
  appId: 'cli_9f5343c580712544',
  encryptKey: 'test key',
  verificationToken: 'rvaYgkND1GOiu5MM0E1rncYC6PLtF7JV',
} as const satisfies Partial<FeishuSettings>;

const folder = join(packageRoot, 'test', 'fixtures', 'feishu');
const recorded = new Map(
  readdirSync(folder).map((name) => [name.replace(/\.json$/, ''), readFileSync(join(folder, name), 'utf8')]),
);

/** Names of the recorded events. */
export const recordings: readonly string[] = [...recorded.keys()];

/** What the platform sent, as a fresh object. */
export function recording(name: string): object {
  const text = recorded.get(name);
  if (text === undefined) throw new RangeError(`no recording ${name}`);
  return JSON.parse(text);
}

/** The field at a path such as `event.message.content`. */
export const fieldOf = (payload: object, path: string): unknown =>
  path.split('.').reduce<unknown>((value, key) => Reflect.get(Object(value), key), payload);

/** What the platform sent, with a field at a path replaced, or left out where the value is undefined. */
export function changed(name: string, path: string, value: unknown): object {
  const payload = recording(name);
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const parent = Object(keys.length === 0 ? payload : fieldOf(payload, keys.join('.')));
  if (value === undefined) Reflect.deleteProperty(parent, last);
  else Reflect.set(parent, last, value);
  return payload;
}

/** As the platform encrypts, written from its description. */
export function encrypt(key: string, plain: string | Uint8Array): string {
  const vector = randomBytes(16);
  const cipher = createCipheriv('aes-256-cbc', createHash('sha256').update(key).digest(), vector);
  return Buffer.concat([vector, cipher.update(plain), cipher.final()]).toString('base64');
}

export interface PostOptions {
  readonly now: Instant;
  readonly encryptKey?: string;
  /** The header as it is sent; in seconds unless given. */
  readonly timestamp?: string;
  readonly signature?: string;
}

/** A request with these bytes, signed as the platform signs. */
export function signedRequest(body: string | Uint8Array, options: PostOptions): WebhookRequest {
  const bytes = Buffer.from(body);
  const timestamp = options.timestamp ?? String(Math.floor(Date.parse(options.now) / 1000));
  const nonce = '1608725989';
  const key = options.encryptKey ?? app.encryptKey;
  const digest = createHash('sha256')
    .update(timestamp + nonce + key)
    .update(bytes)
    .digest('hex');
  return {
    headers: {
      'x-lark-request-timestamp': timestamp,
      'x-lark-request-nonce': nonce,
      'x-lark-signature': options.signature ?? digest,
    },
    body: bytes,
  };
}

/** An event as the platform posts it: encrypted and signed. */
export const postOf = (payload: unknown, options: PostOptions): WebhookRequest =>
  signedRequest(
    JSON.stringify({ encrypt: encrypt(options.encryptKey ?? app.encryptKey, JSON.stringify(payload)) }),
    options,
  );

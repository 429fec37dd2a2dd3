import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { instantSchema } from '../../../src/domain/schema.ts';
import { createReceiver } from '../../../src/messenger/feishu/events.ts';
import { createWebhook } from '../../../src/messenger/feishu/webhook.ts';
import type { Handler } from '../../../src/messenger/messenger.ts';
import { app, encrypt, recording, recordings, signedRequest } from '../../support/feishu-post.ts';
import { createRandom } from '../../support/random.ts';

const rounds = Number(process.env['FUZZ'] ?? 10_000);
const seed = Number(process.env['FUZZ_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const random = createRandom(seed);
const now = '2026-11-20T01:00:00.000Z';

const odd: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  1e300,
  '',
  ' ',
  '0',
  'ou_1',
  '@_user_1',
  '@_all',
  '学时',
  '\ud800',
  '\u0000',
  '\u202e',
  '%E5',
  '2.0',
  'x'.repeat(5000),
  '{"text":"进度"}',
  '{"text":',
  '[[',
  [],
  [null],
  [[[]]],
  {},
  { open_id: 'ou_1' },
  { text: {} },
  { __proto__: null, constructor: 1 },
  [{ tag: 'at', user_id: {} }],
  { content: [[{ tag: 'img', image_key: 5 }]] },
  '1'.repeat(17),
  '9'.repeat(30),
];

/** The value with something in it replaced, left out, doubled or added. */
function twist(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || random.chance(0.1)) return random.pick(odd);
  const keys = Object.keys(value);
  const key = random.pick(keys);
  if (key === undefined) return random.pick(odd);
  if (Array.isArray(value)) {
    if (random.chance(0.2)) return [...value, ...value];
    return value.map((inner, i) => (String(i) === key ? twist(inner) : inner));
  }
  if (random.chance(0.15)) return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
  if (random.chance(0.1))
    return JSON.parse(`{"__proto__":{"x":1},${JSON.stringify(value).slice(1)}`.replace(',}', '}'));
  if (random.chance(0.1)) return { ...value, [String(random.pick(['constructor', 'a', key]))]: random.pick(odd) };
  return { ...value, [key]: twistInner(Reflect.get(value, key)) };
}

/** A text that is JSON is twisted inside, too: the content of messages is one. */
function twistInner(value: unknown): unknown {
  if (typeof value !== 'string' || !value.endsWith('"}') || random.chance(0.3)) return twist(value);
  return JSON.stringify(twist(JSON.parse(value)));
}

/** The text with a character left out, changed or doubled. */
function smudge(text: string): string {
  const at = random.below(text.length);
  return (
    text.slice(0, at) +
    (random.pick(['', '"', '}', '\\', '\u0000', '学', text.slice(at, at + 9)]) ?? '') +
    text.slice(at + random.below(3))
  );
}

const id = z.string().regex(/^[!-~]{1,200}$/);
const sender = z.strictObject({
  id,
  userId: id.nullable(),
  name: z.string().nullable(),
  privateChat: z.string().startsWith('p2p:'),
});
/** Short enough to be part of the keys that are made with it; that of a menu's press holds what the console calls it. */
const deliveryId = z.string().min(1).max(186);
const common = { messenger: z.literal('feishu'), id: deliveryId, at: instantSchema.regex(/Z$/) };
const chat = z.strictObject({ id, type: z.enum(['private', 'group']) });
/** What the bot may rely on, whatever was sent. */
const handed = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('message'),
    ...common,
    sender,
    chat,
    text: z.string(),
    files: z.array(z.strictObject({ name: z.string().min(1).max(120), blob: z.string(), size: z.number() })).max(9),
  }),
  z.strictObject({
    type: z.literal('action'),
    ...common,
    sender,
    chat,
    messageId: id,
    press: z.unknown(),
    form: z.record(z.string(), z.unknown()),
  }),
  z.strictObject({ type: z.literal('happening'), ...common, what: z.looseObject({ type: z.string() }) }),
]);

const unhandled: unknown[] = [];
const note = (reason: unknown): number => unhandled.push(reason);
beforeAll(() => void process.on('unhandledRejection', note));
afterAll(() => void process.off('unhandledRejection', note));

it(
  `answers ${rounds} signed but malformed bodies without a failure (FUZZ_SEED=${seed})`,
  async () => {
    let reached = 0;
    const handler: Handler = async (incoming) => {
      handed.parse(incoming);
      reached += 1;
      return null;
    };
    const receive = createReceiver({
      appId: app.appId,
      clock: { now: () => now },
      files: { download: async (...[, , , name]) => ({ name, blob: 'b'.repeat(64), size: 1 }) },
      privateChats: { isPrivate: async () => random.chance(0.5), remember: async () => {} },
      botOpenId: () => 'ou_b07000000000000000000000000000b0',
      unitNames: async (ids) => ids,
      log: { info: () => {}, warn: () => {} },
      handler,
    });
    const failures: object[] = [];
    const log = { warn: () => {}, error: (fields: object) => failures.push(fields) };
    const webhook = createWebhook({ settings: app, receive, clock: { now: () => now }, log });

    const answers = new Map<number, number>();
    for (let round = 0; round < rounds; round += 1) {
      let payload: unknown = recording(random.pick(recordings) ?? '');
      for (let times = random.below(4); times > 0; times -= 1) payload = twist(payload);
      const text = JSON.stringify(payload) ?? '';
      const sealed = JSON.stringify({ encrypt: encrypt(app.encryptKey, random.chance(0.1) ? smudge(text) : text) });
      const body = random.chance(0.05) ? smudge(sealed) : sealed;
      const { status, body: answer } = await webhook(signedRequest(body, { now }));
      answers.set(status, (answers.get(status) ?? 0) + 1);
      if (status === 200 && (typeof answer !== 'object' || answer === null)) failures.push({ body, answer });
    }
    expect(failures).toEqual([]);
    expect(new Set(answers.keys())).toEqual(new Set([200, 400, 401]));
    // The mutations are neither all refused nor all harmless.
    for (const status of [200, 400, 401]) expect(answers.get(status)).toBeGreaterThan(rounds / 100);
    expect(reached).toBeGreaterThan(rounds / 10);
    expect(unhandled).toEqual([]);
  },
  30_000 + rounds * 5,
);

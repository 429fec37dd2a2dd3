import { describe, expect, it } from 'vitest';
import { FeishuEventError } from '../../../src/messenger/feishu/envelope.ts';
import { createWebhook, type WebhookAnswer, type WebhookRequest } from '../../../src/messenger/feishu/webhook.ts';
import { StoreError } from '../../../src/store/store.ts';
import { app, changed, encrypt, fieldOf, postOf, recording, signedRequest } from '../../support/feishu-post.ts';

const now = '2026-11-20T01:00:00.000Z';
const nowMs = Date.parse(now);
const minute = 60_000;
const hour = 60 * minute;

/** A webhook whose bot takes down what it is handed and answers as the test says. */
function open(receive: (payload: unknown) => Promise<object> = async () => ({})) {
  const taken: unknown[] = [];
  const logged: object[] = [];
  const webhook = createWebhook({
    settings: app,
    clock: { now: () => now },
    log: { warn: (fields) => logged.push(fields), error: (fields) => logged.push(fields) },
    receive: async (payload) => {
      taken.push(payload);
      return receive(payload);
    },
  });
  return { webhook, taken, logged };
}

const answerTo = (request: WebhookRequest): Promise<WebhookAnswer> => open().webhook(request);
const statusOf = async (request: WebhookRequest): Promise<number> => (await answerTo(request)).status;
const unsigned = (body: string | object): WebhookRequest => ({
  headers: {},
  body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
});
const encrypted = (payload: unknown, key: string = app.encryptKey): string =>
  JSON.stringify({ encrypt: encrypt(key, typeof payload === 'string' ? payload : JSON.stringify(payload)) });
const message = (): object => recording('message-text-private');
const tap = (): object => recording('card-action-button');

describe('url_verification, which arrives without a signature', () => {
  const verification = recording('url-verification');
  const challenge = { status: 200, body: { challenge: fieldOf(verification, 'challenge') } };

  it('is answered with its challenge when the token is right, encrypted or in the open', async () => {
    expect(await answerTo(unsigned(encrypted(verification)))).toEqual(challenge);
    expect(await answerTo(unsigned(verification))).toEqual(challenge);
    expect(await answerTo(postOf(verification, { now }))).toEqual(challenge);
  });

  it.each([
    ['another token', { ...verification, token: 'x' }],
    ['a token that begins rightly', { ...verification, token: app.verificationToken.slice(0, -1) }],
    ['an empty token', { ...verification, token: '' }],
    ['no token', { ...verification, token: undefined }],
    ['a token that is a list', { ...verification, token: [app.verificationToken] }],
  ])('is refused with %s before any challenge is answered', async (_, payload) => {
    expect(await answerTo(unsigned(payload))).toEqual({ status: 401, body: expect.any(String) });
    expect(await statusOf(unsigned(encrypted(payload)))).toBe(401);
  });

  it('is refused without a challenge, or with one that is no text', async () => {
    expect(await statusOf(unsigned({ ...verification, challenge: undefined }))).toBe(400);
    expect(await statusOf(unsigned(encrypted({ ...verification, challenge: 5 })))).toBe(400);
  });

  it('tells nobody without the token whether something decrypted to one', async () => {
    for (const wrong of [{ challenge: 5 }, { challenge: undefined }, {}]) {
      expect(await statusOf(unsigned(encrypted({ ...verification, token: 'x', ...wrong })))).toBe(401);
    }
  });

  it('is refused when it is encrypted with another key', async () => {
    expect(await statusOf(unsigned(encrypted(verification, 'another key')))).toBe(401);
  });
});

describe('an event', () => {
  it('is handed on decrypted and answered with what the bot says', async () => {
    const { webhook, taken, logged } = open();
    expect(await webhook(postOf(message(), { now }))).toEqual({ status: 200, body: {} });
    expect(taken).toEqual([message()]);
    expect(logged).toEqual([]);
  });

  it('that is a tap is answered with toast and card', async () => {
    const answer = { toast: { type: 'success', content: '已通过' }, card: { type: 'raw', data: { schema: '2.0' } } };
    const { webhook } = open(async () => answer);
    expect(await webhook(postOf(tap(), { now }))).toEqual({ status: 200, body: answer });
  });

  it('is taken although its JSON has spaces that another serialisation would not have', async () => {
    const body = JSON.stringify({ encrypt: encrypt(app.encryptKey, JSON.stringify(message(), null, 2)) }, null, 2);
    expect(await statusOf(signedRequest(body, { now }))).toBe(200);
  });

  it.each<[string, (request: WebhookRequest) => WebhookRequest]>([
    ['no signature at all', ({ body }) => ({ headers: {}, body })],
    ['no time', ({ headers, body }) => ({ headers: { ...headers, 'x-lark-request-timestamp': undefined }, body })],
    ['no nonce', ({ headers, body }) => ({ headers: { ...headers, 'x-lark-request-nonce': undefined }, body })],
    [
      'a time alone',
      ({ headers, body }) => ({ headers: { 'x-lark-request-timestamp': headers['x-lark-request-timestamp'] }, body }),
    ],
    ['another nonce', ({ headers, body }) => ({ headers: { ...headers, 'x-lark-request-nonce': '1' }, body })],
    [
      'another time',
      ({ headers, body }) => ({ headers: { ...headers, 'x-lark-request-timestamp': '1795136401' }, body }),
    ],
    ['a body with one byte more', ({ headers, body }) => ({ headers, body: Buffer.concat([body, Buffer.from(' ')]) })],
  ])('is refused with %s', async (_, change) => {
    const { webhook, taken } = open();
    expect((await webhook(change(postOf(message(), { now })))).status).toBe(401);
    expect(taken).toEqual([]);
  });

  it.each([
    ['empty', ''],
    ['in capitals', 'F'.repeat(64)],
    ['a digit short', 'f'.repeat(63)],
    ['made with another key', null],
  ])('is refused when its signature is %s', async (_, signature) => {
    const request = postOf(message(), { now, ...(signature === null ? {} : { signature }) });
    const forged = signedRequest(request.body, { now, encryptKey: 'another key' });
    expect(await statusOf(signature === null ? forged : request)).toBe(401);
  });

  it('in the open is refused although a key is set: 401 unsigned, 400 signed', async () => {
    expect(await statusOf(unsigned(message()))).toBe(401);
    expect(await statusOf(signedRequest(JSON.stringify(message()), { now }))).toBe(400);
  });

  it('with a wrong verification token is refused: the signature alone does not prove the app', async () => {
    for (const token of ['x', '', undefined, null]) {
      const payload = changed('message-text-private', 'header.token', token);
      expect(await statusOf(postOf(payload, { now }))).toBe(401);
    }
  });

  it('for another app is refused', async () => {
    for (const appId of ['cli_0000000000000000', '', undefined]) {
      const payload = changed('message-text-private', 'header.app_id', appId);
      expect(await statusOf(postOf(payload, { now }))).toBe(401);
    }
  });

  it('of the old form is checked for its token and app, too', async () => {
    const old = recording('old-event');
    expect(await statusOf(postOf(old, { now }))).toBe(200);
    expect(await statusOf(postOf(changed('old-event', 'token', 'x'), { now }))).toBe(401);
    expect(await statusOf(postOf(changed('old-event', 'event.app_id', 'cli_1'), { now }))).toBe(401);
  });
});

describe('the age of a signed request', () => {
  const seconds = (ageMs: number): string => String((nowMs - ageMs) / 1000);
  const second = 1000;

  it.each<[string, () => object, number, number]>([
    ['an event of now', message, 0, 200],
    ['an event tried again after 7.1 hours with its first signature', message, 7.1 * hour, 200],
    ['an event of 8 hours', message, 8 * hour, 200],
    ['an event of 8 hours and a second', message, 8 * hour + second, 401],
    ['an event of 2020', message, nowMs - 1_608_725_989_000, 401],
    ['an event 10 minutes ahead', message, -10 * minute, 200],
    ['an event 10 minutes and a second ahead', message, -10 * minute - second, 401],
    ['a tap of now', tap, 0, 200],
    ['a tap of 10 minutes', tap, 10 * minute, 200],
    ['a tap of 10 minutes and a second', tap, 10 * minute + second, 401],
    ['a tap 10 minutes ahead', tap, -10 * minute, 200],
    ['a tap 10 minutes and a second ahead', tap, -10 * minute - second, 401],
  ])('%s', async (_, payload, ageMs, status) => {
    expect(await statusOf(postOf(payload(), { now, timestamp: seconds(ageMs) }))).toBe(status);
    // Some gateways write milliseconds.
    expect(await statusOf(postOf(payload(), { now, timestamp: String(nowMs - ageMs) }))).toBe(status);
  });

  it.each([
    ['', 401],
    ['soon', 401],
    ['-1', 401],
    ['1e9', 401],
    ['99999999999999999999', 401],
    [String(nowMs / 1000), 200],
    [`${nowMs / 1000}.5`, 401],
  ])('a time of “%s” is answered with %i', async (timestamp, status) => {
    expect(await statusOf(postOf(message(), { now, timestamp }))).toBe(status);
  });
});

describe('what is no event', () => {
  const deep = (levels: number): string => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
  const invalid = Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]);

  it.each<[string, string | Buffer]>([
    ['nothing', ''],
    ['no JSON', 'hello'],
    ['half a JSON', '{"encrypt":"'],
    ['bytes that are no UTF-8', invalid],
    ['null', 'null'],
    ['a list', '[]'],
    ['a number', '7'],
    ['an empty object', '{}'],
    ['`encrypt` that is no text', '{"encrypt":7}'],
    ['`encrypt` that is no base64', '{"encrypt":"你好"}'],
    ['`encrypt` that is too short', '{"encrypt":"AAAA"}'],
    ['objects like a tower', deep(40)],
    ['objects like a tower into the sky', deep(20_000)],
  ])('%s is answered with 400, signed or not', async (_, body) => {
    expect(await statusOf({ headers: {}, body: Buffer.from(body) })).toBe(400);
    expect(await statusOf(signedRequest(body, { now }))).toBe(400);
  });

  it.each<[string, unknown]>([
    ['no JSON', 'hello'],
    ['null', 'null'],
    ['a list', '[]'],
    ['an empty object', {}],
    ['another schema', changed('message-text-private', 'schema', '3.0')],
    ['no header', changed('message-text-private', 'header', undefined)],
    ['no type', changed('message-text-private', 'header.event_type', undefined)],
    ['no event id', changed('message-text-private', 'header.event_id', undefined)],
    ['no event', changed('message-text-private', 'event', undefined)],
    ['an event that is a text', changed('message-text-private', 'event', 'x')],
    ['objects like a tower', deep(40)],
  ])('%s, encrypted and signed, is answered with 400', async (_, payload) => {
    expect(await statusOf(signedRequest(encrypted(payload), { now }))).toBe(400);
  });

  it('that does not decrypt is answered with 400 when it is signed', async () => {
    expect(await statusOf(signedRequest(encrypted(message(), 'another key'), { now }))).toBe(400);
  });

  it('is not even read when it is long and nobody has signed it, since reading costs more than sending', async () => {
    const long = (padding: number): string =>
      JSON.stringify({ ...recording('url-verification'), x: 'x'.repeat(padding) });
    expect(await statusOf(unsigned(long(16_000)))).toBe(200);
    expect(await statusOf(unsigned(long(16_384)))).toBe(400);
    expect(await statusOf(signedRequest(long(16_384), { now }))).toBe(200);
    expect(await statusOf(signedRequest(long(16_384), { now, encryptKey: 'another key' }))).toBe(401);
  });

  it('with a wrong signature is refused for it, whatever it says', async () => {
    for (const body of ['hello', '[]', JSON.stringify({ encrypt: 'AAAA' })]) {
      expect(await statusOf(signedRequest(body, { now, encryptKey: 'another key' }))).toBe(401);
    }
  });

  it('tells nobody without a signature whether its padding was right', async () => {
    const bytes = Buffer.from(encrypt(app.encryptKey, JSON.stringify(message())), 'base64');
    const answers = new Set<string>();
    for (let byte = 0; byte < 256; byte += 1) {
      bytes[bytes.length - 17] = byte;
      answers.add(JSON.stringify(await answerTo(unsigned({ encrypt: bytes.toString('base64') }))));
    }
    expect([...answers]).toEqual([JSON.stringify({ status: 401, body: '签名、时间、校验令牌或应用不对。' })]);
  });

  it('drops keys that reach into prototypes', async () => {
    const { webhook } = open();
    const payload = JSON.stringify(message()).replace('{', '{"__proto__":{"polluted":1},');
    expect((await webhook(signedRequest(encrypted(payload), { now }))).status).toBe(200);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  it('is refused when the receiver finds its event of no known shape', async () => {
    const { webhook } = open(() => Promise.reject(new FeishuEventError('shape')));
    for (const payload of [message(), tap()]) expect((await webhook(postOf(payload, { now }))).status).toBe(400);
  });
});

describe('when nothing can be made durable', () => {
  const failure = new StoreError('unavailable', '磁盘已满');

  it('an event is answered with 503, so that the platform delivers it again', async () => {
    const { webhook, logged } = open(() => Promise.reject(failure));
    expect(await webhook(postOf(message(), { now }))).toEqual({ status: 503, body: expect.any(String) });
    expect(logged).toEqual([{ err: failure }]);
  });

  it('a tap, which nobody delivers again, is answered with 200 and a toast that says so', async () => {
    const { webhook } = open(() => Promise.reject(failure));
    expect(await webhook(postOf(tap(), { now }))).toEqual({
      status: 200,
      body: { toast: { type: 'error', content: expect.stringContaining('没有作任何改动') } },
    });
  });

  it('tells the operator why something was refused, without a word of what it was', async () => {
    const { webhook, logged } = open();
    await webhook(unsigned(encrypted(message())));
    await webhook(postOf(changed('message-text-private', 'header.event_id', 5), { now }));
    expect(logged).toEqual([
      { status: 401, reason: 'no signature', advice: expect.stringContaining('FEISHU_ENCRYPT_KEY') },
      {
        status: 400,
        reason: 'no event that can be read: shape at header.event_id',
        advice: expect.stringContaining('反向代理'),
      },
    ]);
  });
});

it('is not made without its two secrets', () => {
  const parts = { receive: async () => ({}), clock: { now: () => now }, log: { warn: () => {}, error: () => {} } };
  expect(() => createWebhook({ ...parts, settings: { ...app, encryptKey: null } })).toThrow(RangeError);
  expect(() => createWebhook({ ...parts, settings: { ...app, verificationToken: null } })).toThrow(RangeError);
});

import { type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AppParts, createApp } from '../../src/http/app.ts';
import { type Listening, listen } from '../../src/http/server.ts';
import { createWebhook } from '../../src/messenger/feishu/webhook.ts';
import { app, encrypt, fieldOf, postOf, recording, signedRequest } from '../support/feishu-post.ts';

const now = '2026-11-20T01:00:00.000Z';
const path = '/feishu/webhook';
const message = recording('message-text-private');

describe('the address to which Feishu posts', () => {
  let server: Listening;
  let url: string;
  let taken: unknown[];
  let receive: (payload: unknown) => Promise<object>;

  const parts: AppParts = {
    health: () => ({ ready: true, reasons: [] }),
    metrics: async () => '',
    log: { error: (fields) => taken.push(fields) },
    stopping: new AbortController().signal,
  };
  const feishuWebhook = createWebhook({
    settings: app,
    clock: { now: () => now },
    log: { warn: () => {}, error: () => {} },
    receive: (payload) => {
      taken.push(payload);
      return receive(payload);
    },
  });

  beforeEach(async () => {
    taken = [];
    receive = async () => ({});
    server = await listen(createApp({ ...parts, feishuWebhook }), '127.0.0.1', 0);
    url = `http://127.0.0.1:${server.port}${path}`;
  });
  afterEach(() => server.close(0));

  const post = (body: Uint8Array | string, headers: IncomingHttpHeaders, to = url): Promise<Response> =>
    fetch(to, { method: 'POST', headers: Object.entries(headers).map(([name, value]) => [name, String(value)]), body });
  const deliver = (payload: unknown, to = url): Promise<Response> => {
    const { body, headers } = postOf(payload, { now });
    return post(body, headers, to);
  };

  it('answers an event with an empty object as JSON and the status 200, not 204', async () => {
    const answer = await deliver(message);
    expect([answer.status, await answer.text()]).toEqual([200, '{}']);
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(taken).toEqual([message]);
  });

  it('answers the first call with its challenge', async () => {
    const verification = recording('url-verification');
    const answer = await post(JSON.stringify({ encrypt: encrypt(app.encryptKey, JSON.stringify(verification)) }), {});
    expect([answer.status, await answer.json()]).toEqual([200, { challenge: fieldOf(verification, 'challenge') }]);
  });

  it('refuses a wrong signature with 401 and a sentence, not with a success', async () => {
    const answer = await post(postOf(message, { now }).body, { 'x-lark-signature': 'f'.repeat(64) });
    expect([answer.status, await answer.text()]).toEqual([401, '签名、时间、校验令牌或应用不对。\n']);
    expect(taken).toEqual([]);
  });

  it('is found with a query behind it, and under no other path', async () => {
    expect((await deliver(message, `${url}?from=console`)).status).toBe(200);
    for (const other of [`${url}/`, `${url}s`, url.replace('webhook', 'Webhook')]) {
      expect((await deliver(message, other)).status).toBe(404);
    }
  });

  it.each(['GET', 'HEAD', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])('refuses %s with 405', async (method) => {
    const answer = await fetch(url, { method });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
  });

  it('is not there when nothing is posted to the bot', async () => {
    const without = await listen(createApp(parts), '127.0.0.1', 0);
    expect((await deliver(message, `http://127.0.0.1:${without.port}${path}`)).status).toBe(404);
    await without.close(0);
  });

  /** Sends a body in pieces that arrive one by one. */
  const trickle = (body: Buffer, headers: IncomingHttpHeaders, piece: number): Promise<number> =>
    new Promise((resolve, reject) => {
      const sending = request(url, { method: 'POST', headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      }).on('error', reject);
      const send = (from: number): void => {
        if (from >= body.length) return void sending.end();
        sending.write(body.subarray(from, from + piece), () => setImmediate(send, from + piece));
      };
      sending.setNoDelay(true);
      send(0);
    });

  it('puts characters together that were cut between two pieces', async () => {
    // In the open, so that the characters themselves are cut; the signature is right, so it is read to its end.
    const plain = signedRequest(JSON.stringify({ ...message, 名字: '组织部👍' }), { now });
    expect(await trickle(plain.body, plain.headers, 1)).toBe(400);
    const cut = signedRequest(plain.body.subarray(0, plain.body.indexOf(0xf0) + 2), { now });
    expect(await trickle(cut.body, cut.headers, 7)).toBe(400);
    const sealed = postOf(message, { now });
    expect(await trickle(sealed.body, sealed.headers, 3)).toBe(200);
    expect(taken).toEqual([message]);
  });

  it('takes a body of a MiB and refuses a byte more with 413', async () => {
    const padded = (length: number): string =>
      JSON.stringify({ encrypt: 'x'.repeat(length - '{"encrypt":""}'.length) });
    expect((await post(padded(1_048_576), {})).status).toBe(400);
    const answer = await post(padded(1_048_577), {});
    expect([answer.status, answer.headers.get('connection')]).toEqual([413, 'close']);
  });

  it('gives a body up that does not come, with 408', async () => {
    const webhookLimits = { limit: 1_048_576, timeoutMs: 20 };
    const hasty = await listen(createApp({ ...parts, feishuWebhook, webhookLimits }), '127.0.0.1', 0);
    const socket = connect(hasty.port, '127.0.0.1');
    const answer = new Promise<string>((resolve) => socket.once('data', (data) => resolve(data.toString())));
    socket.write(`POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{"encrypt":"`);
    expect(await answer).toMatch(/^HTTP\/1\.1 408 .*\r\nConnection: close\r\n/is);
    socket.destroy();
    await hasty.close(0);
    expect(taken).toEqual([]);
  });

  it('says 503 when the ledger is away, so that the event comes again', async () => {
    receive = () => Promise.reject(new Error('disk full'));
    const answer = await deliver(message);
    expect(answer.status).toBe(503);
    expect(await answer.text()).not.toContain('disk');
  });

  it('answers what is on its way when the server stops', async () => {
    let isTaken = (): void => {};
    const arrived = new Promise<void>((resolve) => {
      isTaken = resolve;
    });
    let end: (answer: object) => void = () => {};
    receive = () => {
      isTaken();
      return new Promise((resolve) => {
        end = resolve;
      });
    };
    const answer = deliver(recording('card-action-button'));
    await arrived;
    const closed = server.close(60_000);
    await expect(deliver(message)).rejects.toThrow();
    end({ toast: { type: 'success', content: '已通过' } });
    expect(await (await answer).json()).toEqual({ toast: { type: 'success', content: '已通过' } });
    await closed;
    expect(taken).toHaveLength(1);
  });
});

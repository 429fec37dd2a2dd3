import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callFeishu, callWith, signIn } from '../../../support/feishu-call.ts';
import { type FeishuServer, openFeishuServer } from '../../../support/feishu-server/index.ts';
import type { Person } from '../../../support/feishu-server/people.ts';

describe('faults that a test switches on', () => {
  let server: FeishuServer;
  let token: string;
  let zhang: Person;

  beforeEach(async () => {
    server = await openFeishuServer();
    token = await signIn(server);
    zhang = server.addPerson({ name: '张三' });
  });
  afterEach(() => server.close());

  const send = (words = '你好') =>
    callWith(server, `Bearer ${token}`, 'POST', 'im/v1/messages?receive_id_type=open_id', {
      receive_id: zhang.openId,
      msg_type: 'text',
      content: JSON.stringify({ text: words }),
      uuid: 'digest:2026-11-26',
    });
  const raw = (path = 'bot/v3/info') =>
    fetch(`${server.url}/open-apis/${path}`, { headers: { authorization: `Bearer ${token}` } });

  it.each([
    [230020, undefined, 400],
    [230002, undefined, 400],
    [230013, undefined, 400],
    [230029, undefined, 400],
    [230053, undefined, 400],
    [230099, 200, 200],
  ])('refuse with %i and HTTP status %s, once, and nothing is stored', async (code, status, answered) => {
    const fault = server.faults.inCalls(
      status === undefined ? { type: 'refused', code } : { type: 'refused', code, status },
    );
    expect(await send()).toMatchObject({ status: answered, body: { code } });
    expect(server.sent()).toEqual([]);
    expect((await send()).body.code).toBe(0);
    expect([fault.happened, server.refusals(code)]).toEqual([1, 1]);
  });

  it('limit the rate with the header that says how long', async () => {
    server.faults.inCalls({ type: 'rate-limited', resetSeconds: 52 });
    const refused = await send();
    expect(refused).toMatchObject({ status: 429, body: { code: 99991400 } });
    expect(refused.headers.get('x-ogw-ratelimit-reset')).toBe('52');
  });

  it('answer with a gateway’s page, or with half an answer', async () => {
    server.faults.inCalls({ type: 'html', status: 502 });
    server.faults.inCalls({ type: 'html', status: 200 });
    server.faults.inCalls({ type: 'broken-json' });
    for (const status of [502, 200]) {
      const page = await raw();
      expect([page.status, page.headers.get('content-type')]).toEqual([status, 'text/html; charset=utf-8']);
      expect(await page.text()).toMatch(/^<html>/);
    }
    await expect((await raw()).json()).rejects.toThrow(SyntaxError);
  });

  it('break off in the middle of a download', async () => {
    const file = { name: '名单.xlsx', bytes: new Uint8Array(100_000) };
    const { messageId } = await server.sendsFile(zhang.openId, file);
    const { file_key: key } = server.message(messageId).content as { file_key: string };
    server.faults.inCalls({ type: 'cut-off' });
    const answer = await raw(`im/v1/messages/${messageId}/resources/${key}?type=file`);
    expect([answer.status, answer.headers.get('content-length')]).toEqual([200, '100000']);
    await expect(answer.arrayBuffer()).rejects.toThrow('terminated');
  });

  it('kill every token in mid-flight', async () => {
    server.faults.inCalls({ type: 'token-dies' });
    expect(await send()).toMatchObject({ status: 400, body: { code: 99991663 } });
    expect((await send()).body.code).toBe(99991663);
    expect(await callFeishu(server, 'GET', 'bot/v3/info')).toMatchObject({ status: 200 });
  });

  it('answer late', async () => {
    let release = (): void => {};
    const until = new Promise<void>((resolve) => {
      release = resolve;
    });
    server.faults.inCalls({ type: 'slow', until }, { when: ({ path }) => path.endsWith('/messages') });
    const slow = send('慢');
    await raw();
    expect(server.sent()).toEqual([]);
    release();
    expect((await slow).body.code).toBe(0);
  });

  it('break the connection before the message was stored', async () => {
    server.faults.inCalls({ type: 'reset' });
    await expect(send()).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
    expect(server.sent()).toEqual([]);
  });

  it('break it after the message was stored: sent again with its uuid, it is there once', async () => {
    server.faults.inCalls({ type: 'answer-lost' });
    await expect(send()).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
    expect(server.sentTo(zhang.openId)).toHaveLength(1);
    expect((await send()).body.data['message_id']).toBe(server.sent()[0]?.messageId);
    expect(server.sentTo(zhang.openId)).toHaveLength(1);
  });

  it('happen as often as said, to the calls that are meant, until they are switched off', async () => {
    const fault = server.faults.inCalls(
      { type: 'refused', code: 230020 },
      { when: ({ path }) => path.endsWith('/messages'), times: Number.POSITIVE_INFINITY },
    );
    expect((await raw()).status).toBe(200);
    for (let i = 0; i < 3; i++) expect((await send()).body.code).toBe(230020);
    fault.off();
    expect((await send()).body.code).toBe(0);
    expect(fault.happened).toBe(3);
  });

  it('leave sign-ins alone unless they are meant', async () => {
    server.faults.inCalls({ type: 'html', status: 503 }, { when: ({ path }) => path.includes('/auth/') });
    expect((await raw()).status).toBe(200);
    await expect(signIn(server)).rejects.toThrow(SyntaxError);
    server.faults.inCalls({ type: 'html', status: 503 });
    expect(await signIn(server)).toBe(token);
  });

  it('leave every call to be looked at, with the code that it was answered with', async () => {
    server.faults.inCalls({ type: 'refused', code: 230049 });
    await send('再试');
    expect(server.calls.at(-1)).toMatchObject({
      method: 'POST',
      path: '/open-apis/im/v1/messages',
      query: { receive_id_type: 'open_id' },
      body: { receive_id: zhang.openId, uuid: 'digest:2026-11-26' },
      status: 400,
      code: 230049,
    });
  });
});

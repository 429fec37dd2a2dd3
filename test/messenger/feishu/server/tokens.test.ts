import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callFeishu, callWith, signIn } from '../../../support/feishu-call.ts';
import { type FeishuServer, openFeishuServer } from '../../../support/feishu-server/index.ts';

describe('the tenant access token of the local Feishu', () => {
  let now = 0;
  let server: FeishuServer;

  beforeEach(async () => {
    now = Date.parse('2026-11-26T10:07:00+08:00');
    server = await openFeishuServer({ now: () => now });
  });
  afterEach(() => server.close());

  const info = (authorization: string | null) => callWith(server, authorization, 'GET', 'bot/v3/info');

  it.each([
    ['an hour and a half before its end, exactly', 90 * 60_000, true],
    ['a millisecond later', 90 * 60_000 + 1, false],
  ])('is the same again while half an hour of it remains: asked %s', async (_, passed, isSame) => {
    const first = await signIn(server);
    now += passed;
    expect((await signIn(server)) === first).toBe(isSame);
    expect((await info(`Bearer ${first}`)).body.code).toBe(0);
  });

  it('dies after two hours', async () => {
    const token = await signIn(server);
    now += 2 * 3_600_000 - 1;
    expect((await info(`Bearer ${token}`)).status).toBe(200);
    now += 1;
    expect(await info(`Bearer ${token}`)).toMatchObject({ status: 400, body: { code: 99991663 } });
  });

  it('can be taken away in mid-flight', async () => {
    const token = await signIn(server);
    server.tokens.invalidate();
    expect(await info(`Bearer ${token}`)).toMatchObject({ status: 400, body: { code: 99991663 } });
    expect(await signIn(server)).not.toBe(token);
  });

  it('is missing, too, where the word Bearer is', async () => {
    const token = await signIn(server);
    for (const authorization of [null, token]) {
      expect(await info(authorization)).toMatchObject({ status: 400, body: { code: 99991661 } });
    }
  });

  it('is refused with HTTP 200 to whoever knows the secret or the app wrongly', async () => {
    const path = 'auth/v3/tenant_access_token/internal';
    const wrongSecret = { app_id: server.appId, app_secret: 'guessed' };
    expect(await callWith(server, null, 'POST', path, wrongSecret)).toMatchObject({
      status: 200,
      body: { code: 10014 },
    });
    const wrongApp = { app_id: 'cli_0000000000000000', app_secret: server.appSecret };
    expect(await callWith(server, null, 'POST', path, wrongApp)).toMatchObject({ status: 200, body: { code: 10003 } });
  });

  it('is looked at before limits, permissions and what is said', async () => {
    server.scopes.clear();
    expect((await callWith(server, 'Bearer t-guessed', 'POST', 'im/v1/messages', {})).body.code).toBe(99991663);
    expect(await callFeishu(server, 'POST', 'im/v1/messages', {})).toMatchObject({
      status: 400,
      body: { code: 99991672, error: { permission_violations: [{ subject: 'im:message' }, {}] } },
    });
  });
});

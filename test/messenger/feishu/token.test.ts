import { beforeEach, describe, expect, it } from 'vitest';
import { FeishuApiError } from '../../../src/messenger/feishu/api-error.ts';
import type { Call, Request } from '../../../src/messenger/feishu/http.ts';
import { outcomeOf } from '../../../src/messenger/feishu/outcome.ts';
import { createTokens, type Tokens, tokenPath, withToken } from '../../../src/messenger/feishu/token.ts';
import { SetClock } from '../../support/set-clock.ts';

const settings = { appId: 'cli_0123456789abcdef', appSecret: 's', domain: 'http://127.0.0.1:1' };
const minute = 60_000;

describe('the token of the tenant', () => {
  let clock: SetClock;
  let granted: number;
  let tokens: Tokens;
  /** What the platform answers when a token is asked for. */
  let grant: (call: Call) => Promise<unknown>;
  let valid: Set<string>;
  let heard: string[];

  const refusal = (code: number, url: string, status = 400): FeishuApiError =>
    FeishuApiError.refused({ method: 'POST', url, status, code, msg: 'no', resetMs: null, logId: null });
  const cut = (url: string): FeishuApiError => FeishuApiError.unanswered({ method: 'POST', url }, new Error('cut'));

  const platform: Request = async (call) => {
    if (call.url.endsWith(tokenPath)) return grant(call);
    const token = call.headers?.['Authorization']?.replace('Bearer ', '') ?? '';
    heard.push(token);
    if (!valid.has(token)) throw refusal(99_991_663, call.url);
    return { code: 0, token };
  };

  beforeEach(() => {
    clock = new SetClock('2026-11-20T01:00:00.000Z');
    granted = 0;
    valid = new Set();
    heard = [];
    grant = async () => {
      granted += 1;
      const token = `t-${granted}`;
      valid.add(token);
      return { code: 0, msg: 'ok', tenant_access_token: token, expire: 7200 };
    };
    tokens = createTokens({ settings, request: platform, clock });
  });

  const send = (): Promise<unknown> => withToken(platform, tokens)({ method: 'POST', url: `${settings.domain}/x` });

  it('trap: everybody who asks at the same time gets one token, asked for once', async () => {
    expect(await Promise.all([1, 2, 3, 4].map(() => tokens.get()))).toEqual(['t-1', 't-1', 't-1', 't-1']);
    expect(granted).toBe(1);
  });

  it('is asked for by id and secret', async () => {
    let sent: unknown;
    grant = async ({ data }) => {
      sent = data;
      return { tenant_access_token: 't', expire: 7200 };
    };
    await tokens.get();
    expect(sent).toEqual({ app_id: settings.appId, app_secret: settings.appSecret });
  });

  it.each([
    [7200, 109.9, 't-1'],
    [7200, 110, 't-2'],
    // [T] What the SDK never kept because it lives less than three minutes.
    [120, 0.9, 't-1'],
    [120, 1, 't-2'],
  ])('trap: one that lives %i s is renewed in time: after %d min it is %s', async (expire, minutes, expected) => {
    const first = grant;
    grant = async (call) => ({ ...((await first(call)) as object), expire });
    await tokens.get();
    clock.pass(minutes * minute);
    expect(await tokens.get()).toBe(expected);
  });

  it('serves to its end when it cannot be renewed, and not longer', async () => {
    await tokens.get();
    grant = ({ url }) => Promise.reject(cut(url));
    clock.pass(119 * minute);
    expect(await tokens.get()).toBe('t-1');
    clock.pass(minute);
    await expect(tokens.get()).rejects.toMatchObject({ fault: 'unanswered' });
  });

  it('is asked for again after a failure', async () => {
    const works = grant;
    grant = ({ url }) => Promise.reject(cut(url));
    await expect(tokens.get()).rejects.toThrow(FeishuApiError);
    grant = works;
    expect(await tokens.get()).toBe('t-1');
  });

  it.each([99_991_661, 99_991_663, 99_991_671])(
    'trap: one that the platform has forgotten (%i) is replaced, and the call made once more',
    async (code) => {
      await send();
      valid.clear();
      const works = platform;
      const strict: Request = (call) =>
        works(call).catch((fault: FeishuApiError) => {
          throw fault.code === 99_991_663 ? refusal(code, call.url) : fault;
        });
      expect(await withToken(strict, tokens)({ method: 'POST', url: `${settings.domain}/x` })).toMatchObject({
        token: 't-2',
      });
      expect(heard).toEqual(['t-1', 't-1', 't-2']);
    },
  );

  it('is replaced once only: a second refusal is passed on', async () => {
    grant = async () => {
      granted += 1;
      return { tenant_access_token: `t-${granted}`, expire: 7200 };
    };
    await expect(send()).rejects.toMatchObject({ code: 99_991_663 });
    expect(heard).toEqual(['t-1', 't-2']);
  });

  it('is replaced once when many calls hear at the same time that it is dead', async () => {
    await send();
    valid.clear();
    await Promise.all([1, 2, 3].map(send));
    expect(granted).toBe(2);
  });

  it('is left alone by any other refusal', async () => {
    await send();
    const busy: Request = (call) => Promise.reject(refusal(99_991_400, call.url, 429));
    await expect(withToken(busy, tokens)({ method: 'POST', url: '/x' })).rejects.toMatchObject({ code: 99_991_400 });
    expect(granted).toBe(1);
  });

  it.each([{ tenant_access_token: '', expire: 7200 }, { tenant_access_token: 't' }, { expire: 7200 }])(
    'is not taken from an answer of another shape: %o',
    async (body) => {
      grant = async () => ({ code: 0, ...body });
      await expect(tokens.get()).rejects.toMatchObject({ fault: 'unreadable' });
    },
  );

  it('trap: a wrong secret is one clear sentence, and tried again when it may have been put right', async () => {
    grant = ({ url }) => Promise.reject(refusal(10_014, url, 200));
    const fault = await tokens.get().catch((error: FeishuApiError) => error);
    expect(outcomeOf(fault as FeishuApiError, () => 0)).toEqual({
      ok: false,
      retry: true,
      afterMs: 60_000,
      reason: '飞书不接受这个应用凭证，请核对 FEISHU_APP_ID 与 FEISHU_APP_SECRET，改正后重新启动（飞书错误码 10014）',
    });
  });
});

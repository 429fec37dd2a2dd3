import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import { FeishuApiError } from './api-error.ts';
import type { Request } from './http.ts';
import type { FeishuSettings } from './settings.ts';

export interface Tokens {
  /** The tenant's token, valid for a while yet. @throws FeishuApiError */
  get(): Promise<string>;
  /** The platform no longer takes this one. */
  evict(token: string): void;
}

const grantSchema = z.object({ tenant_access_token: z.string().min(1), expire: z.number().positive() });

/** A token is replaced this long before it ends, or in the last half of a short life. */
const aheadMs = 10 * 60_000;
/** Missing, invalid and expired token. */
const deadTokens = new Set([99_991_661, 99_991_663, 99_991_671]);

export const tokenPath = '/open-apis/auth/v3/tenant_access_token/internal';

/** One token for everybody: while it is fetched all wait for the same answer, and a valid one survives a failed renewal. */
export function createTokens(parts: {
  readonly settings: Pick<FeishuSettings, 'appId' | 'appSecret' | 'domain'>;
  readonly request: Request;
  readonly clock: Clock;
}): Tokens {
  const { settings, request, clock } = parts;
  const now = (): number => Date.parse(clock.now());
  let held: { readonly token: string; readonly renewAt: number; readonly endsAt: number } | null = null;
  let fetching: Promise<string> | null = null;

  async function fetchToken(): Promise<string> {
    const asked = now();
    const call = {
      method: 'POST',
      url: `${settings.domain}${tokenPath}`,
      data: { app_id: settings.appId, app_secret: settings.appSecret },
    };
    const grant = grantSchema.safeParse(await request(call));
    if (!grant.success) throw FeishuApiError.unreadable({ ...call, status: 200, logId: null });
    const { tenant_access_token: token, expire } = grant.data;
    const lifeMs = expire * 1000;
    held = { token, renewAt: asked + Math.max(lifeMs - aheadMs, lifeMs / 2), endsAt: asked + lifeMs };
    return token;
  }

  return {
    async get() {
      if (held !== null && now() < held.renewAt) return held.token;
      fetching ??= fetchToken().finally(() => {
        fetching = null;
      });
      try {
        return await fetching;
      } catch (fault) {
        if (held !== null && now() < held.endsAt) return held.token;
        throw fault;
      }
    },
    evict(token) {
      if (held?.token === token) held = null;
    },
  };
}

/** Requests that carry the token. One that the platform has forgotten before its time is replaced once. */
export function withToken(request: Request, tokens: Tokens): Request {
  const attempt = (call: Parameters<Request>[0], token: string): Promise<unknown> =>
    request({ ...call, headers: { ...call.headers, Authorization: `Bearer ${token}` } });
  return async (call) => {
    const token = await tokens.get();
    try {
      return await attempt(call, token);
    } catch (fault) {
      if (!(fault instanceof FeishuApiError) || !deadTokens.has(fault.code ?? 0)) throw fault;
      tokens.evict(token);
      return attempt(call, await tokens.get());
    }
  };
}

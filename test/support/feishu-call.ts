import type { FeishuServer } from './feishu-server/index.ts';

export interface Called {
  readonly status: number;
  readonly headers: Headers;
  readonly body: { readonly code: number; readonly msg: string; readonly data: Record<string, unknown> };
}

/** A call of the open platform with nothing in between; the token is asked for each time. */
export async function callFeishu(server: FeishuServer, method: string, path: string, body?: object): Promise<Called> {
  const token = await signIn(server);
  return callWith(server, `Bearer ${token}`, method, path, body);
}

export async function callWith(
  { url }: FeishuServer,
  authorization: string | null,
  method: string,
  path: string,
  body?: object,
): Promise<Called> {
  const form = body instanceof FormData;
  const answer = await fetch(`${url}/open-apis/${path}`, {
    method,
    headers: {
      ...(authorization === null ? {} : { authorization }),
      ...(form || body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
  });
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Called['body'] };
}

export async function signIn(server: FeishuServer, secret = server.appSecret): Promise<string> {
  const { body } = await callWith(server, null, 'POST', 'auth/v3/tenant_access_token/internal', {
    app_id: server.appId,
    app_secret: secret,
  });
  return (body as unknown as { tenant_access_token: string }).tenant_access_token;
}

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type Answer, Refusal } from './answers.ts';
import { newId } from './app.ts';
import type { ApiFault, ApiRecord, Faults } from './faults.ts';
import { rateLimited, type Windows } from './limits.ts';
import type { LongConnection } from './long-connection.ts';
import { matchPath, parseBody, type Route } from './routes.ts';
import type { Time } from './time.ts';
import type { Tokens } from './tokens.ts';

const tokenPath = '/open-apis/auth/v3/tenant_access_token/internal';
const endpointPath = '/callback/ws/endpoint';

interface Parts {
  readonly time: Time;
  readonly scopes: ReadonlySet<string>;
  readonly tokens: Tokens;
  readonly windows: Windows;
  readonly faults: Faults;
  readonly routes: readonly Route[];
  readonly longConnection: LongConnection;
  /** Where every call is written down. */
  readonly calls: ApiRecord[];
}

/** The open platform over HTTP: token, limits, permissions, then the route; and the faults that a test has switched on. */
export function createHttp(parts: Parts): Server {
  const server = createServer((request, response) => {
    serve(parts, request, response).catch((error: unknown) => {
      send(response, 500, { code: 1500, msg: error instanceof Error ? error.stack : 'internal error' });
    });
  });
  server.on('upgrade', (request, socket, head) => parts.longConnection.upgrade(request, socket, head));
  return server;
}

async function serve(parts: Parts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '', 'http://localhost');
  const raw = await readAll(request);
  const call: ApiRecord = {
    method: request.method ?? '',
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    body: parseBody(raw),
    at: parts.time.now(),
    status: null,
    code: null,
  };
  parts.calls.push(call);
  const fault = parts.faults.takeApi(call);
  if (fault?.type === 'reset') return void request.socket.resetAndDestroy();
  if (fault?.type === 'slow') await fault.until;
  if (fault?.type === 'token-dies') parts.tokens.invalidate();
  const answer = spoiled(fault) ?? (await run(parts, request, url, raw, call));
  if (fault?.type === 'answer-lost') return void request.socket.resetAndDestroy();
  call.status = answer.status;
  call.code = answer.code;
  const body = Buffer.from(answer.body);
  const length = { 'content-length': String(body.length), 'x-tt-logid': newId('') };
  response.writeHead(answer.status, { ...length, ...answer.headers });
  if (fault?.type !== 'cut-off') return void response.end(body);
  response.write(body.subarray(0, Math.ceil(body.length / 2)), () => request.socket.resetAndDestroy());
}

interface Written {
  readonly status: number;
  readonly code: number | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

const json = { 'content-type': 'application/json; charset=utf-8' };

/** What is answered in place of the real thing. */
function spoiled(fault: ApiFault | undefined): Written | undefined {
  switch (fault?.type) {
    case 'refused':
      return refused(new Refusal(fault.code, { status: fault.status ?? 400 }));
    case 'rate-limited':
      return refused(rateLimited(1000, fault.resetSeconds));
    case 'html':
      return {
        status: fault.status,
        code: null,
        headers: { 'content-type': 'text/html; charset=utf-8' },
        body: `<html><head><title>${fault.status}</title></head><body><center>openresty</center></body></html>`,
      };
    case 'broken-json':
      return { status: 200, code: null, headers: json, body: '{"code":0,"msg":"succ' };
    default:
      return undefined;
  }
}

async function run(parts: Parts, request: IncomingMessage, url: URL, raw: Buffer, call: ApiRecord): Promise<Written> {
  try {
    if (call.method === 'POST' && call.path.replace(/\/$/, '') === tokenPath) {
      return { status: 200, code: 0, headers: json, body: JSON.stringify(parts.tokens.issue(call.body)) };
    }
    if (call.method === 'POST' && call.path === endpointPath) {
      const origin = `ws://${request.headers.host ?? ''}`;
      const answer = parts.longConnection.endpoint(call.body, origin) as { code: number };
      return { status: 200, code: answer.code, headers: json, body: JSON.stringify(answer) };
    }
    return written(await answerRoute(parts, request, url, raw));
  } catch (error) {
    if (error instanceof Refusal) return refused(error);
    throw error;
  }
}

/** As the gateway does it: who calls before how often, what is allowed before what is said. */
async function answerRoute(parts: Parts, request: IncomingMessage, url: URL, raw: Buffer): Promise<Answer | null> {
  for (const { method, pattern, scopes, answer } of parts.routes) {
    const found = method === request.method ? matchPath(pattern, url.pathname) : null;
    if (found === null) continue;
    parts.tokens.check(request.headers.authorization);
    parts.windows.passApi(`${method} ${pattern}`);
    if (scopes.length > 0 && !scopes.some((scope) => parts.scopes.has(scope))) throw missingScope(scopes);
    const path = (name: string): string => found.get(name) ?? '';
    return answer({ headers: request.headers, query: url.searchParams, raw, path });
  }
  return null;
}

const missingScope = (scopes: readonly string[]): Refusal =>
  new Refusal(99991672, {
    message: `Access denied. One of the following scopes is required: [${scopes.join(', ')}].`,
    detail: { permission_violations: scopes.map((subject) => ({ type: 'action_scope_required', subject })) },
  });

/** null: no such path or method, which the platform answers in plain text. */
function written(answer: Answer | null): Written {
  if (answer === null) {
    return { status: 404, code: null, headers: { 'content-type': 'text/plain' }, body: '404 page not found' };
  }
  if ('bytes' in answer) return { status: 200, code: 0, headers: answer.headers, body: answer.bytes };
  return { status: 200, code: 0, headers: json, body: JSON.stringify(answer.json) };
}

function refused({ code, status, headers, message, detail }: Refusal): Written {
  const error = { log_id: newId('').toUpperCase(), ...detail };
  return { status, code, headers: { ...json, ...headers }, body: JSON.stringify({ code, msg: message, error }) };
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, json);
  response.end(JSON.stringify(body));
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

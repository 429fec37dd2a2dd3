import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createApp } from '../../src/http/app.ts';
import { ListenError, type Listening, listen } from '../../src/http/server.ts';
import type { SimulatorDesk } from '../../src/http/simulator.ts';
import { StoreError } from '../../src/store/store.ts';

/** Takes down what it is asked for. */
class RecordingDesk implements SimulatorDesk {
  readonly asked: unknown[] = [];
  readonly listeners = new Set<(event: object) => void>();
  outcome: { ok: true; value?: unknown } | { ok: false; reason: string } = { ok: true };
  failure: Error | null = null;
  async #answer(...asked: unknown[]) {
    this.asked.push(asked);
    if (this.failure) throw this.failure;
    return this.outcome;
  }
  state = async () => ({ people: [] });
  chips = async (id: string) => [{ label: id, text: id, send: true }];
  chat = async (id: string, before?: number) => ({ id, before: before ?? null });
  backstage = async () => ({ audit: [] });
  records = async (before: number) => [{ n: before - 1 }];
  says = (...args: unknown[]) => this.#answer('says', ...args);
  taps = (...args: unknown[]) => this.#answer('taps', ...args);
  sendsFile = (person: string, file: { name: string; bytes: Uint8Array }, chat: string) =>
    this.#answer('file', person, file.name, file.bytes.byteLength, chat);
  move = (...args: unknown[]) => this.#answer('move', ...args);
  reset = () => this.#answer('reset');
  file = async (message: string, blob: string) =>
    message === 'om_1' && blob === 'b1' ? { name: '../证明"\r\n(1).xlsx', bytes: new Uint8Array([1, 2]) } : undefined;
  subscribe(listener: (event: object) => void) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

describe('the web server', () => {
  let folder: string;
  let desk: RecordingDesk;
  let health: { ready: boolean; reasons: string[] };
  let errors: object[];
  let server: Listening;
  let url: string;
  const stopping = new AbortController();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'xueshibu-page-'));
    await mkdir(join(folder, 'fonts'));
    await writeFile(join(folder, 'index.html'), '<!doctype html><title>学时簿</title>');
    await writeFile(join(folder, 'main-ABCD1234.js'), 'export {}');
    await writeFile(join(folder, 'fonts', 'noto-ABCD1234.woff2'), 'font');
    await writeFile(join(folder, 'secret.json'), '{}');
    const shared = new RecordingDesk();
    desk = shared;
    const app = createApp({
      health: () => health,
      metrics: async () => 'xueshibu_up 1\n',
      log: { error: (fields) => errors.push(fields) },
      stopping: stopping.signal,
      simulator: { desk: shared, pageFolder: folder, host: '127.0.0.1' },
    });
    server = await listen(app, '127.0.0.1', 0);
    url = `http://127.0.0.1:${server.port}`;
  });
  beforeEach(() => {
    health = { ready: true, reasons: [] };
    errors = [];
    desk.asked.length = 0;
    desk.outcome = { ok: true };
    desk.failure = null;
  });
  afterAll(async () => {
    stopping.abort();
    await server.close(100);
    await rm(folder, { recursive: true });
  });

  const post = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(url + path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  /** With headers that `fetch` does not let one choose. */
  const raw = (method: string, path: string, headers: Record<string, string>): Promise<number> =>
    new Promise((resolve, reject) => {
      request({ port: server.port, host: '127.0.0.1', method, path, headers }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      })
        .on('error', reject)
        .end(method === 'POST' ? '{"step":"day"}' : undefined);
    });
  const hello = { person: 'E1', chat: 'p:E1', text: '进度' };

  describe('for the operator', () => {
    it('says that it lives, is ready, and how it fares', async () => {
      expect((await fetch(`${url}/healthz`)).status).toBe(200);
      expect((await fetch(`${url}/readyz`)).status).toBe(200);
      const metrics = await fetch(`${url}/metrics`);
      expect(metrics.headers.get('content-type')).toContain('version=0.0.4');
      expect(await metrics.text()).toBe('xueshibu_up 1\n');
    });

    it('gives the reasons when it is not ready', async () => {
      health = { ready: false, reasons: ['磁盘已满', '模拟器还没有启动'] };
      const answer = await fetch(`${url}/readyz`);
      expect(answer.status).toBe(503);
      expect(await answer.text()).toBe('磁盘已满\n模拟器还没有启动\n');
    });

    it.each([
      ['GET', '/nowhere', 404],
      ['GET', '/simulator/nowhere', 404],
      ['POST', '/healthz', 405],
      ['PUT', '/simulator/message', 405],
      ['GET', '/simulator/message', 405],
      ['DELETE', '/', 405],
      ['HEAD', '/', 200],
    ])('answers %s %s with %i', async (method, path, status) => {
      const answer = await fetch(url + path, { method });
      expect(answer.status).toBe(status);
      if (status === 405) expect(answer.headers.get('allow')).toMatch(/GET|POST/);
    });

    it('does not wait for the rest of what it refuses, and keeps the line of who sends no more', async () => {
      const lineAfter = (text: string): Promise<string | undefined> =>
        new Promise((resolve) => {
          const socket = connect(server.port, '127.0.0.1', () => socket.write(text));
          socket.once('data', (answer) => {
            resolve(/^Connection: (.*)\r$/im.exec(answer.toString())?.[1]);
            socket.destroy();
          });
        });
      const endless = 'HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n';
      expect(await lineAfter(`POST /healthz ${endless}`)).toBe('close');
      expect(await lineAfter(`POST /nowhere ${endless}`)).toBe('close');
      expect(await lineAfter('GET /nowhere HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n')).toBe('keep-alive');
      expect(await lineAfter('GET /simulator/message HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n')).toBe('keep-alive');
    });

    it('answers its probes under any host name, the page under its own alone', async () => {
      expect(await raw('GET', '/healthz', { Host: 'bot.example.edu' })).toBe(200);
      expect(await raw('GET', '/', { Host: 'bot.example.edu' })).toBe(403);
      for (const host of ['localhost', `localhost:${server.port}`, '[::1]:80', '127.0.0.1']) {
        expect(await raw('GET', '/simulator/state', { Host: host })).toBe(200);
      }
    });
  });

  describe('for the page', () => {
    it('serves what was built, cached by its hash, and nothing else of the folder', async () => {
      const page = await fetch(url);
      expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(page.headers.get('cache-control')).toBe('no-cache');
      const script = await fetch(`${url}/main-ABCD1234.js`);
      expect(script.headers.get('content-type')).toContain('text/javascript');
      expect(script.headers.get('cache-control')).toContain('immutable');
      expect((await fetch(`${url}/fonts/noto-ABCD1234.woff2`)).headers.get('content-type')).toBe('font/woff2');
      for (const path of ['/secret.json', '/..%2fpackage.json', '/__proto__', '/constructor']) {
        expect((await fetch(url + path)).status).toBe(404);
      }
    });

    it('forbids inline script, foreign sources and frames', async () => {
      const { headers } = await fetch(url);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain('unsafe');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    });

    it('passes on what is said, tapped, sent and moved', async () => {
      await post('/simulator/message', hello);
      await post('/simulator/tap', { person: 'E1', messageId: 'om_1', press: { command: '进度', args: {} } });
      await post('/simulator/clock', { step: 'date', day: '2026-11-25' });
      await post('/simulator/reset', {});
      await fetch(`${url}/simulator/upload?person=E1&chat=p:E1&name=${encodeURIComponent('../a/名册.xlsx')}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/octet-stream' },
        body: new Uint8Array(3),
      });
      expect(desk.asked).toEqual([
        ['says', 'E1', '进度', 'p:E1'],
        ['taps', 'E1', 'om_1', { command: '进度', args: {} }, {}],
        ['move', { step: 'date', day: '2026-11-25' }],
        ['reset'],
        ['file', 'E1', '名册.xlsx', 3, 'p:E1'],
      ]);
    });

    it('brings the answer to a tap back', async () => {
      const answer = { toast: { tone: 'good', text: '已通过' }, card: null };
      desk.outcome = { ok: true, value: answer };
      const response = await post('/simulator/tap', { person: 'E1', messageId: 'om_1', press: null });
      expect(await response.json()).toEqual({ value: answer });
    });

    it('reads a chat from where the page has got to', async () => {
      expect(await (await fetch(`${url}/simulator/chat?id=p:E1&before=1042`)).json()).toEqual({
        id: 'p:E1',
        before: 1042,
      });
      expect((await fetch(`${url}/simulator/chat?before=x&id=p:E1`)).status).toBe(400);
    });

    it('reads records from where the panel has got to', async () => {
      expect(await (await fetch(`${url}/simulator/records?before=5`)).json()).toEqual([{ n: 4 }]);
      for (const query of ['', '?before=0', '?before=x']) {
        expect((await fetch(`${url}/simulator/records${query}`)).status).toBe(400);
      }
    });

    it('says in words why something was refused', async () => {
      desk.outcome = { ok: false, reason: '时间正在快进，请等它走完。' };
      const response = await post('/simulator/clock', { step: 'day' });
      expect(response.status).toBe(409);
      expect(await response.text()).toBe('时间正在快进，请等它走完。\n');
    });

    it('shows no stack when something fails, and 503 when the ledger is away', async () => {
      desk.failure = new Error('secret detail');
      const failed = await post('/simulator/message', hello);
      expect([failed.status, await failed.text()]).toEqual([500, expect.not.stringContaining('secret')]);
      expect(errors).toHaveLength(1);
      desk.failure = new StoreError('unavailable', '磁盘出错');
      expect((await post('/simulator/message', hello)).status).toBe(503);
    });

    it.each<[string, unknown]>([
      ['broken JSON', '{"person":'],
      ['another shape', { person: 'E1' }],
      ['no words', { ...hello, text: '' }],
      ['a list', []],
      ['null', 'null'],
      ['a person like a novel', { ...hello, person: 'E'.repeat(33) }],
    ])('refuses %s', async (_, body) => {
      expect((await post('/simulator/message', body)).status).toBe(400);
      expect(desk.asked).toEqual([]);
    });

    it('refuses bytes that are no UTF-8', async () => {
      const headers = { 'Content-Type': 'application/json' };
      const response = await fetch(`${url}/simulator/message`, {
        method: 'POST',
        headers,
        body: new Uint8Array([0x22, 0xff, 0x22]),
      });
      expect([response.status, await response.text()]).toEqual([400, '内容不是 UTF-8 文字。\n']);
    });

    it('refuses days that do not exist', async () => {
      expect((await post('/simulator/clock', { step: 'date', day: '2026-02-30' })).status).toBe(400);
      expect((await post('/simulator/clock', { step: 'year' })).status).toBe(400);
    });

    it('takes a million characters and refuses more', async () => {
      expect((await post('/simulator/message', { ...hello, text: 'a'.repeat(1_000_000) })).status).toBe(200);
      const tooMuch = await post('/simulator/message', { ...hello, text: 'a'.repeat(1_100_000) });
      expect([tooMuch.status, await tooMuch.text()]).toEqual([413, '内容过大，最多 1 MB。\n']);
    });

    it.each<[string, Record<string, string>, number]>([
      ['our own page', { Origin: 'SELF', 'Sec-Fetch-Site': 'same-origin' }, 200],
      ['a program', {}, 200],
      ['another site', { Origin: 'https://evil.example' }, 403],
      ['another port', { Origin: 'http://127.0.0.1:1' }, 403],
      ['a sandboxed frame', { Origin: 'null' }, 403],
      ['a site next door', { 'Sec-Fetch-Site': 'same-site' }, 403],
      ['a plain form', { 'Content-Type': 'text/plain' }, 415],
    ])('hears changes from %s as it should', async (_, headers, status) => {
      const own = Object.entries(headers).map(([name, value]) => [name, value === 'SELF' ? url : value]);
      const all = { 'Content-Type': 'application/json', ...Object.fromEntries(own) };
      expect(await raw('POST', '/simulator/clock', all)).toBe(status);
    });

    it('hands out files as downloads under a harmless name', async () => {
      const { headers, status } = await fetch(`${url}/simulator/files/om_1/b1`);
      expect(status).toBe(200);
      expect(headers.get('content-type')).toBe('application/octet-stream');
      expect(headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''%E8%AF%81%E6%98%8E___%281%29.xlsx");
      expect((await fetch(`${url}/simulator/files/om_1/b2`)).status).toBe(404);
      expect((await fetch(`${url}/simulator/files/`)).status).toBe(404);
    });

    it('streams events until the reader leaves', async () => {
      const leaving = new AbortController();
      const response = await fetch(`${url}/simulator/events`, { signal: leaving.signal });
      expect(response.headers.get('content-type')).toContain('text/event-stream');
      const reader = response.body?.getReader();
      const read = async (): Promise<string> => new TextDecoder().decode((await reader?.read())?.value);
      expect(await read()).toContain('retry:');
      for (const listener of desk.listeners) listener({ type: 'reset', text: '两行\n字' });
      expect(await read()).toBe('data: {"type":"reset","text":"两行\\n字"}\n\n');
      expect(desk.listeners.size).toBe(1);
      leaving.abort();
      await expect.poll(() => desk.listeners.size).toBe(0);
      expect(errors).toEqual([]);
    });

    it('streams to a hundred pages at a time, and to others when one leaves', async () => {
      const leaving = new AbortController();
      const { signal } = leaving;
      const open = (): Promise<Response> => fetch(`${url}/simulator/events`, { signal });
      const first = await Promise.all(Array.from({ length: 100 }, open));
      expect(first.map(({ status }) => status)).toEqual(Array(100).fill(200));
      const one = await open();
      expect([one.status, await one.text()]).toEqual([503, '同时打开的页面太多，请关掉几个再刷新。\n']);
      await first[0]?.body?.cancel();
      await expect.poll(() => desk.listeners.size).toBe(99);
      expect((await open()).status).toBe(200);
      leaving.abort();
      await expect.poll(() => desk.listeners.size).toBe(0);
    });
  });

  it('ends open event streams when it stops', async () => {
    const abort = new AbortController();
    const other = createApp({
      health: () => health,
      metrics: async () => '',
      log: { error: (fields) => errors.push(fields) },
      stopping: abort.signal,
      simulator: { desk: new RecordingDesk(), pageFolder: folder, host: '127.0.0.1' },
    });
    const listening = await listen(other, '127.0.0.1', 0);
    const response = await fetch(`http://127.0.0.1:${listening.port}/simulator/events`);
    abort.abort();
    await listening.close(60_000);
    expect(await response.text()).toContain('retry:');
  });

  it('cuts what does not end when it stops', async () => {
    const listening = await listen(
      createApp({ health: () => health, metrics: async () => '', log: { error: () => {} }, stopping: stopping.signal }),
      '127.0.0.1',
      0,
    );
    const socket = connect(listening.port, '127.0.0.1');
    const closed = new Promise((resolve) => socket.on('error', () => {}).on('close', resolve));
    socket.write('GET /healthz HTTP/1.1\r\nHost: a\r\n');
    await new Promise((resolve) => socket.on('connect', resolve));
    await listening.close(10);
    await closed;
  });

  it('says which setting to change when it cannot listen', async () => {
    const app = createApp({
      health: () => health,
      metrics: async () => '',
      log: { error: () => {} },
      stopping: stopping.signal,
    });
    const busy = await listen(app, '127.0.0.1', server.port).catch((error: unknown) => error);
    expect(busy).toBeInstanceOf(ListenError);
    expect(String(busy)).toMatch(new RegExp(`端口 ${server.port}.*PORT`));
    const nowhere = await listen(app, '203.0.113.7', 0).catch((error: unknown) => error);
    expect(String(nowhere)).toMatch(/203\.0\.113\.7.*HOST/);
  });

  it('does not start without the built page', () => {
    const parts = {
      health: () => health,
      metrics: async () => '',
      log: { error: () => {} },
      stopping: stopping.signal,
    };
    const simulator = { desk, pageFolder: join(folder, 'fonts'), host: '127.0.0.1' };
    expect(() => createApp({ ...parts, simulator })).toThrow('npm run build');
  });
});

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FeishuApiError } from '../../../src/messenger/feishu/api-error.ts';
import { type Call, createRequest, type Download, timeouts } from '../../../src/messenger/feishu/http.ts';

describe('requests to Feishu', () => {
  let server: Server;
  let url: string;
  let answer: (request: IncomingMessage, response: ServerResponse, body: Buffer) => void;

  beforeEach(async () => {
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => answer(request, response, Buffer.concat(chunks)));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const says =
    (status: number, body: unknown, headers: Record<string, string> = {}) =>
    (_: IncomingMessage, response: ServerResponse): void => {
      response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    };
  const ask = (call: Partial<Call> = {}, deadline?: (ms: number) => AbortSignal): Promise<unknown> =>
    createRequest(deadline === undefined ? {} : { deadline })({
      method: 'POST',
      url: `${url}/open-apis/im/v1/messages`,
      data: {},
      ...call,
    });
  const refused = async (call: Partial<Call> = {}, deadline?: (ms: number) => AbortSignal): Promise<FeishuApiError> => {
    const fault: unknown = await ask(call, deadline).then(
      () => null,
      (error: unknown) => error,
    );
    if (!(fault instanceof FeishuApiError)) throw new Error(`not refused: ${String(fault)}`);
    return fault;
  };

  it('sends JSON with its query, and answers with the body of a success', async () => {
    let seen: unknown;
    answer = (request, response, body) => {
      seen = [request.method, request.url, request.headers['content-type'], JSON.parse(body.toString())];
      says(200, { code: 0, msg: 'ok', data: { message_id: 'om_1' } })(request, response);
    };
    const call = { params: { receive_id_type: 'open_id', ids: ['a', 'b'], left: undefined }, data: { text: '早' } };
    expect(await ask(call)).toEqual({ code: 0, msg: 'ok', data: { message_id: 'om_1' } });
    expect(seen).toEqual([
      'POST',
      '/open-apis/im/v1/messages?receive_id_type=open_id&ids=a&ids=b',
      'application/json; charset=utf-8',
      { text: '早' },
    ]);
  });

  it('sends no body with a GET, whatever the SDK puts into it', async () => {
    let sent = '?';
    answer = (request, response, body) => {
      sent = body.toString();
      says(200, { code: 0 })(request, response);
    };
    await ask({ method: 'get', data: {} });
    expect(sent).toBe('');
  });

  it('trap: HTTP 200 with a code is a refusal, not a success', async () => {
    answer = says(200, { code: 230_001, msg: 'invalid', error: { log_id: 'L1' } });
    expect(await refused()).toMatchObject({
      fault: 'refused',
      code: 230_001,
      status: 200,
      msg: 'invalid',
      logId: 'L1',
    });
  });

  it('trap: HTTP 400 carries its code in the body, and the log id in a header', async () => {
    answer = says(400, { code: 230_013, msg: 'Bot has NO availability to this user.' }, { 'x-tt-logid': 'L2' });
    expect(await refused()).toMatchObject({ fault: 'refused', code: 230_013, status: 400, logId: 'L2', resetMs: null });
  });

  it('trap: HTTP 429 says when to come back', async () => {
    answer = says(429, { code: 99_991_400, msg: 'limit' }, { 'x-ogw-ratelimit-reset': '7' });
    expect(await refused()).toMatchObject({ code: 99_991_400, status: 429, resetMs: 7000 });
  });

  it.each([
    ['a page that asks to sign in', 200, '<html>sign in</html>'],
    ["a gateway's page", 502, '<html>bad gateway</html>'],
    ['JSON that breaks off', 200, '{"code":0,"data":{'],
    ['JSON without a code', 200, '{"data":{}}'],
    ['a list', 200, '[]'],
    ['nothing', 200, ''],
    ['a success that is none', 500, '{"code":0}'],
  ])('does not take %s for an answer; it may have arrived all the same', async (_, status, body) => {
    answer = says(status, body, { 'content-type': 'text/html' });
    expect(await refused()).toMatchObject({ fault: 'unreadable', code: null, status, mayHaveArrived: true });
  });

  it('does not read an answer without end', async () => {
    answer = (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const pour = (): void => {
        while (!response.destroyed && response.write(' '.repeat(65_536)));
      };
      response.on('drain', pour);
      pour();
    };
    expect(await refused()).toMatchObject({ fault: 'unreadable', status: 200 });
  });

  it('knows that nothing has left when nobody listens', async () => {
    const nobody = createServer();
    await new Promise<void>((resolve) => nobody.listen(0, '127.0.0.1', resolve));
    const { port } = nobody.address() as AddressInfo;
    await new Promise((resolve) => nobody.close(resolve));
    const fault = await refused({ url: `http://127.0.0.1:${port}/open-apis/x` });
    expect(fault).toMatchObject({ fault: 'unreachable', status: null, mayHaveArrived: false });
  });

  it('knows that it does not know when the line breaks after the request', async () => {
    answer = (request) => request.socket.destroy();
    expect(await refused()).toMatchObject({ fault: 'unanswered', status: null, mayHaveArrived: true });
  });

  it('trap: the SDK would wait for ever; here an answer that does not come is over in time', async () => {
    const patience = new AbortController();
    answer = () => patience.abort(new DOMException('time is over', 'TimeoutError'));
    const asked: number[] = [];
    const fault = await refused({}, (ms) => {
      asked.push(ms);
      return patience.signal;
    });
    expect(fault).toMatchObject({ fault: 'unanswered', mayHaveArrived: true });
    expect(asked).toEqual([timeouts.answer]);
  });

  it('waits longer for files, up and down', async () => {
    const asked: number[] = [];
    const deadline = (ms: number): AbortSignal => {
      asked.push(ms);
      return new AbortController().signal;
    };
    answer = says(200, { code: 0 });
    await ask({ headers: { 'Content-Type': 'multipart/form-data' } }, deadline);
    await ask({ method: 'GET', responseType: 'stream' }, deadline);
    expect(asked).toEqual([timeouts.file, timeouts.file]);
  });

  it('trap: a part of a form has a file name, in Chinese as it is written', async () => {
    let sent = '';
    answer = (request, response, body) => {
      sent = `${request.headers['content-type']}\n${body.toString()}`;
      says(200, { code: 0 })(request, response);
    };
    const file = new File([Buffer.from('PK')], '逾期名单.xlsx');
    await ask({ headers: { 'Content-Type': 'multipart/form-data' }, data: { file_type: 'xls', file } });
    expect(sent).toMatch(/^multipart\/form-data; boundary=/);
    expect(sent).toContain('name="file"; filename="逾期名单.xlsx"');
    expect(sent).toContain('name="file_type"');
  });

  it('hands a download on as a stream with its headers', async () => {
    answer = (_, response) => {
      response.writeHead(200, { 'content-type': 'application/octet-stream', 'x-name': 'a' });
      response.end(Buffer.from([1, 2, 3]));
    };
    const { data, headers } = (await ask({ method: 'GET', responseType: 'stream' })) as Download;
    expect(headers['x-name']).toBe('a');
    expect(Buffer.concat(await data.toArray())).toEqual(Buffer.from([1, 2, 3]));
  });

  it.each([400, 200])('trap: the refusal of a download (HTTP %i) is read, not streamed', async (status) => {
    answer = says(status, { code: 234_003, msg: 'File not in message.' });
    expect(await refused({ method: 'GET', responseType: 'stream' })).toMatchObject({ code: 234_003, status });
  });

  it('hands on a file that happens to be JSON', async () => {
    answer = says(200, '{"code":7}', { 'content-disposition': 'attachment; filename="a.json"' });
    const { data } = (await ask({ method: 'GET', responseType: 'stream' })) as Download;
    expect(String(await data.toArray())).toBe('{"code":7}');
  });

  it('trap: an error never says what was sent, nor to whom', async () => {
    answer = says(400, { code: 230_001, msg: 'x'.repeat(1000) });
    const fault = await refused({
      url: `${url}/open-apis/im/v1/messages/om_secret1/urgent_app`,
      data: { content: '王芳欠 3 学时' },
      headers: { Authorization: 'Bearer t-secret2' },
    });
    const said = `${fault.stack}${JSON.stringify(fault)}`;
    expect(said).toContain('/open-apis/im/v1/messages/:id/urgent_app');
    expect(said).not.toMatch(/王芳|secret/);
    expect(fault.msg).toHaveLength(200);
  });

  it('follows no redirection: what is meant for the platform goes nowhere else', async () => {
    let visited = 0;
    answer = (request, response) => {
      visited += 1;
      response.writeHead(307, { location: `${url}/elsewhere` });
      response.end();
      request.resume();
    };
    expect(await refused()).toMatchObject({ fault: 'unanswered' });
    expect(visited).toBe(1);
  });
});

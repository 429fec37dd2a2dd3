import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decodeUtf8, parseJson, RequestError, readBody } from '../../src/http/body.ts';

describe('reading a request', () => {
  let server: Server;
  let outcome: Promise<Buffer | RequestError>;
  const send = async (text: string, limits = { limit: 10, timeoutMs: 5000 }, leave = false) => {
    const arrived = new Promise<IncomingMessage>((resolve) => server.once('request', resolve));
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    socket.on('error', () => {});
    socket.write(`POST / HTTP/1.1\r\nHost: a\r\n${text}`);
    outcome = readBody(await arrived, limits).catch((error: RequestError) => error);
    if (leave) socket.destroy();
    const result = await outcome;
    socket.destroy();
    return Buffer.isBuffer(result) ? result.toString() : result.status;
  };
  beforeEach(async () => {
    server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => {
    server.close();
    server.closeAllConnections();
  });

  it.each<[string, string, string | number]>([
    ['nothing', 'Content-Length: 0\r\n\r\n', ''],
    ['as much as allowed', 'Content-Length: 10\r\n\r\n0123456789', '0123456789'],
    ['several chunks', 'Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n', 'abcde'],
    ['more than allowed by its header', 'Content-Length: 11\r\n\r\n', 413],
    ['more than allowed in chunks', 'Transfer-Encoding: chunked\r\n\r\nb\r\n0123456789a\r\n', 413],
  ])('takes or refuses %s', async (_, text, expected) => {
    expect(await send(text)).toBe(expected);
  });

  it('gives up on a body that does not come', async () => {
    expect(await send('Content-Length: 5\r\n\r\nab', { limit: 10, timeoutMs: 20 })).toBe(408);
  });

  it('notices a sender who leaves in the middle', async () => {
    expect(await send('Content-Length: 5\r\n\r\nab', { limit: 10, timeoutMs: 60_000 }, true)).toBe(400);
  });

  it('decodes strictly and parses without a stack', () => {
    expect(decodeUtf8(new TextEncoder().encode('学时 👍'))).toBe('学时 👍');
    expect(() => decodeUtf8(new Uint8Array([0xe5, 0xad]))).toThrow(RequestError);
    expect(() => parseJson('{')).toThrow(RequestError);
  });

  it.each([
    [31, true],
    [32, true],
    [33, false],
    [200_000, false],
  ])('takes %i levels within each other: %s', (levels, isTaken) => {
    for (const [open, inner, close] of [
      ['[', '1', ']'],
      ['{"a":', '""', '}'],
    ] as const) {
      const text = open.repeat(levels) + inner + close.repeat(levels);
      if (isTaken) expect(JSON.stringify(parseJson(text))).toBe(text);
      else expect(() => parseJson(text)).toThrow(RequestError);
    }
  });
});

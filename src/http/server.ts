import { createServer, type Server } from 'node:http';
import type Koa from 'koa';
import { webWords } from '../texts/web.ts';

/** The server cannot listen; `message` says which setting to change. */
export class ListenError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ListenError';
  }
}

export interface Listening {
  /** The real one when 0 was asked for. */
  readonly port: number;
  /** Takes no new requests, lets running ones end for `graceMs`, then cuts what is left. */
  close(graceMs?: number): Promise<void>;
}

/** @throws ListenError */
export async function listen(app: Koa, host: string, port: number): Promise<Listening> {
  const server = createServer({ requestTimeout: 90_000, headersTimeout: 15_000 }, app.callback());
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(new ListenError(sentenceFor(error, host, port), { cause: error })));
    server.listen(port, host, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    close: (graceMs = 3000) => closeServer(server, graceMs),
  };
}

function closeServer(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), graceMs);
    // A connection that is busy now must not stay open for what its client asks next.
    server.prependListener('request', (_, response) => response.setHeader('Connection', 'close'));
    const sweep = setInterval(() => server.closeIdleConnections(), 20);
    server.close(() => {
      clearTimeout(cut);
      clearInterval(sweep);
      resolve();
    });
    server.closeIdleConnections();
  });
}

function sentenceFor(error: NodeJS.ErrnoException, host: string, port: number): string {
  switch (error.code) {
    case 'EADDRINUSE':
      return webWords.portInUse(host, port);
    case 'EACCES':
      return webWords.portForbidden(port);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return webWords.hostUnknown(host);
    default:
      return error.message;
  }
}

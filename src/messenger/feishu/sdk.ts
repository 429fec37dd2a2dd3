import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Socket } from 'node:net';
import { Client, EventDispatcher, LoggerLevel, WSClient } from '@larksuiteoapi/node-sdk';
import type { Endpoint } from './api.ts';
import type { Call, Request } from './http.ts';
import type { FeishuSettings } from './settings.ts';

/**
 * The platform's SDK, 118 MB once it is loaded: imported here alone, and this file only when Feishu is configured. Its
 * calls go through our own requests, which carry the token and refuse what the platform has not accepted.
 */

type ClientOptions = ConstructorParameters<typeof Client>[0];
type HttpInstance = NonNullable<ClientOptions['httpInstance']>;
type Logger = NonNullable<ClientOptions['logger']>;

export interface SdkLog {
  warn(fields: object, message: string): void;
}

export type FeishuClient = Client;

type App = Pick<FeishuSettings, 'appId' | 'appSecret' | 'domain'>;

export const createClient = (app: App, request: Request, log: SdkLog): FeishuClient =>
  new Client({
    ...app,
    // The SDK's own cache is shared by the whole process and keeps a token that the platform has forgotten.
    disableTokenCache: true,
    httpInstance: asHttpInstance(request),
    logger: mute(log),
    loggerLevel: LoggerLevel.warn,
  });

function asHttpInstance(request: Request): HttpInstance {
  const send = (call: object): Promise<never> => request(call as Call) as Promise<never>;
  const plain = (method: string) => (url: string, options?: object) => send({ ...options, url, method });
  const withBody = (method: string) => (url: string, data?: unknown, options?: object) =>
    send({ ...options, url, method, data });
  return {
    request: send,
    get: plain('GET'),
    delete: plain('DELETE'),
    head: plain('HEAD'),
    options: plain('OPTIONS'),
    post: withBody('POST'),
    put: withBody('PUT'),
    patch: withBody('PATCH'),
  };
}

/** What the SDK may report, by how it begins. Whatever follows holds requests and messages, and is never passed on. */
const reports: readonly string[] = [
  'failed to handle inbound frame',
  'failed to merge event fragments',
  'invalid pong payload',
  'handshake timeout',
  'new WebSocket error',
  'ws connect failed',
  'ws error',
  'send data failed',
];

/** A logger that says in static words what went wrong, and never throws. */
function mute(log: SdkLog): Logger {
  const pass = (...said: unknown[]): void => {
    const words = said.flat(2).find((part) => typeof part === 'string' && part !== '[ws]');
    const known = reports.find((report) => typeof words === 'string' && words.startsWith(report));
    // What failed in a call is thrown to the caller, too.
    if (known !== undefined) log.warn({ report: known }, 'feishu sdk');
  };
  const ignore = (): void => {};
  return { error: pass, warn: pass, info: ignore, debug: ignore, trace: ignore };
}

/** One connection: it is opened once and never again; whoever holds it opens the next. */
export interface Line {
  /** Resolves when it is up: false when it could not be opened. */
  readonly opened: Promise<boolean>;
  /** Resolves when it is over, for whatever reason. */
  readonly ended: Promise<void>;
  /** Bytes that have come in: what stands still for long is dead. */
  received(): number;
  /** Says goodbye; the platform answers by ending it. */
  close(): void;
  /** Ends it at once. */
  destroy(): void;
}

export interface LineParts {
  readonly app: App;
  readonly endpoint: Endpoint;
  /** What the platform delivers; its answer is the acknowledgement, its rejection a request to deliver again. */
  readonly receive: (envelope: unknown) => Promise<object>;
  readonly log: SdkLog;
}

export type OpenLine = (parts: LineParts) => Line;

const handshakeMs = 15_000;

/**
 * The SDK's client frames, pings and acknowledges. It does not reconnect: it would retry for ever without a word, and
 * give up on what passes by itself. Its socket is watched through the agent, because a client whose connection has ended
 * tells nobody.
 */
export const openLine: OpenLine = ({ app, endpoint, receive, log }) => {
  const sockets = new Set<Socket>();
  let end = (): void => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  let settle = (_isUp: boolean): void => {};
  const opened = new Promise<boolean>((resolve) => {
    settle = resolve;
  });
  const client = new WSClient({
    ...app,
    autoReconnect: false,
    handshakeTimeoutMs: handshakeMs,
    agent: watchedAgent(endpoint.url, (socket) => {
      sockets.add(socket);
      socket.once('close', () => finish());
    }),
    // The endpoint has been asked already, where a refusal can be told from a disturbance.
    httpInstance: asHttpInstance(async () => answerWith(endpoint)),
    logger: mute(log),
    loggerLevel: LoggerLevel.warn,
    onReady: () => settle(true),
    onError: () => finish(),
  });
  const destroy = (): void => {
    client.close({ force: true });
    for (const socket of sockets) socket.destroy();
    settle(false);
    end();
  };
  const finish = (): void => destroy();

  void client.start({ eventDispatcher: new Receiving(receive, log) });
  return {
    opened,
    ended,
    received: () => [...sockets].reduce((sum, { bytesRead }) => sum + bytesRead, 0),
    close: () => client.close(),
    destroy,
  };
};

/** Everything that arrives goes one way: what is known and what is not is decided there. */
class Receiving extends EventDispatcher {
  readonly #receive: LineParts['receive'];

  constructor(receive: LineParts['receive'], log: SdkLog) {
    super({ logger: mute(log), loggerLevel: LoggerLevel.warn });
    this.#receive = receive;
  }

  override invoke(envelope: unknown): Promise<object> {
    return this.#receive(envelope);
  }
}

function watchedAgent(url: string, watch: (socket: Socket) => void): HttpAgent {
  const agent = url.startsWith('wss:') ? new HttpsAgent() : new HttpAgent();
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (options, callback) => {
    const socket = connect(options, callback);
    if (socket) watch(socket as Socket);
    return socket;
  };
  return agent;
}

const answerWith = ({ url, pingSeconds }: Endpoint): object => ({
  code: 0,
  msg: '',
  data: {
    URL: url,
    ClientConfig: { PingInterval: pingSeconds, ReconnectCount: -1, ReconnectInterval: 120, ReconnectNonce: 30 },
  },
});

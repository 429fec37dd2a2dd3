import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type App, createApp } from './app.ts';
import { Callbacks } from './callbacks.ts';
import { Deliveries, platformLadder } from './deliveries.ts';
import { directoryRoutes } from './directory-routes.ts';
import { type ApiRecord, Faults } from './faults.ts';
import { Files, fileRoutes } from './files.ts';
import { createHappenings } from './happenings.ts';
import { createHttp } from './http.ts';
import { type Limits, platformLimits, Windows } from './limits.ts';
import { type ClientConfig, LongConnection } from './long-connection.ts';
import { messageRoutes } from './message-routes.ts';
import { type Message, Messages } from './messages.ts';
import { type NewPerson, People } from './people.ts';
import { createSaying } from './saying.ts';
import { createTapping } from './tapping.ts';
import { createTime } from './time.ts';
import { Tokens } from './tokens.ts';
import { WebhookSender } from './webhook-sender.ts';

export interface FeishuServerOptions {
  /** Milliseconds since 1970. With it nothing waits by itself: move the clock, then call `catchUp`. Real time without. */
  readonly now?: () => number;
  /** null: the app has set no Encrypt Key. */
  readonly encryptKey?: string | null;
  /** The platform's own when not said. */
  readonly limits?: Partial<Limits>;
  /** Life of a token. */
  readonly tokenSeconds?: number;
  /** Pauses before an event that was not acknowledged is tried again. */
  readonly retryAfterMs?: readonly number[];
  /** What the long connection tells its clients; here they come back at once. */
  readonly clientConfig?: Partial<ClientConfig>;
}

export type FeishuServer = Awaited<ReturnType<typeof openFeishuServer>>;

/**
 * A Feishu of one tenant and one app on 127.0.0.1. Events go over the long connection until `useWebhook` names an
 * address.
 */
export async function openFeishuServer(options: FeishuServerOptions = {}) {
  const app: App = createApp(options.encryptKey === undefined ? {} : { encryptKey: options.encryptKey });
  const time = createTime(options.now);
  const faults = new Faults();
  const people = new People();
  const files = new Files();
  const windows = new Windows(time, { ...platformLimits, ...options.limits });
  const tokens = new Tokens(app, time, options.tokenSeconds);
  const messages = new Messages(people, time, windows, files);
  const callbacks = new Callbacks(messages, time);
  const config = { ReconnectCount: -1, ReconnectInterval: 1, ReconnectNonce: 0, PingInterval: 120 };
  const longConnection = new LongConnection(app, time, faults, { ...config, ...options.clientConfig });
  const webhook = new WebhookSender(app, time);
  const transport = () => (webhook.url === null ? longConnection : webhook);
  const deliveries = new Deliveries(time, faults, options.retryAfterMs ?? platformLadder, transport);
  const calls: ApiRecord[] = [];
  const routes = [
    ...messageRoutes({ app, people, messages, callbacks }),
    ...fileRoutes({ files, messages, people }),
    ...directoryRoutes(app, people),
  ];
  const http = createHttp({ time, scopes: app.scopes, tokens, windows, faults, routes, longConnection, calls });
  await once(http.listen(0, '127.0.0.1'), 'listening');
  const stage = { app, time, people, files, messages, callbacks, deliveries, transport };
  const fromApp = (matches: (message: Message) => boolean): readonly Message[] =>
    messages.all.filter((message) => message.from === null && matches(message));

  return {
    ...app,
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    ...createSaying(stage),
    ...createTapping(stage),
    ...createHappenings(stage),
    addPerson: (person: NewPerson) => people.add(person),
    addChat: (chat: Parameters<People['addChat']>[0]) => people.addChat(chat),
    people,
    /** What goes wrong: switched on by tests. */
    faults,
    tokens,
    /** Sockets that the bot has opened. */
    longConnection,
    /** Every event and tap, with each try and what came of it. */
    deliveries: deliveries.all,
    /** Every call of the open platform and the code that it was answered with. */
    calls,
    refusals: (code: number) => calls.filter((call) => call.code === code).length,
    /** From now on events are posted here. */
    useWebhook: (url: string | null) => {
      webhook.url = url;
    },
    /** Saves the address in the console: does the bot give the challenge back? */
    verifiesWebhook: (challenge: string, token?: string) => webhook.verify(challenge, token),
    /** What the app has sent, oldest first. */
    sent: () => fromApp(() => true),
    sentTo: (openId: string) => fromApp(({ to }) => to === openId),
    /** What somebody has in front of them: sent privately, in groups, or shown to this person alone. */
    seenBy: (openId: string) =>
      fromApp(({ chatId, onlyFor, missed }) => {
        const isMeant = onlyFor === null || (onlyFor === openId && !missed);
        return isMeant && people.chat(chatId).members.has(openId);
      }),
    /** What the app has uploaded, oldest first. */
    uploads: () => files.all().filter(({ isUpload }) => isUpload),
    /** The file or the picture that a message is, with its name and bytes. */
    fileOf: ({ content }: Message) => {
      const { file_key: file, image_key: image } = content as { file_key?: string; image_key?: string };
      return files.get(file ?? image ?? '');
    },
    sentIn: (chatId: string) => fromApp((message) => message.chatId === chatId),
    message: (messageId: string) => messages.find(messageId),
    /** The first message of the app that `matches`, now or once it comes. */
    arrival: (matches: (message: Message) => boolean) => messages.arrival(matches),
    catchUp: () => time.catchUp(),
    close: async () => {
      time.stop();
      longConnection.close();
      http.closeAllConnections();
      http.close();
      await once(http, 'close');
    },
  };
}

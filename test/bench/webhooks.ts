import { createHash, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as lark from '@larksuiteoapi/node-sdk';
import Koa from 'koa';
import { collections } from '../../src/collections.ts';
import { hourEntries } from '../../src/domain/hours.ts';
import { createApp } from '../../src/http/app.ts';
import { listen } from '../../src/http/server.ts';
import { decrypt } from '../../src/messenger/feishu/crypto.ts';
import { createReceiver } from '../../src/messenger/feishu/events.ts';
import { createWebhook } from '../../src/messenger/feishu/webhook.ts';
import { openLowdbStore } from '../../src/store/lowdb/open.ts';
import { dispatchOn, fill } from './bot.ts';
import { type Running, startParty } from './compare.ts';
import { settings } from './feishu-events.ts';
import { type Load, type Party, warmUp } from './load.ts';
import { now } from './people.ts';

export type WebhookOptions =
  /** The bot behind its webhook: verified, opened, read, recorded and synced, then answered. */
  | { readonly who: 'bot'; readonly directory: string; readonly entries: number }
  /** A bare server that only proves the signature and opens the event. */
  | { readonly who: 'bare' }
  /** Koa with the SDK's own dispatcher, whose handler does nothing. */
  | { readonly who: 'sdk' };

const path = '/feishu/webhook';

interface Door {
  readonly port: number;
  /** @throws Error when something that was answered has not been kept */
  check(answered: number): Promise<void>;
  close(): Promise<void>;
}

/** Somebody behind a webhook, with the platform that knocks at it in a process of its own. */
export async function openWebhook(options: WebhookOptions): Promise<Party> {
  const door = await { bot: openBotDoor, bare: openBareDoor, sdk: openSdkDoor }[options.who](options as never);
  const knocker: Running = await startParty(process.argv[1] ?? '', ['knocker', { port: door.port, path }]);
  let answered = 0;
  const round = async (load: Load) => {
    const figures = await knocker.round(load);
    answered += load.messages;
    await door.check(answered);
    return figures;
  };
  await round(warmUp);
  return {
    round,
    close: async () => {
      await knocker.stop();
      await door.close();
    },
  };
}

async function openBotDoor({ directory, entries }: WebhookOptions & { who: 'bot' }): Promise<Door> {
  const store = await openLowdbStore({ directory, collections });
  await fill(store, entries);
  const clock = { now: () => now };
  const silent = { info: () => {}, warn: () => {}, error: () => {} };
  const receive = createReceiver({
    appId: settings.appId,
    clock,
    handler: dispatchOn(store),
    privateChats: { isPrivate: () => Promise.resolve(true), remember: () => Promise.resolve() },
    files: { download: () => Promise.reject(new Error('no files here')) },
    botOpenId: () => 'ou_bot',
    unitNames: () => Promise.resolve([]),
    log: silent,
  });
  const app = createApp({
    health: () => ({ ready: true, reasons: [] }),
    metrics: () => Promise.resolve(''),
    log: silent,
    stopping: new AbortController().signal,
    feishuWebhook: createWebhook({ settings, receive, clock, log: silent }),
  });
  const server = await listen(app, '127.0.0.1', 0);
  return {
    port: server.port,
    check: async (answered) => {
      const kept = await store.read((view) => view.count(hourEntries, {}));
      if (kept !== entries + answered) throw new Error(`${entries + answered - kept} messages were not recorded`);
    },
    close: async () => {
      await server.close(100);
      await store.close();
    },
  };
}

const opened = async (server: Server): Promise<Door> => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    check: () => Promise.resolve(),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};

const openBareDoor = (): Promise<Door> =>
  opened(
    createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks);
        const {
          'x-lark-request-timestamp': timestamp,
          'x-lark-request-nonce': nonce,
          'x-lark-signature': given,
        } = request.headers;
        const expected = createHash('sha256')
          .update(String(timestamp) + String(nonce) + (settings.encryptKey ?? ''))
          .update(body)
          .digest();
        if (!timingSafeEqual(expected, Buffer.from(String(given), 'hex'))) throw new Error('a wrong signature');
        JSON.parse(decrypt(settings.encryptKey ?? '', JSON.parse(body.toString()).encrypt));
        response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': 2 });
        response.end('{}');
      });
    }),
  );

function openSdkDoor(): Promise<Door> {
  const quiet = { error: () => {}, warn: () => {}, info: () => {}, debug: () => {}, trace: () => {} };
  const dispatcher = new lark.EventDispatcher({
    encryptKey: settings.encryptKey ?? '',
    verificationToken: settings.verificationToken ?? '',
    logger: quiet,
  }).register({ 'im.message.receive_v1': () => Promise.resolve({}) });
  const app = new Koa();
  app.use(lark.adaptKoa(path, dispatcher, { autoChallenge: true }));
  return opened(createServer(app.callback()));
}

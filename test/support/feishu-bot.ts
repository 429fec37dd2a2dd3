import { createApp } from '../../src/http/app.ts';
import { listen } from '../../src/http/server.ts';
import { createFeishuMessenger, type FeishuMessenger, type FeishuParts } from '../../src/messenger/feishu/feishu.ts';
import { feishuPrivateChats } from '../../src/messenger/feishu/private-chats.ts';
import type { FeishuSettings } from '../../src/messenger/feishu/settings.ts';
import type { Sleep } from '../../src/messenger/pace.ts';
import { type FeishuServer, type FeishuServerOptions, openFeishuServer } from './feishu-server/index.ts';
import { SetClock } from './set-clock.ts';
import { SetWaits } from './set-waits.ts';
import { openTemporaryStore, type TemporaryStore } from './temporary-store.ts';

export interface FeishuBot {
  readonly server: FeishuServer;
  readonly messenger: FeishuMessenger;
  readonly home: TemporaryStore;
  readonly clock: SetClock;
  /** Waits that can be called off: for the next try, for a sign of life. Those for a turn are over at once. */
  readonly waits: SetWaits;
  readonly logged: readonly { readonly level: string; readonly fields: object; readonly message: string }[];
  readonly close: () => Promise<void>;
}

/** The messenger, not yet started, before a local Feishu; both live by one clock. */
export async function openFeishuBot(
  options: {
    readonly transport?: FeishuSettings['transport'];
    readonly server?: FeishuServerOptions;
    readonly parts?: Partial<FeishuParts>;
  } = {},
): Promise<FeishuBot> {
  const { transport = 'websocket' } = options;
  const clock = new SetClock('2026-11-20T01:00:00.000Z');
  const now = (): number => Date.parse(clock.now());
  const waits = new SetWaits(clock);
  const server = await openFeishuServer({ now, ...options.server });
  const home = await openTemporaryStore([feishuPrivateChats]);
  const logged: FeishuBot['logged'][number][] = [];
  const log = (level: string) => (fields: object, message: string) => void logged.push({ level, fields, message });
  const sleep: Sleep = (ms, signal) => {
    if (signal !== undefined) return waits.sleep(ms, signal);
    clock.pass(ms);
    return Promise.resolve();
  };
  const settings: FeishuSettings = {
    appId: server.appId,
    appSecret: server.appSecret,
    transport,
    encryptKey: transport === 'webhook' ? server.encryptKey : null,
    verificationToken: transport === 'webhook' ? server.verificationToken : null,
    domain: server.url,
    bulletinChats: [],
  };
  const messenger = createFeishuMessenger({
    settings,
    store: home.store,
    clock,
    log: { info: log('info'), warn: log('warn'), error: log('error') },
    sleep,
    elapsed: now,
    random: () => 1,
    ...options.parts,
  });
  const closeWeb = messenger.webhook === null ? async () => {} : await serveWebhook(server, messenger.webhook);
  return {
    server,
    messenger,
    home,
    clock,
    waits,
    logged,
    close: async () => {
      await messenger.stop();
      await closeWeb();
      await server.close();
      await home.remove();
    },
  };
}

async function serveWebhook(
  server: FeishuServer,
  feishuWebhook: NonNullable<FeishuMessenger['webhook']>,
): Promise<() => Promise<void>> {
  const app = createApp({
    health: () => ({ ready: true, reasons: [] }),
    metrics: async () => '',
    log: { error: () => {} },
    stopping: new AbortController().signal,
    feishuWebhook,
  });
  const listening = await listen(app, '127.0.0.1', 0);
  server.useWebhook(`http://127.0.0.1:${listening.port}/feishu/webhook`);
  return () => listening.close(0);
}

/** The words that somebody reads in a message as it is shown. */
export function wordsOf(shown: unknown): string {
  const { text, config, header, body } = shown as { text?: string; config?: object; header?: object; body?: object };
  return text ?? [...new Set([config, header, body].flatMap(contentsIn))].join('\n');
}

function contentsIn(node: unknown): readonly string[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([name, value]) =>
    name === 'content' && typeof value === 'string' ? [value] : contentsIn(value),
  );
}

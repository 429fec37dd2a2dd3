import { randomInt } from 'node:crypto';
import { setTimeout as after } from 'node:timers/promises';
import { addressOf } from '../bot/people.ts';
import { systemClock } from '../clock.ts';
import { createApp } from '../http/app.ts';
import { listen } from '../http/server.ts';
import { createFeishuMessenger } from '../messenger/feishu/feishu.ts';
import type { FeishuSettings } from '../messenger/feishu/settings.ts';
import type { Handler } from '../messenger/messenger.ts';
import { text } from '../messenger/reply.ts';
import { openStore } from '../open-store.ts';
import type { Store } from '../store/store.ts';
import { doctorFeishuTexts as texts } from '../texts/doctor-feishu.ts';
import type { DoorParts } from './door.ts';
import { attention, type Finding, fine } from './finding.ts';

const patienceMs = 120_000;

/**
 * Sends somebody a code and waits for it to come back, which proves the whole way there and back: permissions,
 * subscription, transport. The bot must not run meanwhile; whatever else comes in is left to it, because the platform
 * delivers it again.
 * @throws StoreError 75 while the bot runs; ListenError
 */
export async function examineEcho(
  { config, log, print }: DoorParts,
  settings: FeishuSettings,
  staffNo: string,
): Promise<Finding> {
  const store = await openStore(config, log);
  try {
    const id = await store.read((view) => addressOf(view, 'feishu', staffNo));
    if (id === null) return attention(texts.echoUnbound(staffNo));
    const code = String(randomInt(1000, 10_000));
    const echo = listenFor(id, code);
    const line = await open({ config, log }, settings, store, echo.handler);
    try {
      const outcome = await line.send(id, code);
      if (outcome !== null) return attention(texts.echoNotSent(outcome));
      print(texts.echoSent(staffNo, code, patienceMs / 1000));
      return (await echo.comes()) ? fine(texts.echoHeard) : attention(texts.echoNotHeard);
    } finally {
      await line.close();
    }
  } finally {
    await store.close();
  }
}

/** `comes` waits for the reply, but not for ever. */
function listenFor(id: string, code: string): { comes(): Promise<boolean>; handler: Handler } {
  let hear: () => void = () => {};
  const heard = new Promise<boolean>((resolve) => {
    hear = () => resolve(true);
  });
  return {
    comes: async () => {
      const waiting = new AbortController();
      const inVain = after(patienceMs, false, { signal: waiting.signal }).catch(() => false);
      return Promise.race([heard, inVain]).finally(() => waiting.abort());
    },
    handler: async (incoming) => {
      const isReply = incoming.type === 'message' && incoming.sender.id === id && incoming.text.includes(code);
      if (!isReply) throw new Error('not for the self-check: deliver it again');
      hear();
      return null;
    },
  };
}

async function open(
  { config, log }: Pick<DoorParts, 'config' | 'log'>,
  settings: FeishuSettings,
  store: Store,
  handler: Handler,
): Promise<{ send(id: string, code: string): Promise<string | null>; close(): Promise<void> }> {
  const messenger = createFeishuMessenger({ settings, store, clock: systemClock, log });
  await messenger.start(handler);
  const app = createApp({
    health: () => ({ ready: true, reasons: [] }),
    metrics: () => Promise.resolve(''),
    log,
    stopping: new AbortController().signal,
    ...(messenger.webhook === null ? {} : { feishuWebhook: messenger.webhook }),
  });
  const server = messenger.webhook === null ? null : await listen(app, config.host, config.port);
  return {
    send: async (id, code) => {
      const key = `doctor:${systemClock.now()}`;
      const outcome = await messenger.send({ type: 'person', id }, text(texts.echoAsk(code)), key);
      return outcome.ok ? null : outcome.reason;
    },
    close: async () => {
      await server?.close();
      await messenger.stop();
    },
  };
}

import type { Clock } from '../../clock.ts';
import type { Store } from '../../store/store.ts';
import { feishuTexts as texts } from '../../texts/feishu.ts';
import { createTurns } from '../../turns.ts';
import type { Handler, Messenger } from '../messenger.ts';
import { createPace, type Sleep, sleepFor } from '../pace.ts';
import type { FeishuApi } from './api.ts';
import { FeishuApiError } from './api-error.ts';
import { createUnitNames, findPeople } from './directory.ts';
import { createReceiver, type EventParts } from './events.ts';
import { downloadFile } from './files.ts';
import type { HttpParts } from './http.ts';
import { createLongConnection, type LongConnection, type LongConnectionParts } from './long-connection.ts';
import { openFeishuApi } from './open-api.ts';
import { reasonOf } from './outcome.ts';
import { createPrivateChats } from './private-chats.ts';
import { createSending } from './sending.ts';
import type { FeishuSettings } from './settings.ts';
import { createWebhook } from './webhook.ts';

export interface FeishuMessenger extends Messenger {
  /** What `POST /feishu/webhook` is handed to; null with the long connection. */
  readonly webhook: ReturnType<typeof createWebhook> | null;
}

export interface FeishuParts extends HttpParts {
  readonly settings: FeishuSettings;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: LongConnectionParts['log'];
  readonly takesFilesFrom?: NonNullable<EventParts['takesFilesFrom']>;
  /** Told whenever the long connection comes up or is lost. */
  readonly tell?: NonNullable<LongConnectionParts['tell']>;
  readonly sleep?: Sleep;
  /** Milliseconds of a clock that only runs forward. */
  readonly elapsed?: () => number;
  readonly random?: () => number;
}

/** The platform keeps an idempotency key for an hour; a last try may take some minutes until it arrives. */
const idempotencyMs = 55 * 60_000;
/**
 * The platform takes 5 a second for one receiver, and 50 a second and 1000 a minute in all. Evenly paced, 16 a second
 * are 960 a minute: both hold without counting, and a second of silence never earns a burst.
 */
const rate = { perTarget: 4, total: 16 } as const;
const askAgainMs = 30_000;
/** A file is held in memory until it is kept: many at once must not become all of it. */
const downloadsAtOnce = 3;

/** A started messenger. */
interface Running {
  readonly api: FeishuApi;
  readonly send: Messenger['send'];
  readonly receive: (envelope: unknown) => Promise<object>;
  readonly status: () => ReturnType<Messenger['status']>;
  readonly stop: () => Promise<void>;
}

/** The messenger on Feishu, or on Lark. Nothing of the platform's SDK is loaded before it is started. */
export function createFeishuMessenger(parts: FeishuParts): FeishuMessenger {
  const { settings, clock, log, sleep = sleepFor, elapsed = () => performance.now() } = parts;
  const pace = createPace({ ...rate, elapsed, sleep });
  let running: Running | null = null;

  const receive = (envelope: unknown): Promise<object> =>
    running === null ? Promise.reject(new Error('not started')) : running.receive(envelope);

  return {
    name: 'feishu',
    idempotencyMs,
    rate,
    webhook: settings.transport === 'webhook' ? createWebhook({ settings, receive, clock, log }) : null,
    async start(handler) {
      const opened = await open({ ...parts, sleep, pace, handler });
      running = opened.running;
      await opened.firstTry();
    },
    async send(to, reply, key, options) {
      if (running === null) return { ok: false, retry: true, afterMs: 1000, reason: texts.notStarted };
      return running.send(to, reply, key, options);
    },
    async findPeople(contacts) {
      if (running === null) throw new Error(texts.notStarted);
      return findPeople(running.api, contacts);
    },
    status: () => running?.status() ?? { ready: false, reason: texts.notStarted },
    async stop() {
      const stopped = running;
      await stopped?.stop();
      running = null;
    },
  };
}

type OpenParts = FeishuParts & {
  readonly sleep: Sleep;
  readonly pace: (receiver: string) => Promise<void>;
  readonly handler: Handler;
};

async function open(parts: OpenParts): Promise<{ running: Running; firstTry: () => Promise<void> }> {
  const { settings, store, clock, log, sleep, pace, random = Math.random } = parts;
  const { openLine } = await import('./sdk.ts');
  const platform = await openFeishuApi(parts);
  const { api } = platform;
  const privateChats = createPrivateChats({ store, clock });
  const { blobs } = store;
  const stopping = new AbortController();
  const identity = createIdentity(api);
  const inTurn = createTurns(downloadsAtOnce);
  const known = createReceiver({
    ...parts,
    appId: settings.appId,
    privateChats,
    files: {
      download: (messageId, fileKey, type, name) =>
        inTurn(() => downloadFile({ api, blobs }, { messageId, fileKey, type, name })),
    },
    botOpenId: identity.openId,
    unitNames: createUnitNames({ api, clock, log }),
  });
  const receive = async (envelope: unknown): Promise<object> => {
    // Who does not know its own name cannot tell whether it was called: such an event comes again.
    await identity.learn();
    return known(envelope);
  };
  const send = createSending({ api, blobs, privateChats, pace, random, log });

  if (settings.transport === 'websocket') {
    const connection: LongConnection = createLongConnection({
      ...parts,
      app: settings,
      openLine,
      receive,
      random,
      askEndpoint: async (signal) => {
        await identity.learn();
        return platform.askEndpoint(signal);
      },
    });
    const status = (): ReturnType<Messenger['status']> => connection.status();
    const stop = (): Promise<void> => connection.stop();
    return { running: { api, send, receive, status, stop }, firstTry: () => connection.start() };
  }
  const learnSoon = async (): Promise<void> => {
    await sleep(askAgainMs, stopping.signal);
    if (!stopping.signal.aborted) await identity.learn().catch(learnSoon);
  };
  return {
    running: { api, send, receive, status: identity.status, stop: async () => stopping.abort() },
    firstTry: async () => {
      await identity.learn().catch(() => void learnSoon());
    },
  };
}

/** Who the bot is to the platform: needed to know whether it was called in a group. */
function createIdentity(api: Pick<FeishuApi, 'bot'>): {
  /** @throws FeishuApiError */
  learn(): Promise<void>;
  openId: () => string | null;
  status: () => ReturnType<Messenger['status']>;
} {
  let openId: string | null = null;
  let reason: string = texts.connecting;
  let asking: Promise<void> | null = null;
  const ask = async (): Promise<void> => {
    try {
      openId = (await api.bot()).openId;
    } catch (fault) {
      if (fault instanceof FeishuApiError) reason = texts.unidentified(reasonOf(fault));
      throw fault;
    }
  };
  return {
    async learn() {
      if (openId !== null) return;
      asking ??= ask().finally(() => {
        asking = null;
      });
      await asking;
    },
    openId: () => openId,
    status: () => (openId === null ? { ready: false, reason } : { ready: true }),
  };
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { commands as allCommands } from '../../commands/index.ts';
import { createAttachmentReader } from '../../src/bot/attachments.ts';
import type { Command } from '../../src/bot/command.ts';
import { createDispatcher } from '../../src/bot/dispatch.ts';
import { createImporter } from '../../src/bot/importing/importer.ts';
import { createWorkbookReader } from '../../src/bot/importing/preview.ts';
import { addressOf } from '../../src/bot/people.ts';
import { createDocumentRenderer } from '../../src/bot/rendering.ts';
import { packageRoot } from '../../src/config.ts';
import { type Cadre, cadres } from '../../src/domain/cadre.ts';
import { addMs, type Instant } from '../../src/domain/day.ts';
import type { PolicyBook } from '../../src/domain/policy.ts';
import type { Address, Handler, Happening, Messenger } from '../../src/messenger/messenger.ts';
import { createPump } from '../../src/messenger/pump.ts';
import { withDocuments } from '../../src/messenger/rendering.ts';
import type { Reply } from '../../src/messenger/reply.ts';
import { loadPolicy } from '../../src/policy/load.ts';
import type { Store, Transaction } from '../../src/store/store.ts';
import { openWindow, type Shown, type Window } from './chat-window.ts';
import { college } from './college.ts';
import { chooseEngine } from './engine.ts';

export type { Window };

export interface TestChat {
  readonly store: Store;
  readonly policies: PolicyBook;
  readonly clock: { now(): Instant; set(instant: Instant): void; pass(minutes: number): void };
  readonly handle: Handler;
  as(cadre: Cadre | string): Window;
  /** Somebody whose account on the platform is not their 工号; `userId` is the tenant's. */
  asAccount(id: string, userId: string | null): Window;
  inGroup(cadre: Cadre | string): Window;
  /** Something happens on the platform that nobody says; resolves when the bot has sent everything. */
  happens(what: Happening['what'], told?: { id?: string; at?: Instant }): Promise<void>;
  /** Changes the store behind the bot's back. */
  write(work: (tx: Transaction) => Promise<void>): Promise<void>;
  reopen(): Promise<void>;
  close(): Promise<void>;
}

export const group = 'oc_cadres';

/**
 * The bot with a real store in a folder of its own and a messenger that only remembers: what tests of commands talk
 * to. Starts on 2026-11-20 (a Friday) at 09:00 in Shanghai.
 */
export async function openChat(
  options: {
    people?: readonly Cadre[];
    now?: Instant;
    /** The messenger's name; on any but the simulator a person is not reached by the 工号. */
    messenger?: string;
    /** What can be said; everything unless given. */
    commands?: readonly Command[];
    /** Where browsers reach the bot; nowhere unless given. */
    publicUrl?: string;
    /** Hears of what the bot could not do, which is otherwise shown on the terminal. */
    onFault?: (fields: object) => void;
    /** Hears of every message and every new state of a card, in the order in which they are shown. */
    onShown?: (chat: string, reply: Reply) => void;
  } = {},
): Promise<TestChat> {
  const directory = await mkdtemp(path.join(tmpdir(), 'xueshibu-chat-'));
  const openStore = chooseEngine(directory);
  const policies = loadPolicy(path.join(packageRoot, 'data/policy'));
  let now = options.now ?? '2026-11-20T01:00:00.000Z';
  let sequence = 0;
  const clock = {
    now: () => now,
    set: (instant: Instant) => {
      now = instant;
    },
    pass: (minutes: number) => {
      now = addMs(now, minutes * 60_000);
    },
  };
  const windows = new Map<string, Shown[]>();
  const windowOf = (chat: string): Shown[] => {
    const shown = windows.get(chat) ?? [];
    windows.set(chat, shown);
    return shown;
  };
  const messengerName = options.messenger ?? 'simulator';
  const messenger: Messenger = {
    name: messengerName,
    idempotencyMs: 3_600_000,
    rate: { perTarget: 10_000, total: 10_000 },
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
    status: () => ({ ready: true }),
    send: (to: Address, reply, key) => {
      const shown = windowOf(to.type === 'person' ? `p:${to.id}` : to.id);
      if (!shown.some(({ id }) => id === key)) {
        shown.push({ id: key, reply });
        options.onShown?.(to.type === 'person' ? `p:${to.id}` : to.id, reply);
      }
      return Promise.resolve({ ok: true, messageId: key });
    },
  };

  const open = async () => {
    const store = await openStore();
    const log = {
      info: () => {},
      warn: () => {},
      error: options.onFault ?? ((fields: object) => process.stderr.write(`${JSON.stringify(fields, errorFields)}\n`)),
    };
    const render = createDocumentRenderer({ store, policies, clock });
    const pump = createPump({
      store,
      messengers: new Map([[messengerName, withDocuments(messenger, render)]]),
      clock,
      addressOf,
      log,
      owner: 'test',
    });
    const importer = createImporter({ store, policies, clock, log, wake: () => {} });
    const handle = createDispatcher({
      store,
      commands: options.commands ?? allCommands,
      policies,
      clock,
      log,
      wake: () => importer.wake(),
      readAttachment: createAttachmentReader(store.blobs),
      readWorkbook: createWorkbookReader({ store, policies, clock }),
      publicUrl: () => options.publicUrl ?? null,
    });
    importer.wake();
    return { store, pump, importer, handle };
  };
  let bot = await open();
  const write: TestChat['write'] = (work) =>
    bot.store.transaction({ actor: 'system', via: 'cli', what: 'test', ref: '', at: now }, work);
  await write(async (tx) => {
    for (const person of options.people ?? college) await tx.put(cadres, person);
  });

  const windowFor = (id: string, chatId: string, userId: string | null = id): Window =>
    openWindow(
      { id, userId, name: null, privateChat: `p:${id}` },
      {
        id: chatId,
        messenger: messengerName,
        isGroup: chatId === group,
        shown: () => windowOf(chatId),
        now: () => now,
        nextId: () => {
          sequence += 1;
          return `in-${sequence}`;
        },
        handle: (incoming) => bot.handle(incoming),
        settle: async () => {
          await bot.importer.settled();
          await bot.pump.drain();
        },
        onChanged: (card) => options.onShown?.(chatId, card),
      },
    );

  return {
    get store() {
      return bot.store;
    },
    policies,
    clock,
    handle: (incoming) => bot.handle(incoming),
    as: (cadre) => windowFor(idOf(cadre), `p:${idOf(cadre)}`),
    asAccount: (id, userId) => windowFor(id, `p:${id}`, userId),
    inGroup: (cadre) => windowFor(idOf(cadre), group),
    happens: async (what, told = {}) => {
      sequence += 1;
      const { id = `event-${sequence}`, at = now } = told;
      await bot.handle({ type: 'happening', messenger: messengerName, id, at, what });
      await bot.pump.drain();
    },
    write,
    reopen: async () => {
      await bot.importer.stop();
      await bot.pump.stop();
      await bot.store.close();
      bot = await open();
    },
    close: async () => {
      await bot.importer.stop();
      await bot.pump.stop();
      await bot.store.close();
      await rm(directory, { recursive: true });
    },
  };
}

const idOf = (cadre: Cadre | string): string => (typeof cadre === 'string' ? cadre : cadre.staffNo);

const errorFields = (_: string, value: unknown): unknown =>
  value instanceof Error ? { message: value.message, stack: value.stack } : value;

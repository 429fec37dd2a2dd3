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
import { collections } from '../../src/collections.ts';
import { packageRoot } from '../../src/config.ts';
import { type Cadre, cadres } from '../../src/domain/cadre.ts';
import { addMs, type Instant } from '../../src/domain/day.ts';
import type { PolicyBook } from '../../src/domain/policy.ts';
import type { Address, Handler, IncomingFile, Messenger } from '../../src/messenger/messenger.ts';
import { createPump } from '../../src/messenger/pump.ts';
import { withDocuments } from '../../src/messenger/rendering.ts';
import { type Button, type Card, plainText, type Reply } from '../../src/messenger/reply.ts';
import { loadPolicy } from '../../src/policy/load.ts';
import { openLowdbStore } from '../../src/store/lowdb/open.ts';
import type { Store, Transaction } from '../../src/store/store.ts';
import { college } from './college.ts';

interface Shown {
  readonly id: string;
  reply: Reply;
}

/** One person's window on the bot. */
export interface Window {
  /** Sends a text and returns the plain text of the answer. */
  says(text: string): Promise<string>;
  sends(file: IncomingFile): Promise<string>;
  /** Presses the newest button with this label and returns the toast, or the text of the card that took its place. */
  taps(label: string): Promise<string>;
  /** Presses a button that this person may never have seen. */
  presses(press: unknown, form?: Record<string, unknown>): Promise<string>;
  /** Fills and submits the newest form. */
  submits(form: Record<string, unknown>): Promise<string>;
  /** A button by its label, newest first. */
  button(label: string): Button | undefined;
  /** Everything this window shows, oldest first. */
  texts(): string[];
  last(): string;
  lastCard(): Card | null;
  /** The file of the last message, if it is one. */
  lastFile(): Extract<Reply, { type: 'file' }> | null;
}

export interface TestChat {
  readonly store: Store;
  readonly policies: PolicyBook;
  readonly clock: { now(): Instant; set(instant: Instant): void; pass(minutes: number): void };
  readonly handle: Handler;
  as(cadre: Cadre | string): Window;
  inGroup(cadre: Cadre | string): Window;
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
    /** What can be said; everything unless given. */
    commands?: readonly Command[];
    /** Hears of every message and every new state of a card, in the order in which they are shown. */
    onShown?: (chat: string, reply: Reply) => void;
  } = {},
): Promise<TestChat> {
  const directory = await mkdtemp(path.join(tmpdir(), 'xueshibu-chat-'));
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
  const messenger: Messenger = {
    name: 'simulator',
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
    const store = await openLowdbStore({ directory, collections });
    const log = {
      info: () => {},
      warn: () => {},
      error: (fields: object) => process.stderr.write(`${JSON.stringify(fields, errorFields)}\n`),
    };
    const render = createDocumentRenderer({ store, policies, clock });
    const pump = createPump({
      store,
      messengers: new Map([['simulator', withDocuments(messenger, render)]]),
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

  const windowFor = (id: string, chatId: string): Window => {
    const chat = { id: chatId, type: chatId === group ? 'group' : 'private' } as const;
    const sender = { id, userId: id, name: null };
    const shown = () => windowOf(chatId);
    const cards = () =>
      shown().flatMap(({ id: key, reply }) => (reply.type === 'card' ? [{ key, card: reply.card }] : []));
    const deliver = async (message: { text: string; files: readonly IncomingFile[] }) => {
      const before = shown().length;
      sequence += 1;
      await bot.handle({
        type: 'message',
        messenger: 'simulator',
        id: `m${sequence}`,
        at: now,
        sender,
        chat,
        ...message,
      });
      await bot.importer.settled();
      await bot.pump.drain();
      const answer = shown().slice(before);
      return answer.map(({ reply }) => plainText(reply)).join('\n');
    };
    const act = async (key: string, press: unknown, form: Record<string, unknown>) => {
      const before = shown().length;
      sequence += 1;
      const answer = await bot.handle({
        type: 'action',
        messenger: 'simulator',
        id: `a${sequence}`,
        at: now,
        sender,
        chat,
        messageId: key,
        press,
        form,
      });
      await bot.importer.settled();
      await bot.pump.drain();
      if (answer === null) return '';
      const message = shown().find((one) => one.id === key);
      if (answer.card !== null && message !== undefined) {
        message.reply = answer.card;
        options.onShown?.(chatId, answer.card);
      }
      const below = shown().slice(before);
      if (below.length > 0) return below.map(({ reply }) => plainText(reply)).join('\n');
      return answer.card === null ? answer.toast.text : plainText(answer.card);
    };
    const newest = (label: string) => {
      for (const { key, card } of cards().reverse()) {
        for (const block of card.blocks) {
          const found =
            block.type === 'buttons'
              ? block.buttons.find((one) => one.label === label)
              : block.type === 'form' && block.submit.label === label
                ? block.submit
                : undefined;
          if (found !== undefined) return { key, button: found };
        }
      }
      return undefined;
    };
    return {
      says: (text) => deliver({ text, files: [] }),
      sends: (file) => deliver({ text: '', files: [file] }),
      taps: (label) => {
        const found = newest(label);
        if (found === undefined) throw new Error(`no button ${label} in ${JSON.stringify(cards().at(-1))}`);
        return act(found.key, found.button.press, {});
      },
      presses: (press, form = {}) => act(shown().at(-1)?.id ?? 'none', press, form),
      submits: (form) => {
        for (const { key, card } of cards().reverse()) {
          const block = card.blocks.find((one) => one.type === 'form');
          if (block?.type === 'form') return act(key, block.submit.press, form);
        }
        throw new Error('no form to submit');
      },
      button: (label) => newest(label)?.button,
      texts: () => shown().map(({ reply }) => plainText(reply)),
      last: () => {
        const message = shown().at(-1);
        return message === undefined ? '' : plainText(message.reply);
      },
      lastCard: () => {
        const reply = shown().at(-1)?.reply;
        return reply?.type === 'card' ? reply.card : null;
      },
      lastFile: () => {
        const reply = shown().at(-1)?.reply;
        return reply?.type === 'file' ? reply : null;
      },
    };
  };

  return {
    get store() {
      return bot.store;
    },
    policies,
    clock,
    handle: (incoming) => bot.handle(incoming),
    as: (cadre) => windowFor(idOf(cadre), `p:${idOf(cadre)}`),
    inGroup: (cadre) => windowFor(idOf(cadre), group),
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

import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { commands } from '../../commands/index.ts';
import { createDispatcher } from '../../src/bot/dispatch.ts';
import type { WorkbookReader } from '../../src/bot/importing/preview.ts';
import { appendHourEvent } from '../../src/bot/ledger.ts';
import { collections } from '../../src/collections.ts';
import { packageRoot } from '../../src/config.ts';
import { cadres } from '../../src/domain/cadre.ts';
import { addDays } from '../../src/domain/day.ts';
import { hourEntries } from '../../src/domain/hours.ts';
import type { IncomingFile } from '../../src/messenger/messenger.ts';
import { outbox } from '../../src/messenger/outbox.ts';
import type { Reply } from '../../src/messenger/reply.ts';
import { loadPolicy } from '../../src/policy/load.ts';
import { type Disk, realDisk } from '../../src/store/lowdb/disk.ts';
import { journalFolder, layoutOf } from '../../src/store/lowdb/layout.ts';
import { openLowdbStore } from '../../src/store/lowdb/open.ts';
import type { Store } from '../../src/store/store.ts';
import { carry, type Party, warmUp } from './load.ts';
import { makeCadres, makeHistory, now, staffNoOf, today } from './people.ts';

export interface BotOptions {
  readonly directory: string;
  /** Trainings in the ledger before the first message. */
  readonly entries: number;
  /** Whether the disk is waited for. */
  readonly synced: boolean;
}

const people = 1000;
export const policies = loadPolicy(join(packageRoot, 'data/policy'));

/**
 * The whole bot but for the way out: every message is read from its Chinese, checked against the trainings there are,
 * and recorded with its claim, its event, its answer card and its audit record, as one line of the journal.
 */
export async function openBot({ directory, entries, synced }: BotOptions): Promise<Party> {
  const store = await openLowdbStore({ directory, collections, disk: synced ? realDisk : unsyncedDisk });
  await fill(store, entries);
  return speakTo(store, entries, () => journalBytes(directory));
}

/**
 * Everybody logs one training after another; `bytes` is what the store has written so far. `cpuMs` of a round are those of
 * this process.
 */
export async function speakTo(
  store: Store,
  entries: number,
  bytes: () => Promise<number>,
  prefix = 'm',
): Promise<Party> {
  const handle = dispatchOn(store);
  let sent = 0;
  const sendNext = (): Promise<unknown> => {
    // Everybody in turn, in no order: who stands next to whom on the roster does not speak next to them.
    const person = (sent * 389) % people;
    const round = Math.floor(sent / people);
    sent += 1;
    const id = staffNoOf(person);
    return handle({
      type: 'message',
      messenger: 'simulator',
      id: `${prefix}${sent}`,
      at: now,
      sender: { id, userId: id, name: null, privateChat: `p:${id}` },
      chat: { id: `p:${id}`, type: 'private' },
      text: `登记 3学时 党性教育 ${addDays(today, -2 * round)} 《专题党课第${round + 1}讲》 确认`,
      files: [],
    });
  };
  await carry(warmUp, sendNext);
  // The next snapshot is far enough away now: in the rounds it would meet one party and not the other.
  await store.snapshot();
  return {
    round: async (load) => {
      const before = await bytes();
      const cpu = process.cpuUsage();
      const perSecond = await carry(load, sendNext);
      const { user, system } = process.cpuUsage(cpu);
      const written = (await bytes()) - before;
      const kept = await store.read((view) => view.count(hourEntries, {}));
      if (kept < entries + sent) throw new Error(`${entries + sent - kept} messages were not recorded`);
      return { perSecond, bytesPerMessage: written / load.messages, cpuMs: (user + system) / 1000 };
    },
    close: () => store.close(),
  };
}

/** The dispatcher with all commands on a ledger; a fault is the end of the bench. */
export function dispatchOn(
  store: Store,
  readWorkbook: WorkbookReader = () => Promise.resolve({ ok: false, fileName: '', fault: '' }),
): ReturnType<typeof createDispatcher> {
  const fault = (fields: object): never => {
    throw Object.assign(new Error('the bot answered with a fault'), fields);
  };
  return createDispatcher({
    store,
    commands,
    policies,
    clock: { now: () => now },
    log: { info: () => {}, warn: () => {}, error: fault },
    wake: () => {},
    readAttachment: () => Promise.resolve({ fault: '' }),
    readWorkbook,
  });
}

/** Says something in private; resolves with the answer, which is looked up afterwards, and the `ms` until it was durable. */
export function openChat(store: Store, readWorkbook?: WorkbookReader, prefix = 'm') {
  const handle = dispatchOn(store, readWorkbook);
  let sent = 0;
  return async (
    staffNo: string,
    text: string,
    files: readonly IncomingFile[] = [],
  ): Promise<{ readonly ms: number; readonly reply: Reply | null | undefined }> => {
    sent += 1;
    const chat = { id: `p:${staffNo}`, type: 'private' } as const;
    const sender = { id: staffNo, userId: staffNo, name: null, privateChat: `p:${staffNo}` };
    const about = { messenger: 'simulator', id: `${prefix}${sent}`, at: now } as const;
    const start = performance.now();
    await handle({ type: 'message', ...about, sender, chat, text, files });
    const ms = performance.now() - start;
    const answer = await store.read((view) => view.get(outbox, `answer:simulator:${prefix}${sent}`));
    return { ms, reply: answer?.reply };
  };
}

/** The file system, but for the waiting. */
export const unsyncedDisk: Disk = {
  ...realDisk,
  open: async (path, flags, mode) => {
    const file = await realDisk.open(path, flags, mode);
    return Object.assign(file, { datasync: () => Promise.resolve(), sync: () => Promise.resolve() });
  },
};

export async function fill(store: Store, entries: number): Promise<void> {
  const cause = { actor: 'system', via: 'cli', what: 'bench', ref: '', at: now } as const;
  const policy = policies.at(today);
  await store.transaction(cause, async (tx) => {
    for (const cadre of makeCadres(people)) await tx.put(cadres, cadre);
  });
  const each = entries / people;
  for (let n = 0; n < each; n += 1) {
    await store.transaction(cause, async (tx) => {
      for (let person = 0; person < people; person += 1) {
        const id = await tx.nextNumber('hour-entries');
        for (const event of makeHistory(id, person, n, each)) await appendHourEvent(tx, event, policy);
      }
    });
  }
}

async function journalBytes(directory: string): Promise<number> {
  const folder = journalFolder(layoutOf(directory).ledger);
  let bytes = 0;
  for (const name of await readdir(folder)) bytes += (await stat(join(folder, name))).size;
  return bytes;
}

import { rm } from 'node:fs/promises';
import path from 'node:path';
import { collections } from '../collections.ts';
import { readConfig, readEnvironment } from '../config.ts';
import { NegativeAnswer, UsageError } from '../exit-code.ts';
import { openStore } from '../open-store.ts';
import { differencesOf, isEmpty, summarise, sumOf } from '../store/compare.ts';
import type { OnProgress } from '../store/copying.ts';
import { hasLedger, openLowdbStore } from '../store/lowdb/open.ts';
import { restoreBackup } from '../store/lowdb/restore.ts';
import { writeLedger } from '../store/lowdb/write-ledger.ts';
import { loadLedger } from '../store/postgres/load-ledger.ts';
import { type Store, StoreError } from '../store/store.ts';
import { verifyStore } from '../store/verify.ts';
import { migrationTexts as texts } from '../texts/cli.ts';
import { storeTexts } from '../texts/store.ts';
import { type Door, type DoorParts, readArgs } from './door.ts';
import { refuseServed } from './served.ts';

/**
 * `migrate --from A --to B`: a whole ledger from one store into another that is empty; each is a data folder or
 * `postgres://…`. Cut short it leaves nothing behind and may be begun again. At the end both are compared, and the new
 * one is verified; the answer is no (1) where they differ.
 */
export const migrate: Door = async (args, parts) => {
  const { values } = readArgs(args, { from: { type: 'string' }, to: { type: 'string' } }, 0);
  if (values.from === undefined || values.to === undefined) throw new UsageError(texts.what);
  const [from, to] = [placeOf(values.from, parts), placeOf(values.to, parts)];
  if (from.name === to.name) throw new UsageError(texts.same);
  const source = await from.openSource();
  try {
    parts.print(texts.begins(from.name, to.name));
    const target = await to.fill(source, showProgress());
    try {
      parts.print(texts.compares);
      await compare(source, target, parts);
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
  parts.print(to.next);
};

/** Where a ledger is or will be. */
interface Place {
  /** For people; never with a password. */
  readonly name: string;
  /** What to do when it has become the new place. */
  readonly next: string;
  openSource(): Promise<Store>;
  /** @returns the target, filled and open @throws StoreError `not-writable` when it is not empty */
  fill(source: Store, onProgress: OnProgress): Promise<Store>;
}

const placeOf = (text: string, parts: DoorParts): Place =>
  /^postgres(?:ql)?:/i.test(text) ? databaseAt(text, parts) : folderAt(path.resolve(text), parts);

function databaseAt(url: string, { log }: DoorParts): Place {
  const config = readConfig({ ...readEnvironment(), DATABASE_URL: url });
  const { database } = config;
  if (database === null) throw new UsageError(texts.what);
  const { host, pathname } = new URL(url);
  return {
    name: texts.database(`${host}${pathname}`, database.institution),
    next: texts.toDatabase,
    openSource: async () => {
      const source = await openStore(config, log, true);
      await refuseServed(source).catch(async (error: unknown) => {
        await source.close();
        throw error;
      });
      return source;
    },
    fill: async (source, onProgress) => {
      const target = await openStore(config, log);
      try {
        await loadLedger(source, { ...database, collections, replace: false, onProgress });
        return target;
      } catch (error) {
        await target.close();
        throw error;
      }
    },
  };
}

function folderAt(directory: string, { log }: DoorParts): Place {
  const onWarning = (message: string, fields: object): void => log.warn(fields, message);
  const open = (alone: boolean): Promise<Store> =>
    openLowdbStore({ directory, collections, readOnly: true, alone, onWarning });
  return {
    name: texts.folder(directory),
    next: texts.toFolder(directory),
    openSource: async () => {
      if (!(await hasLedger(directory))) throw new UsageError(texts.noLedger(directory));
      return open(true);
    },
    fill: async (source, onProgress) => {
      if (await hasLedger(directory)) await refuseFull(await open(true), directory);
      // Written beside the place and checked whole, before it takes the place at once.
      const staged = path.join(directory, 'migrating');
      await rm(staged, { recursive: true, force: true });
      try {
        await writeLedger(source, { directory: staged, collections, onProgress });
        await restoreBackup({ from: staged, directory, collections });
      } finally {
        await rm(staged, { recursive: true, force: true });
      }
      return open(true);
    },
  };
}

async function refuseFull(store: Store, directory: string): Promise<void> {
  try {
    if (!isEmpty(await summarise(store, collections))) throw new StoreError('not-writable', texts.notEmpty(directory));
  } finally {
    await store.close();
  }
}

/** @throws NegativeAnswer when the two differ, or the target is not sound */
async function compare(from: Store, to: Store, { print }: DoorParts): Promise<void> {
  const [source, target] = [await summarise(from, collections), await summarise(to, collections)];
  const rows = differencesOf(source.rows, target.rows);
  for (const each of rows) print(texts.rowsDiffer(each));
  if (rows.length === 0) print(texts.rowsAgree(sumOf(target.rows)));
  const hours = differencesOf(source.hours, target.hours);
  for (const each of hours) print(texts.hoursDiffer(each));
  if (hours.length === 0) print(texts.hoursAgree(target.hours.size, sumOf(target.hours)));
  const isChained = source.head.n === target.head.n && source.head.hash === target.head.hash;
  print(isChained ? texts.chainAgrees(target.head) : texts.chainDiffers(source.head, target.head));
  const report = await verifyStore(to, collections);
  for (const problem of report.problems) print(storeTexts.problem(problem));
  const found = rows.length + hours.length + (isChained ? 0 : 1) + report.problems.length;
  if (found > 0) throw new NegativeAnswer(texts.differs(found));
  print(storeTexts.verified(report));
}

/** Twenty lines at most, on stderr, so that the report on stdout stays clean. */
function showProgress(): OnProgress {
  let next = 0;
  return (done, total) => {
    if (done < next && done < total) return;
    next = done + Math.max(2000, total / 20);
    process.stderr.write(`${texts.progress(done, total)}\n`);
  };
}

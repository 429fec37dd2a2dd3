import { join } from 'node:path';
import type { AnyCollection } from '../../domain/collection.ts';
import { storeTexts } from '../../texts/store.ts';
import { emptyHead, type Store, StoreError } from '../store.ts';
import { type Disk, makeFolders, realDisk, syncFolder, toStoreError, unlessMissing } from './disk.ts';
import { blobFolder, journalFolder, type Layout, layoutOf } from './layout.ts';
import { loadState, type Warn } from './load.ts';
import { isTaken, takeLock } from './lock.ts';
import { LowdbStore } from './lowdb-store.ts';
import { createReadOnlyStore } from './read-only.ts';
import { finishRestore } from './restore.ts';
import { createSegment } from './segments.ts';

export interface LowdbOptions {
  /** Created when it is not there. */
  readonly directory: string;
  /** All collections that anything in the ledger belongs to. */
  readonly collections: readonly AnyCollection[];
  /** Takes no lock and changes nothing: for reading while the bot runs. Shows the ledger as it is now. */
  readonly readOnly?: boolean;
  /** With `readOnly`: takes the lock all the same, so that nobody writes meanwhile. */
  readonly alone?: boolean;
  readonly onWarning?: Warn;
  readonly disk?: Disk;
  /** Bytes of journal after which a snapshot is taken. */
  readonly snapshotAfter?: number;
}

/**
 * The embedded store of one process: everything in memory, every transaction one synced line of the journal.
 * @throws StoreError `not-writable`, `io`, `in-use`, `damaged`
 */
export async function openLowdbStore(options: LowdbOptions): Promise<Store> {
  const { directory, readOnly = false } = options;
  try {
    return await (readOnly ? openForReading(options) : openForWriting(options));
  } catch (error) {
    throw toStoreError(error, directory);
  }
}

/** Whether there is a ledger in a data folder. */
export const hasLedger = async (directory: string, disk: Disk = realDisk): Promise<boolean> => {
  const { ledger, restored } = layoutOf(directory);
  for (const path of [ledger, restored]) if ((await unlessMissing(disk.stat(path))) !== null) return true;
  return false;
};

const ignore: Warn = () => undefined;

async function openForReading(options: LowdbOptions): Promise<Store> {
  const { directory, collections, alone = false, onWarning = ignore, disk = realDisk } = options;
  const { ledger, restored, lock } = layoutOf(directory);
  const held = alone ? await takeLock(disk, lock, directory) : null;
  const release = async (): Promise<void> => held?.release();
  try {
    const isUnfinished =
      (await unlessMissing(disk.stat(ledger))) === null && (await unlessMissing(disk.stat(restored)));
    if (isUnfinished) throw new StoreError('damaged', storeTexts.unfinishedRestore(directory));
    // A line that a running bot is just writing is no news.
    const warn = held === null && (await isTaken(disk, lock)) ? ignore : onWarning;
    return createReadOnlyStore(disk, ledger, await loadState(disk, ledger, collections, warn), release);
  } catch (error) {
    await release();
    throw error;
  }
}

async function openForWriting(options: LowdbOptions): Promise<Store> {
  const { directory, collections, onWarning = ignore, disk = realDisk, snapshotAfter = 32 << 20 } = options;
  const layout = layoutOf(directory);
  const { ledger } = layout;
  await makeFolders(disk, directory);
  const lock = await takeLock(disk, layout.lock, directory);
  try {
    if (await finishRestore(disk, layout)) onWarning(storeTexts.restoreDropped, { directory });
    await prepareFolders(disk, layout);
    const load = () => loadState(disk, ledger, collections, onWarning);
    const found = await load();
    const isNew = found.position.segment === 0;
    const start = isNew ? await createSegment(disk, ledger, { segment: 0, line: 0, head: emptyHead }) : found.position;
    const engine = { disk, ledger, warn: onWarning, load, lock, snapshotAfter };
    return await LowdbStore.open(engine, { ...found, position: start });
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** Creates what is missing and sweeps what a crash has left half-written. */
async function prepareFolders(disk: Disk, { directory, ledger }: Layout): Promise<void> {
  for (const folder of [journalFolder(ledger), blobFolder(ledger)]) await makeFolders(disk, folder);
  for (const folder of [ledger, journalFolder(ledger), blobFolder(ledger)]) {
    for (const name of await disk.readdir(folder)) {
      if (name.endsWith('.tmp')) await disk.rm(join(folder, name), { force: true });
    }
  }
  for (const folder of [ledger, directory]) await syncFolder(disk, folder);
}

import { join } from 'node:path';
import type { AnyCollection } from '../../domain/collection.ts';
import type { AuditHead } from '../store.ts';
import { copyFile, type Manifest } from './backup.ts';
import { badBackup, checkBackup, checkLedger } from './check-backup.ts';
import { type Disk, makeFolders, realDisk, syncFolder, toStoreError, unlessMissing } from './disk.ts';
import { type Layout, layoutOf } from './layout.ts';
import { loadState } from './load.ts';
import { takeLock } from './lock.ts';
import { createReadOnlyStore } from './read-only.ts';

export interface Restored {
  readonly records: number;
  readonly head: AuditHead;
  /** Where the ledger that was there before lies now; null when there was none. */
  readonly aside: string | null;
}

export interface RestoreOptions {
  readonly from: string;
  readonly directory: string;
  readonly collections: readonly AnyCollection[];
  readonly disk?: Disk;
}

/**
 * Puts a backup in the place of a ledger, which is kept beside it as `before-restore-1`, `-2`, … The backup is checked
 * first, whole: files against the manifest, the journal from its first line to its last, and the ledger that it makes
 * as `verify` does.
 * @throws StoreError `damaged` (the backup), `in-use`, `not-writable`, `io`
 */
export async function restoreBackup(options: RestoreOptions): Promise<Restored> {
  const { from, directory, collections, disk = realDisk } = options;
  try {
    const manifest = await checkBackup(disk, from);
    const layout = layoutOf(directory);
    await makeFolders(disk, directory);
    const lock = await takeLock(disk, layout.lock, directory);
    try {
      const staged = await stage(disk, from, layout, manifest);
      const loaded = await loadState(disk, staged, collections, () => undefined);
      await checkLedger(createReadOnlyStore(disk, staged, loaded), collections);
      const aside = await swap(disk, staged, layout);
      return { records: manifest.position.head.n, head: manifest.position.head, aside };
    } finally {
      await disk.rm(stagedPath(layout), { recursive: true, force: true });
      await lock.release();
    }
  } catch (error) {
    throw toStoreError(error, directory);
  }
}

/** Ends a restore that was cut short, one way or the other. @returns whether a half-made copy was dropped */
export async function finishRestore(disk: Disk, layout: Layout): Promise<boolean> {
  const { directory, ledger, restored } = layout;
  await disk.rm(stagedPath(layout), { recursive: true, force: true });
  if ((await unlessMissing(disk.stat(restored))) === null) return false;
  const isDropped = (await unlessMissing(disk.stat(ledger))) !== null;
  if (isDropped) await disk.rm(restored, { recursive: true });
  else await disk.rename(restored, ledger);
  await syncFolder(disk, directory);
  return isDropped;
}

/** A complete copy beside the ledger, under a name that the next start sweeps away. @returns the name */
async function stage(disk: Disk, from: string, layout: Layout, { files }: Manifest): Promise<string> {
  await finishRestore(disk, layout);
  const staged = stagedPath(layout);
  await makeFolders(disk, staged);
  for (const file of files) {
    const { sha256 } = await copyFile(disk, join(from, 'ledger', file.path), join(staged, file.path));
    if (sha256 !== file.sha256) throw badBackup(file.path);
  }
  return staged;
}

async function swap(disk: Disk, staged: string, { directory, ledger, restored }: Layout): Promise<string | null> {
  await disk.rename(staged, restored);
  await syncFolder(disk, directory);
  let aside: string | null = null;
  if ((await unlessMissing(disk.stat(ledger))) !== null) {
    aside = await findAside(directory, disk);
    await disk.rename(ledger, aside);
  }
  await disk.rename(restored, ledger);
  await syncFolder(disk, directory);
  return aside;
}

/** A name in the data folder, not taken yet, for what a restore puts aside. */
export async function findAside(directory: string, disk: Disk = realDisk): Promise<string> {
  const names = new Set(await unlessMissing(disk.readdir(directory)));
  let number = 1;
  while (names.has(`before-restore-${number}`)) number += 1;
  return join(directory, `before-restore-${number}`);
}

const stagedPath = ({ restored }: Layout): string => `${restored}.tmp`;

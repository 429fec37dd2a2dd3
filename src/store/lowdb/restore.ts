import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { AnyCollection } from '../../domain/collection.ts';
import { storeTexts } from '../../texts/store.ts';
import { type AuditHead, emptyHead, joins, StoreError } from '../store.ts';
import { verifyStore } from '../verify.ts';
import { type CopiedFile, copyFile, type Manifest, manifestPath } from './backup.ts';
import { codeOf, type Disk, makeFolders, realDisk, syncFolder, toStoreError, unlessMissing } from './disk.ts';
import { type Layout, layoutOf, schemaVersion, segmentPath } from './layout.ts';
import { damaged } from './lines.ts';
import { loadState } from './load.ts';
import { takeLock } from './lock.ts';
import { createReadOnlyStore } from './read-only.ts';
import { type Position, readSegment } from './segments.ts';

export interface Restored {
  readonly records: number;
  readonly head: AuditHead;
  /** Where the ledger that was there before lies now; null when there was none. */
  readonly aside: string | null;
}

const ownPath = /^(?:snapshot\.jsonl|journal[\\/]\d{6,}\.jsonl|blobs[\\/]([0-9a-f]{2})[\\/]([0-9a-f]{62}))$/;

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
    const manifest = await readManifest(disk, from);
    for (const file of manifest.files) await checkFile(disk, join(from, 'ledger', file.path), file);
    await checkJournal(disk, from, manifest);
    const layout = layoutOf(directory);
    await makeFolders(disk, directory);
    const lock = await takeLock(disk, layout.lock, directory);
    try {
      const staged = await stage(disk, from, layout, manifest);
      await checkLedger(disk, staged, collections);
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

async function readManifest(disk: Disk, from: string): Promise<Manifest> {
  const text = await disk.readFile(manifestPath(from), 'utf8').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return null;
    throw error;
  });
  if (text === null) throw new StoreError('damaged', storeTexts.noBackup(from));
  try {
    const manifest = JSON.parse(text) as Manifest;
    if (!manifest.files.every(isOwn)) throw new RangeError('a file that is none of the ledger');
    if (manifest.schema !== schemaVersion)
      throw damaged(manifestPath(from), 1, storeTexts.unknownSchema(manifest.schema));
    return manifest;
  } catch (error) {
    if (error instanceof StoreError) throw error;
    throw badBackup(manifestPath(from));
  }
}

/** Nothing outside of the ledger, and a blob only under the name that its content has. */
function isOwn({ path, sha256 }: CopiedFile): boolean {
  const [own, prefix, rest] = ownPath.exec(path) ?? [];
  return own !== undefined && (prefix === undefined || `${prefix}${rest}` === sha256);
}

async function checkFile(disk: Disk, path: string, expected: CopiedFile): Promise<void> {
  const sum = createHash('sha256');
  let size = 0;
  const file = await unlessMissing(disk.open(path, 'r'));
  if (file !== null) {
    for await (const chunk of file.createReadStream()) {
      sum.update(chunk);
      size += chunk.length;
    }
  }
  if (file === null || size !== expected.size || sum.digest('hex') !== expected.sha256) throw badBackup(path);
}

async function checkJournal(disk: Disk, from: string, { position, files }: Manifest): Promise<void> {
  const ledger = join(from, 'ledger');
  const paths = new Set(files.map(({ path }) => path));
  let last: Position = { segment: 0, bytes: 0, line: 0, head: emptyHead };
  for (let segment = 1; segment <= position.segment; segment += 1) {
    if (!paths.has(segmentPath('', segment))) throw badBackup(segmentPath(ledger, segment));
    let number = 0;
    for await (const { entry, position: here } of readSegment(disk, ledger, segment, { after: last })) {
      number += 1;
      if (entry?.record && !joins(last.head, entry.record)) {
        throw damaged(segmentPath(ledger, segment), number, storeTexts.brokenChain);
      }
      last = here;
    }
  }
  if (!isDeepStrictEqual(last, position)) throw badBackup(manifestPath(from));
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

/**
 * What `verify` would find is found here, before anything is exchanged; but a text that was lost before the backup was
 * made keeps nobody from the rest.
 */
async function checkLedger(disk: Disk, ledger: string, collections: readonly AnyCollection[]): Promise<void> {
  const store = createReadOnlyStore(disk, ledger, await loadState(disk, ledger, collections, () => undefined));
  const { problems } = await verifyStore(store, collections, { blobs: false });
  const [first] = problems;
  if (first === undefined) return;
  throw new StoreError('damaged', storeTexts.badLedger(problems.length, storeTexts.problem(first)));
}

async function swap(disk: Disk, staged: string, { directory, ledger, restored }: Layout): Promise<string | null> {
  await disk.rename(staged, restored);
  await syncFolder(disk, directory);
  let aside: string | null = null;
  if ((await unlessMissing(disk.stat(ledger))) !== null) {
    const names = new Set(await disk.readdir(directory));
    let number = 1;
    while (names.has(`before-restore-${number}`)) number += 1;
    aside = join(directory, `before-restore-${number}`);
    await disk.rename(ledger, aside);
  }
  await disk.rename(restored, ledger);
  await syncFolder(disk, directory);
  return aside;
}

const stagedPath = ({ restored }: Layout): string => `${restored}.tmp`;

const badBackup = (file: string): StoreError => new StoreError('damaged', storeTexts.badBackup(file));

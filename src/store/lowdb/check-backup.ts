import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { AnyCollection } from '../../domain/collection.ts';
import { storeTexts } from '../../texts/store.ts';
import { emptyHead, joins, type Store, StoreError } from '../store.ts';
import { verifyStore } from '../verify.ts';
import { type CopiedFile, describeFile, type Manifest, manifestPath } from './backup.ts';
import { codeOf, type Disk, realDisk, toStoreError, unlessMissing } from './disk.ts';
import { schemaVersion, segmentPath } from './layout.ts';
import { damaged } from './lines.ts';
import { loadState } from './load.ts';
import { createReadOnlyStore } from './read-only.ts';
import { type Position, readSegment } from './segments.ts';

const ownPath = /^(?:snapshot\.jsonl|journal[\\/]\d{6,}\.jsonl|blobs[\\/]([0-9a-f]{2})[\\/]([0-9a-f]{62}))$/;

/**
 * A backup as a store that can only be read, wherever it was made: its files are what the manifest says, and its journal
 * is whole from the first line to the last. What the ledger says is for `verifyStore` to check.
 * @throws StoreError `damaged`, `io`
 */
export async function openBackup({
  from,
  collections,
  disk = realDisk,
}: {
  readonly from: string;
  readonly collections: readonly AnyCollection[];
  readonly disk?: Disk;
}): Promise<Store> {
  try {
    await checkBackup(disk, from);
    const ledger = join(from, 'ledger');
    return createReadOnlyStore(disk, ledger, await loadState(disk, ledger, collections, () => undefined));
  } catch (error) {
    throw toStoreError(error, from);
  }
}

/** @throws StoreError `damaged` when a file is not what the manifest says, or the journal not whole */
export async function checkBackup(disk: Disk, from: string): Promise<Manifest> {
  const manifest = await readManifest(disk, from);
  for (const file of manifest.files) await checkFile(disk, join(from, 'ledger', file.path), file);
  await checkJournal(disk, from, manifest);
  return manifest;
}

/**
 * What `verify` would find is found here, before anything is exchanged; but a text that was lost before the backup was
 * made keeps nobody from the rest. @throws StoreError `damaged`
 */
export async function checkLedger(store: Store, collections: readonly AnyCollection[]): Promise<void> {
  const { problems } = await verifyStore(store, collections, { blobs: false });
  const [first] = problems;
  if (first === undefined) return;
  throw new StoreError('damaged', storeTexts.badLedger(problems.length, storeTexts.problem(first)));
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
  const found = await unlessMissing(describeFile(disk, path));
  if (found?.size !== expected.size || found.sha256 !== expected.sha256) throw badBackup(path);
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

export const badBackup = (file: string): StoreError => new StoreError('damaged', storeTexts.badBackup(file));

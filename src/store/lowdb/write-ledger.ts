import { dirname, join } from 'node:path';
import { type AnyCollection, keyOf } from '../../domain/collection.ts';
import { anyRows, countRows, createTally, type OnProgress, recordsUpTo, soundBlobs } from '../copying.ts';
import type { Row } from '../order.ts';
import { changeText } from '../record.ts';
import { type AuditHead, emptyHead, pagesOf, type Reader, type Store } from '../store.ts';
import { type CopiedFile, describeFile, type Filled, makeBackup } from './backup.ts';
import { blobPath } from './blobs.ts';
import { type Disk, makeFolders, realDisk, syncFolder, writeWhole } from './disk.ts';
import { blobFolder, journalFolder, segmentPath, snapshotPath } from './layout.ts';
import { createSegment, type Position, type SerialEntry } from './segments.ts';
import { writeSnapshot } from './snapshot.ts';

export interface WriteOptions {
  /** A folder that is empty or not there yet. */
  readonly directory: string;
  readonly collections: readonly AnyCollection[];
  readonly onProgress?: OnProgress;
  readonly disk?: Disk;
}

/**
 * Writes any store, through its port, as a backup of the embedded one: a folder that `verify` and `restore` read without
 * a database. The journal alone says everything, as always: its first segment holds what leaves no audit record, its
 * second the records, and the third, empty one is where the snapshot stands.
 * @throws StoreError `not-writable`, `io`, `unavailable`
 */
export function writeLedger(
  store: Store,
  { directory, collections, onProgress = () => undefined, disk = realDisk }: WriteOptions,
): Promise<{ records: number; head: AuditHead }> {
  return makeBackup(disk, directory, async (ledger): Promise<Filled> => {
    await makeFolders(disk, journalFolder(ledger));
    const { first, head, tally } = await store.read(async (view) => {
      // An engine may begin the view again here, when its head and its rows do not belong together yet; later it does not.
      const seen = await view.auditHead();
      const count = createTally((await countRows(view, collections)) + seen.n, onProgress);
      const begun = await writeState(disk, ledger, { view, collections, head: seen, store, tally: count });
      return { first: begun, head: seen, tally: count };
    });
    const second = await createSegment(disk, ledger, first, recordEntries(store, head, tally));
    const position = await createSegment(disk, ledger, second);
    const paths = [snapshotPath(''), ...[1, 2, 3].map((segment) => segmentPath('', segment))];
    const files: CopiedFile[] = [];
    for (const path of paths) files.push({ path, ...(await describeFile(disk, join(ledger, path))) });
    for await (const { hash, bytes } of soundBlobs(store)) {
      const path = join(blobFolder(''), blobPath(hash));
      await writeBlob(disk, join(ledger, path), bytes);
      files.push({ path, size: bytes.length, sha256: hash });
    }
    return { position, files };
  });
}

interface Writing {
  readonly view: Reader;
  readonly store: Store;
  readonly collections: readonly AnyCollection[];
  readonly head: AuditHead;
  readonly tally: (count: number) => void;
}

/** The snapshot, and before it the segment with what no record tells. @returns the end of that segment */
async function writeState(disk: Disk, ledger: string, writing: Writing): Promise<Position> {
  const { view, store, collections, head, tally } = writing;
  const numbers = Object.fromEntries(await store.numbers());
  const start = { segment: 0, line: 0, head: emptyHead };
  const first = await createSegment(disk, ledger, start, unrecordedEntries(view, collections, numbers));
  const blocks = (collection: AnyCollection) => tallied(pagesOf(view, anyRows(collection)), tally);
  await writeSnapshot(disk, ledger, {
    segment: 3,
    line: first.line + head.n,
    head,
    numbers,
    collections: collections.map((collection) => ({ name: collection.name, blocks: blocks(collection) })),
  });
  return first;
}

async function* tallied(
  pages: AsyncGenerator<readonly Row[]>,
  tally: (count: number) => void,
): AsyncGenerator<readonly Row[]> {
  for await (const rows of pages) {
    yield rows;
    tally(rows.length);
  }
}

async function* unrecordedEntries(
  view: Reader,
  collections: readonly AnyCollection[],
  numbers: Readonly<Record<string, number>>,
): AsyncGenerator<SerialEntry> {
  if (Object.keys(numbers).length > 0) yield { numbers };
  for (const collection of collections.filter(({ kept }) => kept === 'operational')) {
    const known = anyRows(collection);
    for await (const rows of pagesOf(view, known)) {
      yield { operational: rows.map((row) => changeText(known.name, keyOf(known, row), JSON.stringify(row))) };
    }
  }
}

async function* recordEntries(
  store: Store,
  head: AuditHead,
  tally: (count: number) => void,
): AsyncGenerator<SerialEntry> {
  for await (const { n, cause, changes, prev, hash } of recordsUpTo(store, head)) {
    yield { audit: { text: JSON.stringify([n, cause, changes, prev]), head: { n, hash } } };
    tally(1);
  }
}

async function writeBlob(disk: Disk, path: string, bytes: Uint8Array): Promise<void> {
  const created = await makeFolders(disk, dirname(path));
  await writeWhole(disk, path, [bytes]);
  if (created !== null) await syncFolder(disk, dirname(created));
}

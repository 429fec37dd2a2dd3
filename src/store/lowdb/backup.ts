import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { storeTexts } from '../../texts/store.ts';
import { type AuditHead, StoreError } from '../store.ts';
import { listBlobs } from './blobs.ts';
import {
  type Disk,
  makeFolders,
  replaceFile,
  syncFolder,
  toStoreError,
  unlessMissing,
  writeAll,
  writeWhole,
} from './disk.ts';
import { blobFolder, schemaVersion, segmentPath, snapshotPath } from './layout.ts';
import type { Position } from './segments.ts';
import { openSnapshot } from './snapshot.ts';

/** What a backup consists of; written last, so that a backup without it is not complete. Paths are below `ledger/`. */
export interface Manifest {
  readonly schema: number;
  readonly position: Position;
  readonly files: readonly CopiedFile[];
}

export interface CopiedFile {
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
}

export const manifestPath = (backup: string): string => join(backup, 'manifest.json');

const chunkSize = 1 << 20;

/** What `fill` has written below `ledger/`: its files, and where its journal ends. */
export type Filled = Pick<Manifest, 'position' | 'files'>;

/**
 * Makes a backup of what `fill` writes, in a folder that is empty or not there yet. What fails leaves nothing that looks
 * like a backup. @throws StoreError `not-writable`, `io`
 */
export async function makeBackup(
  disk: Disk,
  directory: string,
  fill: (ledger: string) => Promise<Filled>,
): Promise<{ records: number; head: AuditHead }> {
  const target = join(directory, 'ledger');
  try {
    if (((await unlessMissing(disk.readdir(directory))) ?? []).length > 0) {
      throw new StoreError('not-writable', storeTexts.backupNotEmpty(directory));
    }
    await makeFolders(disk, target);
  } catch (error) {
    throw toStoreError(error, directory);
  }
  try {
    const { position, files } = await fill(target);
    const manifest: Manifest = { schema: schemaVersion, position, files };
    await writeWhole(disk, manifestPath(directory), [Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`)]);
    return { records: position.head.n, head: position.head };
  } catch (error) {
    await disk.rm(target, { recursive: true, force: true }).catch(() => undefined);
    throw toStoreError(error, directory);
  }
}

/**
 * Copies a ledger up to a position of its journal. The bot may go on writing meanwhile: segments only grow behind the
 * position, a snapshot is replaced as a whole, blobs never change.
 */
export const writeBackup = (
  disk: Disk,
  ledger: string,
  position: Position,
  directory: string,
): Promise<{ records: number; head: AuditHead }> =>
  makeBackup(disk, directory, async (target) => ({
    position,
    files: await copyLedger(disk, ledger, position, target),
  }));

async function copyLedger(disk: Disk, ledger: string, position: Position, target: string): Promise<CopiedFile[]> {
  const paths = new Map<string, number | null>();
  paths.set(snapshotPath(''), null);
  for (let segment = 1; segment <= position.segment; segment += 1) {
    paths.set(segmentPath('', segment), segment === position.segment ? position.bytes : null);
  }
  for (const path of await listBlobs(disk, blobFolder(ledger))) paths.set(join(blobFolder(''), path), null);
  const files: CopiedFile[] = [];
  for (const [path, until] of paths) {
    // A blob may be removed meanwhile, and a young ledger has no snapshot.
    const copied = await unlessMissing(copyFile(disk, join(ledger, path), join(target, path), until));
    if (copied !== null) files.push({ path, ...copied });
  }
  const low = openSnapshot(disk, target);
  await low.read();
  if (low.data.segment <= position.segment) return files;
  // The bot has taken it after the position that is copied here. The journal alone says the same.
  await disk.rm(snapshotPath(target));
  return files.filter(({ path }) => path !== snapshotPath(''));
}

/** Copies one file, or its bytes before `until`, durably. @returns what the copy must be */
export async function copyFile(
  disk: Disk,
  from: string,
  to: string,
  until: number | null = null,
): Promise<Omit<CopiedFile, 'path'>> {
  const source = await disk.open(from, 'r');
  try {
    const created = await makeFolders(disk, dirname(to));
    const sum = createHash('sha256');
    let size = 0;
    await replaceFile(disk, { folder: dirname(to), temporary: `${to}.tmp`, path: to }, async (file) => {
      const limit = until ?? Number.POSITIVE_INFINITY;
      while (size < limit) {
        const chunk = Buffer.allocUnsafe(Math.min(chunkSize, limit - size));
        const { bytesRead } = await source.read(chunk, 0, chunk.length, size);
        if (bytesRead === 0) break;
        const read = chunk.subarray(0, bytesRead);
        sum.update(read);
        await writeAll(file, read, size);
        size += bytesRead;
      }
      return size;
    });
    if (created !== null) await syncFolder(disk, dirname(created));
    return { size, sha256: sum.digest('hex') };
  } finally {
    await source.close();
  }
}

/** What a file is, read from its first byte to its last. */
export async function describeFile(disk: Disk, path: string): Promise<Omit<CopiedFile, 'path'>> {
  const sum = createHash('sha256');
  let size = 0;
  // The stream closes the file.
  for await (const chunk of (await disk.open(path, 'r')).createReadStream()) {
    sum.update(chunk);
    size += chunk.length;
  }
  return { size, sha256: sum.digest('hex') };
}

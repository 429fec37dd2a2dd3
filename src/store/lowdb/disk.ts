import * as fs from 'node:fs/promises';
import { dirname } from 'node:path';
import { storeTexts } from '../../texts/store.ts';
import { StoreError } from '../store.ts';

/** The file system as the engine sees it: one seam, so that tests can let a write or a sync fail. */
export type Disk = Pick<
  typeof fs,
  'link' | 'mkdir' | 'open' | 'readdir' | 'readFile' | 'readlink' | 'rename' | 'rm' | 'stat' | 'unlink'
>;
export const realDisk: Disk = fs;

/** Writes all bytes at a position. A full disk shows as a short count first and as an error only on the next write. */
export async function writeAll(file: fs.FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    if (bytesWritten === 0) throw Object.assign(new Error('write of nothing'), { code: 'EIO' });
    done += bytesWritten;
  }
}

/**
 * Makes a folder and those above it, for nobody else to look into. Node's own `recursive` goes round for ever where a
 * system lets nothing be made and calls that "no such file" (/proc).
 * @returns the topmost that was made, null when all were there
 */
export async function makeFolders(disk: Disk, path: string): Promise<string | null> {
  const above = dirname(path);
  const isMissing = above !== path && (await unlessMissing(disk.stat(above))) === null;
  const topmost = isMissing ? await makeFolders(disk, above) : null;
  try {
    await disk.mkdir(path, 0o700);
    return topmost ?? path;
  } catch (error) {
    if (codeOf(error) === 'EEXIST' && (await disk.stat(path)).isDirectory()) return topmost;
    if (codeOf(error) !== 'ENOENT') throw error;
    throw Object.assign(new Error('nothing can be made here', { cause: error }), { code: 'EROFS' });
  }
}

/** Makes names in a folder durable: what was created, renamed or removed there. */
export async function syncFolder(disk: Disk, folder: string): Promise<void> {
  // Windows opens no folders, and keeps its names in a journal of its own.
  if (process.platform === 'win32') return;
  const handle = await disk.open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Writes a file so that its name either shows all of it or what was there before. `write` puts the content into the
 * open temporary file and returns its size.
 */
export async function replaceFile(
  disk: Disk,
  names: { folder: string; temporary: string; path: string },
  write: (file: fs.FileHandle) => Promise<number>,
): Promise<void> {
  try {
    const file = await disk.open(names.temporary, 'w', 0o600);
    try {
      const size = await write(file);
      if ((await file.stat()).size !== size) throw Object.assign(new Error('size differs'), { code: 'EIO' });
      await file.sync();
    } finally {
      await file.close();
    }
    await disk.rename(names.temporary, names.path);
  } catch (error) {
    await disk.rm(names.temporary, { force: true }).catch(() => undefined);
    throw error;
  }
  await syncFolder(disk, names.folder);
}

const blockLength = 1 << 16;
const syncEvery = 1 << 23;

/** A file of pieces, one after another, which appears whole or not at all; its folder is there. @returns its size */
export async function writeWhole(
  disk: Disk,
  path: string,
  pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<number> {
  let size = 0;
  await replaceFile(disk, { folder: dirname(path), temporary: `${path}.tmp`, path }, async (file) => {
    let waiting: Uint8Array[] = [];
    let length = 0;
    let synced = 0;
    const write = async (): Promise<void> => {
      await writeAll(file, Buffer.concat(waiting), size);
      size += length;
      waiting = [];
      length = 0;
      // One sync of everything at the end would hold up the commits of the journal meanwhile.
      if (size - synced < syncEvery) return;
      await file.datasync();
      synced = size;
    };
    for await (const piece of pieces) {
      waiting.push(piece);
      length += piece.length;
      // Awaiting the write lets the event loop turn between two blocks.
      if (length >= blockLength) await write();
    }
    if (length > 0) await write();
    return size;
  });
  return size;
}

export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** What `read` resolves to, or null when there is no such file or folder. */
export async function unlessMissing<T>(read: Promise<T>): Promise<T | null> {
  try {
    return await read;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

const notWritable = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'EISDIR', 'ENAMETOOLONG']);
const full = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** The coded error for a failure of the file system under `directory`; anything else stays what it is. */
export function toStoreError(error: unknown, directory: string): unknown {
  const code = codeOf(error);
  if (code === '') return error;
  if (notWritable.has(code)) {
    return new StoreError('not-writable', storeTexts.notWritable(directory), { cause: error });
  }
  const message = full.has(code) ? storeTexts.diskFull(directory) : storeTexts.diskError(directory, code);
  return new StoreError('io', message, { cause: error });
}

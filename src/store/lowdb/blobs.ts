import { hash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { systemClock } from '../../clock.ts';
import { addMs } from '../../domain/day.ts';
import { storeTexts } from '../../texts/store.ts';
import { type Blobs, StoreError } from '../store.ts';
import { codeOf, type Disk, makeFolders, replaceFile, syncFolder, unlessMissing, writeAll } from './disk.ts';

export interface LedgerBlobs extends Blobs {
  /** Removes what is not named and was put more than a day ago. @returns how many */
  sweep(named: ReadonlySet<string>): Promise<number>;
}

const dayMs = 86_400_000;

/** Files named by the sha256 of their content: `ab/cdef…`. The file's time says when it was put last. */
export function createBlobs(disk: Disk, folder: string): LedgerBlobs {
  let temporaries = 0;
  const turns = new Map<string, Promise<unknown>>();
  /** One after another on each blob, so that none is swept that is just put again. */
  const inTurn = async <R>(sum: string, work: () => Promise<R>): Promise<R> => {
    const turn = (turns.get(sum) ?? Promise.resolve()).catch(() => undefined).then(work);
    turns.set(sum, turn);
    try {
      return await turn;
    } finally {
      if (turns.get(sum) === turn) turns.delete(sum);
    }
  };
  const pathOf = (sum: string): string => join(folder, blobPath(sum));
  const folderOf = (sum: string): string => dirname(pathOf(sum));
  const isSum = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);
  const write = async (sum: string, bytes: Uint8Array): Promise<void> => {
    temporaries += 1;
    const names = { folder: folderOf(sum), temporary: join(folder, `${temporaries}.tmp`), path: pathOf(sum) };
    try {
      if ((await makeFolders(disk, names.folder)) !== null) await syncFolder(disk, folder);
      await replaceFile(disk, names, async (file) => {
        await writeAll(file, bytes, 0);
        return bytes.length;
      });
    } catch (error) {
      throw new StoreError('unavailable', storeTexts.notSaved(codeOf(error) || String(error)), { cause: error });
    }
  };
  const isRemovedIfOlder = async (sum: string, at: number): Promise<boolean> => {
    const found = await unlessMissing(disk.stat(pathOf(sum)));
    if (found === null || found.mtimeMs >= at) return false;
    await disk.unlink(pathOf(sum));
    return true;
  };
  return {
    async put(bytes) {
      const sum = hash('sha256', bytes);
      await inTurn(sum, () => write(sum, bytes));
      return sum;
    },
    async get(sum) {
      const bytes = isSum(sum) ? await unlessMissing(disk.readFile(pathOf(sum))) : null;
      if (bytes === null) return undefined;
      if (hash('sha256', bytes) !== sum) throw new StoreError('damaged', storeTexts.damagedBlob(sum));
      return bytes;
    },
    async remove(sum) {
      if (!isSum(sum) || (await unlessMissing(disk.unlink(pathOf(sum)).then(() => true))) === null) return;
      await syncFolder(disk, folderOf(sum));
    },
    async list() {
      return (await listBlobs(disk, folder)).map((path) => path.replace('/', ''));
    },
    async sweep(named) {
      const yesterday = Date.parse(addMs(systemClock.now(), -dayMs));
      let swept = 0;
      for (const path of await listBlobs(disk, folder)) {
        const sum = path.replace('/', '');
        if (!named.has(sum) && (await inTurn(sum, () => isRemovedIfOlder(sum, yesterday)))) swept += 1;
      }
      return swept;
    },
  };
}

/** Where a blob lies below the folder. */
export const blobPath = (sum: string): string => `${sum.slice(0, 2)}/${sum.slice(2)}`;

/** The blobs there are, as paths below the folder. */
export async function listBlobs(disk: Disk, folder: string): Promise<string[]> {
  const paths: string[] = [];
  for (const prefix of (await unlessMissing(disk.readdir(folder))) ?? []) {
    if (!/^[0-9a-f]{2}$/.test(prefix)) continue;
    for (const name of await disk.readdir(join(folder, prefix))) paths.push(`${prefix}/${name}`);
  }
  return paths.sort();
}

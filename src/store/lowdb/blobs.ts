import { hash } from 'node:crypto';
import { join } from 'node:path';
import { storeTexts } from '../../texts/store.ts';
import { type Blobs, StoreError } from '../store.ts';
import { codeOf, type Disk, replaceFile, syncFolder, unlessMissing, writeAll } from './disk.ts';

/** Files named by the sha256 of their content: `ab/cdef…`. */
export function createBlobs(disk: Disk, folder: string): Blobs {
  let temporaries = 0;
  const folderOf = (sum: string): string => join(folder, sum.slice(0, 2));
  const pathOf = (sum: string): string => join(folderOf(sum), sum.slice(2));
  const isSum = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);
  return {
    async put(bytes) {
      const sum = hash('sha256', bytes);
      temporaries += 1;
      const names = { folder: folderOf(sum), temporary: join(folder, `${temporaries}.tmp`), path: pathOf(sum) };
      try {
        if ((await disk.mkdir(names.folder, { recursive: true })) !== undefined) await syncFolder(disk, folder);
        await replaceFile(disk, names, async (file) => {
          await writeAll(file, bytes, 0);
          return bytes.length;
        });
      } catch (error) {
        throw new StoreError('unavailable', storeTexts.notSaved(codeOf(error) || String(error)), { cause: error });
      }
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
  };
}

/** The blobs there are, as paths below the folder. */
export async function listBlobs(disk: Disk, folder: string): Promise<string[]> {
  const paths: string[] = [];
  for (const prefix of (await unlessMissing(disk.readdir(folder))) ?? []) {
    if (!/^[0-9a-f]{2}$/.test(prefix)) continue;
    for (const name of await disk.readdir(join(folder, prefix))) paths.push(`${prefix}/${name}`);
  }
  return paths.sort();
}

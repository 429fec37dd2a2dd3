import { type Disk, realDisk, toStoreError } from './disk.ts';
import { layoutOf } from './layout.ts';
import { takeLock } from './lock.ts';

/**
 * Removes a whole ledger for good: for the sample college, which is rebuilt. The folder must not be open.
 * @throws StoreError `in-use`, `not-writable`, `io`
 */
export async function removeLedger(directory: string, disk: Disk = realDisk): Promise<void> {
  const layout = layoutOf(directory);
  try {
    const lock = await takeLock(disk, layout.lock, directory);
    try {
      await disk.rm(layout.ledger, { recursive: true, force: true });
    } finally {
      await lock.release();
    }
  } catch (error) {
    throw toStoreError(error, directory);
  }
}

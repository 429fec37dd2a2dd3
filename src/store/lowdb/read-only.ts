import { storeTexts } from '../../texts/store.ts';
import { type Store, StoreError } from '../store.ts';
import { writeBackup } from './backup.ts';
import { createBlobs } from './blobs.ts';
import { Breath } from './breath.ts';
import type { Disk } from './disk.ts';
import { blobFolder } from './layout.ts';
import type { Loaded } from './load.ts';
import { readRecentRecords, readRecords } from './segments.ts';
import { View } from './transaction.ts';

/** The ledger as it was when it was opened, while another process may go on writing. */
export function createReadOnlyStore(
  disk: Disk,
  ledger: string,
  { state, position }: Loaded,
  close: () => Promise<void> = () => Promise.resolve(),
): Store {
  const refuse = (): Promise<never> => Promise.reject(new StoreError('unavailable', storeTexts.readOnly));
  const blobs = createBlobs(disk, blobFolder(ledger));
  return {
    transaction: refuse,
    async read(work) {
      const view = new View(state, new Breath());
      try {
        return await work(view);
      } finally {
        view.end();
      }
    },
    blobs: { put: refuse, get: (hash) => blobs.get(hash), remove: refuse, list: () => blobs.list() },
    numbers: async () => state.numbers,
    auditRecords: (from = 1) => readRecords(disk, ledger, from, position),
    recentAuditRecords: (options) => readRecentRecords(disk, ledger, options, position),
    status: () => ({ ready: true }),
    backup: (directory) => writeBackup(disk, ledger, position, directory),
    sweepBlobs: refuse,
    snapshot: refuse,
    close,
  };
}

import { mkdtemp, readdir, rm, stat, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLowdbStore } from '../../../src/store/lowdb/open.ts';
import { restoreBackup } from '../../../src/store/lowdb/restore.ts';
import { describeStoreContract } from '../../contracts/store.ts';

describeStoreContract('lowdb', async (collections) => {
  const scratch = await mkdtemp(join(tmpdir(), 'xueshibu-contract-'));
  const directory = join(scratch, 'data');
  return {
    scratch,
    open: () => openLowdbStore({ directory, collections }),
    restore: async (from) => {
      await restoreBackup({ from, directory, collections });
    },
    ageBlobs: async (hours) => {
      const blobs = join(directory, 'ledger', 'blobs');
      for (const name of await readdir(blobs, { recursive: true })) {
        const at = new Date((await stat(directory)).mtimeMs - hours * 3_600_000);
        await utimes(join(blobs, name), at, at);
      }
    },
    remove: () => rm(scratch, { recursive: true, force: true }),
  };
});

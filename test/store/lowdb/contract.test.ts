import { mkdtemp, rm } from 'node:fs/promises';
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
      await restoreBackup({ from, directory });
    },
    remove: () => rm(scratch, { recursive: true, force: true }),
  };
});

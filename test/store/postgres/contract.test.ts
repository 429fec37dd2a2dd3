import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, inject } from 'vitest';
import { openBackup } from '../../../src/store/lowdb/check-backup.ts';
import { writeLedger } from '../../../src/store/lowdb/write-ledger.ts';
import { loadLedger } from '../../../src/store/postgres/load-ledger.ts';
import { openPostgresStore } from '../../../src/store/postgres/open.ts';
import { describeStoreContract } from '../../contracts/store.ts';
import { createTestDatabase, type TestDatabase } from '../../support/postgres-database.ts';

let database: Promise<TestDatabase> | null = null;
afterAll(async () => (await database)?.drop());

// One database for all; every harness is an institution of its own.
describeStoreContract('postgres', async (collections) => {
  database ??= createTestDatabase(inject('postgres'));
  const own = await database;
  const { url, adminUrl } = own;
  const scratch = await mkdtemp(join(tmpdir(), 'xueshibu-contract-'));
  const institution = randomBytes(6).toString('hex');
  const place = { url, adminUrl, institution, collections };
  return {
    scratch,
    open: () =>
      openPostgresStore({
        ...place,
        writeBackup: (store, directory) => writeLedger(store, { directory, collections }),
      }),
    restore: async (from) => {
      await loadLedger(await openBackup({ from, collections }), { ...place, replace: true });
    },
    ageBlobs: async (hours) => {
      await own.query('update xueshibu.blobs set put_at = now() - make_interval(hours => $2) where institution = $1', [
        institution,
        hours,
      ]);
    },
    remove: () => rm(scratch, { recursive: true, force: true }),
  };
});

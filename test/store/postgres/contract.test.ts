import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, inject } from 'vitest';
import { openPostgresStore } from '../../../src/store/postgres/open.ts';
import { describeStoreContract } from '../../contracts/store.ts';
import { createTestDatabase, type TestDatabase } from '../../support/postgres-database.ts';

let database: Promise<TestDatabase> | null = null;
afterAll(async () => (await database)?.drop());

// One database for all; every harness is an institution of its own.
describeStoreContract('postgres', async (collections) => {
  database ??= createTestDatabase(inject('postgres'));
  const { url, adminUrl, query } = await database;
  const scratch = await mkdtemp(join(tmpdir(), 'xueshibu-contract-'));
  const institution = randomBytes(6).toString('hex');
  return {
    scratch,
    open: () => openPostgresStore({ url, adminUrl, institution, collections }),
    restore: () => Promise.reject(new Error('not yet')),
    ageBlobs: async (hours) => {
      await query('update xueshibu.blobs set put_at = now() - make_interval(hours => $2) where institution = $1', [
        institution,
        hours,
      ]);
    },
    remove: () => rm(scratch, { recursive: true, force: true }),
  };
});

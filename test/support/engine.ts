import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { collections } from '../../src/collections.ts';
import { openLowdbStore } from '../../src/store/lowdb/open.ts';
import { openPostgresStore } from '../../src/store/postgres/open.ts';
import type { Store } from '../../src/store/store.ts';
import { createTestDatabase, type TestDatabase } from './postgres-database.ts';
import { swiftDisk } from './swift-disk.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where conversations keep their ledger; the embedded store unless told. */
    engine?: 'postgres';
  }
}

let database: Promise<TestDatabase> | null = null;

/**
 * Opens the ledgers of conversations, again and again: in a folder, or as an institution of its own in a database that
 * all tests of a thread share.
 */
export function chooseEngine(directory: string): () => Promise<Store> {
  if (inject('engine') !== 'postgres') return () => openLowdbStore({ directory, collections, disk: swiftDisk });
  const institution = randomBytes(6).toString('hex');
  return async () => {
    database ??= createTestDatabase(inject('postgres'));
    const { url, adminUrl } = await database;
    return openPostgresStore({ url, adminUrl, institution, collections, connections: 3 });
  };
}

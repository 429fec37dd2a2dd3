import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collections } from '../../src/collections.ts';
import type { Cadre } from '../../src/domain/cadre.ts';
import { openPostgresStore } from '../../src/store/postgres/open.ts';
import { type BotFolder, fillCollege } from './bot-process.ts';
import { createTestDatabase, type TestDatabase } from './postgres-database.ts';

/** A database with a small college in it, for the programs of several processes. */
export interface BotDatabase extends BotFolder {
  readonly database: TestDatabase;
}

/** `server`: a superuser's address. Without people the database is new and empty: the first start makes its tables. */
export async function makeBotDatabase(server: string, people: readonly Cadre[] | null): Promise<BotDatabase> {
  const scratch = await mkdtemp(join(tmpdir(), 'xueshibu-bot-'));
  const directory = join(scratch, 'data');
  const database = await createTestDatabase(server);
  const { url, adminUrl } = database;
  const open = () => openPostgresStore({ url, adminUrl, institution: 'default', collections, connections: 4 });
  if (people !== null) {
    const store = await open();
    await fillCollege(store, people);
    await store.close();
  }
  return {
    scratch,
    directory,
    database,
    env: { DATA_DIR: directory, DATABASE_URL: url, DATABASE_ADMIN_URL: adminUrl },
    look: async (work) => {
      const opened = await open();
      return work(opened).finally(() => opened.close());
    },
    remove: async () => {
      await database.drop();
      await rm(scratch, { recursive: true, force: true });
    },
  };
}

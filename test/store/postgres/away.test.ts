import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openPostgresStore } from '../../../src/store/postgres/open.ts';
import { type Store, StoreError } from '../../../src/store/store.ts';
import { verifyStore } from '../../../src/store/verify.ts';
import { createTestDatabase, type TestDatabase } from '../../support/postgres-database.ts';
import { type PostgresServer, startPostgres } from '../../support/postgres-server.ts';
import { causeOf, contractCollections, people, personOf } from '../../support/store-samples.ts';

let server: PostgresServer;
let database: TestDatabase;
let store: Store;

beforeEach(async () => {
  server = await startPostgres({ isDurable: true });
  database = await createTestDatabase(server.url);
  const { url, adminUrl } = database;
  store = await openPostgresStore({ url, adminUrl, institution: 'college', collections: contractCollections });
});
afterEach(async () => {
  await store.close();
  await server.stop();
});

const wait = { timeout: 20_000, interval: 50 };

const faultOf = (error: unknown): unknown => (error instanceof StoreError ? error.fault : error);
const put = (id: number): Promise<unknown> =>
  store.transaction(causeOf(String(id)), (tx) => tx.put(people, personOf(id))).then(() => 'done', faultOf);
const isThere = (id: number): Promise<boolean> =>
  store.read(async (view) => (await view.get(people, id)) !== undefined);

describe('a database that goes away', () => {
  it('is not ready, refuses with the reason, and goes on by itself when it comes back', async () => {
    expect(await put(1)).toBe('done');
    await server.kill();
    expect(await put(2)).toBe('away');
    expect(store.status()).toEqual({ ready: false, reason: expect.stringMatching(/PostgreSQL.*恢复后会自动继续/) });
    await server.start();
    await vi.waitFor(() => expect(store.status().ready).toBe(true), wait);
    expect([await isThere(1), await isThere(2)]).toEqual([true, false]);
    expect(await put(2)).toBe('done');
    expect((await verifyStore(store, contractCollections)).problems).toEqual([]);
  });

  it('keeps everything that was acknowledged, killed in the middle of many transactions', async () => {
    for (let round = 0; round < 5; round += 1) {
      const ids = Array.from({ length: 60 }, (_, i) => round * 100 + i);
      const answers = ids.map(async (id) => [id, await put(id)] as const);
      await answers[(round * 7) % 20];
      await server.kill();
      const told = await Promise.all(answers);
      await server.start();
      await vi.waitFor(async () => expect(await put(9999)).toBe('done'), wait);
      for (const [id, answer] of told) {
        expect(['done', 'away']).toContain(answer);
        if (answer === 'done') expect(await isThere(id)).toBe(true);
      }
    }
    expect((await verifyStore(store, contractCollections)).problems).toEqual([]);
  });

  it('cut connections, idle and in the middle of a transaction, end no process', async () => {
    expect(await put(1)).toBe('done');
    const superuser = new pg.Client(server.url);
    await superuser.connect();
    const cut = `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'xueshibu'`;
    const broken = store
      .transaction(causeOf('cut'), async (tx) => {
        await tx.put(people, personOf(2));
        await tx.count(people, {});
        await superuser.query(cut);
        await tx.count(people, {});
      })
      .then(() => 'done', faultOf);
    expect(await broken).toBe('away');
    await vi.waitFor(async () => expect(await put(3)).toBe('done'), wait);
    expect([await isThere(2), await isThere(3)]).toEqual([false, true]);
    await superuser.end();
  });
});

import { connect, createServer, type Server } from 'node:net';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { openPostgresStore } from '../../../src/store/postgres/open.ts';
import { StoreError } from '../../../src/store/store.ts';
import { createTestDatabase, type TestDatabase } from '../../support/postgres-database.ts';
import { contractCollections as collections } from '../../support/store-samples.ts';

let database: TestDatabase;
let other: TestDatabase;
let forwarder: Server | null = null;
beforeEach(async () => {
  database = await createTestDatabase(inject('postgres'));
  other = await createTestDatabase(inject('postgres'));
});
afterEach(async () => {
  forwarder?.close();
  forwarder = null;
  await database.drop();
  await other.drop();
});

/** @returns what it warned of */
async function open(url: string, adminUrl: string, readOnly = false): Promise<string[]> {
  const warnings: string[] = [];
  const onWarning = (message: string): number => warnings.push(message);
  const store = await openPostgresStore({ url, adminUrl, readOnly, institution: 'college', collections, onWarning });
  await store.close();
  return warnings;
}
const faultOf = (error: unknown): unknown => (error instanceof StoreError ? [error.fault, error.message] : error);
const tablesIn = (place: TestDatabase): Promise<unknown> =>
  place.query(`select from pg_namespace where nspname = 'xueshibu'`);

/** Another port that leads to the same place, as that of a pooler does. */
async function forward(url: string): Promise<string> {
  const [target, entrance] = [new URL(url), new URL(url)];
  const server = createServer((socket) => {
    const onward = connect(Number(target.port), target.hostname);
    socket.on('error', () => onward.destroy()).pipe(onward);
    onward.on('error', () => socket.destroy()).pipe(socket);
  });
  forwarder = server;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  entrance.port = String(typeof address === 'object' ? address?.port : '');
  return entrance.href;
}

const nowhere = (url: string): string => url.replace(/:\d+\//, ':1/');

describe('the admin’s address', () => {
  it('of another database is refused before anything is made, in a sentence that names both without a password', async () => {
    const [fault, message] = (await open(database.url, other.adminUrl).catch(faultOf)) as [string, string];
    expect(fault).toBe('other-database');
    for (const url of [database.url, other.adminUrl]) {
      expect(message).toContain(new URL(url).pathname);
      expect(message).not.toContain(new URL(url).password);
    }
    expect([await tablesIn(database), await tablesIn(other)]).toEqual([[], []]);
  });

  it('of another database is refused although all is prepared, except to who only reads', async () => {
    expect(await open(database.url, database.adminUrl)).toEqual([]);
    expect(await open(database.url, other.adminUrl).catch(faultOf)).toMatchObject(['other-database', {}]);
    expect(await open(database.url, other.adminUrl, true)).toEqual([]);
  });

  it('may name the same database in other words', async () => {
    const { hostname } = new URL(database.url);
    const byName = database.adminUrl.replace(hostname, 'localhost').replace('postgres:', 'postgresql:');
    expect(await open(await forward(database.url), byName)).toEqual([]);
  });

  it('may be out of reach while there is nothing to make, which is told, and not when there is', async () => {
    const away = nowhere(database.adminUrl);
    expect(await open(database.url, away).catch(faultOf)).toEqual([
      'away',
      expect.stringMatching(/DATABASE_ADMIN_URL 连不上（ECONNREFUSED）/),
    ]);
    expect(await open(database.url, database.adminUrl)).toEqual([]);
    expect(await open(database.url, away)).toEqual([expect.stringContaining('DATABASE_ADMIN_URL 连不上')]);
  });
});

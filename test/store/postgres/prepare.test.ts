import { type AddressInfo, createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { collections } from '../../../src/collections.ts';
import { type AnyCollection, defineCollection } from '../../../src/domain/collection.ts';
import { openPostgresStore } from '../../../src/store/postgres/open.ts';
import { fingerprintOf } from '../../../src/store/postgres/prepare.ts';
import { shapeOf, tableNameOf } from '../../../src/store/postgres/shape.ts';
import { listAll, type Store, StoreError } from '../../../src/store/store.ts';
import { fingerprint } from '../../../src/table-generations.ts';
import { createTestDatabase, type TestDatabase } from '../../support/postgres-database.ts';
import { causeOf, contractCollections, people, personOf } from '../../support/store-samples.ts';

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase(inject('postgres'));
});
afterEach(() => database.drop());

const open = (
  collections: readonly AnyCollection[] = contractCollections,
  options: { adminUrl?: null; readOnly?: boolean; generation?: number } = {},
): Promise<Store> =>
  openPostgresStore({
    url: database.url,
    adminUrl: database.adminUrl,
    institution: 'college',
    collections,
    ...options,
  });
const faultOf = (error: unknown): unknown => (error instanceof StoreError ? [error.fault, error.message] : error);

describe('an empty database', () => {
  it('is prepared once by several processes that start at the same time', async () => {
    const stores = await Promise.all(Array.from({ length: 6 }, () => open()));
    await Promise.all(
      stores.map((store, i) => store.transaction(causeOf(String(i)), (tx) => tx.put(people, personOf(i)))),
    );
    expect(await stores[0]?.read((view) => view.count(people, {}))).toBe(6);
    await Promise.all(stores.map((store) => store.close()));
    expect(await database.query('select count(*)::int as n from xueshibu.collections')).toEqual([
      { n: contractCollections.length },
    ]);
  });

  it('looks for a key by the index of the key, though nothing is known yet of how many rows there are', async () => {
    const store = await open(collections);
    const locked = await store.transaction(causeOf('1'), async (tx) => {
      for (const collection of collections) {
        expect(await tx.get(collection as unknown as typeof people, 'nobody')).toBeUndefined();
      }
      return database.query(`select distinct relation::regclass::text as name from pg_locks
        where mode = 'SIReadLock' and database = (select oid from pg_database where datname = current_database())`);
    });
    expect(locked.map(({ name }) => String(name)).sort()).toEqual(
      collections.map((collection) => `xueshibu.${tableNameOf(collection)}_pkey`).sort(),
    );
    await store.close();
  });

  it('is not touched without a role that may make tables, and the sentence says which setting is missing', async () => {
    const [fault, message] = (await open(contractCollections, { adminUrl: null }).catch(faultOf)) as [string, string];
    expect(fault).toBe('not-prepared');
    expect(message).toContain('请设好 DATABASE_ADMIN_URL');
    expect(await database.query(`select from pg_namespace where nspname = 'xueshibu'`)).toEqual([]);
  });

  it('is not prepared by somebody who only reads', async () => {
    expect(await open(contractCollections, { readOnly: true }).catch(faultOf)).toEqual([
      'not-prepared',
      expect.stringContaining('DATABASE_ADMIN_URL'),
    ]);
  });
});

describe('a prepared database', () => {
  beforeEach(async () => {
    const store = await open();
    await store.transaction(causeOf('1'), async (tx) => {
      for (let i = 0; i < 30; i += 1) await tx.put(people, personOf(i, { note: `n${i % 4}` }));
    });
    await store.close();
  });

  it('needs no other role than the bot’s', async () => {
    const store = await open(contractCollections, { adminUrl: null });
    expect(await store.read((view) => view.count(people, {}))).toBe(30);
    await store.close();
  });

  it('is brought to a new declaration, whose indexes find the old rows', async () => {
    const changed = {
      ...people,
      indexes: { byAge: ['age'], byNote: ['note', 'unit'] },
      totals: { index: 'byAge', fields: ['name', 'age'] },
    } as typeof people;
    const others = contractCollections.filter(({ name }) => name !== 'people');
    const store = await open([changed, ...others]);
    const byNote = await store.read((view) => listAll(view, changed, { index: 'byNote', equals: ['n1', '人事处'] }));
    expect(byNote.map(({ id }) => id)).toEqual([1, 5, 9, 13, 17, 21, 25, 29]);
    expect(await store.read((view) => view.count(changed, { index: 'byAge', from: 33, to: 34 }))).toBe(8);
    const { counts } = await store.read((view) => view.totals(changed, { groupBy: ['name'], sum: ['age'] }));
    expect(counts).toHaveLength(30);
    const carrying = await database.query(`select indexdef from pg_indexes where indexdef like '%INCLUDE%'`);
    expect(carrying).toEqual([{ indexdef: expect.stringMatching(/\(institution, age.*, id\) INCLUDE \(name\)$/) }]);
    await store.close();
  });

  describe('that a newer program has brought to other indexes', () => {
    const others = contractCollections.filter(({ name }) => name !== 'people');
    const changed = [{ ...people, indexes: { byAge: ['age'] } } as typeof people, ...others];
    const indexes = () => database.query(`select indexdef from pg_indexes where tablename = 'people' order by 1`);

    it('is refused by the older one, which changes nothing, and goes on with the newer', async () => {
      await (await open(changed, { generation: 2 })).close();
      const made = await indexes();
      for (const options of [{}, { adminUrl: null }, { readOnly: true }]) {
        expect(await open(contractCollections, { generation: 1, ...options }).catch(faultOf)).toEqual([
          'damaged',
          expect.stringContaining('people'),
        ]);
      }
      expect(await indexes()).toEqual(made);
      await (await open(changed, { generation: 2, adminUrl: null })).close();
    });

    it('is open to any program that makes the same of it, and to a still newer one', async () => {
      await (await open(changed, { generation: 2 })).close();
      await (await open(changed, { generation: 1, adminUrl: null })).close();
      await (await open(contractCollections, { generation: 3 })).close();
      expect(await open(changed, { generation: 2 }).catch(faultOf)).toMatchObject(['damaged', {}]);
    });
  });

  it('of before the generations were counted is brought up to date', async () => {
    await database.query('alter table xueshibu.collections drop column generation');
    await database.query(`delete from xueshibu.kysely_migration where name = '002-generations'`);
    expect(await open(contractCollections, { adminUrl: null, readOnly: true }).catch(faultOf)).toMatchObject([
      'not-prepared',
      {},
    ]);
    const store = await open();
    expect(await store.read((view) => view.count(people, {}))).toBe(30);
    await store.close();
  });

  it('is refused by an older program once a newer one has added to it', async () => {
    const added = defineCollection({ name: 'of-tomorrow', schema: z.object({ id: z.string() }), key: ['id'] });
    await (await open([...contractCollections, added as unknown as AnyCollection])).close();
    expect(await open().catch(faultOf)).toEqual(['damaged', expect.stringContaining('of_tomorrow')]);
    await database.query(`delete from xueshibu.collections where name = 'of_tomorrow'`);
    await database.query(`insert into xueshibu.kysely_migration values ('999-later', now()::text)`);
    expect(await open().catch(faultOf)).toEqual(['damaged', expect.stringContaining('999-later')]);
  });

  it('cannot be made of a field that is no text, number or truth', async () => {
    const odd = defineCollection({ name: 'odd', schema: z.object({ id: z.array(z.string()) }), key: ['id'] });
    await expect(open([odd as unknown as AnyCollection])).rejects.toThrow('odd.id cannot be a column');
  });
});

it('whoever changes what is made of the collections counts a generation more: a line in src/table-generations.ts', () => {
  expect(fingerprint).toBe(fingerprintOf(collections.map(shapeOf)));
});

it('a database that is not there is told in one sentence, without its password', async () => {
  const url = database.url.replace(/:\d+\//, ':1/').replace(/:[^:@/]+@/, ':geheim@');
  const [fault, message] = (await openPostgresStore({
    url,
    adminUrl: null,
    institution: 'x',
    collections: contractCollections,
  }).catch(faultOf)) as [string, string];
  expect(fault).toBe('away');
  expect(message).toContain('ECONNREFUSED');
  expect(message).not.toContain('geheim');
});

it.each([
  ['name', (url: string) => url.replace(/[^/]+$/, 'nobody')],
  ['role', (url: string) => url.replace(/\/\/[^:]+:/, '//nobody:')],
])('a wrong %s of a database is told in one sentence, too', async (_, change) => {
  const place = { url: change(database.url), adminUrl: null, institution: 'x', collections: contractCollections };
  expect(await openPostgresStore(place).catch(faultOf)).toEqual(['away', expect.stringContaining('DATABASE_URL')]);
});

it('a pooler that refuses the settings of a session is told as one', async () => {
  const refusal = 'SFATAL\0C08P01\0Munsupported startup parameter: options\0\0';
  const head = Buffer.alloc(5);
  head.write('E');
  head.writeInt32BE(4 + refusal.length, 1);
  const pooler = createServer((socket) => {
    socket.on('error', () => undefined).once('data', () => socket.end(Buffer.concat([head, Buffer.from(refusal)])));
  });
  await new Promise<void>((resolve) => pooler.listen(0, '127.0.0.1', resolve));
  try {
    const url = new URL(database.url);
    url.port = String((pooler.address() as AddressInfo).port);
    const place = { url: url.href, adminUrl: null, institution: 'x', collections: contractCollections };
    expect(await openPostgresStore(place).catch(faultOf)).toEqual(['away', expect.stringContaining('连接池')]);
  } finally {
    pooler.close();
  }
});

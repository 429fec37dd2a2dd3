import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { collections } from '../../../src/collections.ts';
import { openPostgresStore } from '../../../src/store/postgres/open.ts';
import { createTestDatabase, type TestDatabase } from '../../support/postgres-database.ts';
import { causeOf, contractCollections, events, letters, people, personOf } from '../../support/store-samples.ts';

let database: TestDatabase;
let bot: pg.Client;

const openFor = (institution: string) =>
  openPostgresStore({ url: database.url, adminUrl: database.adminUrl, institution, collections: contractCollections });

beforeAll(async () => {
  database = await createTestDatabase(inject('postgres'));
  for (const institution of ['east', 'west']) {
    const store = await openFor(institution);
    const blob = await store.blobs.put(Buffer.from(institution));
    await store.transaction(causeOf('1'), async (tx) => {
      await tx.put(people, personOf(1, { unit: institution }));
      await tx.put(events, { person: 1, seq: 1, what: institution });
      await tx.put(letters, { id: await tx.nextNumber('letters'), blobs: [blob] });
    });
    await store.transaction(causeOf('2'), (tx) => tx.put(people, personOf(2, { unit: institution })));
    for await (const record of store.auditRecords()) expect(record.n).toBeLessThan(3);
    await store.close();
  }
  bot = new pg.Client(database.url);
  await bot.connect();
});
afterAll(async () => {
  await bot.end();
  await database.drop();
});

/** Every table that has rows of institutions, asked of the database itself. */
const tables = async (): Promise<string[]> => {
  const rows = await database.query(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'xueshibu' and c.relkind = 'r'
       and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'institution' and not a.attisdropped)`,
  );
  return rows.map(({ name }) => String(name));
};
const setInstitution = (institution: string) =>
  bot.query(`select set_config('xueshibu.institution', $1, false)`, [institution]);
const codeOf = (error: unknown): unknown => Reflect.get(error as object, 'code');

describe('two institutions in one database', () => {
  it('see nothing of each other through any table, with the right name, a wrong one, or none', async () => {
    const names = await tables();
    expect(names).toEqual(
      expect.arrayContaining([
        'people',
        'events',
        'letters',
        'blobs',
        'numbers',
        'audit_records',
        'audit_heads',
        'audit_pending',
      ]),
    );
    let seen = 0;
    for (const name of names) {
      const found = async (): Promise<string[]> =>
        (await bot.query<{ institution: string }>(`select institution from xueshibu."${name}"`)).rows.map(
          (row) => row.institution,
        );
      await setInstitution('east');
      const own = await found();
      expect(new Set(own)).toEqual(own.length === 0 ? new Set() : new Set(['east']));
      seen += own.length;
      await setInstitution('nobody');
      expect(await found()).toEqual([]);
      await bot.query('reset xueshibu.institution');
      expect(await found()).toEqual([]);
    }
    expect(seen).toBeGreaterThan(7);
  });

  it('cannot write into each other', async () => {
    await setInstitution('east');
    for (const name of ['people', 'letters']) {
      const insert = `insert into xueshibu.${name} (institution, row_key, body) values ('west', 'x', '{}')`;
      expect(await bot.query(insert).catch(codeOf)).toBe('42501');
      expect((await bot.query(`update xueshibu.${name} set body = '{}' where institution = 'west'`)).rowCount).toBe(0);
      expect((await bot.query(`delete from xueshibu.${name} where institution = 'west'`)).rowCount).toBe(0);
    }
  });

  it('bind the owner of the tables, too', async () => {
    const owner = new pg.Client(database.adminUrl);
    await owner.connect();
    expect((await owner.query('select from xueshibu.people')).rowCount).toBe(0);
    await owner.end();
  });

  it('have each a store that finds its own rows and chain', async () => {
    const west = await openFor('west');
    expect((await west.read((view) => view.find(people, {}))).rows.map(({ unit }) => unit)).toEqual(['west', 'west']);
    expect(await west.read((view) => view.lastNumber('letters'))).toBe(1001);
    expect((await west.read((view) => view.auditHead())).n).toBe(2);
    await west.close();
  });
});

describe("the bot's own role", () => {
  it.each(['events', 'audit_records', 'audit_pending', 'audit_heads'])(
    'may neither change nor remove rows of %s',
    async (name) => {
      await setInstitution('east');
      expect(await bot.query(`update xueshibu.${name} set institution = institution`).catch(codeOf)).toBe('42501');
      expect(await bot.query(`delete from xueshibu.${name}`).catch(codeOf)).toBe('42501');
      expect(await bot.query(`truncate xueshibu.${name}`).catch(codeOf)).toBe('42501');
    },
  );

  it('may not write the chain itself, nor make or drop tables', async () => {
    await setInstitution('east');
    const insert = `insert into xueshibu.audit_records values ('east', 99, '', '', '', '')`;
    for (const text of [
      insert,
      'create table xueshibu.mine ()',
      'drop table xueshibu.people',
      'alter table xueshibu.people disable row level security',
    ]) {
      expect(await bot.query(text).catch(codeOf)).toBe('42501');
    }
  });

  it('is kept from changing every append-only collection of the college', async () => {
    const own = await createTestDatabase(inject('postgres'));
    const store = await openPostgresStore({ url: own.url, adminUrl: own.adminUrl, institution: 'x', collections });
    await store.close();
    const rights = await own.query(
      `select table_name, privilege_type from information_schema.role_table_grants
       where table_schema = 'xueshibu' and grantee like '%_bot' and privilege_type in ('UPDATE', 'DELETE', 'TRUNCATE')`,
    );
    const changeable = new Set(rights.map((row) => row['table_name']));
    const appendOnly = collections
      .filter((collection) => collection.appendOnly)
      .map(({ name }) => name.replace('-', '_'));
    expect(appendOnly).toContain('hour_events');
    for (const name of [...appendOnly, 'audit_records', 'audit_pending', 'audit_heads'])
      expect(changeable.has(name)).toBe(false);
    expect(changeable.has('hour_entries')).toBe(true);
    await own.drop();
  });
});

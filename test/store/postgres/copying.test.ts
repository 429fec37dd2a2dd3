import { randomBytes } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { collections } from '../../../src/collections.ts';
import { packageRoot } from '../../../src/config.ts';
import type { AnyCollection } from '../../../src/domain/collection.ts';
import { loadPolicy } from '../../../src/policy/load.ts';
import { loadSampleCollege } from '../../../src/sample-college.ts';
import { differencesOf, summarise } from '../../../src/store/compare.ts';
import { openBackup } from '../../../src/store/lowdb/check-backup.ts';
import { restoreBackup } from '../../../src/store/lowdb/restore.ts';
import { writeLedger } from '../../../src/store/lowdb/write-ledger.ts';
import { removeInstitution } from '../../../src/store/postgres/administer.ts';
import { loadLedger } from '../../../src/store/postgres/load-ledger.ts';
import { openPostgresStore } from '../../../src/store/postgres/open.ts';
import type { Store } from '../../../src/store/store.ts';
import { verifyStore } from '../../../src/store/verify.ts';
import { addPerson, idsOf, type LedgerFolder, makeLedgerFolder, refusalOf } from '../../support/ledger-folder.ts';
import { createTestDatabase, type TestDatabase } from '../../support/postgres-database.ts';
import { dumpStore, emptyModel, historySteps, playTransaction } from '../../support/store-histories.ts';
import { causeOf, contractCollections, letters, people, personOf } from '../../support/store-samples.ts';

let database: TestDatabase;
let college: TestDatabase;
beforeAll(async () => {
  [database, college] = await Promise.all([
    createTestDatabase(inject('postgres')),
    createTestDatabase(inject('postgres')),
  ]);
});
afterAll(async () => {
  await Promise.all([database.drop(), college.drop()]);
});

/** A new institution in the database, as the loader and the store name it. */
const placeIn = ({ url, adminUrl }: TestDatabase, known: readonly AnyCollection[]) => ({
  url,
  adminUrl,
  institution: randomBytes(6).toString('hex'),
  collections: known,
});
type Place = ReturnType<typeof placeIn>;

const openAt = (place: Place): Promise<Store> =>
  openPostgresStore({
    ...place,
    writeBackup: (store, directory) => writeLedger(store, { directory, collections: place.collections }),
  });

/** What the institution has, and that it is sound. */
async function dumpAt(place: Place) {
  const store = await openAt(place);
  try {
    expect((await verifyStore(store, place.collections)).problems).toEqual([]);
    return await dumpStore(store, place.collections);
  } finally {
    await store.close();
  }
}

describe('a ledger that goes from a folder into a database and back', () => {
  let folder: LedgerFolder;
  beforeEach(async () => {
    folder = await makeLedgerFolder();
  });
  afterEach(() => folder.remove());

  /** Into a new institution, and from there, by a backup, into another folder. */
  async function carryAround(source: Store, place: Place): Promise<LedgerFolder> {
    await (await openAt(place)).close();
    await loadLedger(source, { ...place, replace: false });
    const backup = join(folder.scratch, randomBytes(6).toString('hex'));
    const store = await openAt(place);
    await store.backup(backup).finally(() => store.close());
    const other = await makeLedgerFolder();
    await restoreBackup({ from: backup, directory: other.directory, collections: place.collections });
    return other;
  }

  it('has the same rows, records, numbers and blobs in both, whatever has happened to it', async () => {
    await fc.assert(
      fc.asyncProperty(historySteps, fc.array(fc.uint8Array(), { maxLength: 3 }), async (steps, blobs) => {
        const own = await makeLedgerFolder();
        let store = await own.open();
        let model = emptyModel;
        for (const step of steps) {
          if (step.type === 'snapshot') await store.snapshot();
          if (step.type === 'reopen') {
            await store.close();
            store = await own.open();
          }
          if (step.type === 'transaction') model = await playTransaction(store, step, model);
        }
        for (const bytes of blobs) {
          const sum = await store.blobs.put(bytes);
          await store.transaction(causeOf('letter'), async (tx) => {
            await tx.put(letters, { id: await tx.nextNumber('letters'), blobs: [sum] });
          });
        }
        const before = await dumpStore(store, contractCollections);
        await store.close();
        const place = placeIn(database, contractCollections);
        const other = await carryAround(await own.open({ readOnly: true }), place);
        expect(await dumpAt(place)).toEqual(before);
        const back = await other.open();
        expect(await dumpStore(back, contractCollections)).toEqual(before);
        expect((await verifyStore(back, contractCollections)).problems).toEqual([]);
        // Nothing of it lies in the snapshot alone.
        await back.close();
        await rm(other.snapshot);
        const rebuilt = await other.open({ readOnly: true });
        expect(await dumpStore(rebuilt, contractCollections)).toEqual(before);
        await own.remove();
        await other.remove();
      }),
      { numRuns: 8 },
    );
  });

  it('is the sample college, too, person by person', async () => {
    const store = await folder.open({ collections });
    await loadSampleCollege(store, loadPolicy(join(packageRoot, 'data/policy')), {
      folder: join(packageRoot, 'data/samples'),
      messenger: 'simulator',
      group: { id: 'g', name: '组织部工作群' },
      now: '2026-11-20T01:00:00.000Z',
    });
    const place = placeIn(college, collections);
    const other = await carryAround(store, place);
    const before = await summarise(store, collections);
    expect(before.hours.size).toBeGreaterThan(50);
    const target = await openAt(place);
    const after = await summarise(target, collections);
    expect(after).toEqual(before);
    expect(differencesOf(before.hours, new Map([...after.hours].slice(1)))).toHaveLength(1);
    expect(await dumpStore(target, collections)).toEqual(await dumpStore(store, collections));
    await target.close();
    const back = await other.open({ collections });
    expect(await dumpStore(back, collections)).toEqual(await dumpStore(store, collections));
    await back.close();
    await other.remove();
    await store.close();
  }, 120_000);

  it('goes on numbering and chaining where it was', async () => {
    const store = await folder.open();
    await addPerson(store, 1);
    await store.transaction(causeOf('n'), (tx) => tx.nextNumber('letters'));
    const place = placeIn(database, contractCollections);
    const other = await carryAround(store, place);
    await store.close();
    for (const opened of [await openAt(place), await other.open()]) {
      expect(await opened.transaction(causeOf('n'), (tx) => tx.nextNumber('letters'))).toBe(1002);
      await addPerson(opened, 2);
      expect((await verifyStore(opened, contractCollections)).problems).toEqual([]);
      await opened.close();
    }
    await other.remove();
  });
});

describe('loading into a database', () => {
  let folder: LedgerFolder;
  let source: Store;
  let place: Place;

  beforeEach(async () => {
    folder = await makeLedgerFolder();
    const store = await folder.open();
    for (const id of [1, 2, 3]) await addPerson(store, id);
    await store.blobs.put(Buffer.from('体会'));
    await store.close();
    source = await folder.open({ readOnly: true });
    place = placeIn(database, contractCollections);
    await (await openAt(place)).close();
  });
  afterEach(() => folder.remove());

  const ids = async (): Promise<number[]> => {
    const store = await openAt(place);
    return idsOf(store).finally(() => store.close());
  };
  const rowsOf = async (table: string): Promise<number> =>
    (await database.query(`select from xueshibu.${table} where institution = $1`, [place.institution])).length;

  it('tells how far it is', async () => {
    const told: number[][] = [];
    await loadLedger(source, { ...place, replace: false, onProgress: (...progress) => told.push(progress) });
    expect(told.at(-1)).toEqual([9, 9]);
    expect(told.every(([done = 0], i) => done > (told[i - 1]?.[0] ?? 0))).toBe(true);
  });

  it('that is cut short leaves nothing, and can be begun again', async () => {
    const broken: Store = {
      ...source,
      async *auditRecords() {
        for await (const record of source.auditRecords()) {
          yield record;
          throw new Error('cut short');
        }
      },
    };
    await expect(loadLedger(broken, { ...place, replace: false })).rejects.toThrow('cut short');
    for (const table of ['people', 'claims', 'audit_records', 'blobs', 'numbers']) expect(await rowsOf(table)).toBe(0);
    await loadLedger(source, { ...place, replace: false });
    expect(await dumpAt(place)).toEqual(await dumpStore(source, contractCollections));
  });

  it('whose connection is cut says that the database is away, and leaves nothing', async () => {
    const cutting: Store = {
      ...source,
      numbers: async () => {
        await database.query(
          `select pg_terminate_backend(pid) from pg_stat_activity
           where datname = current_database() and pid <> pg_backend_pid() and usename like '%_admin'`,
        );
        return source.numbers();
      },
    };
    expect((await refusalOf(loadLedger(cutting, { ...place, replace: false }))).fault).toBe('away');
    expect(await ids()).toEqual([]);
    await loadLedger(source, { ...place, replace: false });
    expect(await ids()).toEqual([1, 2, 3]);
  });

  it('is refused where there are rows, and changes nothing', async () => {
    const store = await openAt(place);
    await addPerson(store, 9);
    await store.close();
    const { fault, message } = await refusalOf(loadLedger(source, { ...place, replace: false }));
    expect([fault, message]).toEqual(['not-writable', expect.stringContaining(place.institution)]);
    expect(await ids()).toEqual([9]);
  });

  it('in the place of others takes these away, and nothing of another institution', async () => {
    const neighbour = placeIn(database, contractCollections);
    for (const each of [place, neighbour]) {
      const store = await openAt(each);
      await addPerson(store, 9);
      await store.transaction(causeOf('n'), (tx) => tx.nextNumber('gone'));
      await store.blobs.put(Buffer.from('别的'));
      await store.close();
    }
    const before = await dumpAt(neighbour);
    await loadLedger(source, { ...place, replace: true });
    expect(await dumpAt(place)).toEqual(await dumpStore(source, contractCollections));
    expect(await dumpAt(neighbour)).toEqual(before);
  });

  it('is refused when somebody writes meanwhile, and their row stays', async () => {
    const store = await openAt(place);
    await addPerson(store, 9);
    const meanwhile: Store = {
      ...source,
      numbers: async () => {
        await store.transaction(causeOf('meanwhile'), async (tx) => {
          const found = await tx.find(people, {});
          await tx.put(people, personOf(10 + found.rows.length));
        });
        return source.numbers();
      },
    };
    expect(await refusalOf(loadLedger(meanwhile, { ...place, replace: true }))).toEqual({
      fault: 'in-use',
      message: expect.stringContaining('停止所有机器人'),
    });
    expect(await idsOf(store)).toEqual([9, 11]);
    await store.close();
  });

  it('is refused to the role of the bot, with what to do', async () => {
    for (const replace of [true, false]) {
      const { fault, message } = await refusalOf(loadLedger(source, { ...place, adminUrl: null, replace }));
      expect([fault, message]).toEqual(['not-writable', expect.stringContaining('DATABASE_ADMIN_URL')]);
    }
    expect(await ids()).toEqual([]);
  });

  it('refuses a chain that is broken', async () => {
    const forged: Store = {
      ...source,
      async *auditRecords() {
        for await (const record of source.auditRecords()) yield record.n === 2 ? { ...record, prev: '0' } : record;
      },
    };
    expect(await refusalOf(loadLedger(forged, { ...place, replace: false }))).toEqual({
      fault: 'damaged',
      message: expect.stringContaining('审计记录第 2 条'),
    });
    expect(await ids()).toEqual([]);
  });

  it('is undone by removing the institution, which leaves the others', async () => {
    const neighbour = placeIn(database, contractCollections);
    for (const each of [place, neighbour]) await loadLedger(source, { ...each, replace: false });
    await removeInstitution(place);
    expect(await dumpAt(place)).toEqual({
      rows: { people: [], events: [], claims: [], letters: [] },
      records: [],
      numbers: {},
      blobs: {},
    });
    expect(await dumpAt(neighbour)).toEqual(await dumpStore(source, contractCollections));
    expect(await refusalOf(removeInstitution({ ...neighbour, adminUrl: null }))).toMatchObject({
      fault: 'not-writable',
    });
  });
});

describe('a backup of a database', () => {
  let folder: LedgerFolder;
  let backup: string;
  let place: Place;

  beforeEach(async () => {
    folder = await makeLedgerFolder();
    backup = join(folder.scratch, 'backup');
    place = placeIn(database, contractCollections);
    const store = await openAt(place);
    for (const id of [1, 2, 3]) await addPerson(store, id);
    const sum = await store.blobs.put(Buffer.from('体会'));
    await store.transaction(causeOf('letter'), async (tx) => {
      await tx.put(letters, { id: await tx.nextNumber('letters'), blobs: [sum] });
    });
    await store.close();
  });
  afterEach(() => folder.remove());

  const backUp = async (): Promise<void> => {
    const store = await openAt(place);
    await store.backup(backup).finally(() => store.close());
  };
  const problemsOf = async (): Promise<readonly unknown[]> =>
    (await verifyStore(await openBackup({ from: backup, collections: contractCollections }), contractCollections))
      .problems;

  it('verifies without the database', async () => {
    await backUp();
    expect(await problemsOf()).toEqual([]);
  });

  it('is refused when any of its files is changed or missing', async () => {
    await backUp();
    const files = (await readdir(backup, { recursive: true, withFileTypes: true })).filter((file) => file.isFile());
    expect(files.length).toBe(6);
    for (const file of files) {
      const path = join(file.parentPath, file.name);
      const content = await readFile(path);
      const changed = Buffer.from(content);
      changed[content.length >> 1] = (content[content.length >> 1] ?? 0) ^ 1;
      for (const bad of [changed, null]) {
        await (bad === null ? rm(path) : writeFile(path, bad));
        expect((await refusalOf(problemsOf())).fault, path).toBe('damaged');
      }
      await writeFile(path, content);
    }
    expect(await problemsOf()).toEqual([]);
  });

  it('shows a row that was changed behind the back of the chain', async () => {
    await database.query(`update xueshibu.people set body = replace(body::text, '干部2', '某人')::json
      where institution = '${place.institution}' and id = 2`);
    await backUp();
    expect(await problemsOf()).toEqual([{ place: 'people“2”', expected: 'name = "干部2"', found: 'name = "某人"' }]);
  });

  it('leaves out a text that is damaged, and keeps the rest', async () => {
    await database.query(`update xueshibu.blobs set bytes = '别的' where institution = $1`, [place.institution]);
    await backUp();
    expect(await problemsOf()).toEqual([expect.objectContaining({ place: 'letters“1001”', found: '附件不见了' })]);
  });
});

describe('verify', () => {
  let place: Place;
  beforeEach(async () => {
    place = placeIn(database, contractCollections);
    const store = await openAt(place);
    for (let i = 1; i <= 3; i += 1) await addPerson(store, i);
    await store.close();
  });
  const look = async (): Promise<unknown> => {
    const store = await openAt(place);
    return verifyStore(store, contractCollections)
      .then(({ problems }) => problems)
      .finally(() => store.close());
  };

  it('finds what lists and totals see of a row, and the row does not say', async () => {
    expect(await look()).toEqual([]);
    const changed = `update xueshibu.people set name = 'Z' where institution = $1 and id = 2`;
    await database.query(changed, [place.institution]);
    const { name } = personOf(2);
    expect(await look()).toEqual([
      { place: expect.stringMatching(/people“2”.*name/), expected: JSON.stringify(name), found: '"Z"' },
    ]);
  });

  it('calls no ledger damaged that it cannot read', async () => {
    const [, owner = ''] = /\/\/([^:]+):/.exec(place.url) ?? [];
    await database.query(`alter role ${owner} set default_transaction_read_only = on`);
    try {
      expect((await refusalOf(look())).fault).toBe('away');
    } finally {
      await database.query(`alter role ${owner} reset default_transaction_read_only`);
    }
    await database.query(`revoke execute on function xueshibu.seal from ${owner}`);
    try {
      expect((await refusalOf(look())).fault).toBe('not-writable');
    } finally {
      await database.query(`grant execute on function xueshibu.seal to ${owner}`);
    }
    expect(await look()).toEqual([]);
  });
});

import { createHash } from 'node:crypto';
import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { AnyCollection, IndexValue } from '../../src/domain/collection.ts';
import {
  type AuditRecord,
  listAll,
  type Query,
  type Reader,
  type Store,
  StoreError,
  type TotalsQuery,
} from '../../src/store/store.ts';
import { verifyStore } from '../../src/store/verify.ts';
import { groupsIn } from '../support/groups-in.ts';
import { emptyModel, historySteps, playTransaction } from '../support/store-histories.ts';
import {
  causeOf,
  claims,
  contractCollections,
  events,
  letters,
  type Person,
  people,
  personOf,
} from '../support/store-samples.ts';

/** One store that can be closed and opened again, and a folder for what the tests write beside it. */
export interface StoreHarness {
  open(): Promise<Store>;
  /** Puts a backup in the place of the store, which is closed. */
  restore(backup: string): Promise<void>;
  /** Lets every blob that there is look as if it was put so many hours ago. */
  ageBlobs(hours: number): Promise<void>;
  readonly scratch: string;
  remove(): Promise<void>;
}

const rankOf = (value: IndexValue): number =>
  value === null ? 0 : value === false ? 1 : value === true ? 2 : typeof value === 'number' ? 3 : 4;

/** The documented order, written a second time. */
const compare = (a: IndexValue, b: IndexValue): number =>
  rankOf(a) - rankOf(b) || (a === b ? 0 : (a as string) < (b as string) ? -1 : 1);

const fieldOf = (row: object, field: string): IndexValue => (row as Record<string, IndexValue>)[field] ?? null;

/** What `find` must give, by the plainest means. */
function findNaively<T extends object>(rows: readonly T[], collection: AnyCollection, query: Query): T[] {
  const fields = query.index === undefined ? collection.key : (collection.indexes[query.index] ?? []);
  const bound = query.equals ?? [];
  const next = fields[bound.length] ?? '';
  const found = rows.filter(
    (row) =>
      bound.every((value, i) => fieldOf(row, fields[i] ?? '') === value) &&
      (query.from === undefined || compare(fieldOf(row, next), query.from) >= 0) &&
      (query.to === undefined || compare(fieldOf(row, next), query.to) <= 0) &&
      Object.entries(query.where ?? {}).every(([field, { in: values, from, to }]) => {
        const value = fieldOf(row, field);
        return (
          (values === undefined || values.some((one) => one === value)) &&
          (from === undefined || compare(value, from) >= 0) &&
          (to === undefined || compare(value, to) <= 0)
        );
      }),
  );
  found.sort((a, b) => {
    for (const field of [...fields, ...collection.key]) {
      const order = compare(fieldOf(a, field), fieldOf(b, field));
      if (order !== 0) return order;
    }
    return 0;
  });
  return query.order === 'desc' ? found.reverse() : found;
}

const listRecords = async (store: Store, from?: number): Promise<AuditRecord[]> => {
  const records: AuditRecord[] = [];
  for await (const record of store.auditRecords(from)) records.push(record);
  return records;
};

const faultOf = (error: unknown): string => (error instanceof StoreError ? error.fault : String(error));

/** The suite that every engine passes: the port's docblocks, as tests. */
export function describeStoreContract(
  name: string,
  makeHarness: (collections: readonly AnyCollection[]) => Promise<StoreHarness>,
): void {
  describe(`store contract: ${name}`, () => {
    let harness: StoreHarness;
    let store: Store;

    beforeEach(async () => {
      harness = await makeHarness(contractCollections);
      store = await harness.open();
    });
    afterEach(async () => {
      await store.close();
      await harness.remove();
    });

    const reopen = async (): Promise<void> => {
      await store.close();
      store = await harness.open();
    };
    const putAll = (...rows: readonly Person[]): Promise<void> =>
      store.transaction(causeOf('put'), async (tx) => {
        for (const row of rows) await tx.put(people, row);
      });
    const getPerson = (id: number): Promise<Person | undefined> => store.read((view) => view.get(people, id));
    const putThenThrow = (...rows: readonly Person[]): Promise<unknown> =>
      store
        .transaction(causeOf('thrown'), async (tx) => {
          for (const row of rows) await tx.put(people, row);
          await tx.remove(people, 1);
          await tx.nextNumber('n');
          throw new Error('no');
        })
        .catch((error: unknown) => error);

    describe('rows', () => {
      it('reads back what was put, in the same transaction and after', async () => {
        const inside = await store.transaction(causeOf('1'), async (tx) => {
          expect(await tx.get(people, 1)).toBeUndefined();
          await tx.put(people, personOf(1));
          return tx.get(people, '1');
        });
        expect(inside).toEqual(personOf(1));
        expect(await getPerson(1)).toEqual(personOf(1));
      });

      it('replaces a row and moves it in every index', async () => {
        await putAll(personOf(1), personOf(2));
        await putAll(personOf(1, { unit: '教务处', age: null, active: false }));
        const view = await store.read(async (v) => ({
          old: await v.find(people, { index: 'byUnit', equals: ['人事处'] }),
          new: await v.find(people, { index: 'byUnit', equals: ['教务处'] }),
          away: await v.count(people, { index: 'byActive', equals: [false] }),
        }));
        expect(view.old.rows).toEqual([]);
        expect(view.new.rows.map(({ id }) => id)).toEqual([1, 2]);
        expect(view.away).toBe(1);
      });

      it('removes a row, and does nothing where there is none', async () => {
        await putAll(personOf(1), personOf(2));
        await store.transaction(causeOf('remove'), async (tx) => {
          await tx.remove(people, 1);
          await tx.remove(people, 99);
          expect(await tx.get(people, 1)).toBeUndefined();
        });
        expect(await store.read((view) => view.count(people, {}))).toBe(1);
        expect(await store.read((view) => view.count(people, { index: 'byUnit', equals: ['人事处'] }))).toBe(0);
      });

      it('keeps what was put, whatever the caller does with the object afterwards', async () => {
        const row = personOf(1, { tags: ['年轻干部'] });
        await putAll(row);
        row.name = '改名';
        row.tags.push('多余');
        expect(await getPerson(1)).toEqual(personOf(1, { tags: ['年轻干部'] }));
      });

      it('refuses a row that its schema refuses, with everything else of the transaction', async () => {
        await expect(putAll(personOf(1), personOf(2, { name: '' }))).rejects.toBeInstanceOf(z.ZodError);
        expect(await getPerson(1)).toBeUndefined();
      });

      it('joins the fields of a composite key with a colon', async () => {
        await store.transaction(causeOf('1'), (tx) => tx.put(events, { person: 7, seq: 2, what: '提交' }));
        expect(await store.read((view) => view.get(events, '7:2'))).toEqual({ person: 7, seq: 2, what: '提交' });
      });

      it('keeps hostile keys and texts as they are', async () => {
        const texts = ['__proto__', 'constructor', 'a\nb', '\u0000', '\u202e', '=1+1', '𠮷\ud800', '"}\n{"line":1'];
        await store.transaction(causeOf('1'), async (tx) => {
          for (const text of texts) await tx.put(claims, { id: text, at: text });
          for (const [i, text] of texts.entries()) await tx.put(people, personOf(i, { note: text }));
        });
        await reopen();
        for (const [i, text] of texts.entries()) {
          expect(await store.read((view) => view.get(claims, text))).toEqual({ id: text, at: text });
          expect((await getPerson(i))?.note).toBe(text);
        }
      });
    });

    describe('inserting', () => {
      const insert = (id: string, at: string): Promise<boolean> =>
        store.transaction(causeOf(at), (tx) => tx.insert(claims, { id, at }));

      it('puts a row where there is none, and leaves the one that is there', async () => {
        expect([await insert('om_1', 'a'), await insert('om_1', 'b')]).toEqual([true, false]);
        expect(await store.read((view) => view.get(claims, 'om_1'))).toEqual({ id: 'om_1', at: 'a' });
      });

      it('lets one of many have it that come at the same time', async () => {
        const claimed = await Promise.all(Array.from({ length: 20 }, (_, i) => insert('om_1', `${i}`)));
        expect(claimed.filter((isOurs) => isOurs)).toHaveLength(1);
        const row = await store.read((view) => view.get(claims, 'om_1'));
        expect(row?.at).toBe(String(claimed.indexOf(true)));
      });

      it('knows what the same transaction has put, inserted, changed and removed', async () => {
        await putAll(personOf(1));
        await store.transaction(causeOf('own'), async (tx) => {
          expect(await tx.insert(people, personOf(1))).toBe(false);
          await tx.remove(people, 1);
          expect(await tx.insert(people, personOf(1, { unit: '新' }))).toBe(true);
          expect(await tx.insert(people, personOf(1))).toBe(false);
          expect(await tx.insert(people, personOf(2))).toBe(true);
          await tx.put(people, personOf(2, { unit: '改' }));
          expect((await tx.find(people, { index: 'byUnit' })).rows.map(({ unit }) => unit)).toEqual(['改', '新']);
          expect(await tx.get(people, 2)).toEqual(personOf(2, { unit: '改' }));
        });
        expect(await store.read((view) => listAll(view, people))).toEqual([
          personOf(1, { unit: '新' }),
          personOf(2, { unit: '改' }),
        ]);
        const last = (await listRecords(store)).at(-1);
        expect(last?.changes.map(({ key }) => key)).toEqual(['1', '2']);
      });

      it('is undone by a throw, and refuses what the schema refuses', async () => {
        const thrown = store.transaction(causeOf('x'), async (tx) => {
          await tx.insert(claims, { id: 'om_1', at: 'x' });
          throw new Error('no');
        });
        await expect(thrown).rejects.toThrow('no');
        const bad = store.transaction(causeOf('x'), (tx) => tx.insert(people, personOf(1, { name: '' })));
        await expect(bad).rejects.toBeInstanceOf(z.ZodError);
        expect(await insert('om_1', 'later')).toBe(true);
      });

      it('is refused nowhere, not even where rows are never replaced', async () => {
        const event = { person: 1, seq: 1, what: '提交' };
        const put = (): Promise<boolean> => store.transaction(causeOf('e'), (tx) => tx.insert(events, event));
        expect([await put(), await put()]).toEqual([true, false]);
      });
    });

    describe('getting or inserting', () => {
      it('gives the row that is there, or the given one, which is there from then on', async () => {
        await putAll(personOf(1));
        const found = await store.transaction(causeOf('own'), async (tx) => [
          await tx.getOrInsert(people, personOf(1, { unit: '新' })),
          await tx.getOrInsert(people, personOf(2)),
          await tx.getOrInsert(people, personOf(2, { unit: '新' })),
          await tx.get(people, 2),
        ]);
        expect(found).toEqual([personOf(1), personOf(2), personOf(2), personOf(2)]);
        expect(await store.read((view) => listAll(view, people))).toEqual([personOf(1), personOf(2)]);
        expect((await listRecords(store)).at(-1)?.changes.map(({ key }) => key)).toEqual(['2']);
      });

      it('knows what the same transaction has removed, and is undone by a throw', async () => {
        await putAll(personOf(1));
        const thrown = store.transaction(causeOf('x'), async (tx) => {
          await tx.remove(people, 1);
          expect(await tx.getOrInsert(people, personOf(1, { unit: '新' }))).toEqual(personOf(1, { unit: '新' }));
          await tx.getOrInsert(people, personOf(2));
          throw new Error('no');
        });
        await expect(thrown).rejects.toThrow('no');
        expect(await store.read((view) => listAll(view, people))).toEqual([personOf(1)]);
      });

      it('is in nobody’s way who does the same next to it', async () => {
        let begun = 0;
        const step = (id: number): Promise<void> =>
          store.transaction(causeOf(String(id)), async (tx) => {
            begun += 1;
            const { note } = await tx.getOrInsert(people, personOf(id, { note: '一' }));
            await tx.put(people, personOf(id, { note: `${note}二` }));
          });
        await Promise.all(Array.from({ length: 20 }, (_, id) => step(id)));
        expect(begun).toBe(20);
        expect(await store.read((view) => view.count(people, { index: 'byUnit' }))).toBe(20);
        expect((await getPerson(7))?.note).toBe('一二');
      });

      it('gives each of many who come at the same time what the one before has left', async () => {
        const step = (i: number): Promise<void> =>
          store.transaction(causeOf(String(i)), async (tx) => {
            const { note } = await tx.getOrInsert(people, personOf(1, { note: '' }));
            await tx.put(people, personOf(1, { note: `${note}|` }));
          });
        await Promise.all(Array.from({ length: 6 }, (_, i) => step(i)));
        expect((await getPerson(1))?.note).toBe('||||||');
      });
    });

    describe('append-only collections', () => {
      const event = { person: 1, seq: 1, what: '提交' };
      const put = (): Promise<void> => store.transaction(causeOf('event'), (tx) => tx.put(events, event));

      it('refuse a second put of the same key, also within one transaction', async () => {
        await put();
        expect(await put().catch(faultOf)).toBe('append-only');
        const twice = store.transaction(causeOf('event'), async (tx) => {
          await tx.put(events, { ...event, seq: 2 });
          await tx.put(events, { ...event, seq: 2 });
        });
        expect(await twice.catch(faultOf)).toBe('append-only');
        expect(await store.read((view) => view.count(events, {}))).toBe(1);
      });

      it('refuse removal', async () => {
        await put();
        expect(await store.transaction(causeOf('x'), (tx) => tx.remove(events, '1:1')).catch(faultOf)).toBe(
          'append-only',
        );
        expect(await store.read((view) => view.get(events, '1:1'))).toEqual(event);
      });
    });

    describe('queries', () => {
      const rows = [
        ...Array.from({ length: 40 }, (_, i) => personOf(i + 1, i % 5 === 0 ? { note: `n${i % 3}` } : {})),
        personOf(100, { age: null }),
        personOf(101, { age: null, unit: '' }),
        personOf(-3, { age: -5, active: false }),
      ];
      const queries: Query[] = [
        {},
        { order: 'desc' },
        { from: 10 },
        { to: 10 },
        { from: 5, to: 12, order: 'desc' },
        { equals: [7] },
        { equals: [77] },
        { from: 12, to: 5 },
        { index: 'byUnit' },
        { index: 'byUnit', equals: ['教务处'] },
        { index: 'byUnit', equals: ['教务处'], from: 33 },
        { index: 'byUnit', equals: ['教务处'], from: 33, to: 34, order: 'desc' },
        { index: 'byUnit', equals: ['教务处'], to: null },
        { index: 'byUnit', equals: ['教务处', 34] },
        { index: 'byUnit', equals: ['没有'] },
        { index: 'byUnit', from: '人', to: '教' },
        { index: 'byActive', equals: [false] },
        { index: 'byActive', equals: [true], from: '干部2', to: '干部3', order: 'desc' },
        { index: 'byNote', equals: [null] },
        { index: 'byNote', from: 'n1' },
        { index: 'byNote', order: 'desc' },
        { where: { age: { from: 33, to: 34 } } },
        { where: { age: { to: 31 } }, order: 'desc' },
        { where: { note: { in: ['n1', 'n2'] }, active: { from: true, to: true } } },
        { where: { id: { in: [] } } },
        { where: { id: { in: [30, 7, 7, 100, 5] } }, order: 'desc' },
        { index: 'byUnit', where: { unit: { in: ['教务处', '没有', '人事处'] } } },
        { index: 'byActive', equals: [true], where: { name: { in: ['干部7', '干部30'], to: '干部5' } } },
        { index: 'byUnit', equals: ['教务处'], where: { id: { in: [2, 3, 4, 77], from: 3 } } },
        { index: 'byUnit', from: '人', where: { name: { to: '干部3' }, age: { from: null } }, order: 'desc' },
      ];
      beforeEach(() => putAll(...rows));

      it.each(queries)('%j finds the rows in order, whole and in pages, and counts them', async (query) => {
        const expected = findNaively(rows, people, query);
        expect((await store.read((view) => view.find(people, query))).rows).toEqual(expected);
        const { order: _, ...range } = query;
        expect(await store.read((view) => view.count(people, range))).toBe(expected.length);
        for (const limit of [1, 7, expected.length || 1]) {
          const paged: Person[] = [];
          let after: string | null = null;
          do {
            const asked: Query = { ...query, limit, after };
            const [page, picked] = await store.read((view) =>
              Promise.all([view.find(people, asked), view.pick(people, ['note', 'active', 'name'], asked)]),
            );
            expect(page.rows.length).toBeLessThanOrEqual(limit);
            expect(picked.rows).toEqual(page.rows.map(({ note = null, active, name }) => ({ note, active, name })));
            expect(picked.next).toBe(page.next);
            paged.push(...page.rows);
            after = page.next;
          } while (after !== null);
          expect(paged).toEqual(expected);
        }
      });

      it('gives a hundred rows unless told, and says where to go on', async () => {
        await putAll(...Array.from({ length: 150 }, (_, i) => personOf(1000 + i)));
        const page = await store.read((view) => view.find(people, {}));
        expect(page.rows).toHaveLength(100);
        expect(page.next).not.toBeNull();
        expect(await store.read((view) => listAll(view, people))).toHaveLength(rows.length + 150);
      });

      it.each(['asc', 'desc'] as const)('pages go on in their place while rows come and go (%s)', async (order) => {
        const query: Query = { index: 'byUnit', order, limit: 10 };
        const first = await store.read((view) => view.find(people, query));
        const expected = findNaively(rows, people, query).slice(10);
        await store.transaction(causeOf('write'), async (tx) => {
          for (const { id } of first.rows) await tx.remove(people, id);
          await tx.put(people, personOf(500, { unit: order === 'asc' ? '' : '龘', age: 0 }));
        });
        const rest = await store.read((view) => view.find(people, { ...query, limit: 100, after: first.next }));
        expect(rest.rows).toEqual(expected);
      });

      it('shows what the same transaction has written', async () => {
        const seen = await store.transaction(causeOf('own'), async (tx) => {
          await tx.put(people, personOf(1, { unit: '新' }));
          await tx.put(people, personOf(600, { unit: '新' }));
          await tx.remove(people, 100);
          return tx.pick(people, ['id'], { index: 'byUnit', equals: ['新'] });
        });
        expect(seen.rows).toEqual([{ id: 1 }, { id: 600 }]);
      });

      const totalsQueries: TotalsQuery<Person>[] = [
        { index: 'byUnit', from: 'A', groupBy: ['unit', 'active'], sum: ['age', 'id'] },
        { groupBy: ['note'], sum: ['age'] },
        { groupBy: ['note'], sum: [] },
        { groupBy: [], sum: ['id'], where: { age: { from: 32 } } },
        { index: 'byActive', equals: [true], groupBy: ['unit', 'age'], sum: ['id'] },
        { groupBy: ['age'], sum: ['id'], where: { unit: { in: ['教务处', '没有'] }, id: { to: 30 } } },
        { groupBy: ['unit'], sum: [], where: { name: { in: rows.map(({ name }) => name) } } },
        {
          groupBy: ['unit'],
          sum: [
            'id',
            { of: 'age', where: { age: { from: 32, to: 40 }, active: { from: true } } },
            { where: { id: { in: [3] } } },
          ],
        },
        { groupBy: ['active'], sum: [{ where: {} }, { where: { note: { in: [] } } }] },
      ];

      it.each(totalsQueries)('totals %j agree with adding up by hand', async (query) => {
        const { groupBy, sum } = query;
        const groups = new Map<string, Person[]>();
        for (const row of findNaively(rows, people, query)) {
          const name = JSON.stringify(groupBy.map((field) => fieldOf(row, field)));
          groups.set(name, [...(groups.get(name) ?? []), row]);
        }
        const expected = [...groups.values()].map((members) => ({
          group: groupBy.map((field) => fieldOf(members[0] ?? {}, field)),
          count: members.length,
          sums: sum.map((one) => {
            const { of: field, where } = typeof one === 'string' ? { of: one, where: {} } : one;
            return findNaively(members, people, { where }).reduce(
              (total, row) => total + (field === undefined ? 1 : Number(fieldOf(row, field))),
              0,
            );
          }),
        }));
        const ordered = (list: typeof expected) =>
          [...list].sort((a, b) =>
            a.group.reduce<number>((order, value, i) => order || compare(value, b.group[i] ?? null), 0),
          );
        const totals = await store.read((view) => view.totals(people, query));
        expect(ordered(groupsIn(totals))).toEqual(ordered(expected));
      });

      it('refuses what no column was declared for', async () => {
        const asked = [
          (view: Reader) => view.find(people, { where: { tags: { in: ['a'] } } }),
          (view: Reader) => view.count(people, { where: { tags: { to: 'a' } } }),
          (view: Reader) => view.totals(people, { groupBy: ['tags'], sum: [] }),
          (view: Reader) => view.totals(people, { groupBy: [], sum: [{ of: 'tags', where: {} }] }),
          (view: Reader) => view.totals(people, { groupBy: [], sum: [{ where: { tags: { to: 'a' } } }] }),
          (view: Reader) => view.pick(people, ['id', 'tags'], {}),
        ];
        for (const work of asked) await expect(store.read<unknown>(work)).rejects.toThrow('people declares no');
      });

      it('many rows at once come in the order of their keys, with what the transaction itself has written', async () => {
        const keys = ['7', '100', '77', '-3', '7'];
        const expected = [7, 100, 77, -3, 7].map((wanted) => rows.find(({ id }) => id === wanted));
        expect(await store.read((view) => view.getAll(people, keys))).toEqual(expected);
        expect(await store.read((view) => view.getAll(people, []))).toEqual([]);
        const seen = await store.transaction(causeOf('own'), async (tx) => {
          await tx.put(people, personOf(77));
          await tx.remove(people, 7);
          return tx.getAll(people, keys);
        });
        expect(seen).toEqual([undefined, expected[1], personOf(77), expected[3], undefined]);
      });

      it('numbers that are asked for at once are different, in order, and known to be new', async () => {
        const drawn = await store.transaction(causeOf('many'), async (tx) => {
          const numbers: number[] = [];
          for (const count of [1, 30, 2, 70]) {
            const some = await Promise.all(Array.from({ length: count }, () => tx.nextNumber('letters')));
            numbers.push(...some);
            await Promise.all(some.map((id) => tx.put(letters, { id, blobs: [] })));
          }
          return numbers;
        });
        expect(drawn).toHaveLength(103);
        expect(drawn).toEqual([...new Set(drawn)].sort((a, b) => a - b));
        expect(await store.read((view) => view.count(letters, {}))).toBe(103);
      });

      it('a row that was just written is counted for what it is now', async () => {
        const totals = await store.transaction(causeOf('own'), async (tx) => {
          await tx.put(people, personOf(1, { unit: '新', age: 7 }));
          return tx.totals(people, { groupBy: ['unit'], sum: ['age'], where: { unit: { in: ['新'] } } });
        });
        expect(totals).toEqual({ groups: [['新']], counts: [1], sums: [[7]] });
      });

      it('totals of nothing are no groups; totals without a group are one', async () => {
        const none = { index: 'byUnit', equals: ['没有'], groupBy: ['unit'], sum: ['id'] } as const;
        expect(await store.read((view) => view.totals(people, none))).toEqual({ groups: [[]], counts: [], sums: [[]] });
        const all = { groupBy: [], sum: ['id'] } as const;
        expect(await store.read((view) => view.totals(people, { ...none, ...all }))).toEqual({
          groups: [],
          counts: [],
          sums: [[]],
        });
        expect(await store.read((view) => view.totals(people, { groupBy: [], sum: [] }))).toEqual({
          groups: [],
          counts: [rows.length],
          sums: [],
        });
      });
    });

    describe('transactions', () => {
      it('a throw undoes everything and is passed on', async () => {
        await putAll(personOf(1), personOf(2));
        const error = await putThenThrow(personOf(2, { unit: '改' }), personOf(3));
        expect(error).toEqual(new Error('no'));
        await reopen();
        expect(await store.read((view) => listAll(view, people))).toEqual([personOf(1), personOf(2)]);
        expect(await store.read((view) => view.count(people, { index: 'byUnit', equals: ['改'] }))).toBe(0);
        // A gap is allowed.
        expect(await store.transaction(causeOf('n'), (tx) => tx.nextNumber('n'))).toBeGreaterThanOrEqual(1001);
        expect(await listRecords(store)).toHaveLength(2);
      });

      it('no update is lost when many count up the same row at once', async () => {
        await putAll(personOf(1, { age: 0 }));
        await Promise.all(
          Array.from({ length: 50 }, (_, i) =>
            store.transaction(causeOf(String(i)), async (tx) => {
              const row = await tx.get(people, 1);
              if (row !== undefined) await tx.put(people, { ...row, age: (row.age ?? 0) + 1 });
            }),
          ),
        );
        expect((await getPerson(1))?.age).toBe(50);
      });

      it('two that look at each other do not both write (write skew)', async () => {
        await putAll(personOf(1), personOf(2));
        const leave = (id: number): Promise<void> =>
          store.transaction(causeOf(String(id)), async (tx) => {
            const present = await tx.count(people, { index: 'byActive', equals: [true] });
            if (present > 1) await tx.put(people, personOf(id, { active: false }));
          });
        await Promise.all([leave(1), leave(2)]);
        expect(await store.read((view) => view.count(people, { index: 'byActive', equals: [true] }))).toBe(1);
      });

      it('a read never sees half of a transaction', async () => {
        await putAll(personOf(1, { age: 0 }), personOf(2, { age: 0 }));
        const writes = Array.from({ length: 20 }, (_, i) =>
          putAll(personOf(1, { age: i + 1 }), personOf(2, { age: i + 1 })),
        );
        const reads = Array.from({ length: 20 }, () =>
          store.read(async (view) => [(await view.get(people, 1))?.age, (await view.get(people, 2))?.age]),
        );
        for (const [a, b] of await Promise.all(reads)) expect(a).toBe(b);
        await Promise.all(writes);
      });

      it('leaves one trace, however often its work was run', async () => {
        await putAll(personOf(1, { age: 0 }));
        let runs = 0;
        const count = (): Promise<number> =>
          store.transaction(causeOf('again'), async (tx) => {
            runs += 1;
            const row = await tx.get(people, 1);
            const number = await tx.nextNumber('n');
            await tx.put(
              people,
              personOf(1, { age: (row?.age ?? 0) + 1, tags: [...(row?.tags ?? []), String(number)] }),
            );
            return number;
          });
        const numbers = await Promise.all(Array.from({ length: 12 }, count));
        expect(runs).toBeGreaterThanOrEqual(12);
        const row = await getPerson(1);
        expect(row?.age).toBe(12);
        expect(row?.tags.toSorted()).toEqual(numbers.map(String).toSorted());
        expect(await listRecords(store)).toHaveLength(13);
      });

      it('is of no use after its end', async () => {
        let kept: { late(): Promise<unknown> } = { late: () => Promise.resolve() };
        await store.transaction(causeOf('1'), async (tx) => {
          kept = { late: () => tx.put(people, personOf(1)) };
        });
        await expect(kept.late()).rejects.toThrow(/ended/);
        await store.read(async (view) => {
          kept = { late: () => view.get(people, 1) };
        });
        await expect(kept.late()).rejects.toThrow(/ended/);
        expect(await getPerson(1)).toBeUndefined();
      });

      it('everything is there after closing and opening again, with and without a snapshot between', async () => {
        await putAll(personOf(1), personOf(2));
        await store.snapshot();
        await putAll(personOf(2, { unit: '后' }), personOf(3));
        await store.transaction(causeOf('x'), (tx) => tx.remove(people, 1));
        await reopen();
        expect(await store.read((view) => listAll(view, people))).toEqual([personOf(2, { unit: '后' }), personOf(3)]);
        await reopen();
        expect(await store.read((view) => view.count(people, { index: 'byUnit', equals: ['后'] }))).toBe(1);
      });

      it('refuses to work when it is closed', async () => {
        await store.close();
        expect(store.status().ready).toBe(false);
        expect(await putAll(personOf(1)).catch(faultOf)).toBe('unavailable');
        expect(await getPerson(1).catch(faultOf)).toBe('unavailable');
        await store.close();
      });
    });

    describe('sequences', () => {
      it('begin at 1001, apart from each other, and never repeat', async () => {
        const draw = (sequence: string): Promise<number> =>
          store.transaction(causeOf('n'), (tx) => tx.nextNumber(sequence));
        expect(await draw('a')).toBe(1001);
        expect(await Promise.all([draw('a'), draw('b'), draw('a')])).toEqual([1002, 1001, 1003]);
        await reopen();
        expect(await draw('a')).toBe(1004);
        await store.snapshot();
        await reopen();
        expect(await draw('a')).toBe(1005);
        const two = await store.transaction(causeOf('n'), async (tx) => [
          await tx.nextNumber('a'),
          await tx.nextNumber('a'),
        ]);
        expect(two).toEqual([1006, 1007]);
      });

      it('are known by name once they were drawn from', async () => {
        expect(await store.numbers()).toEqual(new Map());
        await store.transaction(causeOf('1'), async (tx) => {
          for (const sequence of ['a', 'a', '序']) await tx.nextNumber(sequence);
        });
        await reopen();
        expect(await store.numbers()).toEqual(
          new Map([
            ['a', 1002],
            ['序', 1001],
          ]),
        );
      });

      it('can be looked at without drawing', async () => {
        const look = (): Promise<number> => store.read((view) => view.lastNumber('a'));
        expect(await look()).toBe(1000);
        await store.transaction(causeOf('n'), async (tx) => {
          expect(await tx.lastNumber('a')).toBe((await tx.nextNumber('a')) - 1);
          expect(await tx.lastNumber('a')).toBe(1001);
        });
        await reopen();
        expect(await look()).toBe(1001);
      });
    });

    describe('the audit chain', () => {
      it('is empty at first', async () => {
        expect(await listRecords(store)).toEqual([]);
        expect(await store.read((view) => view.auditHead())).toEqual({ n: 0, hash: '0'.repeat(64) });
      });

      it('records who, why and every change of the ledger, joined by hashes that anybody can compute', async () => {
        await putAll(personOf(1));
        const head = await store.transaction(causeOf('second'), async (tx) => {
          tx.attribute({ actor: 'E2002', what: '审核' });
          await tx.put(people, personOf(2));
          await tx.put(claims, { id: 'om_1', at: 'x' });
          await tx.put(people, personOf(1, { unit: '改' }));
          await tx.put(people, personOf(2, { unit: '再改' }));
          await tx.nextNumber('n');
          return tx.auditHead();
        });
        await store.transaction(causeOf('third'), (tx) => tx.remove(people, 2));
        const records = await listRecords(store);
        expect(records.map(({ n }) => n)).toEqual([1, 2, 3]);
        expect(head).toEqual({ n: 1, hash: records[0]?.hash });
        expect(records[1]?.cause).toEqual({ ...causeOf('second'), actor: 'E2002', what: '审核' });
        expect(records[1]?.changes).toEqual([
          { collection: 'people', key: '2', to: personOf(2, { unit: '再改' }) },
          { collection: 'people', key: '1', to: personOf(1, { unit: '改' }) },
        ]);
        expect(records[2]?.changes).toEqual([{ collection: 'people', key: '2', to: null }]);
        let prev = '0'.repeat(64);
        for (const { n, cause, changes, prev: previous, hash } of records) {
          expect(previous).toBe(prev);
          prev = createHash('sha256')
            .update(JSON.stringify([n, cause, changes, previous]))
            .digest('hex');
          expect(hash).toBe(prev);
        }
        expect(await store.read((view) => view.auditHead())).toEqual({ n: 3, hash: prev });
      });

      it('gives the newest records first, page by page, across snapshots and reopening', async () => {
        expect(await store.recentAuditRecords({ limit: 3 })).toEqual([]);
        for (let i = 1; i <= 11; i += 1) {
          await putAll(personOf(i));
          if (i % 4 === 0) await store.snapshot();
        }
        const all = (await listRecords(store)).reverse();
        expect(await store.recentAuditRecords({ limit: 100 })).toEqual(all);
        for (const limit of [1, 3, 4, 5, 11]) {
          const paged: AuditRecord[] = [];
          for (let before: number | undefined; ; before = paged.at(-1)?.n) {
            const page = await store.recentAuditRecords({ limit, ...(before === undefined ? {} : { before }) });
            if (page.length === 0) break;
            expect(page.length).toBeLessThanOrEqual(limit);
            paged.push(...page);
          }
          expect(paged).toEqual(all);
        }
        expect(await store.recentAuditRecords({ limit: 5, before: 1 })).toEqual([]);
      });

      it.each(['message', 'action', 'event', 'job', 'cli'] as const)(
        'records a transaction by %s even when it changes nothing of the ledger',
        async (via) => {
          await store.transaction(causeOf('1', via), (tx) => tx.put(claims, { id: '1', at: 'x' }));
          await store.transaction(causeOf('2', via), async () => undefined);
          expect((await listRecords(store)).map(({ changes }) => changes)).toEqual([[], []]);
        },
      );

      it.each(['outbox', 'simulator'] as const)('records a transaction by %s only for the ledger', async (via) => {
        await store.transaction(causeOf('1', via), (tx) => tx.put(claims, { id: '1', at: 'x' }));
        await store.transaction(causeOf('2', via), async () => undefined);
        expect(await listRecords(store)).toEqual([]);
        await store.transaction(causeOf('3', via), (tx) => tx.put(people, personOf(1)));
        expect(await listRecords(store)).toHaveLength(1);
        await reopen();
        expect(await store.read((view) => view.get(claims, '1'))).toEqual({ id: '1', at: 'x' });
      });

      it('can be read from any record on, across snapshots', async () => {
        for (let i = 1; i <= 9; i += 1) {
          await putAll(personOf(i));
          if (i % 3 === 0) await store.snapshot();
          if (i % 4 === 0) await reopen();
        }
        for (const from of [1, 3, 4, 5, 9, 10]) {
          const expected = Array.from({ length: Math.max(0, 10 - from) }, (_, i) => from + i);
          expect((await listRecords(store, from)).map(({ n }) => n)).toEqual(expected);
        }
      });

      it('gives its last records newest first, page by page, across snapshots and long rows', async () => {
        expect(await store.recentAuditRecords({ limit: 5 })).toEqual([]);
        for (let i = 1; i <= 9; i += 1) {
          await putAll(personOf(i, i % 2 === 0 ? { unit: '处'.repeat(50_000) } : {}));
          if (i % 3 === 0) await store.snapshot();
          if (i % 4 === 0) await reopen();
        }
        const newestFirst = (await listRecords(store)).reverse();
        for (const limit of [1, 2, 5, 9, 100]) {
          for (const before of [1, 2, 4, 5, 9, 10, 99]) {
            const expected = newestFirst.filter(({ n }) => n < before).slice(0, limit);
            expect(await store.recentAuditRecords({ limit, before })).toEqual(expected);
          }
          expect(await store.recentAuditRecords({ limit })).toEqual(newestFirst.slice(0, limit));
        }
      });
    });

    describe('blobs', () => {
      it('are found by the hash of their content', async () => {
        const bytes = Buffer.from('学习体会：……');
        const hash = await store.blobs.put(bytes);
        expect(hash).toBe(createHash('sha256').update(bytes).digest('hex'));
        expect(await store.blobs.put(bytes)).toBe(hash);
        await reopen();
        expect(Buffer.from((await store.blobs.get(hash)) ?? [])).toEqual(bytes);
        const empty = await store.blobs.put(new Uint8Array());
        expect(await store.blobs.get(empty)).toHaveLength(0);
        expect([...(await store.blobs.list())].sort()).toEqual([hash, empty].sort());
      });

      it('are gone when removed; what is no hash is not there', async () => {
        const hash = await store.blobs.put(Buffer.from('x'));
        await store.blobs.remove(hash);
        await store.blobs.remove(hash);
        expect(await store.blobs.list()).toEqual([]);
        expect(await store.blobs.get(hash)).toBeUndefined();
        expect(await store.blobs.get('../../etc/passwd')).toBeUndefined();
        await store.blobs.remove('../../etc/passwd');
      });

      const isThere = async (hash: string): Promise<boolean> => (await store.blobs.get(hash)) !== undefined;
      const write = (id: number, ...blobs: readonly string[]): Promise<void> =>
        store.transaction(causeOf('letter'), (tx) => tx.put(letters, { id, blobs: [...blobs] }));

      it('are swept when no row names them for a day', async () => {
        const [named, other, alone, left] = [
          await store.blobs.put(Buffer.from('named')),
          await store.blobs.put(Buffer.from('named, too')),
          await store.blobs.put(Buffer.from('alone')),
          await store.blobs.put(Buffer.from('left')),
        ];
        await write(1, named, other);
        await write(2, left);
        await harness.ageBlobs(23);
        expect(await store.sweepBlobs()).toBe(0);
        await harness.ageBlobs(25);
        expect(await store.sweepBlobs()).toBe(1);
        await write(2);
        await reopen();
        expect(await store.sweepBlobs()).toBe(1);
        expect(await store.sweepBlobs()).toBe(0);
        expect(await Promise.all([named, other, alone, left].map(isThere))).toEqual([true, true, false, false]);
      });

      it('are young again when they are put again, also in the middle of a sweep', async () => {
        const bytes = Array.from({ length: 40 }, (_, i) => Buffer.from(`text ${i}`));
        const hashes = await Promise.all(bytes.map((one) => store.blobs.put(one)));
        await harness.ageBlobs(25);
        const sweeps = [store.sweepBlobs(), store.sweepBlobs()];
        await Promise.all(bytes.map((one) => store.blobs.put(one)));
        await write(1, ...hashes);
        await Promise.all(sweeps);
        expect(await Promise.all(hashes.map(isThere))).toEqual(hashes.map(() => true));
      });
    });

    describe('backup and restore', () => {
      it('brings back rows, numbers, records and blobs of the moment of the backup', async () => {
        await putAll(personOf(1));
        await store.snapshot();
        await putAll(personOf(2));
        await store.transaction(causeOf('n'), (tx) => tx.nextNumber('n'));
        const blob = await store.blobs.put(Buffer.from('体会'));
        const backup = join(harness.scratch, 'backup');
        const made = await store.backup(backup);
        expect(made).toEqual({ records: 3, head: await store.read((view) => view.auditHead()) });
        await putAll(personOf(3));
        await store.blobs.remove(blob);
        await store.close();
        await harness.restore(backup);
        store = await harness.open();
        expect(await store.read((view) => listAll(view, people))).toEqual([personOf(1), personOf(2)]);
        expect(await store.read((view) => view.auditHead())).toEqual(made.head);
        expect(await listRecords(store)).toHaveLength(3);
        expect(await store.transaction(causeOf('n'), (tx) => tx.nextNumber('n'))).toBe(1002);
        expect(Buffer.from((await store.blobs.get(blob)) ?? []).toString()).toBe('体会');
        expect((await verifyStore(store, contractCollections)).problems).toEqual([]);
      });

      it('is consistent while transactions go on', async () => {
        const backup = join(harness.scratch, 'busy');
        const writes = Array.from({ length: 200 }, (_, i) => putAll(personOf(2 * i), personOf(2 * i + 1)));
        const made = await store.backup(backup);
        await Promise.all(writes);
        await store.close();
        await harness.restore(backup);
        store = await harness.open();
        expect(await store.read((view) => view.count(people, {}))).toBe(2 * made.records);
        expect((await verifyStore(store, contractCollections)).problems).toEqual([]);
      });

      it('does not write into a folder that is not empty', async () => {
        await putAll(personOf(1));
        const backup = join(harness.scratch, 'twice');
        await store.backup(backup);
        const before = await readdir(backup, { recursive: true });
        await expect(store.backup(backup)).rejects.toBeInstanceOf(StoreError);
        expect(await readdir(backup, { recursive: true })).toEqual(before);
        await access(backup);
      });
    });

    describe('random histories', () => {
      it('leave the same rows as a plain map does, in every order, and a ledger that verifies', async () => {
        await fc.assert(
          fc.asyncProperty(historySteps, async (steps) => {
            const own = await makeHarness(contractCollections);
            let opened = await own.open();
            try {
              let model = emptyModel;
              for (const current of steps) {
                if (current.type === 'snapshot') await opened.snapshot();
                if (current.type === 'reopen') {
                  await opened.close();
                  opened = await own.open();
                }
                if (current.type === 'transaction') model = await playTransaction(opened, current, model);
              }
              const rows = [...model.people.values()];
              for (const query of [{}, { index: 'byUnit' }, { index: 'byActive', order: 'desc' as const }]) {
                const expected = findNaively(rows, people, query);
                expect(await opened.read((view) => listAll(view, people, query))).toEqual(expected);
              }
              expect(await opened.read((view) => view.count(claims, {}))).toBe(model.claims.size);
              expect(await opened.read((view) => view.count(events, {}))).toBe(model.seq);
              expect((await verifyStore(opened, contractCollections)).problems).toEqual([]);
            } finally {
              await opened.close();
              await own.remove();
            }
          }),
          { numRuns: 60 },
        );
      });
    });
  });
}

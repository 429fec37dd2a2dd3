import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { openPostgresStore } from '../../../src/store/postgres/open.ts';
import { listAll, type Store } from '../../../src/store/store.ts';
import { verifyStore } from '../../../src/store/verify.ts';
import { createTestDatabase, type TestDatabase } from '../../support/postgres-database.ts';
import { causeOf, claims, contractCollections, events, people, personOf } from '../../support/store-samples.ts';

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase(inject('postgres'));
});
afterEach(() => database.drop());

/** As many stores as there would be processes: each with connections, numbers and a sealer of its own. */
const openStores = (institution: string, count: number): Promise<Store[]> =>
  Promise.all(
    Array.from({ length: count }, () =>
      openPostgresStore({
        url: database.url,
        adminUrl: database.adminUrl,
        institution,
        collections: contractCollections,
        connections: 4,
      }),
    ),
  );

/** One step of a history: what a message, a pump, a job or a booking does to the ledger. */
const step = fc.record({
  process: fc.nat({ max: 2 }),
  what: fc.constantFrom('claim', 'draw', 'book', 'transfer', 'seal'),
  id: fc.nat({ max: 4 }),
});

describe('random histories of three processes', () => {
  it('claim nothing twice, draw no number twice, lose no update, and leave a chain that verifies', async () => {
    let round = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60 }), async (steps) => {
        round += 1;
        const stores = await openStores(`round-${round}`, 3);
        const store = stores[0] as Store;
        await store.transaction(causeOf('start'), async (tx) => {
          for (let id = 0; id < 5; id += 1) await tx.put(people, personOf(id, { age: 100 }));
        });
        const drawn: number[] = [];
        const claimed: number[] = [];
        await Promise.all(
          steps.map(async ({ process, what, id }, n) => {
            const own = stores[process] as Store;
            if (what === 'seal') return own.read((view) => view.auditHead());
            return (
              own
                .transaction(causeOf(`${n}`), async (tx) => {
                  if (what === 'claim') {
                    if ((await tx.get(claims, String(id))) !== undefined) return;
                    await tx.put(claims, { id: String(id), at: String(n) });
                    return () => claimed.push(id);
                  }
                  if (what === 'draw') {
                    const number = await tx.nextNumber('n');
                    return () => drawn.push(number);
                  }
                  if (what === 'book') {
                    const seq = (await tx.count(events, { equals: [id] })) + 1;
                    await tx.put(events, { person: id, seq, what: String(n) });
                    return;
                  }
                  const other = (id + 1) % 5;
                  const [from, to] = [await tx.get(people, id), await tx.get(people, other)];
                  if (from === undefined || to === undefined || (from.age ?? 0) <= 0) return undefined;
                  await tx.put(people, { ...from, age: (from.age ?? 0) - 1 });
                  await tx.put(people, { ...to, age: (to.age ?? 0) + 1 });
                  return undefined;
                })
                // Only what the last run of the work says counts.
                .then((effect) => effect?.())
            );
          }),
        );
        expect(new Set(drawn).size).toBe(drawn.length);
        expect(new Set(claimed).size).toBe(claimed.length);
        const rows = await store.read((view) => listAll(view, people));
        expect(rows.reduce((sum, { age }) => sum + (age ?? 0), 0)).toBe(500);
        for (let id = 0; id < 5; id += 1) {
          const booked = await store.read((view) => listAll(view, events, { equals: [id] }));
          expect(booked.map(({ seq }) => seq)).toEqual(booked.map((_, i) => i + 1));
          expect(booked).toHaveLength(steps.filter(({ what, id: booker }) => what === 'book' && booker === id).length);
        }
        const report = await verifyStore(store, contractCollections);
        expect(report.problems).toEqual([]);
        expect(report.records).toBe(1 + steps.filter(({ what }) => what !== 'seal').length);
        await Promise.all(stores.map((one) => one.close()));
      }),
      { numRuns: 4 },
    );
  }, 120_000);

  it('give each view a head that goes with its rows, while others write without a pause', async () => {
    const stores = await openStores('busy', 3);
    let isOver = false;
    const writing = stores.slice(1).map(async (store, process) => {
      for (let n = 0; !isOver; n += 1) {
        await store.transaction(causeOf(`${process}-${n}`), (tx) => tx.put(people, personOf(process * 100_000 + n)));
      }
    });
    const reader = stores[0] as Store;
    for (let i = 0; i < 20; i += 1) {
      const { n, rows } = await reader.read(async (view) => ({
        rows: await view.count(people, {}),
        n: (await view.auditHead()).n,
      }));
      expect(n).toBe(rows);
    }
    expect((await verifyStore(reader, contractCollections)).problems).toEqual([]);
    isOver = true;
    await Promise.all(writing);
    await Promise.all(stores.map((store) => store.close()));
  });
});

import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { defineCollection } from '../../src/domain/collection.ts';
import { rehearse } from '../../src/store/rehearsal.ts';
import { type Cause, listAll, type Query, type Transaction } from '../../src/store/store.ts';
import { groupsIn } from '../support/groups-in.ts';
import { openTemporaryStore, type TemporaryStore } from '../support/temporary-store.ts';

const things = defineCollection({
  name: 'things',
  schema: z.object({
    id: z.string(),
    group: z.union([z.string(), z.null()]),
    rank: z.union([z.number(), z.boolean(), z.string(), z.null()]),
  }),
  key: ['id'],
  indexes: { byGroup: ['group', 'rank'] },
});

const cause: Cause = { actor: 'system', via: 'job', what: 'test', ref: '', at: '2026-11-20T01:00:00.000Z' };
const groups = fc.constantFrom('a', 'b', null);
const ranks = fc.constantFrom(null, false, true, 1, 2, 10, 'x', 'y');
const row = fc.record({ id: fc.constantFrom('1', '2', '3', '4', '5', '10'), group: groups, rank: ranks });
const step = fc.oneof(fc.record({ put: row }), fc.record({ remove: fc.constantFrom('1', '2', '3', '4', '5', '10') }));
const query: fc.Arbitrary<Query> = fc.oneof(
  fc.record(
    {
      order: fc.constantFrom('asc', 'desc'),
      where: fc.record({ id: fc.record({ in: fc.subarray(['1', '3', '5', '10']) }), rank: fc.record({ from: ranks }) }),
    },
    { requiredKeys: [] },
  ),
  fc.record(
    {
      index: fc.constant('byGroup'),
      equals: fc.tuple(groups),
      from: ranks,
      to: ranks,
      order: fc.constantFrom('asc', 'desc'),
    },
    { requiredKeys: ['index', 'equals'] },
  ),
);

let home: TemporaryStore;

beforeAll(async () => {
  home = await openTemporaryStore([things]);
  await home.store.transaction(cause, async (tx) => {
    await tx.put(things, { id: '1', group: 'a', rank: 2 });
    await tx.put(things, { id: '2', group: 'a', rank: 1 });
    await tx.put(things, { id: '3', group: null, rank: null });
  });
});

afterAll(() => home.remove());

test('a rehearsal finds what a real transaction would find, and leaves nothing behind', async () => {
  const before = await home.store.read((view) => listAll(view, things));
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), query, async (steps, wanted) => {
      const perform = async (tx: Transaction) => {
        for (const one of steps) await ('put' in one ? tx.put(things, one.put) : tx.remove(things, one.remove));
        const gets = await Promise.all(['1', '3', '10'].map((key) => tx.get(things, key)));
        const all = await tx.getAll(things, ['10', '2', '7']);
        const totals = await tx.totals(things, { ...wanted, groupBy: ['group'], sum: [] });
        const sums = groupsIn(totals)
          .map((one) => JSON.stringify(one))
          .sort();
        return { found: await listAll(tx, things, wanted), count: await tx.count(things, wanted), gets, all, sums };
      };
      let real: unknown;
      const undone = home.store.transaction(cause, async (tx) => {
        real = await perform(tx);
        throw new Error('undo');
      });
      await expect(undone).rejects.toThrow('undo');
      expect(await home.store.read((view) => perform(rehearse(view, cause)))).toEqual(real);
    }),
  );
  expect(await home.store.read((view) => listAll(view, things))).toEqual(before);
});

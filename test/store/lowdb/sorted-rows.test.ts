import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SortedRows } from '../../../src/store/lowdb/sorted-rows.ts';

interface Item {
  readonly group: string;
  readonly id: number;
}

const compare = (a: Item, b: Item): number => (a.group === b.group ? a.id - b.id : a.group < b.group ? -1 : 1);

const listAll = (rows: SortedRows): object[] => [...rows.pieces({ block: 0, at: 0 }, rows.seek([], true))].flat();

describe('sorted rows', () => {
  it('stay in order while thousands come and go, as a plainly sorted list does', () => {
    const item = fc.record({ group: fc.constantFrom('a', 'b', 'c'), id: fc.integer({ min: 0, max: 5000 }) });
    fc.assert(
      fc.property(
        fc.uniqueArray(item, { minLength: 1500, maxLength: 4000, selector: ({ group, id }) => `${group}${id}` }),
        fc.boolean(),
        (items, isFilled) => {
          const rows = new SortedRows(['group', 'id']);
          if (isFilled) rows.fill([...items]);
          else for (const one of items) rows.add(one);
          expect(listAll(rows)).toEqual([...items].sort(compare));
          const kept = items.filter((_, i) => i % 3 === 0);
          for (const [i, one] of items.entries()) if (i % 3 !== 0) rows.remove(one);
          const sorted = kept.sort(compare);
          expect(listAll(rows)).toEqual(sorted);
          const [from, to] = [rows.seek(['b'], false), rows.seek(['b'], true)];
          const expected = sorted.filter(({ group }) => group === 'b');
          expect(rows.countBetween(from, to)).toBe(expected.length);
          expect([...rows.pieces(from, to, true)].flat()).toEqual(expected.reverse());
          for (const one of kept) rows.remove(one);
          expect(listAll(rows)).toEqual([]);
        },
      ),
      { numRuns: 15 },
    );
  });

  it('move a row whose place changes and keep one whose place does not', () => {
    const rows = new SortedRows(['group', 'id']);
    const items = Array.from({ length: 3000 }, (_, id) => ({ group: 'a', id, note: '' }));
    for (const one of items) rows.add(one);
    rows.replace(items[10] ?? {}, { group: 'a', id: 10, note: 'new' });
    rows.replace(items[11] ?? {}, { group: 'b', id: 11, note: 'new' });
    const all = listAll(rows);
    expect(all[10]).toEqual({ group: 'a', id: 10, note: 'new' });
    expect(all[11]).toBe(items[12]);
    expect(all.at(-1)).toEqual({ group: 'b', id: 11, note: 'new' });
    expect(all).toHaveLength(3000);
  });

  it('a view does not follow later changes', () => {
    const rows = new SortedRows(['id']);
    for (let id = 0; id < 2000; id += 1) rows.add({ id });
    const view = rows.view();
    rows.remove({ id: 5 });
    rows.add({ id: -1 });
    expect(view.flat()).toEqual(Array.from({ length: 2000 }, (_, id) => ({ id })));
  });
});

import type { IndexValue } from '../../src/domain/collection.ts';
import type { Totals } from '../../src/store/store.ts';

/** What totals say of each group, group by group. */
export const groupsIn = ({ groups, counts, sums }: Totals): { group: IndexValue[]; count: number; sums: number[] }[] =>
  counts.map((count, place) => ({
    group: groups.map((values) => values[place] ?? null),
    count,
    sums: sums.map((values) => values[place] ?? Number.NaN),
  }));

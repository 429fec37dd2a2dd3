import type { IndexValue } from '../domain/collection.ts';

/** What stands in a row under a field; an absent optional field counts as null. */
export type Row = object;
export const fieldOf = (row: Row, field: string): IndexValue =>
  (row as Record<string, IndexValue | undefined>)[field] ?? null;

const rankOf = (value: IndexValue): number => {
  if (value === null) return 0;
  if (value === false) return 1;
  if (value === true) return 2;
  return typeof value === 'number' ? 3 : 4;
};

/** The order of index values: null < false < true < numbers < text, text by code unit. */
export function compareValues(a: IndexValue, b: IndexValue): number {
  if (a === b) return 0;
  if ((typeof a === 'string' && typeof b === 'string') || (typeof a === 'number' && typeof b === 'number')) {
    return a < b ? -1 : 1;
  }
  return rankOf(a) - rankOf(b);
}

export function compareTuples(a: readonly IndexValue[], b: readonly IndexValue[]): number {
  for (const [i, value] of a.entries()) {
    const order = compareValues(value, b[i] ?? null);
    if (order !== 0) return order;
  }
  return 0;
}

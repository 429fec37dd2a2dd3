import type { IndexValue } from '../../domain/collection.ts';
import type { Totals, TotalsQuery } from '../store.ts';
import type { Lists } from './queries.ts';
import { unsortable } from './sortable.ts';

/** Totals as the port gives them, from lists `g0 …`, `count`, and `s0 …`; a total of no rows is no group. */
export function totalsOf(lists: Lists, { groupBy, sum }: Pick<TotalsQuery<never>, 'groupBy' | 'sum'>): Totals {
  const isNothing = groupBy.length === 0 && lists['count']?.[0] === 0;
  const numbersOf = (name: string): number[] => (isNothing ? [] : ((lists[name] ?? []) as number[]));
  return {
    groups: groupBy.map((_, i) => valuesOf(lists, `g${i}`)),
    counts: numbersOf('count'),
    sums: sum.map((_, i) => numbersOf(`s${i}`)),
  };
}

/** Rows with the fields of the lists `f0 …`, from one of them on. */
export function rowsOf(lists: Lists, fields: readonly string[], from = 0): Record<string, IndexValue>[] {
  const columns = fields.map((field, i) => [field, valuesOf(lists, `f${i}`, from)] as const);
  return (columns[0]?.[1] ?? []).map((_, row) => {
    const picked: Record<string, IndexValue> = {};
    for (const [field, values] of columns) picked[field] = values[row] ?? null;
    return picked;
  });
}

/** A column as its rows hold it. */
const valuesOf = (lists: Lists, name: string, from = 0): IndexValue[] =>
  (lists[name] ?? []).slice(from).map((value) => (typeof value === 'string' ? unsortable(value) : value));

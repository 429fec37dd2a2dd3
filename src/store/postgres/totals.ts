import type { IndexValue } from '../../domain/collection.ts';
import type { TotalsQuery, TotalsRow } from '../store.ts';
import type { Lists } from './queries.ts';
import { unsortable } from './sortable.ts';

/** Groups as the port gives them, from lists `g0 …`, `count` and `s0 …`; a total of no rows is no group. */
export function groupsOf(
  lists: Lists,
  { groupBy, sum, distinct }: Pick<TotalsQuery<never>, 'groupBy' | 'sum' | 'distinct'>,
): TotalsRow[] {
  const groups = groupBy.map((_, i) => valuesOf(lists, `g${i}`));
  const sums = sum.map((_, i) => lists[`s${i}`] ?? []);
  const different = distinct === undefined ? null : (lists['distinct'] ?? []);
  return (lists['count'] ?? [])
    .map((count, row) => ({
      group: groups.map((values) => values[row] ?? null),
      count: Number(count),
      sums: sums.map((values) => Number(values[row])),
      ...(different === null ? {} : { distinct: Number(different[row]) }),
    }))
    .filter(({ count }) => count > 0);
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

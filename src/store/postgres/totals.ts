import type { IndexValue } from '../../domain/collection.ts';
import type { Totals, TotalsQuery } from '../store.ts';
import type { Lists } from './queries.ts';
import { unsortable } from './sortable.ts';

/** Totals as the port gives them, from lists `g0 …`, `count`, and `s0 …`; a total of no rows is no group. */
export function totalsOf(lists: Lists, { groupBy, sum }: Pick<TotalsQuery<never>, 'groupBy' | 'sum'>): Totals {
  const counts = valuesOf(lists, 'count') as number[];
  const isNothing = groupBy.length === 0 && counts[0] === 0;
  return {
    groups: groupBy.map((_, i) => valuesOf(lists, `g${i}`)),
    counts: isNothing ? [] : counts,
    sums: sum.map((_, i) => (isNothing ? [] : (valuesOf(lists, `s${i}`) as number[]))),
  };
}

/** A page of rows with some of the fields of the lists `f0 …`, and with all of them its last row, if there is one behind it. */
export function rowsOf(
  lists: Lists,
  fields: readonly string[],
  all: readonly string[],
  limit: number,
): { rows: Record<string, IndexValue>[]; last: Record<string, IndexValue> | null } {
  const columns = new Map(all.map((field, i) => [field, valuesOf(lists, `f${i}`)]));
  const rowWith = (names: readonly string[]): ((row: number) => Record<string, IndexValue>) => {
    const own = names.map((name) => [name, columns.get(name) ?? []] as const);
    return (row) => {
      const picked: Record<string, IndexValue> = {};
      for (const [name, values] of own) picked[name] = values[row] ?? null;
      return picked;
    };
  };
  const count = columns.get(all[0] ?? '')?.length ?? 0;
  const rowOf = rowWith(fields);
  const rows = Array.from({ length: Math.min(count, limit) }, (_, row) => rowOf(row));
  return { rows, last: count > limit ? rowWith(all)(limit - 1) : null };
}

/** A column as its rows hold it. */
function valuesOf(lists: Lists, name: string): IndexValue[] {
  const json = lists[name] ?? null;
  if (json === null) return [];
  const values = JSON.parse(json) as IndexValue[];
  // Nearly none is spelt out: one look at the whole tells.
  const isSpelt = json.includes('\\u0001') || json.includes('\ud7ff');
  return isSpelt ? values.map((value) => (typeof value === 'string' ? unsortable(value) : value)) : values;
}

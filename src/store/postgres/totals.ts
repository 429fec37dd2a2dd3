import type { IndexValue } from '../../domain/collection.ts';
import type { TotalsQuery, TotalsRow } from '../store.ts';
import { unsortable } from './sortable.ts';

/** Groups as the port gives them, from rows with `g0 …`, `count` and `s0 …`; a total of no rows is no group. */
export const groupsOf = (
  rows: readonly Record<string, unknown>[],
  { groupBy, sum, distinct }: Pick<TotalsQuery<never>, 'groupBy' | 'sum' | 'distinct'>,
): TotalsRow[] =>
  rows
    .map((row) => ({
      group: groupBy.map((_, i) => toValue(row[`g${i}`])),
      count: Number(row['count']),
      sums: sum.map((_, i) => Number(row[`s${i}`])),
      ...(distinct === undefined ? {} : { distinct: Number(row['distinct']) }),
    }))
    .filter(({ count }) => count > 0);

const toValue = (found: unknown): IndexValue => (typeof found === 'string' ? unsortable(found) : (found as IndexValue));

import { planColumns } from './annual-plan.ts';
import { scoreColumns, signInColumns } from './class-columns.ts';
import type { TableKind } from './document-error.ts';
import { ledgerColumns } from './ledger.ts';
import { rosterColumns } from './roster.ts';
import { type Columns, nameColumns } from './table.ts';
import { timetableColumns } from './timetable.ts';
import type { Sheet } from './workbook.ts';

/** In the order in which a table that could be two is taken for one. */
const kinds: readonly (readonly [TableKind, Columns<string>])[] = [
  ['ledger', ledgerColumns],
  ['roster', rosterColumns],
  ['timetable', timetableColumns],
  ['plan', planColumns],
  ['scores', scoreColumns],
  ['sign-in', signInColumns],
];

/** Fewer known columns prove nothing, where not all that such a table must have are among them. */
const fewestTelling = 3;

/** What a workbook holds, by the columns of its best sheet: the most that are known, a complete table before others. */
export function recogniseTable(sheets: readonly Sheet[]): TableKind | null {
  let best: { readonly kind: TableKind; readonly weight: number } | null = null;
  for (const [kind, columns] of kinds) {
    const { named, isComplete } = nameColumns(sheets, columns);
    if (!isComplete && named < fewestTelling) continue;
    const weight = named + (isComplete ? 0.5 : 0);
    if (weight > (best?.weight ?? 0)) best = { kind, weight };
  }
  return best?.kind ?? null;
}

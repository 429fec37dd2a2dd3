import type { Instant } from '../domain/day.ts';
import { documentTexts } from '../texts/documents.ts';
import { ledgerColumns } from './ledger.ts';
import { ledgerLayout } from './ledger-workbook.ts';
import { rosterColumns } from './roster.ts';
import { rosterLayout } from './roster-workbook.ts';
import { type Columns, openTable, type RowFault } from './table.ts';
import type { CellValue, Sheet } from './workbook.ts';
import { type OutColumn, writeWorkbook } from './write-workbook.ts';

/**
 * The faulty rows of a file as they stand there, each with what is wrong in a column of its own: to be corrected and sent
 * in again.
 */
export function faultWorkbook(
  sheets: readonly Sheet[],
  subject: 'roster' | 'ledger',
  faults: readonly RowFault[],
  at: Instant,
): Promise<Uint8Array> {
  const [columns, layout]: [Columns<string>, readonly OutColumn[]] =
    subject === 'roster' ? [rosterColumns, rosterLayout] : [ledgerColumns, ledgerLayout];
  const pages = sheets.flatMap((sheet) => {
    const rows = new Map<number, RowFault[]>();
    for (const fault of faults)
      if (fault.sheet === sheet.name) rows.set(fault.row, [...(rows.get(fault.row) ?? []), fault]);
    const table = rows.size === 0 ? null : openTable(sheet, columns);
    if (table === null) return [];
    const names = table.keys.map((key) => columns[key]?.names[0] ?? key);
    return [
      {
        name: sheet.name,
        title: documentTexts.faultTitle,
        columns: [
          ...names.map((name) => layout.find((column) => column.name === name) ?? { name, width: 14 }),
          { name: documentTexts.rowColumn, width: 8, align: 'center' as const },
          { name: documentTexts.faultColumn, width: 60 },
        ],
        rows: [...rows].map(([row, wrong]) => [
          ...table.keys.map((key) => plainCell(table.cell(row, key))),
          row,
          wrong.map(documentTexts.faultOf).join('；'),
        ]),
      },
    ];
  });
  return writeWorkbook(pages, at);
}

const plainCell = (value: CellValue): string | number | null =>
  value instanceof Date ? value.toISOString().slice(0, 10) : typeof value === 'boolean' ? String(value) : value;

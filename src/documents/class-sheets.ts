import { documentTexts } from '../texts/documents.ts';
import { textOf } from './cells.ts';
import { OtherTableError } from './document-error.ts';
import { type Columns, openTable } from './table.ts';
import { recogniseTable } from './table-kind.ts';
import { type CellValue, readWorkbook, type Source } from './workbook.ts';

/**
 * The rows of a workbook as lines of text, which the grammar of a pasted list reads: whose (by 工号 where it stands there),
 * then the other columns. Rows without anybody are left out. Empty when no sheet has such columns.
 * @throws DocumentError, of which OtherTableError where the columns are those of another table
 */
export async function readLines<K extends string>(source: Source, columns: Columns<K>): Promise<string> {
  const sheets = await readWorkbook(source);
  const lines = sheets.flatMap((sheet) => {
    const table = openTable(sheet, columns);
    if (table === null) return [];
    const has = (key: string): key is K => table.keys.some((known) => known === key);
    const cellsOf = (row: number, keys: readonly string[]): string[] =>
      keys.filter(has).map((key) => wordsOf(table.cell(row, key)));
    return Array.from({ length: sheet.rows.length - table.firstRow }, (_, i) => {
      const row = table.firstRow + i + 1;
      const person = cellsOf(row, ['staffNo', 'name']).find((words) => words !== '');
      const others = cellsOf(
        row,
        Object.keys(columns).filter((key) => key !== 'staffNo' && key !== 'name'),
      );
      return person === undefined ? '' : [person, ...others].join(' ').trim();
    });
  });
  const said = lines.filter((line) => line !== '').join('\n');
  const kind = said === '' ? recogniseTable(sheets) : null;
  if (kind !== null) throw new OtherTableError(kind, documentTexts.otherTable[kind]);
  return said;
}

/** A moment keeps its time of day; a time alone has the day on which Excel begins to count. */
function wordsOf(cell: CellValue): string {
  if (!(cell instanceof Date) || Number.isNaN(cell.getTime())) return textOf(cell);
  const [day = '', time = ''] = cell.toISOString().split('T');
  return day < '1901' ? time.slice(0, 5) : `${day} ${time.slice(0, 5)}`;
}

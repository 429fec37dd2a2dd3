import { documentTexts } from '../texts/documents.ts';
import { runApart, serveApart } from './apart.ts';
import { DocumentError } from './document-error.ts';
import type { CellValue, Merge, ReadOptions, Sheet } from './workbook.ts';

export const parseLimits = {
  rows: 200_000,
  /** Columns to the right of this one are not looked at. */
  lastColumn: 'CV',
  textLength: 2000,
} as const;

/** Rows that come over at once: few enough not to hold up the event loop. */
const rowsAtOnce = 500;

type Part =
  | { readonly type: 'sheet'; readonly name: string; readonly merges: readonly Merge[]; readonly total: number }
  | { readonly type: 'rows'; readonly rows: readonly CellValue[][] };

/** The visible sheets of a workbook, parsed in a process of its own. @throws DocumentError */
export async function parseApart(bytes: Uint8Array, { onProgress, signal }: ReadOptions): Promise<Sheet[]> {
  const sheets: (Omit<Sheet, 'rows'> & { readonly rows: CellValue[][] })[] = [];
  let done = 0;
  let total = 0;
  const take = (part: Part): void => {
    if (part.type === 'sheet') {
      sheets.push({ name: part.name, merges: part.merges, rows: [] });
      total = part.total;
    } else {
      sheets.at(-1)?.rows.push(...part.rows);
      done += part.rows.length;
      onProgress?.(done, total);
    }
  };
  await runApart(import.meta.url, [bytes], take, signal);
  return sheets;
}

async function parse([bytes = new Uint8Array()]: Uint8Array[], post: (part: Part) => void): Promise<void> {
  const sheets = await readVisible(bytes);
  const total = sheets.reduce((sum, { rows }) => sum + rows.length, 0);
  if (total > parseLimits.rows) throw new DocumentError(documentTexts.tooManyRows(parseLimits.rows));
  for (const { name, rows, merges } of sheets) {
    const row = rows.findIndex((cells) => cells.some(isTooLong));
    if (row >= 0) throw new DocumentError(documentTexts.tooLongText(name, row + 1, parseLimits.textLength));
    post({ type: 'sheet', name, merges, total });
    for (let start = 0; start < rows.length; start += rowsAtOnce) {
      post({ type: 'rows', rows: rows.slice(start, start + rowsAtOnce) });
    }
  }
}

async function readVisible(
  bytes: Uint8Array,
): Promise<{ name: string; rows: CellValue[][]; merges: readonly Merge[] }[]> {
  const { readXlsx } = await import('hucre/xlsx');
  const book = await readXlsx(bytes, {
    range: `A1:${parseLimits.lastColumn}1048576`,
    sheets: (info) => info.hidden !== true && info.veryHidden !== true,
  }).catch((error: Error) => {
    // hucre has no other sign for a sheet of too many cells, which is not damaged but mostly blank.
    throw /over the \d+ limit/.test(error.message) ? new DocumentError(documentTexts.tooMuchMemory) : error;
  });
  return book.sheets.map(({ name, rows, merges = [], cells = new Map() }) => {
    for (const [key, cell] of cells) {
      const [row = 0, column = 0] = key.split(',').map(Number);
      const target = rows[row];
      // A formula that was never calculated has no result; its text says so in the report.
      if (cell.formula !== undefined && cell.value === null && target !== undefined)
        target[column] = `=${cell.formula}`;
    }
    while (rows.at(-1)?.every((cell) => cell === null || cell === '') === true) rows.pop();
    return { name, rows, merges };
  });
}

const isTooLong = (cell: CellValue): boolean => typeof cell === 'string' && cell.length > parseLimits.textLength;

serveApart(import.meta.url, parse);

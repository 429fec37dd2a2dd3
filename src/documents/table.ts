import { setImmediate } from 'node:timers/promises';
import { documentTexts } from '../texts/documents.ts';
import { type CellReading, plainWord, showCell } from './cells.ts';
import { DocumentError } from './document-error.ts';
import type { CellValue, ReadOptions, Sheet } from './workbook.ts';

/** A column that a table may have, under any of its names; the first one is its name in reports. */
export interface Column {
  readonly names: readonly [string, ...string[]];
  readonly required: boolean;
  /** A merged cell of this column counts for each of its rows. */
  readonly merged?: boolean;
}
export type Columns<K extends string> = Readonly<Record<K, Column>>;

/** One thing wrong in one row. `expected` says what should stand there and reads on after what was found. */
export interface RowFault {
  readonly sheet: string;
  /** As Excel counts. */
  readonly row: number;
  readonly column: string;
  /** Empty when the cell is. */
  readonly found: string;
  readonly expected: string;
}

/** Where something stands in the file. */
export interface RowPlace {
  readonly sheet: string;
  readonly row: number;
}

type Readers<K extends string> = Partial<Record<K, (cell: CellValue) => CellReading<unknown>>>;
type Values<R> = { [C in keyof R]: R[C] extends (cell: CellValue) => CellReading<infer T> ? T : never };

/** One row of a table. What cannot be read is remembered as a fault, and a row with a fault is left out. */
export interface TableRow<K extends string> extends RowPlace {
  /** The cells read; a column that the sheet does not have is blank. Null when one of them is faulty. */
  take<R extends Readers<K>>(readers: R): Values<R> | null;
  /** Likewise, but without the columns that the sheet does not have. */
  takePresent<R extends Readers<K>>(readers: R): Partial<Values<R>> | null;
}

export interface TableReading<T> {
  readonly rows: readonly T[];
  readonly faults: readonly RowFault[];
  /** Sheets with such a table, in the order of the file. */
  readonly sheets: readonly string[];
  /** Sheets in which no such table was found. */
  readonly skippedSheets: readonly string[];
  /** Rows looked at: good and faulty ones, without totals, notes and blank ones. */
  readonly total: number;
}

interface Header<K extends string> {
  /** 0-based row after the header. */
  readonly firstRow: number;
  readonly at: ReadonlyMap<K, number>;
}

/** Titles and notes above a table take a few rows; a header further down is not looked for. */
const headerWithin = 10;
/** Fewer known names than this are a coincidence and no header, unless they are all that a table must have. */
const fewestNames = 3;
/** Rows that are read before others have their turn. */
const rowsAtOnce = 100;
/** How a row begins that belongs to the form and not to the data. */
const footer = /^(合计|小计|总计|共计|注|说明|制表|填表|审核人)/;

/**
 * The rows of one kind of table in all sheets, each sheet with a header of its own.
 *
 * @throws DocumentError when no sheet has the table, or one has it without a required column
 */
export async function readTable<K extends string, T>(
  sheets: readonly Sheet[],
  columns: Columns<K>,
  readRow: (row: TableRow<K>) => T | null,
  { onProgress, signal }: ReadOptions = {},
): Promise<TableReading<T>> {
  const tables = sheets.map((sheet) => ({ sheet, header: findHeader(sheet, columns) }));
  if (tables.every(({ header }) => header === null))
    throw new DocumentError(documentTexts.noTable(requiredNames(columns)));
  const rowCount = tables.reduce((sum, { sheet, header }) => sum + (header === null ? 0 : sheet.rows.length), 0);
  const rows: T[] = [];
  const faults: RowFault[] = [];
  let total = 0;
  let done = 0;
  for (const { sheet, header } of tables) {
    if (header === null) continue;
    const merged = listMerged(sheet, header, columns);
    for (const [index, cells] of sheet.rows.entries()) {
      done += 1;
      if (done % rowsAtOnce === 0 || done === rowCount) {
        onProgress?.(done, rowCount);
        await setImmediate();
        signal?.throwIfAborted();
      }
      if (index < header.firstRow || isFooterOrBlank(cells)) continue;
      total += 1;
      const row = readRow(rowOf(sheet, header, columns, merged, index, (fault) => faults.push(fault)));
      if (row !== null) rows.push(row);
    }
  }
  const namesOf = (found: boolean): string[] =>
    tables.filter(({ header }) => (header !== null) === found).map(({ sheet }) => sheet.name);
  return { rows, faults, sheets: namesOf(true), skippedSheets: namesOf(false), total };
}

/** How many of these columns the likeliest header of a sheet names; a sheet is not refused for those that it lacks. */
export function countNamed<K extends string>(
  sheets: readonly Sheet[],
  columns: Columns<K>,
  among: readonly K[],
): number {
  const counts = sheets.flatMap((sheet) =>
    candidatesIn(sheet, columns).map((found) =>
      found === null || !isHeader(found, columns) ? 0 : among.filter((key) => found.at.has(key)).length,
    ),
  );
  return Math.max(0, ...counts);
}

/** How many columns of a kind of table the likeliest header names, and whether it names all that are required. */
export function nameColumns<K extends string>(
  sheets: readonly Sheet[],
  columns: Columns<K>,
): { readonly named: number; readonly isComplete: boolean } {
  const required = keysOf(columns).filter((key) => columns[key].required);
  const found = sheets
    .flatMap((sheet) => candidatesIn(sheet, columns))
    .map((one) => ({ named: one?.at.size ?? 0, isComplete: required.every((key) => one?.at.has(key) === true) }));
  return found.reduce((best, next) => (next.named > best.named ? next : best), { named: 0, isComplete: false });
}

/** The known columns of a sheet in their order there, and its cells as they stand in the file. */
export function openTable<K extends string>(sheet: Sheet, columns: Columns<K>) {
  const header = findHeader(sheet, columns);
  if (header === null) return null;
  const merged = listMerged(sheet, header, columns);
  const keys = [...header.at].toSorted(([, a], [, b]) => a - b).map(([key]) => key);
  const cell = (row: number, key: K): CellValue => {
    const at = header.at.get(key) ?? -1;
    return merged.get(`${row - 1},${at}`) ?? sheet.rows[row - 1]?.[at] ?? null;
  };
  return { keys, cell, firstRow: header.firstRow };
}

function rowOf<K extends string>(
  sheet: Sheet,
  header: Header<K>,
  columns: Columns<K>,
  merged: ReadonlyMap<string, CellValue>,
  index: number,
  report: (fault: RowFault) => void,
): TableRow<K> {
  const place = { sheet: sheet.name, row: index + 1 };
  const takeFrom = <R extends Readers<K>>(readers: R, names: readonly K[]): Values<R> | null => {
    const values: Partial<Record<K, unknown>> = {};
    let complete = true;
    for (const column of names) {
      const at = header.at.get(column) ?? -1;
      const cell = merged.get(`${index},${at}`) ?? sheet.rows[index]?.[at] ?? null;
      const reading = readers[column]?.(cell);
      if (reading?.ok === true) values[column] = reading.value;
      if (reading?.ok !== false) continue;
      complete = false;
      report({ ...place, column: columns[column].names[0], found: showCell(cell), expected: reading.expected });
    }
    return complete ? (values as Values<R>) : null;
  };
  return {
    ...place,
    take: (readers) => takeFrom(readers, keysOf(readers)),
    takePresent: (readers) =>
      takeFrom(
        readers,
        keysOf(readers).filter((column) => header.at.has(column)),
      ),
  };
}

/** A header takes one row, or two where a group of columns has a merged name above it. */
function findHeader<K extends string>(sheet: Sheet, columns: Columns<K>): Header<K> | null {
  const best = candidatesIn(sheet, columns).reduce<Candidate<K> | null>(
    (found, next) => (next !== null && isHeader(next, columns) && next.at.size > (found?.at.size ?? 0) ? next : found),
    null,
  );
  if (best === null) return null;
  const nameOf = (key: K): string => columns[key].names[0];
  const missing = keysOf(columns).filter((key) => columns[key].required && !best.at.has(key));
  if (missing.length > 0) throw new DocumentError(documentTexts.missingColumns(sheet.name, missing.map(nameOf)));
  const twice = best.twice.find((key) => columns[key].required);
  if (twice !== undefined) throw new DocumentError(documentTexts.twiceColumn(sheet.name, nameOf(twice)));
  return best;
}

function candidatesIn<K extends string>(sheet: Sheet, columns: Columns<K>): (Candidate<K> | null)[] {
  const top = sheet.rows.slice(0, headerWithin);
  return top.flatMap((_, index) => [
    matchNames(top.slice(index, index + 1), columns, index + 1),
    matchNames(top.slice(index, index + 2), columns, index + 2),
  ]);
}

interface Candidate<K extends string> extends Header<K> {
  readonly twice: readonly K[];
}

function isHeader<K extends string>({ at }: Candidate<K>, columns: Columns<K>): boolean {
  const required = keysOf(columns).filter((key) => columns[key].required);
  return at.size >= fewestNames || (required.length > 1 && required.every((key) => at.has(key)));
}

/** Null when the second row has something below a name, and so is no part of the header. */
function matchNames<K extends string>(
  header: readonly (readonly CellValue[])[],
  columns: Columns<K>,
  firstRow: number,
): Candidate<K> | null {
  const at = new Map<K, number>();
  const twice: K[] = [];
  const width = Math.max(...header.map((cells) => cells.length));
  for (let column = 0; column < width; column += 1) {
    const words = header.map((cells) => plainWord(cells[column] ?? null).replace(/[(:*].*$/, ''));
    const named = words.findIndex((word) => keyNamed(word, columns) !== undefined);
    const key = keyNamed(words[named] ?? '', columns);
    if (key === undefined) continue;
    if (words.slice(named + 1).some((word) => word !== '')) return null;
    if (at.has(key)) twice.push(key);
    else at.set(key, column);
  }
  return { firstRow, at, twice };
}

const keyNamed = <K extends string>(word: string, columns: Columns<K>): K | undefined =>
  keysOf(columns).find((key) => columns[key].names.includes(word));

function listMerged<K extends string>(sheet: Sheet, header: Header<K>, columns: Columns<K>): Map<string, CellValue> {
  const merged = new Map<string, CellValue>();
  const spread = new Set([...header.at].filter(([key]) => columns[key].merged === true).map(([, at]) => at));
  for (const { startRow, startCol, endRow } of sheet.merges) {
    if (!spread.has(startCol) || startRow < header.firstRow) continue;
    const value = sheet.rows[startRow]?.[startCol] ?? null;
    for (let row = startRow; row <= Math.min(endRow, sheet.rows.length - 1); row += 1)
      merged.set(`${row},${startCol}`, value);
  }
  return merged;
}

function isFooterOrBlank(cells: readonly CellValue[]): boolean {
  const first = cells.find((cell) => plainWord(cell) !== '');
  return first === undefined || footer.test(plainWord(first));
}

const keysOf = <K extends string>(named: Readonly<Partial<Record<K, unknown>>>): K[] => Object.keys(named) as K[];

const requiredNames = <K extends string>(columns: Columns<K>): string[] =>
  keysOf(columns)
    .filter((key) => columns[key].required)
    .map((key) => columns[key].names[0]);

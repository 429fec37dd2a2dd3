import { plainWord } from './cells.ts';
import type { CellValue, Sheet } from './workbook.ts';

const startNames = ['开始时间', '开始', '起始时间', '上课开始'];
const endNames = ['结束时间', '结束', '终止时间', '下课时间'];
const headerWithin = 10;
const minutesOfDay = 24 * 60;

/** A sheet whose times stand in two columns, from and to, as one that has them in one, under the name given. */
export function joinTimes(sheet: Sheet, name: string): Sheet {
  const head = sheet.rows.slice(0, headerWithin).findIndex((row) => columnOf(row, startNames) >= 0);
  const [start, end] = [startNames, endNames].map((names) => columnOf(sheet.rows[head] ?? [], names));
  if (start === undefined || end === undefined || start < 0 || end < 0) return sheet;
  const join = (row: readonly CellValue[], at: number): CellValue => {
    if (at === head) return name;
    const [from, to] = [row[start] ?? null, row[end] ?? null].map(clockOf);
    return from === '' && to === '' ? null : `${from}-${to}`;
  };
  const rows = sheet.rows.map((row, at) =>
    at < head ? row : row.map((cell, column) => (column === start ? join(row, at) : column === end ? null : cell)),
  );
  return { ...sheet, rows };
}

const columnOf = (row: readonly CellValue[], names: readonly string[]): number =>
  row.findIndex((cell) => names.includes(plainWord(cell)));

/** A time of day as Excel keeps it, a fraction of the day, or as it is written. */
function clockOf(cell: CellValue): string {
  if (typeof cell !== 'number' || cell < 0 || cell >= 1) return plainWord(cell);
  const minutes = Math.round(cell * minutesOfDay);
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

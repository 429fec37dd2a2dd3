import { documentTexts } from '../texts/documents.ts';
import { textOf } from './cells.ts';
import { OtherTableError, type TableKind } from './document-error.ts';
import { ledgerColumns } from './ledger.ts';
import { rosterColumns } from './roster.ts';
import { type Columns, countNamed, openTable } from './table.ts';
import { timetableColumns } from './timetable.ts';
import { type CellValue, readWorkbook, type Sheet, type Source } from './workbook.ts';

const who = {
  staffNo: { names: ['工号', '职工号', '人员编号'], required: false },
  name: {
    names: ['姓名', '学员姓名', '参会人', '参会人员', '与会人', '成员', '用户名称', '用户昵称', '入会昵称', '昵称'],
    required: true,
  },
} as const satisfies Columns<string>;

/** A list of who came: 签到 and, where it is known, 签退. */
export const signInColumns = {
  ...who,
  in: {
    names: ['签到时间', '签到', '首次入会时间', '入会时间', '首次加入时间', '加入时间', '进入时间', '到达时间', '时间'],
    required: true,
  },
  out: {
    names: ['签退时间', '签退', '最后退会时间', '退会时间', '最后退出时间', '退出时间', '离开时间', '离会时间'],
    required: false,
  },
} as const satisfies Columns<string>;

/** A list of scores. */
export const scoreColumns = {
  ...who,
  score: { names: ['成绩', '分数', '得分', '总分'], required: true },
} as const satisfies Columns<string>;

/** What a table must have in its head. */
export const requiredNames = (columns: Columns<string>): string[] =>
  Object.values(columns)
    .filter(({ required }) => required)
    .map(({ names: [first] }) => first);

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

/** Fewer columns that only one kind of table has prove nothing. */
const fewestTelling = 3;

/** What a workbook is by the columns that only such a table has; null when that is not clear. */
function recogniseTable(sheets: readonly Sheet[]): TableKind | null {
  const counts: readonly (readonly [TableKind, number])[] = [
    ['ledger', countNamed(sheets, ledgerColumns, ['staffNo', 'title', 'content', 'span', 'hours'])],
    ['roster', countNamed(sheets, rosterColumns, ['staffNo', 'unit', 'position', 'grade'])],
    ['timetable', countNamed(sheets, timetableColumns, ['day', 'time', 'content', 'topic', 'speaker', 'hours'])],
  ];
  const [kind, count] = counts.reduce((best, next) => (next[1] > best[1] ? next : best));
  return count < fewestTelling ? null : kind;
}

/** A moment keeps its time of day; a time alone has the day on which Excel begins to count. */
function wordsOf(cell: CellValue): string {
  if (!(cell instanceof Date) || Number.isNaN(cell.getTime())) return textOf(cell);
  const [day = '', time = ''] = cell.toISOString().split('T');
  return day < '1901' ? time.slice(0, 5) : `${day} ${time.slice(0, 5)}`;
}

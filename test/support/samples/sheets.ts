import { type CellStyle, type CellValue, type WriteSheet, writeXlsx } from 'hucre/xlsx';
import { type LedgerColumn, ledgerColumns } from '../../../src/documents/ledger.ts';
import { rosterColumns } from '../../../src/documents/roster.ts';
import { writeWorkbook } from '../../../src/documents/write-workbook.ts';
import { type Day, yearOf } from '../../../src/domain/day.ts';
import { faultyRows } from './faulty-rows.ts';
import type { LedgerLine } from './ledger-lines.ts';
import type { Person } from './people.ts';

const madeAt = '2026-11-19T08:00:00.000Z';

/** The roster as the department hands it out; its own writer lays it out. */
export function rosterSheet(people: readonly Person[]): Promise<Uint8Array> {
  const names = Object.values(rosterColumns).map((column) => column.names[0]);
  const widths = [18, 10, 22, 22, 12, 13, 12, 14, 26, 19, 9, 22];
  const choices: Record<string, readonly string[]> = {
    职级: ['中层正职', '中层副职', '其他'],
    是否优秀年轻干部: ['是', '否'],
    状态: ['在职', '退休', '离任'],
  };
  return writeWorkbook(
    [
      {
        name: '干部名册',
        title: '北辰教育学院中层干部名册（截至2026年11月）',
        columns: names.map((name, index) => ({
          name,
          width: widths[index] ?? 12,
          ...(choices[name] && { choices: choices[name] }),
        })),
        rows: people.map((person, index) => [
          person.name,
          person.staffNo,
          person.unit,
          person.position,
          person.grade,
          person.appointed,
          person.born,
          `1200000${String(index + 1).padStart(4, '0')}`,
          `${person.staffNo.toLowerCase()}@example.edu.cn`,
          person.young ? '是' : '否',
          person.state,
          person.roles.join('、'),
        ]),
      },
    ],
    madeAt,
  );
}

type Cells = Partial<Record<LedgerColumn, CellValue>>;
const columns = Object.keys(ledgerColumns) as LedgerColumn[];
const widths = [6, 16, 10, 48, 18, 11, 12, 12, 22, 18, 7, 9, 22, 10];
const grouped: readonly LedgerColumn[] = ['title', 'organiser', 'kind', 'form', 'content', 'span', 'place', 'hours'];

const line = { style: 'thin' } as const;
const border = { top: line, right: line, bottom: line, left: line };
const titleStyle: CellStyle = {
  font: { name: '黑体', size: 16, bold: true },
  alignment: { horizontal: 'center', vertical: 'center' },
};
const headerStyle: CellStyle = {
  font: { name: '宋体', size: 11, bold: true },
  alignment: { horizontal: 'center', vertical: 'center', wrapText: true },
  border,
};
const bodyStyle: CellStyle = {
  font: { name: '宋体', size: 10 },
  alignment: { vertical: 'center', wrapText: true },
  border,
};

/** The ledger as clerks keep it: a sheet a year, a header of one or two rows, days and digits written in many ways. */
export function ledgerSheets(lines: readonly LedgerLine[]): Promise<Uint8Array> {
  return writeXlsx({
    sheets: [2023, 2024, 2025, 2026].map((year) => layOut(year, rowsOf(year, lines))),
    properties: { creator: '组织部', created: new Date(madeAt), modified: new Date(madeAt) },
    defaultFont: { name: '宋体', size: 10 },
  });
}

function rowsOf(year: number, lines: readonly LedgerLine[]): Cells[] {
  const rows = lines.filter(({ from }) => yearOf(from) === year).map(write);
  for (const { after, cells } of faultyRows(year, rows)) rows.splice(after, 0, cells);
  return rows.map((cells, index) => ({ ...cells, number: index + 1 }));
}

function write(entry: LedgerLine, index: number): Cells {
  const { person, title, organiser, kind, form, content, place, result, proof, note } = entry;
  const wide = index % 197 === 5;
  return {
    name: yearOf(entry.from) === 2023 && person.name.length === 2 ? person.name.split('').join('　') : person.name,
    staffNo: wide ? toFullWidth(person.staffNo) : person.staffNo,
    title,
    organiser,
    kind: kind || null,
    form,
    content,
    place: place || null,
    result: result || null,
    proof,
    note: note || null,
    span: writeSpan(entry),
    hours: wide || entry.hours === 3.5 ? toFullWidth(String(entry.hours)) : entry.hours,
  };
}

const toFullWidth = (text: string): string =>
  text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));

/** Who types a class in for forty people writes its days once and copies them; the next class looks different. */
function writeSpan({ from, to, title }: LedgerLine): CellValue {
  const style = title.length % 4;
  const [year, month, day] = numbersOf(from);
  const [endYear, endMonth, endDay] = numbersOf(to);
  if (from === to) {
    if (style === 0) return `${year}.${month}.${day}`;
    return style === 1 ? `${year}年${month}月${day}日` : new Date(`${from}T00:00:00.000Z`);
  }
  if (year !== endYear || style === 0) return `${from}至${to}`;
  if (style === 1) return `${year}年${month}月${day}日—${month === endMonth ? '' : `${endMonth}月`}${endDay}日`;
  return style === 2
    ? `${year}.${month}.${day}-${endMonth}.${endDay}`
    : `${year}/${month}/${day}-${year}/${endMonth}/${endDay}`;
}

const numbersOf = (day: Day): [number, number, number] => {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  return [year, month, date];
};

function layOut(year: number, rows: readonly Cells[]): WriteSheet {
  const heading = (column: LedgerColumn): string =>
    (({ span: '起止\n日期', hours: '学 时' }) as Cells)[column]?.toString() ?? ledgerColumns[column].names[0];
  const twoRows = year > 2023;
  const top = columns.map((column) => (twoRows && grouped.includes(column) ? '培训情况' : heading(column)));
  const below = columns.map((column) => (grouped.includes(column) ? heading(column) : null));
  const blank = columns.map(() => null);
  const firstRow = twoRows ? 4 : 3;
  const sum = rows.reduce((total, { hours }) => total + (typeof hours === 'number' ? hours : 0), 0);
  const total = columns.map((column) => (column === 'number' ? '合计' : column === 'hours' ? sum : null));
  const last = columns.length - 1;
  const merge = (startRow: number, startCol: number, endRow: number, endCol: number) => ({
    startRow,
    startCol,
    endRow,
    endCol,
  });
  const cells: NonNullable<WriteSheet['cells']> = new Map([['0,0', { style: titleStyle }]]);
  for (let row = 2; row < firstRow; row += 1)
    for (const index of columns.keys()) cells.set(`${row},${index}`, { style: headerStyle });
  return {
    name: `${year}年`,
    columns: columns.map((column, index) => ({
      width: widths[index] ?? 12,
      style: column === 'span' ? { ...bodyStyle, numFmt: 'yyyy/m/d' } : bodyStyle,
    })),
    rows: [
      [`北辰教育学院${year}年干部教育培训学时台账`],
      ['填报单位：党委组织部　　　　填表人：赵敏　　　　单位：学时'],
      ...(twoRows ? [top, below] : [columns.map(heading)]),
      ...rows.map((row) => columns.map((column) => row[column] ?? null)),
      total,
      blank,
      blank,
      ['注：证明材料原件存组织部档案柜。'],
      blank,
      blank,
    ],
    cells,
    merges: [
      merge(0, 0, 0, last),
      merge(1, 0, 1, last),
      merge(firstRow + rows.length + 3, 0, firstRow + rows.length + 3, last),
      ...(twoRows ? [merge(2, columns.indexOf('title'), 2, columns.indexOf('hours'))] : []),
      ...(twoRows
        ? columns.flatMap((column, index) => (grouped.includes(column) ? [] : [merge(2, index, 3, index)]))
        : []),
    ],
    rowDefs: new Map([
      [0, { height: 30 }],
      [firstRow - 1, { height: 30 }],
    ]),
    freezePane: { rows: firstRow, columns: 3 },
    pageSetup: {
      paperSize: 'a4',
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: `$1:$${firstRow}`,
    },
  };
}

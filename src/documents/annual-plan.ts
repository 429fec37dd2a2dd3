import type { Content } from '../domain/hours.ts';
import { documentTexts } from '../texts/documents.ts';
import { contentNames } from '../texts/glossary.ts';
import { type CellReading, plainWord, textOf } from './cells.ts';
import { type Columns, openTable, type RowFault, type RowPlace, readTable, type TableRow } from './table.ts';
import { type CellValue, readWorkbook, type Sheet, type Source } from './workbook.ts';

/** 年度培训计划; the first name of a column is its name in reports. */
export const planColumns = {
  title: { names: ['培训名称', '培训班名称', '培训班', '班次', '项目名称', '培训项目'], required: true },
  when: { names: ['时间', '培训时间', '月份', '拟办时间', '计划时间'], required: true, merged: true },
  theory: { names: ['理论教育', '理论教育学时', '理论学时'], required: false },
  spirit: { names: ['党性教育', '党性教育学时', '党性学时'], required: false },
  professional: { names: ['专业化能力', '专业化能力学时', '专业化学时', '履职能力'], required: false },
  knowledge: { names: ['知识培训', '知识培训学时', '知识学时'], required: false },
  content: { names: ['内容', '内容（学时）', '培训内容', '内容和学时'], required: false },
  hours: { names: ['学时', '课时', '学时数', '总学时'], required: false },
  kind: { names: ['类别', '培训类别'], required: false },
  form: { names: ['方式', '培训方式', '形式'], required: false },
  audience: { names: ['对象', '培训对象', '参训对象', '参训人员', '范围'], required: true, merged: true },
} as const satisfies Columns<string>;

const partNames = {
  theory: 'theory',
  spirit: 'party-spirit',
  professional: 'professional',
  knowledge: 'knowledge',
} as const satisfies Record<string, Content>;

/** One row of a plan: the line in which people would say it, and what is wrong in its cells. */
export interface PlanRow {
  readonly sheet: string;
  readonly row: number;
  readonly said: string;
  readonly faults: readonly RowFault[];
}

/**
 * Reads the trainings of a year's plan, and the year that a headline or the name of a sheet says.
 * @throws DocumentError
 */
export async function readPlanFile(source: Source): Promise<{ rows: PlanRow[]; year: number | null }> {
  const sheets = await readWorkbook(source);
  const { rows, faults, sheets: named } = await readTable(sheets, planColumns, readRow);
  const ofRow = ({ sheet, row }: RowPlace) => faults.filter((fault) => fault.sheet === sheet && fault.row === row);
  return {
    rows: rows.map((row) => ({ ...row, faults: ofRow(row) })),
    year: yearOf(sheets.filter(({ name }) => named.includes(name))) ?? yearOfRows(rows),
  };
}

/** A cell that cannot be read is stood in for, so that the rest of its row is judged all the same. */
function readRow(row: TableRow<keyof typeof planColumns>): Omit<PlanRow, 'faults'> {
  const read = (key: keyof typeof planColumns, reader: (cell: CellValue) => CellReading<string>, standIn: string) =>
    row.take({ [key]: reader })?.[key] ?? standIn;
  const parts = (Object.keys(partNames) as (keyof typeof partNames)[]).flatMap((key) => {
    const hours = read(key, amount, '1');
    return hours === '' ? [] : [`${contentNames[partNames[key]]} ${hours}学时`];
  });
  const content = read('content', optional, '');
  // Beside columns of contents, or hours within 内容, it is their total.
  const sum = hoursIn([...parts, content].join(' '));
  if (sum !== null) read('hours', totalOf(sum), '');
  if (parts.length === 0 && !/\d/.test(content)) {
    const hours = read('hours', amount, '1');
    parts.push(hours === '' ? content : `${content} ${hours}学时`);
  } else parts.push(content);
  const said = [
    `《${read('title', filled('培训名称'), '未写名称').replace(/^[《“"]|[》”"]$/g, '')}》`,
    read('when', when, '1月'),
    ...parts,
    read('kind', optional, ''),
    read('form', optional, ''),
    read('audience', filled('对象，例如 全体正职'), '所有人'),
  ];
  return { sheet: row.sheet, row: row.row, said: said.filter((words) => words !== '').join(' ') };
}

/** The hours of all the contents of a row, or null where some cannot be added up. */
function hoursIn(words: string): number | null {
  const hours = [...words.matchAll(/(\d+(?:\.\d+)?)\s?(?:个?学时|课时)/g)].map(([, digits]) =>
    Math.round(Number(digits) * 100),
  );
  return hours.length === 0 ? null : hours.reduce((all, one) => all + one, 0) / 100;
}

const totalOf =
  (sum: number) =>
  (cell: CellValue): CellReading<string> => {
    const total = amount(cell);
    return !total.ok || total.value === '' || Number(total.value) === sum
      ? total
      : { ok: false, expected: documentTexts.shouldBe(` ${sum}，即各项内容之和`) };
  };

/** The one year that a headline names, 二〇二七年 included; failing that, the name of a sheet. */
function yearOf(sheets: readonly Sheet[]): number | null {
  const headlines = sheets.flatMap((sheet) =>
    sheet.rows
      .slice(0, openTable(sheet, planColumns)?.firstRow ?? 0)
      .flat()
      .map(plainWord)
      .filter((words) => /计划|培训/.test(words)),
  );
  for (const words of [...headlines, ...sheets.map(({ name }) => name)]) {
    const plain = words.replace(/[〇零○一二三四五六七八九]{4}(?=年)/g, (digits) =>
      digits.replace(/./g, (digit) => String(Math.max(0, '○一二三四五六七八九'.indexOf(digit)))),
    );
    const year = planYearIn(plain);
    if (year !== null) return year;
  }
  return null;
}

/** The one year that words name: 2027年度培训计划(2026年11月编制); one with a month is when they were written. */
export function planYearIn(words: string): number | null {
  const years = new Set(words.match(/(?<!\d)20\d\d(?!\d|\s?年?\s?\d|[-./]\d)/g));
  const [year] = years;
  return year !== undefined && years.size === 1 ? Number(year) : null;
}

/** The year that every row says: 2027年3月. */
function yearOfRows(rows: readonly Pick<PlanRow, 'said'>[]): number | null {
  const years = rows.map(({ said }) => /20\d\d(?=[年-])/.exec(said.replace(/《[^》]*》/g, ''))?.[0]);
  const [year] = years;
  return year !== undefined && years.every((one) => one === year) ? Number(year) : null;
}

const oneLine = (cell: CellValue): string => textOf(cell).replace(/\s+/g, ' ').trim();
const optional = (cell: CellValue): CellReading<string> => ({ ok: true, value: oneLine(cell) });

const filled =
  (expected: string) =>
  (cell: CellValue): CellReading<string> => {
    const words = oneLine(cell);
    return words === '' ? { ok: false, expected: documentTexts.shouldBe(expected) } : { ok: true, value: words };
  };

/** A bare 3 is a month here. Excel keeps 2027年3月 as the first of the month. */
function when(cell: CellValue): CellReading<string> {
  const expected = '时间，例如 3月、3月至4月、3月5日至7日';
  const read = filled(expected)(cell);
  if (!read.ok) return read;
  if (!/\d|月|季度|半年|全年/.test(read.value)) return { ok: false, expected: documentTexts.shouldBe(expected) };
  if (cell instanceof Date) return { ok: true, value: read.value.replace(/-01$/, '') };
  return {
    ok: true,
    value: /^\d{1,2}(?:\s*[-—–~至到、,，和]\s*\d{1,2})*$/.test(read.value) ? `${read.value}月` : read.value,
  };
}

/** Hours of one content; empty where there are none. */
function amount(cell: CellValue): CellReading<string> {
  const words = oneLine(cell);
  if (/^(?:0|—|-|)$/.test(words)) return { ok: true, value: '' };
  const [, digits] = /^(\d{1,3}(?:\.\d{1,2})?)(?:个?学时|课时)?$/.exec(words) ?? [];
  return digits === undefined
    ? { ok: false, expected: documentTexts.shouldBe('学时数，例如 12') }
    : { ok: true, value: digits };
}

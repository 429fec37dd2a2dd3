import type { HourFacts } from '../domain/hours.ts';
import { contentNames, formNames, kindNames } from '../texts/glossary.ts';
import { hours, oneOf, optionalText, personName, span, staffNumber, text } from './cells.ts';
import { hash16 } from './file-hash.ts';
import { type Columns, type RowPlace, readTable, type TableReading, type TableRow } from './table.ts';
import { wordsFor } from './words.ts';
import { loadBytes, type ReadOptions, readWorkbook, type Sheet, type Source } from './workbook.ts';

/** One line of a training ledger (学时台账): one training of one person. */
export interface LedgerRow extends RowPlace {
  /** Null where the line names the person only. */
  readonly staffNo: string | null;
  readonly name: string;
  readonly facts: HourFacts;
}

export interface LedgerReading extends TableReading<LedgerRow> {
  /** Tells this file from others. */
  readonly hash: string;
}

export const ledgerColumns = {
  number: { names: ['序号', '编号', '序'], required: false },
  name: { names: ['姓名', '学员姓名', '干部姓名'], required: true, merged: true },
  staffNo: { names: ['工号', '职工号', '人员编号', '教工号'], required: true, merged: true },
  title: { names: ['培训名称', '培训班名称', '培训项目', '培训班次', '班次名称'], required: true },
  organiser: { names: ['主办', '主办单位', '主办/承办', '举办单位', '培训机构'], required: false },
  kind: { names: ['类别', '培训类别'], required: false },
  form: { names: ['方式', '培训方式', '培训形式'], required: false },
  content: { names: ['内容', '培训内容', '内容类别'], required: true },
  span: { names: ['起止日期', '起止时间', '培训时间', '培训日期', '起止'], required: true },
  place: { names: ['地点', '培训地点'], required: false },
  hours: { names: ['学时', '学时数', '认定学时'], required: true },
  result: { names: ['考核结果', '考核成绩', '考核'], required: false },
  proof: { names: ['证明材料', '证明', '佐证材料'], required: false },
  note: { names: ['备注', '说明'], required: false },
} as const satisfies Columns<string>;

export type LedgerColumn = keyof typeof ledgerColumns;

const readKind = oneOf(
  wordsFor(kindNames, { 专题: 'thematic', 轮训: 'rotation', 任职: 'induction', 岗位: 'post', 专项: 'special' }),
  'unspecified',
);
const readForm = oneOf(
  wordsFor(formNames, {
    脱产培训: 'advanced-study',
    网络培训: 'online',
    网络学习: 'online',
    在线培训: 'online',
    理论学习中心组: 'central-group',
    中心组: 'central-group',
    挂职: 'secondment',
    自学: 'self-study',
  }),
  'unspecified',
);
const readContent = oneOf(
  wordsFor(contentNames, {
    党的理论教育: 'theory',
    理论: 'theory',
    党性: 'party-spirit',
    专业化能力培训: 'professional',
    专业化: 'professional',
    专业能力: 'professional',
    履职能力: 'professional',
    知识: 'knowledge',
  }),
);

/**
 * Reads a ledger: one sheet for all years or one for each.
 * @throws DocumentError
 */
export async function readLedger(source: Source, options: ReadOptions = {}): Promise<LedgerReading> {
  const bytes = await loadBytes(source);
  const sheets = await readWorkbook(bytes, { ...(options.signal && { signal: options.signal }) });
  return readLedgerSheets(sheets, hash16(bytes), options);
}

/** Likewise, from the sheets of a file that is open. @throws DocumentError */
export const readLedgerSheets = async (
  sheets: readonly Sheet[],
  hash: string,
  options: ReadOptions = {},
): Promise<LedgerReading> => ({ ...(await readTable(sheets, ledgerColumns, readLedgerRow, options)), hash });

function readLedgerRow(row: TableRow<LedgerColumn>): LedgerRow | null {
  const cells = row.take({
    name: personName,
    staffNo: staffNumber,
    title: text(200, '培训名称'),
    span: span(yearOfSheet(row.sheet)),
    hours,
    content: readContent,
    kind: readKind,
    form: readForm,
    organiser: optionalText(120),
    place: optionalText(120),
    proof: optionalText(300),
    result: optionalText(60),
    note: optionalText(300),
  });
  if (cells === null) return null;
  const { name, staffNo, span: days, title, ...facts } = cells;
  return { sheet: row.sheet, row: row.row, staffNo, name, facts: { ...facts, ...days, title: bareTitle(title) } };
}

/** `2024年`, `2024年度台账`. */
const yearOfSheet = (name: string): number | null => {
  const year = /(?<!\d)20\d\d(?!\d)/.exec(name)?.[0];
  return year === undefined ? null : Number(year);
};

/** Without the marks around the whole of it. */
const bareTitle = (title: string): string => /^《([^《》]+)》$/.exec(title)?.[1] ?? title;

import type { Cadre } from '../domain/cadre.ts';
import { cadreStateNames, gradeNames, roleNames } from '../texts/glossary.ts';
import { birthMonth, dayOrMonth, email, oneOf, personName, phone, requiredStaffNumber, someOf, text } from './cells.ts';
import { type Columns, type RowPlace, readTable, type TableReading, type TableRow } from './table.ts';
import { wordsFor } from './words.ts';
import { type ReadOptions, readWorkbook, type Sheet, type Source } from './workbook.ts';

/** What a roster says about one person; a field is absent where the file has no such column. */
export type RosterPerson = Pick<Cadre, 'staffNo' | 'name' | 'unit' | 'position' | 'grade'> &
  Partial<Pick<Cadre, 'appointedOn' | 'bornIn' | 'mobile' | 'email' | 'youngTalent' | 'state' | 'roles'>>;

export interface RosterRow extends RowPlace {
  readonly person: RosterPerson;
}

export type RosterReading = TableReading<RosterRow>;

export const rosterColumns = {
  name: { names: ['姓名', '干部姓名'], required: true },
  staffNo: { names: ['工号', '职工号', '人员编号', '教工号'], required: true },
  unit: { names: ['单位', '部门', '所在单位', '单位/部门', '所在部门'], required: true, merged: true },
  position: { names: ['职务', '现任职务', '行政职务'], required: true },
  grade: { names: ['职级', '级别', '干部级别'], required: true },
  appointedOn: { names: ['任现职时间', '现任职务任职时间', '任现职日期', '任职时间'], required: false },
  bornIn: { names: ['出生年月', '出生日期'], required: false },
  mobile: { names: ['手机', '手机号', '手机号码', '联系电话'], required: false },
  email: { names: ['邮箱', '电子邮箱'], required: false },
  youngTalent: { names: ['是否优秀年轻干部', '优秀年轻干部'], required: false },
  state: { names: ['状态', '人员状态', '在职状态'], required: false },
  roles: { names: ['角色', '系统角色'], required: false },
} as const satisfies Columns<string>;

export type RosterColumn = keyof typeof rosterColumns;

const readGrade = oneOf(
  wordsFor(gradeNames, {
    正处级: 'chief',
    正职: 'chief',
    副处级: 'deputy',
    副职: 'deputy',
    科级: 'other',
    正科级: 'other',
    副科级: 'other',
  }),
);
const readState = oneOf(wordsFor(cadreStateNames), 'active');
const readRoles = someOf(wordsFor(roleNames));
const readMark = oneOf({ 是: true, 否: false, '√': true, '×': false }, false);

/** @throws DocumentError */
export async function readRoster(source: Source, options: ReadOptions = {}): Promise<RosterReading> {
  const sheets = await readWorkbook(source, { ...(options.signal && { signal: options.signal }) });
  return readRosterSheets(sheets, options);
}

/** Likewise, from the sheets of a file that is open. @throws DocumentError */
export const readRosterSheets = (sheets: readonly Sheet[], options: ReadOptions = {}): Promise<RosterReading> =>
  readTable(sheets, rosterColumns, readRosterRow, options);

function readRosterRow(row: TableRow<RosterColumn>): RosterRow | null {
  const known = row.take({
    name: personName,
    staffNo: requiredStaffNumber,
    unit: text(60, '单位名称'),
    position: text(60, '职务名称'),
    grade: readGrade,
  });
  const more = row.takePresent({
    appointedOn: dayOrMonth,
    bornIn: birthMonth,
    mobile: phone,
    email,
    youngTalent: readMark,
    state: readState,
    roles: readRoles,
  });
  return known === null || more === null ? null : { sheet: row.sheet, row: row.row, person: { ...known, ...more } };
}

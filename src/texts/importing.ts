import type { HourEntry } from '../domain/hours.ts';
import { entryStateNames, showDay, showHours } from './glossary.ts';

interface Place {
  readonly sheet: string;
  readonly row: number;
}
interface Fault extends Place {
  readonly column: string;
  readonly found: string;
  readonly expected: string;
}
interface Report {
  readonly subject: 'roster' | 'ledger';
  readonly total: number;
  readonly added: number;
  readonly updated: number;
  readonly same: number;
  readonly waiting: number;
  readonly notes: readonly { readonly place: Place | null; readonly text: string }[];
  readonly faults: readonly Fault[];
}

const placeName = ({ sheet, row }: Place): string => `“${sheet}”第 ${row} 行`;

/** What an import says, row by row and on the whole. */
export const importTexts = {
  skippedSheet: (sheet: string): string => `工作表“${sheet}”里没有可识别的表头，没有读取`,
  rolesKept: (name: string): string => `${name}的角色没有改动，角色由档案管理员指定`,
  absent: (people: readonly string[]): string =>
    `文件里没有以下 ${people.length} 名在职干部，名册中予以保留：${people.slice(0, 20).join('、')}${people.length > 20 ? '等' : ''}`,
  sameStaffNo: (twin: Place): string => `与${placeName(twin)}的工号相同，一个工号只能有一行`,
  otherName: (staffNo: string, name: string): string => `工号 ${staffNo} 在干部名册里是“${name}”，请核对姓名和工号`,
  takenBy: (name: string, staffNo: string): string => `与${name}（${staffNo}）的相同，请核对`,
  unknownStaffNo: '干部名册里没有这个工号，请核对或先导入名册',
  unknownName: '干部名册里没有这个姓名，请核对或先导入名册',
  severalNamed: (name: string, count: number): string => `干部名册里有 ${count} 位“${name}”，请填写工号`,
  matchedByName: (name: string, staffNo: string): string => `没有工号，已按姓名记给${name}（${staffNo}），请核对`,
  sameRow: (twin: Place): string => `与${placeName(twin)}完全相同，请只留一行`,
  decidedBefore: (entry: Pick<HourEntry, 'id' | 'state'>): string =>
    `与登记号 ${entry.id} 相同，该记录${entryStateNames[entry.state]}，没有再次登记`,
  notYetOver: '培训还没有结束，请核对日期',
  other: (place: Place | number, title: string): string =>
    `${typeof place === 'number' ? `登记号 ${place}` : placeName(place)}《${title}》`,
  likeAnother: (other: string): string => `与${other}疑似重复，请核对后只留一条`,
  fullDay: (day: string, hours: number, cap: number, others: readonly string[]): string =>
    `连同${others.join('、')}，${showDay(day)}合计 ${showHours(hours)} 学时，一天最多 ${showHours(cap)} 学时，请核对`,
  spanTooShort: (cap: number): string => `这段日期最多可计 ${showHours(cap)} 学时，请核对日期和学时`,
  /** In 证明材料: handed in on paper. */
  reflectionWord: '体会',
  onPaper: '随台账导入：已交纸质学习体会',
} as const;

/** `“2024年”第 12 行「学时」：写的是“两天”，应为数字，例如 8`. */
export const describeFault = (fault: Fault): string =>
  `${placeName(fault)}「${fault.column}」：${fault.found === '' ? '是空白' : `写的是“${fault.found}”`}，${fault.expected}`;

/** The whole report in lines: what went in, what the importer should look at, and every faulty row. */
export function describeImport(report: Report, done: boolean): string[] {
  const faultyRows = new Set(report.faults.map(placeName)).size;
  const counts = [
    `${done ? '新增' : '将新增'} ${report.added} ${report.subject === 'roster' ? '人' : '条'}`,
    ...(report.subject === 'roster' ? [`${done ? '更新' : '将更新'} ${report.updated} 人`] : []),
    `已有且相同 ${report.same} ${report.subject === 'roster' ? '人' : '条'}`,
    ...(faultyRows > 0 ? [`有误 ${faultyRows} 行${done ? '，没有导入' : ''}`] : []),
  ];
  return [
    `${report.subject === 'roster' ? '干部名册' : '学时台账'}共 ${report.total} 行：${counts.join('，')}。`,
    ...(report.waiting > 0 ? [`其中 ${report.waiting} 条是导入人本人的，须由他人审核。`] : []),
    ...report.notes.map(({ place, text }) => `注意：${place === null ? '' : `${placeName(place)}：`}${text}。`),
    ...report.faults.map((fault) => `有误：${describeFault(fault)}。`),
    ...(faultyRows > 0 ? ['请在文件中改正有误的行后再导入一次；已导入的行不会重复。'] : []),
  ];
}

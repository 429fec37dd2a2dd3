import type { HourEntry } from '../domain/hours.ts';
import type { Import } from '../domain/import.ts';
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

/** Names that a sentence has room for. */
const mostNames = 5;

const placeName = ({ sheet, row }: Place): string => `工作表“${sheet}”第 ${row} 行`;

/** What an import says, row by row and on the whole. */
export const importTexts = {
  skippedSheet: (sheet: string): string => `工作表“${sheet}”里没有可识别的表头，没有读取`,
  rolesKept: (name: string): string => `${name}的角色没有改动，角色由档案管理员指定`,
  absent: (people: readonly string[]): string =>
    `另有 ${people.length} 名在职干部不在文件中，保持不变${people.length <= mostNames ? `：${people.join('、')}` : '，可发送“导出 名册”对照'}`,
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

/** `工作表“2024年”第 12 行“学时”列：写的是“两天”，应为数字，例如 8`. */
export const describeFault = (fault: Fault): string =>
  `${placeName(fault)}“${fault.column}”列：${fault.found === '' ? '是空白' : `写的是“${fault.found}”`}，${fault.expected}`;

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

interface Counts {
  readonly total: number;
  readonly added: number;
  readonly updated: number;
  readonly same: number;
  readonly waiting: number;
  readonly faulty: number;
}
type Subject = 'roster' | 'ledger';

const subjectNames: Record<Subject, string> = { roster: '干部名册', ledger: '学时台账' };
const unitOf = (subject: Subject): string => (subject === 'roster' ? '人' : '条');
const countWords = (subject: Subject, { added, updated, same, faulty }: Counts): string =>
  [
    `新增 ${added} ${unitOf(subject)}`,
    ...(subject === 'roster' ? [`更新 ${updated} 人`] : []),
    `相同 ${same} ${unitOf(subject)}`,
    ...(faulty > 0 ? [`有误 ${faulty} 行没有导入`] : []),
  ].join('，');

/** 导入 in chat: preview, progress, result, undoing. */
export const importDesk = {
  title: '导入',
  aside: (command: string): string =>
    `刚才在办“${command}”，收到的这个文件不是那张表，按导入处理；办完请重新发送“${command}”。`,
  howTo:
    '把名册或台账（.xlsx）直接发给我即可，我会按表头认出是哪一种，先给您看会改动什么，确认后才写入。已有的记录不会重复导入。',
  none: '还没有导入过文件。',
  columns: ['编号', '文件', '结果'],
  subjectNames,
  stateNames: {
    confirmed: '等待导入',
    running: '正在导入',
    done: '已导入',
    undoing: '正在撤销',
    undone: '已撤销',
    failed: '没有完成',
  },
  refused: (fileName: string, fault: string): string => `文件“${fileName}”没有导入：${fault}`,
  previewTitle: (subject: Subject, { added, updated, faulty }: Counts): string =>
    added + updated > 0
      ? `导入${subjectNames[subject]}：请核对`
      : faulty > 0
        ? `没有导入：${faulty} 行有误`
        : '没有可导入的内容',
  preview: (fileName: string, subject: Subject, { total, added, updated, faulty }: Counts): string =>
    added + updated === 0
      ? `“${fileName}”是${subjectNames[subject]}，共 ${total} 行，没有可导入的内容${faulty > 0 ? `，有误 ${faulty} 行` : ''}。`
      : `“${fileName}”是${subjectNames[subject]}，共 ${total} 行。确认后${subject === 'roster' ? `新增 ${added} 人、更新 ${updated} 人` : `新增 ${added} 条`}，现在还没有写入。`,
  fields: {
    added: '将新增',
    updated: '将更新',
    same: '已有且相同',
    waiting: '其中您本人的（须他人审核）',
    faulty: '有误、不导入',
    amount: (count: number, subject: Subject): string => `${count} ${unitOf(subject)}`,
    rows: (count: number): string => `${count} 行`,
  },
  note: ({ place, text }: { place: Place | null; text: string }): string =>
    `注意：${place === null ? '' : `${placeName(place)}：`}${text}。`,
  fault: (fault: Fault): string => `有误：${describeFault(fault)}。`,
  more: (count: number): string => `另有 ${count} 处没有列出。`,
  inFaultFile: (more: number): string =>
    `${more > 0 ? `另有 ${more} 处。` : ''}有误的行都在随附的“有误的行”文件中，改正后发回即可，已导入的行不会重复。`,
  correct: '改正有误的行后再发一次即可，已导入的行不会重复。',
  faultFile: (fileName: string): string => `有误的行_${fileName.replace(/\.[^.]*$/, '')}.xlsx`,
  faultCaption: (rows: number): string => `有误的 ${rows} 行，原因写在“问题”列。`,
  confirm: '确认导入',
  cancel: '取消',
  started: (id: number, fileName: string): string =>
    `已开始导入“${fileName}”（编号 ${id}），办完会通知您，期间可以照常使用。`,
  progress: '看导入进度',
  progressLabel: '进度',
  progressText: (done: number, due: number): string => `${done} / ${due}`,
  resultTitle: ({ id, subject, state, undo }: Pick<Import, 'id' | 'subject' | 'state' | 'undo'>): string => {
    switch (state) {
      case 'confirmed':
      case 'running':
        return `正在导入${subjectNames[subject]}`;
      case 'done':
        return `${subjectNames[subject]}已导入`;
      case 'undoing':
        return `正在撤销导入 ${id}`;
      case 'undone':
        return `${subject === 'roster' ? '名册' : '台账'}导入已撤销（编号 ${id}）`;
      case 'failed':
        return undo === null ? `${subjectNames[subject]}没有导入完` : `导入 ${id} 没有撤销完`;
    }
  },
  /** In the list of imports. */
  stateLine: ({ state, subject, counts }: Pick<Import, 'state' | 'subject' | 'counts'>): string =>
    `${importDesk.stateNames[state]} ${counts.added + counts.updated} ${unitOf(subject)}`,
  result: (id: number, fileName: string, subject: Subject, counts: Counts): string =>
    `“${fileName}”（编号 ${id}）已导入：${countWords(subject, counts)}。`,
  waiting: (count: number): string => `其中 ${count} 条是导入人本人的，须由他人审核。`,
  differs: (subject: Subject, preview: Counts): string =>
    `与预览不同（预览时：${countWords(subject, preview)}）：确认之后名册或台账有了变动，已按最新情况办理。`,
  howToUndo: (id: number): string => `如需撤回整个文件，请发送：撤销导入 ${id} 原因`,
  failed: (id: number, fileName: string, subject: Subject, written: number, fault: string | null): string =>
    `“${fileName}”（编号 ${id}）没有导入完：${fault ?? '机器人出了错，已记入日志。'}${
      written === 0 ? '还没有写入任何内容' : `已写入 ${written} ${unitOf(subject)}`
    }，重新发送文件即可接着导入，已导入的行不会重复。`,
  undo: '撤销导入',
  undoTitle: '撤销导入：请核对',
  noSuch: (id: number): string => `没有编号为 ${id} 的导入。发送“导入”看最近的导入。`,
  notDone: (id: number, state: string): string => `导入 ${id} ${state}，现在不能撤销。`,
  notYours: (id: number): string => `导入 ${id} 由他人办理，撤销请联系部长、档案管理员或办理人。`,
  whichOne: '请写明要撤销哪一次导入，例如：撤销导入 1001 文件用错了',
  foreseen: (id: number, fileName: string, subject: Subject, undone: number, left: number): string =>
    `撤销“${fileName}”（编号 ${id}）将${subject === 'ledger' ? `作废或撤回 ${undone} 条登记，未交的学习体会随之免交` : `把 ${undone} 人恢复原状（新增且没有记录的删除，有记录的改为离任）`}${left > 0 ? `；${left} ${unitOf(subject)}保持不变` : ''}。`,
  reasonLabel: '撤销原因',
  goOn: '下一步',
  confirmUndo: '确认撤销',
  undoFailed: (id: number, fileName: string, subject: Subject, undone: number): string =>
    `撤销“${fileName}”（编号 ${id}）没有办完：机器人出了错，已记入日志。已撤销 ${undone} ${unitOf(subject)}，请稍后再发送：撤销导入 ${id} 原因，会接着办。`,
  undoStarted: (id: number): string => `已开始撤销导入 ${id}，办完会通知您。`,
  undone: (id: number, fileName: string, subject: Subject, undone: number, reason: string): string =>
    `“${fileName}”（编号 ${id}）已撤销：${subject === 'ledger' ? `作废或撤回 ${undone} 条` : `恢复 ${undone} 人`}。原因：${reason}`,
  left: {
    own: (keys: string): string => `是您本人的登记，须由他人作废：${keys}`,
    decided: (keys: string): string => `已另有处理，保持不变：${keys}`,
    changed: (keys: string): string => `导入后又有改动，保持不变：${keys}`,
    roles: (keys: string): string => `涉及角色，须由档案管理员办理：${keys}`,
  },
  someOf: (keys: readonly string[]): string =>
    `${keys.slice(0, 20).join('、')}${keys.length > 20 ? ` 等 ${keys.length} 项` : ''}`,
} as const;

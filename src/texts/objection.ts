import type { Attendance, AttendanceSource, AttendanceState } from '../domain/attendance.ts';
import type { Course, Session } from '../domain/course.ts';
import { timeOf } from '../domain/day.ts';
import type { HourEntry } from '../domain/hours.ts';
import type { Objection } from '../domain/objection.ts';
import { cited } from './cited.ts';
import { courseName, sessionName } from './course.ts';
import { attendanceNames, entryStateNames, showDay, showHours } from './glossary.ts';

type Named = Pick<Course, 'id' | 'title'>;
const trimmed = (words: string): string => words.replace(/[。.]$/, '');

const sourceNames: Record<AttendanceSource, string> = {
  code: '签到码',
  roll: '点名',
  sheet: '签到表',
  leave: '准假',
  settled: '考勤确认时没有签到记录',
  objection: '异议成立',
  correction: '更正',
};

const stateNames: Record<Objection['state'], string> = {
  open: '等待答复',
  upheld: '成立',
  rejected: '不成立',
  withdrawn: '已撤回',
};

/** `1001 第 2 课次` or `登记号 1005`. */
const aboutOf = ({ courseId, no, entryId }: Objection): string =>
  entryId === null ? `培训班 ${courseId} 第 ${no} 课次考勤` : `登记号 ${entryId}`;

/** When somebody came and left, where that is known. */
const timesOf = (row: Attendance | undefined): string[] => [
  ...(row?.in == null ? [] : [`${timeOf(row.in)} 签到`]),
  ...(row?.out == null ? [] : [`${timeOf(row.out)} 签退`]),
];

/** 异议: one's own attendance or hours are wrong; the department answers. */
export const objectionTexts = {
  title: '异议',
  howTo:
    '考勤或学时有误的，请写明课次或登记号和情况，例如：异议 1001 第2课次 我到了，签到时手机没电；异议 1005 学时应为 4。',
  none: '您没有提过异议。',
  mine: '**我的异议**',
  mineLine: (one: Objection, today: string): string =>
    `异议号 ${one.id}：${aboutOf(one)}，${stateNames[one.state]}${one.answer === null ? (one.state === 'open' ? `，${showDay(one.dueOn, today)}前答复` : '') : `：${trimmed(one.answer)}`}`,
  which: (id: number): string => `${id} 既是您参加的培训班，也是您的登记号。请选择异议的是哪一个。`,
  whichSession: (course: Named): string => `请选择对培训班 ${courseName(course)}哪一课次的考勤有异议。`,
  whichTitle: '对什么有异议',
  ofCourse: (id: number): string => `培训班 ${id} 的考勤`,
  ofEntry: (id: number): string => `登记号 ${id} 的学时`,
  session: (session: Session): string => `第${session.no}课次 ${session.topic}`.slice(0, 20),
  notFound: (id: number): string =>
    `没有找到您参加的培训班 ${id} 或您的登记号 ${id}。发送“记录”看登记号，发送“培训”看班号。`,
  noSession: (course: Named, no: number): string => `培训班 ${courseName(course)}没有需要您参加的第 ${no} 课次。`,
  notYet: (course: Named, session: Session, today: string): string =>
    `培训班 ${courseName(course)}${sessionName(session, today)}还没有开始，不用提异议。不能参加的请发送“请假 ${course.id} 第${session.no}课次 事由”。`,
  entryOpen: (entry: HourEntry): string =>
    entry.state === 'returned'
      ? `登记号 ${entry.id} 已退回，请发送“修改 ${entry.id}”补充后重新提交，不用提异议。`
      : `登记号 ${entry.id} ${entryStateNames[entry.state]}，不用提异议：可发送“撤回 ${entry.id}”后重新登记。`,
  ask: (about: string): string => `${about}：请写明有什么不对，例如：我到了，签到时手机没电。`,
  askLabel: '情况说明',
  askSubmit: '提交异议',
  askHint: '也可以直接回复；回复“取消”放弃。',
  open: (one: Objection, today: string): string =>
    `${aboutOf(one)}已有异议（异议号 ${one.id}）在办理，${showDay(one.dueOn, today)}前答复，没有重复提交。`,
  raisedTitle: '异议已提交',
  raised: (one: Objection, today: string): string =>
    `异议号 ${one.id}：${aboutOf(one)}。已交组织部，${showDay(one.dueOn, today)}前答复。`,
  raisedHint: (id: number): string => `答复前可以撤回：发送“撤回异议 ${id}”。`,
  recorded: (facts: string): string => `现在的记录：${facts}`,
  withdraw: '撤回异议',
  withdrawn: (one: Objection): string => `异议号 ${one.id}（${aboutOf(one)}）已撤回。`,
  withdrawWhich: '请写明异议号，例如：撤回异议 1003。发送“异议”看自己的异议。',
  notYours: (id: number): string => `没有找到您的异议号 ${id}。发送“异议”看自己的异议。`,
  notOpen: (one: Objection, by: string): string =>
    one.state === 'withdrawn'
      ? `异议号 ${one.id} 已由本人撤回，没有改动。`
      : `异议号 ${one.id} 已由${by}答复：${stateNames[one.state]}，没有重复处理。`,
  /** What stood there. */
  attendanceFacts: (course: Named, session: Session, row: Attendance | undefined): string => {
    const mark = row?.marks.at(-1);
    return mark === undefined
      ? `${courseName(course)}${sessionName(session)}：没有考勤记录`
      : `${courseName(course)}${sessionName(session)}：${attendanceNames[mark.state]}（${[sourceNames[mark.source], ...timesOf(row)].join('，')}）`;
  },
  entryFacts: (entry: HourEntry): string =>
    `登记号 ${entry.id}《${entry.title}》：${showHours(entry.hours)} 学时，${entryStateNames[entry.state]}${entry.reason === null ? '' : `（${entry.reason}）`}`.slice(
      0,
      500,
    ),
  deskTitle: '异议答复',
  desk: (one: Objection, name: string, unit: string, today: string): string =>
    `${name}（${unit}）对${aboutOf(one)}有异议（异议号 ${one.id}），请于${showDay(one.dueOn, today)}前答复。`,
  words: '本人说明',
  facts: '提出时的记录',
  current: '现在的记录',
  history: '考勤经过',
  mark: (state: AttendanceState, source: AttendanceSource, name: string, at: string): string =>
    `${at} ${attendanceNames[state]}（${sourceNames[source]}，${name}）`,
  uphold: '成立',
  reject: '不成立',
  deskOnly: '答复异议由经办、部长使用。',
  deskCount: (count: number): string => (count === 0 ? '没有待答复的异议。' : `有 ${count} 件异议待答复。`),
  waitingButton: '待答复的异议',
  own: '不能答复自己的异议，请由其他经办或部长答复。',
  noSuch: (id: number): string => `没有找到异议号 ${id}。发送“异议 待答”看全部。`,
  upholdTitle: '异议成立',
  rejectTitle: '异议不成立',
  upholdAsk: (one: Objection): string =>
    one.entryId === null
      ? `异议号 ${one.id} 成立：请选择${aboutOf(one)}应为什么，并写明核实情况。`
      : `异议号 ${one.id} 成立：需要更正学时的请填写应为几学时，并写明核实情况。`,
  rejectAsk: (one: Objection): string => `异议号 ${one.id} 不成立：请写明核实情况，会告诉本人。`,
  stateLabel: '考勤更正为',
  hoursLabel: '应为几学时（不更正的不填）',
  answerLabel: '答复',
  answerHint: '至少写 4 个字，会告诉本人。',
  chooseState: '请选择更正为什么。',
  sameState: (state: AttendanceState): string =>
    `现在的记录已是${attendanceNames[state]}。请选择其他情况；不用更正的请答复“不成立”。`,
  noAnswer: '请写明核实情况，至少 4 个字，例如：已核对签到表。',
  badHours: '请写几学时，例如：4，3.5。',
  sameHours: '与现在的学时相同。不更正的请不填。',
  cannotCorrect: (entry: HourEntry): string =>
    `登记号 ${entry.id} ${entryStateNames[entry.state]}，不能更正学时；请不填学时，由本人重新登记。`,
  ownEntry: '不能更正自己的学时。',
  done: (one: Objection, name: string): string =>
    `已答复${name}的异议（异议号 ${one.id}）：${stateNames[one.state]}，已通知本人。`,
  told: (one: Objection): string =>
    `您的异议（异议号 ${one.id}，${aboutOf(one)}）${stateNames[one.state]}：${trimmed(one.answer ?? '')}。`,
  toldState: (state: AttendanceState): string => `考勤已更正为${attendanceNames[state]}，学时和补训随之更正。`,
  toldHours: (before: number, after: number): string => `学时已由 ${showHours(before)} 更正为 ${showHours(after)}。`,
  /** Why hours change, as it is kept. */
  why: (id: number, answer: string): string => `异议号 ${id} 成立：${answer}`.slice(0, 300),
  unclear: (said: string): string => `没有看懂${cited(said)}。`,
  /** In the daily digest of the clerks. */
  reminder: (id: string, name: string, due: string, today: string): string =>
    `${name}的异议（异议号 ${id}）应于${showDay(due, today)}前答复，还没有答复，请核实后答复。`,
} as const;

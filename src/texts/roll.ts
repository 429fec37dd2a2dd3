import type { AttendanceSource, AttendanceState } from '../domain/attendance.ts';
import type { Course, Session } from '../domain/course.ts';
import type { FullDay } from '../domain/full-day.ts';
import type { HourEntry } from '../domain/hours.ts';
import type { LeaveMeter } from '../domain/leave.ts';
import type { MakeUp } from '../domain/make-up.ts';
import type { RollCounts } from '../domain/roll.ts';
import { courseName, topicOf } from './course.ts';
import { attendanceNames, makeUpCauseNames, showDay, showHours } from './glossary.ts';

type Named = Pick<Course, 'id' | 'title'>;
interface Person {
  readonly name: string;
  readonly unit: string;
}

export const place = (course: Named, session: Pick<Session, 'no' | 'topic'>): string =>
  `${courseName(course)}第 ${session.no} 课次${topicOf(course, session)}`;

const mostNamed = 60;
const named = (names: readonly string[]): string =>
  names.length > mostNamed ? `${names.slice(0, mostNamed).join('、')}等 ${names.length} 人` : names.join('、');

export const few = (names: readonly string[]): string =>
  names.length > 10 ? `${names.slice(0, 10).join('、')}等` : names.join('、');

const countLine = ({ expected, there, late, leftEarly, onLeave, absent, unknown }: RollCounts): string =>
  [
    `应到 ${expected}`,
    `实到 ${there}`,
    ...(late > 0 ? [`迟到 ${late}`] : []),
    ...(leftEarly > 0 ? [`早退 ${leftEarly}`] : []),
    `请假 ${onLeave}`,
    `缺勤 ${absent}`,
    ...(unknown > 0 ? [`未签到 ${unknown}`] : []),
  ].join('，');

export const attendanceSourceNames: Record<AttendanceSource, string> = {
  code: '签到码',
  roll: '点名',
  sheet: '签到表',
  leave: '准假',
  settled: '考勤确认',
  objection: '异议',
  correction: '更正',
};

/** 考勤: the roll of a class, taken by code, by hand or from a sheet. */
export const rollTexts = {
  counts: (counts: RollCounts): string => `${countLine(counts)}。`,
  title: '考勤',
  overview: (course: Named, settled: number, held: number): string =>
    `培训班 ${courseName(course)}的考勤：${held} 个课次，已确认 ${settled} 个。`,
  columns: ['课次', '日期', '应到', '实到', '迟到', '请假', '缺勤', '未签到', '状态'],
  when: (session: Session, today: string): string => `${showDay(session.day, today)} ${session.start}`,
  state: { settled: '已确认', open: '待确认', on: '上课中', coming: '未开课' },
  openRoll: (no: number): string => `第 ${no} 课次`,
  sessionTitle: '课次考勤',
  session: (course: Named, session: Session, counts: RollCounts): string =>
    `${place(course, session)}：${countLine(counts)}。`,
  names: (state: AttendanceState, names: readonly string[]): string => `**${attendanceNames[state]}**：${named(names)}`,
  unknown: (names: readonly string[], isSettled: boolean): string =>
    isSettled
      ? `**没有记录**：${named(names)}（后加入，既不计学时也不算缺勤；到过课的请更正）`
      : `**未签到**：${named(names)}（确认考勤后记缺勤）`,
  elsewhere: (names: readonly string[], other: Named, { no, start, end }: Session): string =>
    `**请核对**：${named(names)}在同一时间的 ${courseName(other)}第 ${no} 课次（${start}—${end}）也是到课，请更正其中一班的考勤。`,
  sources: (counts: readonly (readonly [AttendanceSource, number])[]): string =>
    `记录方式：${counts.map(([source, count]) => `${attendanceSourceNames[source]} ${count} 人`).join('，')}。`,
  byHand: (names: readonly string[]): string => `点名或更正人：${names.join('、')}。`,
  settledBy: (name: string, day: string): string => `${name}于${day}确认。`,
  settle: '确认考勤',
  /** Of people who have signed in. */
  notSignedOut: (names: readonly string[]): string =>
    `**未签退** ${names.length} 人（确认考勤后记早退）：${named(names)}`,
  /** `hasRoll`: somebody has signed in or been called up. */
  settleAsk: (unknown: readonly string[], early: readonly string[], hasRoll: boolean): string => {
    if (unknown.length > 0 && !hasRoll)
      return `还没有点名，也没有人签到：${unknown.length} 人都没有记录，确认后都记为缺勤，须补训。确定吗？`;
    const those = [
      ...(unknown.length === 0 ? [] : [`还有 ${unknown.length} 人没有记录，确认后记为缺勤，须补训：${named(unknown)}`]),
      ...(early.length === 0 ? [] : [`${early.length} 人未签退，确认后记早退：${named(early)}`]),
    ];
    return those.length === 0 ? '确认后考勤生效，按规定认定学时。确定吗？' : `${those.join('；')}。确定吗？`;
  },
  settleWhich: (course: Named, session: Session, question: string): string =>
    `确认考勤：${place(course, session)}。${question}`,
  settlesFrom: (at: string, signsOut: boolean): string =>
    signsOut ? `签退到 ${at} 截止，之后可确认考勤。` : `${at} 下课，之后可确认考勤。`,
  settleNone: '没有待确认考勤的课次：上完的都已确认，没有上完的结束后再确认。',
  settleNext: ({ id }: Named, waiting: readonly Pick<Session, 'no'>[]): string =>
    waiting[0] === undefined
      ? rollTexts.settleNone
      : `有 ${waiting.length} 个课次待确认，请写明：确认考勤 ${id} 第${waiting[0].no}课次。`,
  settleUsage: '没有看懂。请写明班号和课次，例如：确认考勤 1001 第1课次。',
  openLeaves: (lines: readonly string[]): string =>
    `**请假待批** ${lines.length} 人：${named(lines)}。审批以后才能确认考勤。`,
  openLeave: (name: string, by: string): string => `${name}（由${by}审批）`,
  decideLeaves: '审批请假',
  leavesFirst: (course: Named, session: Session, count: number): string =>
    `${place(course, session)}还有 ${count} 份请假没有答复，考勤没有确认。请先审批：不批的记缺勤，批准的记请假。`,
  correct: '更正',
  sheet: '导入签到表',
  back: '全部课次',
  hint: (id: number, no: number, mayGrantLeave: boolean): string =>
    `点名可以一句话：考勤 ${id} 第${no}课次 全部到，除了 张三 缺勤、李四 迟到。${mayGrantLeave ? '没有准假而请假的写明理由：王五 请假 理由 临时出差。' : ''}`,
  correctHint: (id: number, no: number): string =>
    `考勤已确认，要改须写理由：考勤 ${id} 第${no}课次 张三 出勤 理由 现场已签名。`,
  notYet: (course: Named, session: Session, at: string): string => `${place(course, session)}${at} 以后才能点名。`,
  notOver: (course: Named, session: Session, at: string, isSigningOut: boolean): string =>
    `${place(course, session)}${isSigningOut ? '还在签退' : '还没有结束'}，${at} 以后才能确认考勤。`,
  cancelled: (course: Named, session: Session): string => `${place(course, session)}已取消，没有考勤。`,
  noCourse: (course: Named, state: string): string => `培训班 ${courseName(course)}${state}，不能改考勤。`,
  departmentCorrects: (course: Named, session: Session): string =>
    `${place(course, session)}的考勤已经确认，更正由经办、部长办理，没有保存。请把情况告诉经办，或请本人发送“异议”。`,
  departmentHint: '考勤已确认。如有出入，请告诉经办更正，或请本人发送“异议”。',
  changed: '培训班或考勤有变动，这张卡片已失效，没有保存。请重新发送“考勤”。',
  already: (course: Named, session: Session): string => `${place(course, session)}的考勤已经确认过，没有重复操作。`,
  nobody: (course: Named, session: Session): string => `${place(course, session)}没有要到课的人员。发送“名单”添加。`,
  done: (course: Named, session: Session, hours: number, makeUps: number): string =>
    `已确认考勤：${place(course, session)}。${
      hours + makeUps === 0
        ? '学时在全班课次确认后认定。'
        : `${hours > 0 ? `${hours} 人的学时已认定或更正` : ''}${hours > 0 && makeUps > 0 ? '，' : ''}${makeUps > 0 ? `${makeUps} 人须补训` : ''}，已分别告知本人。`
    }`,
  draft: {
    title: '请核对考勤',
    summary: (course: Named, session: Session, changes: number): string =>
      `请核对：${place(course, session)}，将记录 ${changes} 人。`,
    line: (state: AttendanceState, names: readonly string[]): string =>
      `**${attendanceNames[state]}** ${names.length} 人${state === 'present' && names.length > 8 ? '' : `：${named(names)}`}`,
    notSignedOut: (names: readonly string[]): string =>
      `**未签退** ${names.length} 人，确认考勤后记早退：${named(names)}。在场到下课的请写明，例如：${names[0]} 出勤。`,
    onLeave: (names: readonly string[]): string => `已准假，保持请假：${named(names)}。如到课请写明，例如：王芳 出勤。`,
    askedLeave: (names: readonly string[]): string =>
      `请假还没有答复，按您说的记出勤：${named(names)}。没有到课的请写明，例如：${names[0]} 请假。`,
    own: '您本人的考勤不由自己记，没有计入；请用签到码签到，或由另一位经办记录。',
    before: (name: string, before: AttendanceState, after: AttendanceState): string =>
      `${name}：${attendanceNames[before]} → ${attendanceNames[after]}`,
    reason: (words: string): string => `理由：${words}`,
    reasonOf: (names: readonly string[], words: string): string => `${named(names)}的理由：${words}`,
    untouched: (names: readonly string[]): string => `没有提到、也没有签到的 ${names.length} 人：${named(names)}。`,
    confirm: (count: number): string => `确认（${count} 人）`,
    cancel: '取消',
    hint: '确认前不会保存。要改，请重新发送整句话。',
    hintSettled: '确认后学时和补训随之更正，并告知本人。',
    nothing: '没有要改的：与现有记录相同。',
  },
  saved: (course: Named, session: Session, changed: number): string =>
    `已记录 ${changed} 人的考勤：${place(course, session)}。`,
  corrected: (course: Named, session: Session, changed: number): string =>
    `已更正 ${changed} 人的考勤并告知本人：${place(course, session)}。`,
  faults: {
    example: (id: number, no: number): string => `例如：考勤 ${id} 第${no}课次 全部到，除了 张三 缺勤、李四 迟到。`,
    notSaved: '没有保存。',
    noState: '考勤只看出勤、迟到、早退、请假、缺勤这几种情况。',
    unsaid: (names: readonly string[]): string => `没有保存。没有写明${named(names)}是出勤、迟到、早退、请假还是缺勤。`,
    reason: (course: Named, session: Session): string =>
      `${place(course, session)}的考勤已经确认，更正须写理由，没有保存。例如：考勤 ${course.id} 第${session.no}课次 张三 出勤 理由 现场已签名。`,
    everybody: '考勤已经确认，请写明更正谁，一次写几个人也可以；不能用“全部”。',
    own: '不能记录或更正自己的考勤，没有保存。请由另一位经办办理。',
    whichSession: (course: Named): string => `请写明课次，例如：考勤 ${course.id} 第1课次。`,
  },
  label: ({ name, unit }: Person): string => `${name} ${unit}`.slice(0, 20),
  form: {
    title: '更正考勤',
    summary: (course: Named, session: Session): string => `${place(course, session)}：写明谁、什么情况和理由。`,
    person: '姓名或工号',
    personHint: '几个人用顿号隔开',
    state: '情况',
    reason: '理由',
    submit: '核对',
  },
} as const;

/** What a person hears of their own class: hours and make-ups. */
export const followedTexts = {
  title: '培训考勤',
  made: (course: Named, hours: number, entries: readonly Pick<HourEntry, 'id'>[]): string =>
    `您参加的 ${courseName(course)}已认定 **${showHours(hours)} 学时**（登记号 ${entries.map(({ id }) => id).join('、')}）。`,
  corrected: (title: string, id: number, before: number, after: number): string =>
    `登记号 ${id}《${title}》由 ${showHours(before)} 学时更正为 **${showHours(after)} 学时**。`,
  voided: ({ title, id, hours }: Pick<HourEntry, 'title' | 'id' | 'hours'>): string =>
    `登记号 ${id}《${title}》的 ${showHours(hours)} 学时已取消。`,
  opened: (course: Named, { courseId, no, cause, hours, dueOn }: MakeUp, today: string): string =>
    `${courseId === course.id ? courseName(course) : `培训班 ${courseId} `}${no === 0 ? '' : `第 ${no} 课次`}${makeUpCauseNames[cause]}，${hours === 0 ? '' : `缺 ${showHours(hours)} 学时，`}须在 **${showDay(dueOn, today)}** 前${no === 0 ? '补考' : '补训'}。`,
  /** It was to be made up in this run, or in another one that is not attended. */
  lapsed: ({ title }: Named, { courseId, no, dueOn }: MakeUp, today: string): string =>
    `您选定的补训课次没有参加或已取消（《${title}》）：培训班 ${courseId} 第 ${no} 课次仍未补上，须在 **${showDay(dueOn, today)}** 前补训${dueOn < today ? '，已逾期' : ''}，请重新选择方式。`,
  /** A later run, which this is, has made it up. */
  madeUp: (course: Named, { courseId, no, by }: MakeUp): string =>
    `培训班 ${courseId} 第 ${no} 课次的缺课已由培训班 ${by === null || by.courseId === course.id ? courseName(course) : by.courseId}补上。`,
  closed: (course: Named, { no }: MakeUp): string =>
    `${courseName(course)}${no === 0 ? '闭卷考试不用再补考' : `第 ${no} 课次不用再补训`}。`,
  reflection: ({ title }: Named, dueOn: string, today: string): string =>
    `《${title}》的学习体会请于 **${showDay(dueOn, today)}** 前提交。`,
  changed: (
    course: Named,
    session: Session,
    before: AttendanceState | null,
    after: AttendanceState,
    by: string,
    reason: string | null,
  ): string =>
    `您在 ${courseName(course)}第 ${session.no} 课次${topicOf(course, session)}的考勤${before === null ? '' : `由${attendanceNames[before]}`}更正为**${attendanceNames[after]}**（${by}${reason === null ? '' : `，理由：${reason}`}）。`,
  makeUp: '补训',
  progress: '看进度',
  handIn: '交体会',
  objection: '如有出入，请发送“异议”。',
} as const;

/** More hours on one day than it holds: the person and the department hear of it, nothing is cut. */
export const fullDayTexts = {
  title: '请核对一天的学时',
  own: ({ day, hours, cap }: FullDay, today: string): string =>
    `${showDay(day, today)}各项培训合计 ${showHours(hours)} 学时，超过一天 ${showHours(cap)} 学时的上限，已请组织部核对。`,
  deskSummary: (course: Named, count: number): string =>
    `培训班 ${courseName(course)}认定学时后，有 ${count} 人一天的学时超过上限，请核对。`,
  deskLine: (
    { name, unit }: Person,
    { day, hours, cap, courses, entries }: FullDay,
    titles: ReadonlyMap<number, Named>,
    today: string,
  ): string =>
    `${name}（${unit}）${showDay(day, today)}：合计 ${showHours(hours)} 学时，上限 ${showHours(cap)} 学时；${[
      ...courses.map((id) => `培训班 ${courseName(titles.get(id) ?? { id, title: '' })}`),
      ...entries.map((id) => `登记号 ${id}`),
    ].join('、')}。`,
  deskNext: '学时已按考勤如实记入，没有扣减。有误的，请更正其中一班的考勤（须写理由），或作废重复的登记。',
} as const;

/** Missing too much: the department hears of it and decides; nothing follows by itself. */
export const concernTexts = {
  title: '缺课情况待研究',
  summary: (course: Named, count: number): string =>
    `培训班 ${courseName(course)}有 ${count} 人缺课或请假超过规定，请研究处理。学员不会因此自动退班。`,
  undecided: (count: number): string => `待研究处理 ${count} 人：`,
  absence: ({ name, unit }: Person, nos: readonly number[]): string =>
    `${name}（${unit}）无故缺勤：第 ${nos.join('、')} 课次。`,
  leave: ({ name, unit }: Person, { missed, total, limit }: LeaveMeter, divisor: number): string =>
    `${name}（${unit}）累计请假 ${showHours(missed)} 学时，超过总学时 ${showHours(total)} 学时的 1/${divisor}（${showHours(limit)} 学时）。`,
  who: '人员',
  words: '处理意见',
  wordsHint: '例如：已谈话，按期补训',
  submit: '保存处理意见',
  decided: (names: readonly string[]): string => `已保存处理意见：${names.join('、')}。`,
  none: '这些情况都已处理或已不存在，没有重复保存。',
  own: '不能处理自己的缺课情况，请由另一位经办办理。',
  notDepartment: '缺课和超过规定的请假由经办、部长研究处理，没有保存。',
  lapsed: (course: Named, name: string): string =>
    `${name}已销假，在培训班 ${courseName(course)}累计请假不再超过规定，原来待研究处理的情况不用处理了。`,
  departmentDecides: '以上情况由经办、部长研究处理。',
  example: ({ id }: Named): string =>
    `只写待研究处理的人，没有保存。例如：考勤 ${id} 处理 张三、李四 意见 已谈话，按期补训；或：考勤 ${id} 处理 全部 意见 按期补训。`,
  wordsNeeded: '请填写处理意见，没有保存。',
} as const;

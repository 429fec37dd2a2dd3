import type { AttendanceState } from '../domain/attendance.ts';
import type { CadreState, Grade, Role } from '../domain/cadre.ts';
import type { Course, Level } from '../domain/course.ts';
import { type Day, type Month, monthOf, yearOf } from '../domain/day.ts';
import type { Content, EntryState, Form, Kind } from '../domain/hours.ts';
import type { Approver, Leave } from '../domain/leave.ts';
import type { MakeUp, MakeUpCause, MakeUpWay } from '../domain/make-up.ts';
import { percentOf } from '../domain/percent.ts';
import type { Reflection } from '../domain/reflection.ts';

/** The Chinese names of the domain's terms, as people read them everywhere. */
export const contentNames: Record<Content, string> = {
  theory: '理论教育',
  'party-spirit': '党性教育',
  professional: '专业化能力',
  knowledge: '知识培训',
};

export const kindNames: Record<Kind, string> = {
  thematic: '专题培训',
  rotation: '集中轮训',
  induction: '任职培训',
  post: '岗位培训',
  special: '专项培训',
  unspecified: '未注明',
};

export const formNames: Record<Form, string> = {
  'advanced-study': '进修轮训',
  intensive: '集中培训',
  'central-group': '中心组学习',
  online: '在线学习',
  secondment: '挂职锻炼',
  'self-study': '在职自学',
  unspecified: '未注明',
};

export const gradeNames: Record<Grade, string> = { chief: '中层正职', deputy: '中层副职', other: '其他' };

export const roleNames: Record<Role, string> = {
  'unit-head': '单位负责人',
  clerk: '经办',
  'department-head': '部长',
  archivist: '档案管理员',
  operator: '运维',
};

/** Who acts without being on the roster. */
export const actorNames: Readonly<Record<string, string>> = { system: '系统' };

export const messengerNames: Readonly<Record<string, string>> = { simulator: '模拟器', feishu: '飞书' };

export const cadreStateNames: Record<CadreState, string> = { active: '在职', retired: '退休', left: '离任' };

export const entryStateNames: Record<EntryState, string> = {
  submitted: '待审核',
  approved: '已认定',
  returned: '已退回',
  rejected: '已驳回',
  withdrawn: '已撤回',
  voided: '已作废',
};

export const reflectionStateNames: Record<Reflection['state'], string> = {
  owed: '待提交',
  'handed-in': '已提交',
  returned: '已退回',
  accepted: '已通过',
  waived: '免交',
};

export const levelNames: Record<Level, string> = { central: '中央', city: '省市', system: '系统', college: '本院' };

export const courseStateNames: Record<Course['state'], string> = {
  proposed: '待部长审定',
  open: '进行中',
  closed: '已结班',
  cancelled: '已取消',
};

/** 将要开始 as long as an open class has not begun. */
export const showCourseState = ({ state, from }: Pick<Course, 'state' | 'from'>, today: Day): string =>
  state === 'open' && from > today ? '将要开始' : courseStateNames[state];

export const attendanceNames: Record<AttendanceState, string> = {
  present: '出勤',
  late: '迟到',
  'left-early': '早退',
  'late-left-early': '迟到并早退',
  'on-leave': '请假',
  absent: '缺勤',
};

export const approverNames: Record<Approver, string> = {
  tutor: '班主任',
  clerk: '组织部经办',
  'department-head': '组织部部长',
};

export const leaveStateNames: Record<Leave['state'], string> = {
  asked: '待审批',
  approved: '已准假',
  refused: '未批准',
  withdrawn: '已撤回',
  ended: '已销假',
  lapsed: '已失效',
};

export const makeUpStateNames: Record<MakeUp['state'], string> = {
  open: '待补训',
  chosen: '补训中',
  'handed-in': '待审核',
  returned: '已退回',
  accepted: '已补训',
  waived: '免补',
};

export const makeUpWayNames: Record<MakeUpWay, string> = {
  'next-run': '参加下一期',
  recording: '看录像并交体会',
  'same-theme': '参加同主题培训',
  resit: '补考',
};

export const makeUpCauseNames: Record<MakeUpCause, string> = {
  absent: '缺勤',
  'on-leave': '请假',
  slips: '迟到早退折算',
  failed: '考试未通过',
};

/** Hundredths of an hour as people write them: 300 → `3`, 350 → `3.5`, 25 → `0.25`. */
export const showHours = (hundredths: number): string => String(hundredths / 100);

/** `66.7 %`, `不足 0.1 %`; `—` where there is no whole. */
export const showShare = (part: number, whole: number): string =>
  part > 0 && part * 1000 < whole ? '不足 0.1 %' : showPercent(percentOf(part, whole));
export const showPercent = (rate: number | null): string => (rate === null ? '—' : `${rate} %`);

/** `进度落后（超过 9 学时）18 人`: only those are counted who are behind by more than the tolerance. */
export const showLagging = (people: number, tolerance: number): string =>
  `进度落后${tolerance === 0 ? ' ' : `（超过 ${showHours(tolerance)} 学时）`}${people} 人`;

const monthAndDay = (day: Day): string => `${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`;

/** `2026年11月`. */
export const monthName = (month: Month): string => `${month.slice(0, 4)}年${Number(month.slice(5))}月`;

/** `11月20日` in the year of `today`; otherwise, and without `today`, `2025年11月20日`. */
export const showDay = (day: Day, today?: Day): string =>
  today !== undefined && yearOf(day) === yearOf(today) ? monthAndDay(day) : `${yearOf(day)}年${monthAndDay(day)}`;

/** `11月20日`, `3月5日至7日`, `3月30日至4月2日`, `12月30日至2026年1月3日`; the first year as `showDay` shows it. */
export function showSpan(from: Day, to: Day, today?: Day): string {
  const start = showDay(from, today);
  if (from === to) return start;
  if (yearOf(from) !== yearOf(to)) return `${start}至${yearOf(to)}年${monthAndDay(to)}`;
  if (monthOf(from) !== monthOf(to)) return `${start}至${monthAndDay(to)}`;
  return `${start}至${Number(to.slice(8, 10))}日`;
}

import type { Course, Session } from '../domain/course.ts';
import type { Approver, Leave, LeaveMeter, splitByNow } from '../domain/leave.ts';
import { cited } from './cited.ts';
import { courseName, sessionName } from './course.ts';
import { approverNames, leaveStateNames, showDay, showHours, showShare } from './glossary.ts';

type Named = Pick<Course, 'id' | 'title'>;
const listed = (nos: readonly number[]): string => `第 ${nos.join('、')} 课次`;
const trimmed = (words: string): string => words.replace(/[。.]$/, '');

type Split = ReturnType<typeof splitByNow>;
/** What is to be done about 课次 from which there is no leave: come, or, where they are over, make up. */
const whatNow = ({ over, coming }: Split): string =>
  [
    ...(coming.length > 0 || over.length === 0 ? [`${over.length === 0 ? '' : listed(coming)}请按时参加`] : []),
    ...(over.length > 0 ? [`${coming.length === 0 ? '' : listed(over)}已经上过，没有到课的记缺勤，须补训`] : []),
  ].join('；');

/** 请假, 销假: asking for leave from a class, deciding, and ending it. */
export const leaveTexts = {
  title: '请假',
  noCourse: '现在没有您参加的培训班还有课，不用请假。发送“培训”看自己的培训班。',
  nothingToCome: (course: Named): string =>
    `培训班 ${courseName(course)}没有您还可以请假的课次：都已开始，或已经请过假。发送“请假”看自己的请假。`,
  notEnrolled: (course: Named): string => `您没有参加培训班 ${courseName(course)}，不用请假。`,
  notOn: (course: Named): string => `培训班 ${courseName(course)}不在进行中（已取消或已结班），不用请假。`,
  chooseCourse: (names: readonly string[]): string => `请选择要请假的培训班：${names.join('、')}。`,
  formSummary: (course: Named): string => `请选择培训班 ${courseName(course)}要请假的课次，并写明事由。`,
  sessionsLabel: '请假的课次（可多选）',
  reasonLabel: '事由',
  submit: '提交请假',
  formHint: '也可以直接发送，例如：请假 1001 第2、3课次 出差开会；请假 明天上午 看病。',
  chooseSessions: '请至少选择一个课次。',
  reasonNeeded: '请写明事由，至少 2 个字，例如：出差开会。',
  reasonTooLong: '事由请控制在 300 字以内。',
  askReason: (course: Named, nos: readonly number[]): string =>
    `请假：培训班 ${courseName(course)}${listed(nos)}。请写明事由，例如：出差开会。`,
  begun: (sessions: readonly Session[], today: string): string =>
    `${sessions.map((session) => sessionName(session, today)).join('、')}已经开始，不能再请假，没有提交。课后只能由组织部补记，请向经办说明情况。`,
  notOnDay: (course: Named): string =>
    `培训班 ${courseName(course)}在所说的时间没有课。发送“培训 ${course.id}”看课程表，或写明课次，例如：请假 ${course.id} 第2课次 出差开会。`,
  noSession: (course: Named, nos: readonly number[]): string =>
    `培训班 ${courseName(course)}没有需要您参加的${listed(nos)}，没有提交。发送“培训 ${course.id}”看课程表。`,
  overlaps: (nos: readonly number[]): string => `${listed(nos)}已经请过假，没有重复提交。发送“请假”看自己的请假。`,
  askedTitle: '请假已提交',
  /** `total`: half-days with what was asked for before. */
  asked: (leave: Leave, course: Named, by: string, total: number): string =>
    `请假号 ${leave.id}：培训班 ${courseName(course)}${listed(leave.sessions)}，共 ${leave.halfDays} 个半天、${showHours(leave.hours)} 学时，已提交，${total > leave.halfDays ? `本班累计请假 ${total} 个半天，` : ''}由${by}审批。`,
  nobody: '没有其他人可以审批这次请假，请联系组织部。没有提交。',
  /** Who decides: `班主任赵敏`, `组织部经办`. */
  decider: (approver: Approver, names: readonly string[]): string =>
    `${approverNames[approver]}${names.length === 1 ? names[0] : ''}`,
  askedHint: (id: number): string => `批准前可以撤回：发送“撤回 请假 ${id}”。批准后能来上课的，发送“销假 ${id}”。`,
  withdraw: '撤回请假',
  end: '销假',
  meterLabel: '请假累计',
  meter: ({ missed, total, limit, over }: LeaveMeter, divisor: number): string =>
    `${showHours(missed)} / ${showHours(total)} 学时（${showShare(missed, total)}），上限 1/${divisor} 即 ${showHours(limit)} 学时${over ? '，**超过上限**' : ''}`,
  over: (divisor: number): string =>
    `批准后累计请假超过总学时的 1/${divisor}，按规定由组织部研究处理（学员管理规定）。`,
  isOver: (divisor: number): string => `累计请假已超过总学时的 1/${divisor}，按规定由组织部研究处理（学员管理规定）。`,
  makeUp: (hours: number, days: number): string =>
    `批准后这 ${showHours(hours)} 学时不计入，须在考勤确认后 ${days} 天内补训。`,
  makeUpDue: (hours: number, days: number): string =>
    `这 ${showHours(hours)} 学时不计入，须在考勤确认后 ${days} 天内补训。`,
  deskTitle: '请假审批',
  askedBy: (name: string, unit: string, leave: Leave, course: Named): string =>
    `${name}（${unit}）申请请假（请假号 ${leave.id}）：培训班 ${courseName(course)}${listed(leave.sessions)}，事由：${trimmed(leave.reason)}。`,
  fields: {
    person: '申请人',
    course: '培训班',
    sessions: '课次',
    length: '时长',
    total: '本班累计',
    reason: '事由',
    others: '本班其他请假',
  },
  person: (name: string, unit: string, position: string): string => `${name}（${unit} ${position}）`,
  sessionLine: (session: Session, today: string): string =>
    `${sessionName(session, today)} ${showHours(session.hours)} 学时`,
  length: ({ halfDays, hours }: Leave): string => `${halfDays} 个半天，${showHours(hours)} 学时`,
  /** Why it is whose to decide: all leave from the class so far counts. */
  total: ({ halfDays, approver }: Leave, total: number): string =>
    `${total} 个半天${total > halfDays ? '（含本次和此前已准、待批的）' : ''}，按累计时长由${approverNames[approver]}审批`,
  other: (leave: Leave): string => `请假号 ${leave.id}：${listed(leave.sessions)}（${leaveStateNames[leave.state]}）`,
  noOthers: '无',
  approve: '准假',
  refuse: '不准',
  refuseTitle: '不准假的理由',
  refuseAsk: (id: number): string => `请写明不准请假号 ${id} 的理由，会告诉本人，例如：该课次有闭卷考试，不能缺席`,
  refuseHint: '也可以直接回复理由；回复“取消”放弃。',
  noReason: (said: string): string => `${cited(said)}看不出理由，请至少写 4 个字。`,
  waiting: (count: number): string => (count === 0 ? '没有等您审批的请假。' : `有 ${count} 件请假等您审批。`),
  waitingButton: (count: number): string => `待审批的请假 ${count} 件`,
  notFound: (id: number): string => `没有找到请假号 ${id}。发送“请假 待批”看等您审批的，发送“请假”看自己的。`,
  notYours: (id: number): string => `请假号 ${id} 不由您审批，没有改动。`,
  own: (id: number): string => `请假号 ${id} 是您自己的请假，不能自己审批，请由其他人审批。`,
  already: (leave: Leave, by: string, at: string): string =>
    leave.state === 'lapsed'
      ? `请假号 ${leave.id} 的课次已取消，或不再要求本人参加：请假已自动失效，不用审批。`
      : `请假号 ${leave.id} ${leave.state === 'withdrawn' ? '已由本人撤回' : leave.state === 'refused' ? `已由${by}于${at}答复：不准` : `已由${by}于${at}准假`}，没有重复处理。`,
  changed: (id: number): string => `请假号 ${id} 的课次在您打开这张卡片后有变动，还没有办理。请按现在的内容审批。`,
  approvedTitle: '已准假',
  approved: (leave: Leave, name: string): string => `已准${name}的请假（请假号 ${leave.id}），已通知本人。`,
  raised: '累计请假已超过规定，已报组织部研究处理。',
  refused: (leave: Leave, name: string): string => `没有准${name}的请假（请假号 ${leave.id}），已告诉本人理由。`,
  toldApproved: (leave: Leave, course: Named, by: string): string =>
    `您的请假（请假号 ${leave.id}）已由${by}批准：培训班 ${courseName(course)}${listed(leave.sessions)}，${showHours(leave.hours)} 学时。`,
  toldApprovedNext: (id: number): string => `缺的学时课后须补训，届时会告诉您期限。能来上课的，请发送“销假 ${id}”。`,
  toldRefused: (leave: Leave, course: Named, by: string, when: Split): string =>
    `您的请假（请假号 ${leave.id}）没有批准：培训班 ${courseName(course)}${listed(leave.sessions)}，${whatNow(when)}。${by}的理由：${trimmed(leave.decision ?? '')}。`,
  refusedTitle: '请假未批准',
  hoursChanged: (course: Named): string => `培训班 ${courseName(course)}的考勤和学时已按准假更正。`,
  mine: '**我的请假**',
  mineLine: (leave: Leave, course: Named): string =>
    `请假号 ${leave.id}：${courseName(course)}${listed(leave.sessions)}，${leaveStateNames[leave.state]}`,
  endNothing: '您没有可以销假或撤回的请假。',
  endWhich: (ids: readonly number[]): string => `请写明请假号，例如：销假 ${ids[0]}。`,
  endTitle: '是哪一次请假',
  endedTitle: '已销假',
  ended: (leave: Leave, course: Named): string =>
    `请假号 ${leave.id} 已销假：培训班 ${courseName(course)}${listed(leave.ended?.sessions ?? [])}，请按时参加并签到。`,
  withdrawnTitle: '请假已撤回',
  withdrawn: (leave: Leave, course: Named, when: Split): string =>
    `请假号 ${leave.id} 已撤回：培训班 ${courseName(course)}${listed(leave.sessions)}，${whatNow(when)}。`,
  nothingLeft: (id: number): string => `请假号 ${id} 的课次都已结束，不能再销假。考勤有误的，请发送“异议”。`,
  notOpen: (leave: Leave): string =>
    leave.state === 'lapsed'
      ? `请假号 ${leave.id} 所请的${listed(leave.sessions)}已取消，或不再要求您参加：请假已自动失效，不用销假，也不用参加。`
      : `请假号 ${leave.id} ${leaveStateNames[leave.state]}，没有改动。`,
  /** What a change of the class or of its people has made of a leave. */
  followed: (leave: Leave, into?: number): string =>
    `${
      leave.state === 'lapsed'
        ? `您的请假（请假号 ${leave.id}）已自动失效，不用销假。`
        : `您的请假（请假号 ${leave.id}）只对${listed(leave.sessions)}有效，其余自动失效。`
    }${into === undefined || leave.sessions.includes(into) ? '' : `并入的第 ${into} 课次不能参加的，请另行请假。`}`,
  passedOn: ({ id }: Leave, by: string): string => `您的请假（请假号 ${id}）改由${by}审批。`,
  notOwn: (id: number): string => `没有找到您的请假号 ${id}。发送“请假”看自己的请假。`,
  toldEnded: (leave: Leave, course: Named, name: string): string =>
    `${name}已销假（请假号 ${leave.id}）：将参加培训班 ${courseName(course)}${listed(leave.ended?.sessions ?? [])}。`,
  toldWithdrawn: (leave: Leave, course: Named, name: string, { coming }: Split): string =>
    `${name}撤回了请假（请假号 ${leave.id}，培训班 ${courseName(course)}${listed(leave.sessions)}），不用再审批${coming.length === 0 ? '' : `；将参加${listed(coming)}`}。`,
  /** In the daily digest of whoever decides. */
  reminder: (id: string, name: string, title: string, nos: string, day: string, today: string): string =>
    `${name}的请假（请假号 ${id}，《${title}》第 ${nos} 课次）还没有答复，${
      day < today ? `${showDay(day, today)}已经上课，考勤要等答复后才能确认` : `最早一次课在${showDay(day, today)}`
    }，请审批。`,
} as const;

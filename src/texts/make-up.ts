import type { Course, Session } from '../domain/course.ts';
import type { HourEntry } from '../domain/hours.ts';
import type { MakeUp, MakeUpWay } from '../domain/make-up.ts';
import { cited } from './cited.ts';
import { courseName, sessionName } from './course.ts';
import {
  contentNames,
  entryStateNames,
  makeUpCauseNames,
  makeUpStateNames,
  makeUpWayNames,
  showDay,
  showHours,
  showSpan,
} from './glossary.ts';

type Named = Pick<Course, 'id' | 'title'>;
const trimmed = (words: string): string => words.replace(/[。.]$/, '');
/** `1001《党性教育专题班》第 2 课次`, or its exam. */
const placeOf = (one: Pick<MakeUp, 'no'>, course: Named): string =>
  one.no === 0 ? `${courseName(course)}闭卷考试` : `${courseName(course)}第 ${one.no} 课次`;

/** What is to be done: `1001《党性教育专题班》第 2 课次的补训`, or the resit of its exam. */
const matterOf = (one: Pick<MakeUp, 'no'>, course: Named): string =>
  `${placeOf(one, course)}的${one.no === 0 ? '补考' : '补训'}`;

/** What a proof is held against. */
interface About {
  readonly makeUp: MakeUp;
  /** Of the absence. */
  readonly day: string;
  readonly used: MakeUp | undefined;
  readonly today: string;
}

/** 补训: what is owed for an absence, how it is made up, and the department's desk. */
export const makeUpTexts = {
  title: '补训',
  placeOf,
  matterOf,
  none: '您没有需要补训的课次。',
  owed: (count: number): string => `您有 ${count} 项待补训。`,
  waitingToo: (count: number): string => `另有 ${count} 项已提交，等组织部审核。`,
  columns: ['缺的课', '原因', '学时', '期限', '状态'],
  cause: (one: MakeUp): string => makeUpCauseNames[one.cause],
  hours: (one: MakeUp): string => (one.no === 0 ? '—' : showHours(one.hours)),
  dueBy: (one: MakeUp, today: string): string =>
    `${showDay(one.dueOn, today)}前${one.dueOn < today ? '（已逾期）' : ''}`,
  state: (one: MakeUp): string =>
    one.way === null || one.state === 'open'
      ? makeUpStateNames[one.state]
      : `${makeUpStateNames[one.state]}（${makeUpWayNames[one.way]}）`,
  open: (one: MakeUp): string => (one.no === 0 ? `补训 ${one.courseId} 考试` : `补训 ${one.courseId} 第${one.no}课次`),
  hint: '点按钮选择补训方式，或发送“补训 班号 第几课次”。完成后不再提醒。',
  which: (course: Named): string => `培训班 ${courseName(course)}有几项待补训，请选择。`,
  notOwed: (courseId: number, no: number | undefined): string =>
    `没有找到您在培训班 ${courseId}${no === undefined ? '' : no === 0 ? ' 闭卷考试' : ` 第 ${no} 课次`}的补训。发送“补训”看要补的。`,
  offer: (one: MakeUp, course: Named, today: string): string =>
    `${one.no === 0 ? '补考' : '补训'}：${placeOf(one, course)}${one.no === 0 ? '' : `，缺 ${showHours(one.hours)} 学时（${makeUpCauseNames[one.cause]}）`}，请于${showDay(one.dueOn, today)}前完成${one.dueOn < today ? '，已逾期' : ''}。`,
  missed: (session: Session, today: string): string => `缺的课：${sessionName(session, today)}`,
  returned: (one: MakeUp): string => `上次提交被退回：${trimmed(one.reason ?? '')}。请补充后重新提交。`,
  chosen: (way: MakeUpWay): string => `已选的方式：${makeUpWayNames[way]}。提交前可以改。`,
  chosenSitting: (course: Named, session: Session, today: string): string =>
    `已报名：培训班 ${courseName(course)}${sessionName(session, today)}，参加并确认考勤后自动完成。`,
  sittingGone: '所选的课次已取消，请重新选择。',
  attend: (course: Named, session: Session, today: string): string =>
    `参加 ${course.id} 第${session.no}课次 ${showDay(session.day, today)}`.slice(0, 20),
  sittings: '**可参加的下一期**',
  sitting: (course: Named, session: Session, today: string): string =>
    `培训班 ${courseName(course)}${sessionName(session, today)}，${showHours(session.hours)} 学时`,
  nextRun: '等下一期',
  recording: '看录像并交体会',
  sameTheme: '参加同主题培训',
  waysHint: (minimum: number, hasRecording: boolean): string =>
    `参加下一期或同主题培训的，学时按那次培训记${hasRecording ? `；看录像并交不少于 ${minimum} 字体会的，审核通过后补记所缺学时` : ''}。`,
  resit: (course: Named): string => `培训班 ${courseName(course)}的补考由组织部安排，通过后自动完成，不用在这里提交。`,
  notAllowed: (way: MakeUpWay): string => `现行规定不允许用“${makeUpWayNames[way]}”补训，没有改动。请选择其他方式。`,
  enrolledTitle: '已选补训方式',
  enrolled: (one: MakeUp, course: Named, run: Named, session: Session, today: string): string =>
    `${placeOf(one, course)}的补训已选“参加下一期”：您已加入培训班 ${courseName(run)}${sessionName(session, today)}，请按时参加并签到。`,
  noRun: (one: MakeUp, course: Named, today: string): string =>
    `${placeOf(one, course)}还没有安排下一期，已记下您选“参加下一期”。开班后在“补训”中报名；${showDay(one.dueOn, today)}前没有下一期的，请改选其他方式。`,
  sittingOver: '这一课次已经开始、取消或报名已满，没有报名。请重新选择。',
  textTitle: '看录像补训',
  textAsk: (one: MakeUp, course: Named, minimum: number): string =>
    `${placeOf(one, course)}：看完录像后，请提交学习体会，不少于 ${minimum} 字。`,
  textLabel: (minimum: number): string => `体会正文（不少于 ${minimum} 字，请本人撰写）`,
  textSubmit: '提交体会',
  textHint: '也可以直接回复正文，或发送 Word（.docx）、文本文件；回复“取消”放弃。',
  tooShort: (length: number, minimum: number): string =>
    `这篇体会 ${length} 字，要求不少于 ${minimum} 字，还差 ${minimum - length} 字，没有提交。请补充后重新发送。`,
  themeTitle: '同主题培训补训',
  themeAsk: (one: MakeUp, course: Named): string =>
    `${placeOf(one, course)}：请选择您参加过的同主题培训，或写明登记号、班号。`,
  themeLabel: '登记号，或“培训班 班号”',
  themeSubmit: '提交证明',
  themeHint: (one: MakeUp): string =>
    `也可以直接发送，例如：补训 ${one.courseId} 第${one.no}课次 登记号 1023。还没有登记的，请先发送“登记”。`,
  themeUnclear: (said: string): string => `没有看懂${cited(said)}。请写登记号或班号，例如：登记号 1023，培训班 1010。`,
  entryButton: (id: number, title: string): string => `${id} ${title}`.slice(0, 20),
  notEntry: (id: number): string => `没有找到您名下的登记号 ${id}，没有提交。发送“记录”看自己的登记。`,
  notCourse: (id: number): string => `没有找到您参加的另一个培训班 ${id}，没有提交。发送“培训”看自己的培训班。`,
  noHoursYet: (id: number): string =>
    `培训班 ${id} 还没有给您认定学时，没有提交。请在那个班确认考勤、认定学时后再提交。`,
  notHandedIn: (why: string): string => `没有提交：${why}。发送“记录”看自己的登记，可换一条，或改用其他补训方式。`,
  /** What speaks against a training as a proof. */
  proofFaults: {
    'not-standing': ({ id, title, state }: HourEntry): string => `登记号 ${id}《${title}》${entryStateNames[state]}`,
    'of-class': ({ id, title }: HourEntry): string => `登记号 ${id}《${title}》就是本班的学时，不能用来补本班的缺课`,
    before: ({ id, title, from }: HourEntry, { day, today }: About): string =>
      `登记号 ${id}《${title}》在${showDay(from, today)}，早于缺课的${showDay(day, today)}；补训须是缺课以后的培训`,
    'other-content': ({ id, title, content }: HourEntry, { makeUp }: About): string =>
      `登记号 ${id}《${title}》是${contentNames[content]}，所缺的是${makeUp.content === null ? '' : contentNames[makeUp.content]}，内容不同`,
    used: ({ id, title }: HourEntry, { used }: About): string =>
      `登记号 ${id}《${title}》已用于${used === undefined ? '另一项' : `培训班 ${used.courseId} 第 ${used.no} 课次的`}补训，一次培训只能补一项`,
  },
  waitsForEntry: '这条登记还在待审核，认定后才能通过。',
  isShort: (short: number): string => `这次培训比所缺的少 ${showHours(short)} 学时，是否通过由组织部决定。`,
  entryProof: (id: number, title: string, day: string): string => `登记号 ${id}《${title}》（${showDay(day)}）`,
  doneTitle: '补训已提交',
  done: (one: MakeUp, course: Named): string =>
    `已收到培训班 ${placeOf(one, course)}的补训${one.way === 'recording' ? `体会，共 ${one.length} 字` : `证明：${one.proof ?? ''}`}，等待组织部审核。`,
  /** Why what a training had proven is owed again. */
  proofGone: ({ id, state }: Pick<HourEntry, 'id' | 'state'>): string =>
    `作为证明的登记号 ${id} ${state === 'approved' ? '已更正' : entryStateNames[state]}，不能再证明这次补训`,
  toldOwedAgain: (one: MakeUp, course: Named, today: string): string =>
    `${placeOf(one, course)}仍须补训：${trimmed(one.reason ?? '')}。请在 **${showDay(one.dueOn, today)}** 前重新选择方式或提交${one.dueOn < today ? '，已逾期' : ''}。`,
  closed: (one: MakeUp, course: Named): string =>
    `${matterOf(one, course)}${makeUpStateNames[one.state]}，不用再办理。`,
  deskTitle: '待审核的补训',
  deskOnly: '审核补训由经办、部长使用。',
  deskSummary: (count: number): string => (count === 0 ? '没有待审核的补训。' : `有 ${count} 项补训待审核。`),
  deskLine: (one: MakeUp, name: string, unit: string, course: Named, today: string): string =>
    `**${name}**（${unit}）：${placeOf(one, course)}，缺 ${showHours(one.hours)} 学时 · ${one.way === 'recording' ? `看录像并交体会 ${one.length} 字` : '参加同主题培训'} · ${showDay(one.dueOn, today)}前${one.dueOn < today ? '（已逾期）' : ''}`,
  /** The training that is to prove it, as the desk needs it. */
  deskProof: (entry: HourEntry, short: number, fault: string | null, today: string): string =>
    `登记号 ${entry.id}《${entry.title}》：${showSpan(entry.from, entry.to, today)}，${showHours(entry.hours)} 学时，${contentNames[entry.content]}，${entryStateNames[entry.state]}；${
      fault ?? '没有用于其他补训'
    }${short > 0 ? `；**比所缺少 ${showHours(short)} 学时，通过须写理由**` : ''}。`,
  entryWaits: (id: number): string => `登记号 ${id} 还没有认定，请先审核（发送“审核 ${id}”），认定后再通过`,
  notAccepted: (name: string, why: string): string => `没有通过${name}的补训：${why}。`,
  read: '看全文',
  accept: '通过',
  sendBack: '退回',
  waive: '免补',
  list: '待审核的补训',
  fileName: (one: MakeUp, name: string): string => `${name}_补训体会_${one.courseId}_${one.no}.txt`,
  fileCaption: (one: MakeUp, name: string, course: Named): string => `${name}：${placeOf(one, course)}的补训体会`,
  notHere: (name: string): string => `没有找到${name}的这项补训，或它已不在待审核状态。发送“补训 待审”看全部。`,
  newer: (name: string): string => `${name}交了新的内容，请先看过再决定。`,
  own: '不能审核自己的补训，请由其他经办或部长审核。',
  reasonTitle: { accept: '通过补训', return: '退回补训', waive: '免予补训' },
  reasonAsk: (verdict: 'accept' | 'return' | 'waive', name: string, one: MakeUp, course: Named): string =>
    verdict === 'accept'
      ? `${name}交的培训学时少于所缺的（${placeOf(one, course)}）。仍要通过的，请写明理由，会告诉本人，例如：内容完整，另有自学笔记`
      : `请写明${verdict === 'return' ? '退回' : '免补'}${name}的补训（${placeOf(one, course)}）的理由，会告诉本人，例如：${verdict === 'return' ? '请结合课程内容补充' : '因病住院，已自学讲义'}`,
  reasonLabel: '理由',
  reasonHint: '也可以直接回复理由；回复“取消”放弃。',
  noReason: (said: string): string => `${cited(said)}看不出理由，请至少写 4 个字。`,
  acceptedFor: (one: MakeUp, name: string, course: Named): string =>
    `${name}的补训（${placeOf(one, course)}）已通过，已通知本人。`,
  returnedFor: (one: MakeUp, name: string, course: Named): string =>
    `${name}的补训（${placeOf(one, course)}）已退回，已通知本人。`,
  waivedFor: (one: MakeUp, name: string, course: Named): string =>
    `${name}的补训（${placeOf(one, course)}）已免补，已通知本人。`,
  toldAccepted: (one: MakeUp, course: Named): string =>
    `${placeOf(one, course)}的补训已通过${one.reason === null ? '' : `：${trimmed(one.reason)}`}。`,
  toldReturned: (one: MakeUp, course: Named): string =>
    `${placeOf(one, course)}的补训被退回：${trimmed(one.reason ?? '')}。请补充后重新提交。`,
  toldWaived: (one: MakeUp, course: Named): string =>
    `${placeOf(one, course)}免予${one.no === 0 ? '补考' : '补训'}：${trimmed(one.reason ?? '')}。`,
  personSummary: (name: string, unit: string, count: number): string =>
    count === 0 ? `${name}（${unit}）没有需要补训的课次。` : `${name}（${unit}）有 ${count} 项待补训。`,
  personLine: (one: MakeUp, course: Named, today: string): string =>
    `${placeOf(one, course)}，${makeUpCauseNames[one.cause]}，${showDay(one.dueOn, today)}前${one.dueOn < today ? '（已逾期）' : ''}，${makeUpStateNames[one.state]}`,
  unknown: (said: string): string =>
    `没有看懂${cited(said)}。例如：补训，补训 1001 第2课次，补训 1001 第2课次 登记号 1023。`,
  /** Daily digest. */
  reminder: {
    before: (what: string, due: string, today: string): string => `${what}，请于 **${showDay(due, today)}** 前完成。`,
    due: (what: string, due: string, today: string): string => `${what}，**今天（${showDay(due, today)}）** 到期。`,
    overdue: (what: string, due: string, today: string): string =>
      `${what}，已于 **${showDay(due, today)}** 到期，请尽快完成。`,
    ofUnit: (people: readonly { name: string }[], what: string, due: string, today: string): string =>
      `${what}应于${showDay(due, today)}前完成，本单位${people.map(({ name }) => name).join('、')}至今没有完成，请提醒本人在聊天中发送“补训”办理。`,
    ofOthers: (people: readonly { name: string; unit: string }[], what: string, due: string, today: string): string =>
      `${what}应于${showDay(due, today)}前完成，还有 ${people.length} 人没有完成：${people.map(({ name, unit }) => `${name}（${unit}）`).join('、')}。请跟进。`,
  },
} as const;

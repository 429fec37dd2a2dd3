import type { Course, Session } from '../domain/course.ts';
import { cited } from './cited.ts';
import { courseName, topicOf } from './course.ts';
import { showDay } from './glossary.ts';

type Named = Pick<Course, 'id' | 'title'>;
type Way = 'in' | 'out';
const verbs = { in: '签到', out: '签退' } as const;

/** `1001《党性教育专题班》第 2 课次（专题报告）`: the next run of a class has the same name. */
const placeName = (course: Named, session: Session): string =>
  `${courseName(course)}第 ${session.no} 课次${topicOf(course, session)}`;

/** 签到 and 签退, as whoever is in the class reads it. */
export const signTexts = {
  verbs,
  title: { in: '签到', out: '签退' },
  codeField: '签到码',
  codeHint: '教室屏幕上的六位数字',
  ask: (way: Way, places: readonly { course: Named; session: Session }[]): string =>
    `${verbs[way]}：${places.map(({ course, session }) => placeName(course, session)).join('；')}。请输入教室屏幕上的六位签到码。`,
  askHint: (way: Way): string => `也可以直接回复六位数字，或发送“${verbs[way]} 123456”。`,
  sixDigits: (said: string): string => `签到码是六位数字，没有看懂${cited(said)}。例如：签到 123456。`,
  done: {
    in: '已签到',
    late: '已签到（迟到）',
    out: '已签退',
    early: '已签退（早退）',
  },
  signedIn: (course: Named, session: Session, time: string): string =>
    `已签到：${placeName(course, session)}，${time}。`,
  late: (course: Named, session: Session, time: string, minutes: number): string =>
    `已签到：${placeName(course, session)}，${time}，**迟到 ${minutes} 分钟**。`,
  signedOut: (course: Named, session: Session, time: string): string =>
    `已签退：${placeName(course, session)}，${time}。`,
  early: (course: Named, session: Session, time: string, minutes: number): string =>
    `已签退：${placeName(course, session)}，${time}，**比下课早 ${minutes} 分钟，记为早退**。如还未离开，下课时可再签退一次，以后一次为准。`,
  wasOnLeave: '您原已准假，现按到课记录。其余课次也参加的，请发送“销假”。',
  thenSignOut: (opens: string, closes: string): string =>
    `本班须签退：${opens} 至 ${closes} 发送“签退”，签退码看教室屏幕。`,
  nothingToday: (way: Way): string =>
    `今天没有您要${verbs[way]}的课次。如正在上课，请找经办核对名单并补记。发送“培训”看您的培训班。`,
  /** A 课次 of another class at the same time has them already. */
  elsewhere: (
    { course, session }: { course: Named; session: Session },
    other: { course: Named; session: Session },
  ): string =>
    `没有签到：${placeName(course, session)}与您已到课的 ${courseName(other.course)}第 ${other.session.no} 课次（${other.session.start}—${other.session.end}）时间重叠，不能同时参加。如应参加本班，请找经办先更正那一班的考勤，再来签到。`,
  bareCode: (code: string): string =>
    `“${code}”像是签到码，但您今天没有要签到的课次，没有签到。如正在上课，请找经办核对名单并补记；发送“培训”看您的培训班。`,
  toSignOut: '下课时签退，请发送“签退”。',
  nextIs: (way: Way, course: Named, session: Session, place: string | null, opens: string, today: string): string =>
    `今天没有您要${verbs[way]}的课次。您的下一课次：${placeName(course, session)}，**${showDay(session.day, today)} ${session.start}**${place === null ? '' : `，${place}`}，当天 ${opens} 起可以${verbs[way]}。如今天正在上课，请找经办核对名单并补记。`,
  noSignOut: (course: Named): string => `培训班 ${courseName(course)}不要求签退，不用操作。`,
  faults: {
    cancelled: (course: Named, session: Session): string => `${placeName(course, session)}已取消，不用签到。`,
    settled: (course: Named, session: Session): string =>
      `${placeName(course, session)}的考勤已经确认，不能再签到。如有出入，请发送“异议”或找经办更正。`,
    tooEarly: (way: Way, course: Named, session: Session, opens: string): string =>
      `${placeName(course, session)}还没有到${verbs[way]}时间，**${opens}** 起可以${verbs[way]}。`,
    tooLate: (way: Way, course: Named, session: Session, closes: string): string =>
      `${placeName(course, session)}的${verbs[way]}已于 ${closes} 截止。已到课的，请当场找经办或班主任补记。`,
    alreadyIn: (course: Named, session: Session, time: string | null): string =>
      time === null
        ? `${placeName(course, session)}已由经办记为到课，不用再签到。`
        : `您已于 ${time} 签到：${placeName(course, session)}，不用重复操作。`,
    alreadyOut: (course: Named, session: Session, time: string): string =>
      `您已于 ${time} 签退：${placeName(course, session)}，不用重复操作。`,
    notIn: (course: Named, session: Session): string =>
      `${placeName(course, session)}没有您的签到记录，不能签退。已到课的，请找经办补记。`,
  },
  stale: '这个签到码已经过期，请看教室屏幕上的新码再输一次。',
  wrong: (places: readonly { course: Named; session: Session }[], left: number): string =>
    `签到码不对。您现在可用的是 ${places.map(({ course, session }) => placeName(course, session)).join('、')}的码，请看该教室屏幕重新输入；还可以试 ${left} 次。`,
  paused: (tries: number, time: string): string =>
    `签到码连续输错 ${tries} 次，请在 **${time}** 后再试；急需签到的，请当场找经办或班主任补记。`,
} as const;

/** 签到码: what the clerk shows in the room. */
export const codeTexts = {
  title: '签到码',
  summary: (course: Named, session: Session, code: string): string =>
    `${placeName(course, session)}签到码：${spaced(code)}`,
  code: (code: string): string => `**${spaced(code)}**`,
  lasts: (seconds: number): string => `还有 ${seconds} 秒换新码，换码后旧码再有效 30 秒。`,
  fields: { session: '课次', window: '签到时间', signOut: '签退时间', expected: '应到', there: '已到' },
  people: (count: number): string => `${count} 人`,
  window: (opens: string, onTime: string, closes: string): string => `${opens} 至 ${closes}，${onTime} 后算迟到`,
  span: (opens: string, closes: string): string => `${opens} 至 ${closes}`,
  refresh: '刷新',
  roll: '看名单',
  page: (url: string): string => `投影页面（自动换码，没有姓名）：${url}`,
  noPage: '请把签到码读给大家，或在教室屏幕上打开本聊天，每分钟点一次“刷新”。',
  hint: '学员发送“签到”加六位数字即可。签到码只对本班本课次有效。',
  noneToday: '今天没有课次，不用签到码。发送“培训”看课程表。',
  notOpen: {
    closed: (course: Named): string =>
      `培训班 ${courseName(course)}已经结班，没有签到码。要补记考勤，请经办发送“考勤 ${course.id}”更正；还要上课的，先发送“结班 ${course.id} 撤销”。`,
    cancelled: (course: Named): string =>
      `培训班 ${courseName(course)}已取消，没有签到码。要重新开班，请经办发送“培训 ${course.id}”，点“建下一期”。`,
    proposed: (course: Named): string =>
      `培训班 ${courseName(course)}还在等部长决定，没有开班，没有签到码。发送“培训 ${course.id}”看情况。`,
  },
  off: (course: Named, session: Session): string => `${placeName(course, session)}已取消，没有签到码。`,
  settled: (course: Named, session: Session): string =>
    `${placeName(course, session)}的考勤已经确认，没有签到码；要改请发送“考勤 ${course.id} 第${session.no}课次”。`,
  notToday: (course: Named, session: Session, day: string): string =>
    `${placeName(course, session)}在${day}，签到码当天才有。`,
  usage: '没有看懂。请发送“签到码”，或写明班号，例如：签到码 1001 第2课次。',
} as const;

/** `123456` → `123 456`, as it is read out. */
const spaced = (code: string): string => `${code.slice(0, 3)} ${code.slice(3)}`;

/** The page for the projector. */
export const checkInPageTexts = {
  title: '签到码',
  counts: (there: number, expected: number): string => `已到 ${there} / 应到 ${expected}`,
  seconds: (left: number): string => `${left} 秒后换码`,
  how: '在与学时簿的聊天中发送“签到”和这六位数字',
  scan: '扫码打开聊天',
  scanPage: '扫码看本页',
  before: (time: string): string => `${time} 开始签到`,
  over: '签到已截止',
  signOut: '签退用同一个码',
  gone: '这个签到页面不存在或已过当天。请由经办重新发送“签到码”。',
  lost: '暂时连不上，正在重试…',
} as const;

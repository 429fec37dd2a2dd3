import type { Course, Session } from '../domain/course.ts';
import { cited } from './cited.ts';
import { courseName } from './course.ts';
import { showDay, showHours, showSpan } from './glossary.ts';

type Named = Pick<Course, 'id' | 'title'>;
type Dated = Pick<Course, 'id' | 'title' | 'from' | 'to'>;
const closed = (words: string): string => words.replace(/[。.]$/, '');

/** What enrolled people are told of their class, and groups of a class that was announced there. */
export const classNoticeTexts = {
  openedTitle: '参训通知',
  opened: (course: Dated, place: string | null, hours: number, today: string): string =>
    `请您参加培训班 ${courseName(course)}：${showSpan(course.from, course.to, today)}${place === null ? '' : `，${place}`}，共 ${showHours(hours)} 学时。`,
  asked: (asks: readonly string[]): string => `要求：${asks.join('；')}。`,
  asks: {
    signIn: '按时签到',
    signsOut: '按时签到、签退',
    reflection: (length: number, days: number): string => `结束后 ${days} 天内提交学习体会，不少于 ${length} 字`,
    exam: (mark: number): string => `参加闭卷考试，${mark} 分及格`,
  },
  tutorTitle: '您是班主任',
  tutor: (course: Dated, today: string): string =>
    `您是培训班 ${courseName(course)}的班主任：${showSpan(course.from, course.to, today)}。`,
  tutorDoes: (id: number): string =>
    `您可以看本班名单，上课时出示签到码、点名并确认考勤，审批短假；学员请假时会通知您。可以发送：名单 ${id}，签到码 ${id}，考勤 ${id}。`,
  tutorLeft: (course: Named, name: string): string =>
    `培训班 ${courseName(course)}的班主任已改为${name}，本班的签到码、考勤和短假审批由${name}负责。`,
  changedTitle: '培训班有变动',
  changed: (course: Named, what: string, reason: string | null): string =>
    `您参加的培训班 ${courseName(course)}有变动：${closed(what)}${reason === null ? '' : `（${closed(reason)}）`}。`,
  changedForTutor: (course: Named, what: string, reason: string | null): string =>
    `您任班主任的${classNoticeTexts.changedInGroup(course, what, reason)}`,
  cancelledForTutor: (course: Named, reason: string): string =>
    `您任班主任的${classNoticeTexts.cancelledInGroup(course, reason)}`,
  changedInGroup: (course: Named, what: string, reason: string | null): string =>
    `培训班 ${courseName(course)}有变动：${closed(what)}${reason === null ? '' : `（${closed(reason)}）`}。`,
  cancelledTitle: '培训班已取消',
  cancelled: (course: Named, reason: string): string =>
    `培训班 ${courseName(course)}已取消：${closed(reason)}。不用再来，已计的学时和补训相应撤销。`,
  cancelledInGroup: (course: Named, reason: string): string =>
    `培训班 ${courseName(course)}已取消：${closed(reason)}。`,
  voided: (no: number, at: string | null): string =>
    `您在第 ${no} 课次的考勤${at === null ? '' : `（${at} 签到）`}已作废，请按新的时间重新签到。`,
  joinedTitle: '参训通知',
  leftTitle: '不再参训',
  left: (course: Named): string => `您已不在培训班 ${courseName(course)}的参训名单中，以后的课次不用参加。`,
  groupTitle: '培训班通知',
  group: (course: Dated, place: string | null, today: string): string =>
    `培训班 ${courseName(course)}：${showSpan(course.from, course.to, today)}${place === null ? '' : `，${place}`}。`,
  audience: (words: string): string => `参训人员：${words}`,
  everybody: '全体干部',
  allOf: (grade: string): string => `全体${grade}`,
  allOfUnits: (units: readonly string[]): string => `${units.join('、')}全体`,
  someOf: (count: number): string => `${count} 人，已通知本人`,
  groupHint: '点“我的安排”，在私聊里看自己的课次、签到和请假。',
  mine: '我的安排',
  announced: (course: Named, group: string): string => `已把培训班 ${courseName(course)}的通知发到“${group}”。`,
  announcedAlready: (course: Named, group: string): string => `培训班 ${courseName(course)}已在“${group}”发过通知。`,
  notAnnounceable: (course: Named): string => `培训班 ${courseName(course)}不在进行中，不能发通知。`,
  noGroups: '还没有可以发通知的群。请先把机器人拉进干部群。',
  groupGone: '机器人已不在这个群里，没有发送。',
  eveInGroupTitle: '培训提醒',
  eveInGroup: (course: Named, when: string, place: string | null): string =>
    `培训班 ${courseName(course)} **${when}**上课${place === null ? '' : `，地点：${place}`}，请参训人员按时签到。`,
  eve: (course: Named, day: string, times: string, place: string | null, today: string): string =>
    `培训班 ${courseName(course)}**${showDay(day, today)} ${times}** 上课${place === null ? '' : `，${place}`}，请按时签到；不能参加的请事先请假。`,
  seeOf: (id: string): string => `看培训班 ${id}`,
} as const;

/** 培训: one's own classes, and all of them for those who run them. */
export const coursesTexts = {
  ownTitle: '我的培训班',
  ownEmpty: '您现在没有参加的培训班。开班时会通知您。',
  ownSummary: (now: number, coming: number, past: number, off: number): string =>
    `进行中 ${now} 个，将要开始 ${coming} 个，已结束 ${past} 个${off === 0 ? '' : `，已取消 ${off} 个`}。`,
  now: '**进行中**',
  coming: '**将要开始**',
  past: '**已结束**',
  tutored: '**我任班主任**',
  off: '**已取消**',
  line: (course: Dated, place: string | null, today: string): string =>
    `${courseName(course)}：${showSpan(course.from, course.to, today)}${place === null ? '' : `，${place}`}`,
  next: (when: string): string => `下一课次 ${when}`,
  more: (count: number): string => `另有 ${count} 个，请发送“培训 班号”查看。`,
  allTitle: '培训班',
  allEmpty: '还没有培训班。发送“建班”建立第一个。',
  allSummary: (open: number, coming: number, proposed: number): string =>
    `进行中 ${open} 个${coming === 0 ? '' : `，将要开始 ${coming} 个`}${proposed === 0 ? '' : `，待部长审定 ${proposed} 个`}。`,
  endedSummary: (count: number): string => `已结班和已取消的共 ${count} 个。`,
  columns: ['班号', '班名', '日期', '状态', '人数', '结班还缺'],
  missing: {
    verdict: '部长审定',
    roll: (count: number): string => `${count} 个课次待确认考勤`,
    coming: (count: number): string => `${count} 个课次未上`,
    closing: '待结班',
    none: '—',
  },
  buttons: {
    open: '建班',
    mine: '我的培训班',
    all: '全部培训班',
    ended: '已结束的',
    current: '进行中的',
    earlier: '上一页',
    later: '下一页',
    signIn: '签到',
    leave: '请假',
    roster: '名单',
    code: '签到码',
    roll: '考勤',
    scores: '成绩',
    close: '结班',
    change: '调整课次',
    add: '加课次',
    cancelCourse: '取消培训班',
    nextRun: '建下一期',
    announce: '发到群里',
    detail: (id: number): string => `看 ${id}`,
    decide: '审定',
  },
  page: (page: number, pages: number): string => `第 ${page} 页，共 ${pages} 页。`,
  detailTitle: '培训班',
  detailSummary: (course: Dated, state: string, today: string): string =>
    `${courseName(course)}，${showSpan(course.from, course.to, today)}，${state}。`,
  fields: {
    kind: '类别',
    form: '方式',
    level: '级别',
    organiser: '主办',
    place: '地点',
    tutor: '班主任',
    people: '参训人数',
    asks: '要求',
    credits: '学时入账',
    exception: '低于 70 % 的理由',
    plea: '经办报审的理由',
    cancelled: '取消原因',
    repeats: '接续',
  },
  own: (attended: number, missed: number, onLeave: number, hours: number): string =>
    `您已到课 ${attended} 次${missed === 0 ? '' : `，未到 ${missed} 次`}，按考勤已得 ${showHours(hours)} 学时。${onLeave === 0 ? '' : coursesTexts.ownComing(onLeave)}`,
  /** 课次 that are still to come, from which one is on leave. */
  ownComing: (onLeave: number): string => `以后的课次已请假 ${onLeave} 次。`,
  ownNone: '您在参训名单中，还没有您的考勤记录。',
  ownColumn: '本人',
  notIn: (course: Named): string =>
    `您不在培训班 ${courseName(course)}的参训名单中。如需参加，请与组织部联系；自己的培训班请发送“培训”。`,
  left: '您已不再参加这个班。',
  hint: ({ id }: Named, { no }: Pick<Session, 'no'>): string =>
    `签到请在课前发送“签到”；请假请写明课次和事由，例如：请假 ${id} 第${no}课次 出差开会。`,
  notUnderstood: (said: string): string => `没有看懂${cited(said)}。可以这样说：培训，培训 1001。`,
  notUnderstoodChange: (said: string): string =>
    `没有看懂${cited(said)}。可以这样说（前面加“培训 1001”）：第2课次 改到 11-26 14:00-16:30 理由 场地停电；第2课次 地点 待定；第2课次 取消 理由 主讲出差；第2课次 并入 第3课次 理由 两讲合一；加课 11-26 14:00-16:30 党性教育 3学时；体会 800字 7天内；不要体会；考试 60分；不考试；班名 《党性修养班》；班主任 E0013；取消 理由 另行安排。`,
} as const;

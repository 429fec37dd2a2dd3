import type { Course, Session } from '../domain/course.ts';
import { cited } from './cited.ts';
import { courseName } from './course.ts';
import { contentNames, showDay, showHours } from './glossary.ts';
import { timetableTexts } from './timetable.ts';

type Named = Pick<Course, 'id' | 'title'>;
const nameOf = ({ no, topic }: Pick<Session, 'no' | 'topic'>): string => `第 ${no} 课次《${topic}》`;
const isOpen = (said: string | null): boolean => said === null || said === timetableTexts.open;

/** 调整课次: what changes in a class, what follows from it, and who is told. */
export const changeTexts = {
  chooseTitle: '调整课次',
  chooseSummary: (course: Named): string =>
    `请选择培训班 ${courseName(course)}的课次和要做的调整，保存前会先列出影响。`,
  fields: {
    no: '课次',
    change: '调整',
    into: '并入哪一个课次（只在合并时选）',
    line: '改成（日期 时间 内容 学时 《专题》）',
    speaker: '主讲（清空即待定）',
    place: (course: string | null): string =>
      course === null ? '地点（清空即待定）' : `地点（清空即在${course}）`.slice(0, 40),
    add: '新课次（日期 时间 内容 学时 《专题》 主讲：… 地点：…）',
    reason: '理由（会告诉参训人员）',
  },
  changes: { edit: '改期、改地点或改内容', cancel: '取消这个课次', merge: '并入另一个课次' },
  lineHint: '例如：11-24 09:00-11:30 党性教育 3学时',
  next: '下一步',
  preview: '看影响',
  editTitle: '修改课次',
  editSummary: (session: Session): string => `请改${nameOf(session)}。`,
  addTitle: '增加课次',
  addSummary: (course: Named): string => `请填写培训班 ${courseName(course)}要增加的课次。`,
  reasonTitle: '请写明理由',
  reasonSummary: '这项调整需要理由，理由会存档并告诉参训人员；可以直接回复理由。',
  noSession: '请选择课次。',
  badLine: (missing: string): string => `${missing}，例如：11-26 14:00-16:30 地点：报告厅。`,
  noSuchDay: (day: string): string => `没有${cited(day)}这一天`,
  unread: (words: string): string => `没有看懂${cited(words)}`,
  isCancelled: (session: Session): string => `${nameOf(session)}已取消，不能再调整。`,
  noInto: '请选择要并入的另一个课次。',
  mergeHeld: (session: Session): string =>
    `${nameOf(session)}已有考勤，不能合并：只有都还没有上的课次才能合并。不用再上的课次请“取消”并写明理由。`,
  mergeOver: (session: Session): string =>
    `${nameOf(session)}的时间已过，不能并入：请并入还没有上的课次，或先把它改期。`,
  mergedContent: (from: Session, into: Session): string =>
    `**内容不同**：${nameOf(from)}的 ${showHours(from.hours)} 学时${contentNames[from.content]}改按${contentNames[into.content]}计。`,
  /** Why a 课次 cannot be at the new time, and what to do. */
  noMove: {
    held: (course: Named, session: Session, today: string): string =>
      `${nameOf(session)}已在${showDay(session.day, today)}上过（有考勤），不能改到以后，没有保存。要另行补上的，请发送：培训 ${course.id} 加课 …；当天其实没有上课的，请先发送：培训 ${course.id} 第${session.no}课次 取消 理由 当天没有上课，再加课。`,
    signed: (course: Named, session: Session, today: string): string =>
      `${nameOf(session)}有人用签到码在${showDay(session.day, today)}签到，说明当天已上课，日期不能更正，没有保存。当天其实没有上课的，请发送：培训 ${course.id} 第${session.no}课次 取消 理由 当天没有上课，再加课。`,
  },
  /** What another time means for the attendance. */
  moves: {
    kept: (people: number): string => `已有 ${people} 人的考勤，当天仍在上课，照旧有效。`,
    voids: (people: number): string =>
      `已有 ${people} 人的考勤（签到或点名），改期后**作废**（留痕），须按新的时间重新签到。`,
    corrects: (people: number): string =>
      `这是**更正已上课次的时间**：${people} 人的考勤照旧，记在更正后的日期；迟到、早退不重新计算，有出入请在“考勤”中更正。`,
  },
  takenVoid: (people: number, sessions = 1): string =>
    `已有 ${people} ${sessions > 1 ? '人次' : '人'}的考勤，取消后不再计入（留痕）。`,
  unchanged: '没有改动。',
  last: '这是最后一个课次，请改为取消整个培训班。',
  edited: (session: Session, what: readonly string[]): string => `${nameOf(session)}${what.join('，')}`,
  edits: {
    when: (when: string, isCorrection: boolean): string => `${isCorrection ? '时间更正为' : '改到'} ${when}`,
    place: (place: string | null): string => (isOpen(place) ? '地点待定' : `地点改为 ${place}`),
    speaker: (speaker: string | null): string => (isOpen(speaker) ? '主讲待定' : `主讲改为 ${speaker}`),
    topic: (topic: string): string => `专题改为《${topic}》`,
    content: (content: Session['content']): string => `内容改为${contentNames[content]}`,
    hours: (hours: number): string => `学时改为 ${showHours(hours)}`,
  },
  settings: {
    title: (title: string): string => `班名改为《${title}》`,
    tutor: (name: string): string => `班主任改为${name}`,
    reflection: (reflection: Course['reflection']): string =>
      reflection === null
        ? '不交学习体会'
        : `学习体会改为结束后 ${reflection.dueDays} 天内提交，不少于 ${reflection.minLength} 字`,
    exam: (exam: Course['exam']): string => (exam === null ? '不考试' : `闭卷考试改为 ${exam.passMark} 分及格`),
  },
  tutors: (name: string): string => `新班主任${name}和原班主任会收到通知。`,
  /** Leave that waits comes to somebody else. */
  passedOn: (ids: readonly number[], by: string): string =>
    `待批的请假（请假号 ${ids.join('、')}）改由${by}审批，会收到审批卡片。`,
  noRename: (course: Named): string => `培训班 ${courseName(course)}已有学时以这个班名入账，班名不能再改，没有保存。`,
  reflectionAsked: (course: Named): string =>
    `培训班 ${courseName(course)}的课次都已确认考勤，学习体会已按原要求布置，不能再改，没有保存。`,
  examTaken: (course: Named): string => `培训班 ${courseName(course)}已有考试成绩，考试要求不能再改，没有保存。`,
  settingsHint: (course: Named): string =>
    `要改班主任、班名、学习体会或考试，请发送，例如：培训 ${course.id} 班主任 E0013，培训 ${course.id} 体会800字。`,
  added: (session: Session, when: string): string =>
    `增加${nameOf(session)}，${when}，${showHours(session.hours)} 学时`,
  cancelled: (session: Session): string => `${nameOf(session)}取消`,
  merged: (from: Session, into: Session): string =>
    `${nameOf(from)}并入${nameOf(into)}，合计 ${showHours(into.hours)} 学时${from.content === into.content ? '' : `，按${contentNames[into.content]}计`}`,
  draftTitle: '请核对调整',
  draft: (course: Named, what: string): string => `请核对培训班 ${courseName(course)}的调整：${what}。`,
  cancelCourse: '整个培训班取消',
  howToCancel: (id: string | undefined): string =>
    `没有取消培训班：请写明班号和理由，${id === undefined ? '例如' : '请发送'}：培训 ${id ?? '1001'} 取消 理由 另行安排。`,
  affected: (people: number): string => `受影响 ${people} 人。`,
  hours: (before: number, after: number): string =>
    before === after
      ? `每人应得学时不变，仍为 ${showHours(before)} 学时。`
      : `每人应得学时：${showHours(before)} → ${showHours(after)}。`,
  entered: (people: number, hours: number): string => `有 ${people} 人的学时入账，合计 ${showHours(hours)} 学时。`,
  creditedStays: '已入账的学时不变。',
  corrected: (
    people: number,
    before: number,
    after: number,
    shifts: readonly { readonly of: string; readonly before: number; readonly after: number }[],
    isDateOnly: boolean,
  ): string =>
    isDateOnly
      ? `已入账的学时有 ${people} 人更正日期，学时不变，更正留痕。`
      : `已入账的学时有 ${people} 人更正，合计 ${showHours(before)} → ${showHours(after)} 学时${
          shifts.length === 0
            ? ''
            : `（${shifts.map((one) => `${one.of} ${showHours(one.before)} → ${showHours(one.after)}`).join('，')}）`
        }，更正留痕。`,
  year: (year: number): string => `${year} 年`,
  makeUps: (opened: number, waived: number): string => `补训：新增 ${opened} 项，撤销 ${waived} 项。`,
  leaves: (people: number): string => `已就这些课次请假的有 ${people} 人，假条随课次变动；能参加的可以销假。`,
  lapsing: (count: number): string => `就不再上的课次请的假 ${count} 件自动失效，不用审批，也不用销假。`,
  withdraws: (people: number): string =>
    `这个班还在等部长审定，${people} 名参训人员都没有收到通知。确认后撤回，不再审定，不通知参训人员。`,
  withdrawsHint: '确认后告知部长和建班人。',
  withdrawnTitle: '培训班已撤回',
  withdrawn: (course: Named, by: string, reason: string): string =>
    `${by}已撤回待审定的培训班 ${courseName(course)}，不用再审定。理由：${reason.replace(/[。.]$/, '')}。`,
  doneWithdrawn: (course: Named): string => `已撤回并取消培训班 ${courseName(course)}，没有通知参训人员。`,
  confirm: '确认调整',
  cancel: '不改了',
  hint: '确认后立即通知受影响的参训人员和班主任；发过群通知的，群里同时更正。',
  doneTitle: '已调整',
  done: (course: Named, what: string, told: number, andTutor: boolean): string =>
    `已保存：培训班 ${courseName(course)}${what}，已通知${told === 0 && andTutor ? '' : ` ${told} 人`}${andTutor ? `${told === 0 ? '' : '和'}班主任` : ''}。`,
  moved: (course: Named): string => `培训班 ${courseName(course)}在此期间有变动，没有保存，请重新查看。`,
  notOpen: (course: Named): string => `培训班 ${courseName(course)}已结班或取消，不能再调整。`,
  waits: (course: Named): string =>
    `培训班 ${courseName(course)}还在等部长审定，审定前只能取消；要改请取消后用“下一期 ${course.id}”重新建班。`,
  notRunner: '培训班由组织部经办和部长调整，您没有这项权限。',
  belowShare: (share: number, required: number): string =>
    `调整后理论教育和党性教育只占 ${share} %，低于规定的 ${required} %（三.4），须由部长在此调整并说明理由。没有保存。`,
  belowNeedsReason: (share: number, required: number): string =>
    `调整后理论教育和党性教育只占 ${share} %，低于规定的 ${required} %（三.4），请写明理由，将存档。`,
} as const;

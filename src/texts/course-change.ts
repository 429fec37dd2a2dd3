import type { Course, Session } from '../domain/course.ts';
import { courseName } from './course.ts';
import { contentNames, showHours } from './glossary.ts';
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
  reasonSummary: '这项调整需要理由，理由会存档并告诉参训人员。',
  noSession: '请选择课次。',
  badLine: (missing: string): string => `${missing}，例如：11-26 14:00-16:30 地点：报告厅。`,
  unread: (words: string): string => `没有看懂“${words.slice(0, 20)}”`,
  isCancelled: (session: Session): string => `${nameOf(session)}已取消，不能再调整。`,
  noInto: '请选择要并入的另一个课次。',
  unchanged: '没有改动。',
  last: '这是最后一个课次，请改为取消整个培训班。',
  edited: (session: Session, what: readonly string[]): string => `${nameOf(session)}${what.join('，')}`,
  edits: {
    when: (when: string): string => `改到 ${when}`,
    place: (place: string | null): string => (isOpen(place) ? '地点待定' : `地点改为 ${place}`),
    speaker: (speaker: string | null): string => (isOpen(speaker) ? '主讲待定' : `主讲改为 ${speaker}`),
    topic: (topic: string): string => `专题改为《${topic}》`,
    content: (content: Session['content']): string => `内容改为${contentNames[content]}`,
    hours: (hours: number): string => `学时改为 ${showHours(hours)}`,
  },
  added: (session: Session, when: string): string =>
    `增加${nameOf(session)}，${when}，${showHours(session.hours)} 学时`,
  cancelled: (session: Session): string => `${nameOf(session)}取消`,
  merged: (from: Session, into: Session): string =>
    `${nameOf(from)}并入${nameOf(into)}，合计 ${showHours(into.hours)} 学时`,
  draftTitle: '请核对调整',
  draft: (course: Named, what: string): string => `请核对培训班 ${courseName(course)}的调整：${what}。`,
  cancelCourse: '整个培训班取消',
  affected: (people: number): string => `受影响 ${people} 人。`,
  hours: (before: number, after: number): string =>
    before === after
      ? `每人应得学时不变，仍为 ${showHours(before)} 学时。`
      : `每人应得学时：${showHours(before)} → ${showHours(after)}。`,
  credited: (people: number, before: number, after: number): string =>
    people === 0
      ? '已入账的学时不变。'
      : `已入账的学时有 ${people} 人更正，合计 ${showHours(before)} → ${showHours(after)} 学时，更正留痕。`,
  makeUps: (opened: number, waived: number): string => `补训：新增 ${opened} 项，撤销 ${waived} 项。`,
  leaves: (people: number): string => `已就这些课次请假的有 ${people} 人，假条随课次变动；能参加的可以销假。`,
  confirm: '确认调整',
  cancel: '不改了',
  hint: '确认后立即通知受影响的参训人员；发过群通知的，群里同时更正。',
  doneTitle: '已调整',
  done: (course: Named, what: string, told: number): string =>
    `已保存：培训班 ${courseName(course)}${what}，已通知 ${told} 人。`,
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

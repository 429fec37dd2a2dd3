import type { Session, TimetableFault } from '../domain/course.ts';
import type { Content } from '../domain/hours.ts';
import { cited } from './cited.ts';
import { contentNames, showDay, showHours } from './glossary.ts';

type Planned = Pick<Session, 'day' | 'start' | 'end' | 'content' | 'hours' | 'topic' | 'speaker' | 'place'>;

const weekdays = ['一', '二', '三', '四', '五', '六', '日'];
const slotNames = { day: '日期', time: '起止时间', content: '内容', hours: '学时' } as const;

type Slot = keyof typeof slotNames;
const wrongSlots: Readonly<Record<Slot, string>> = {
  day: '日期不对：没有这一天，或写了不止一天（请一天写一行）',
  time: '起止时间不对',
  content: '内容不对',
  hours: '学时不对：要大于 0，只写一个数',
};

/** 课程表: its lines, and what is wrong in them. */
export const timetableTexts = {
  columns: ['课次', '时间', '内容', '学时', '专题', '主讲', '地点'],
  /** `11月24日 周二 09:00–11:30`. */
  when: ({ day, start, end }: Pick<Planned, 'day' | 'start' | 'end'>, weekday: number, today?: string): string =>
    `${showDay(day, today)} 周${weekdays[weekday - 1] ?? ''} ${start}–${end}`,
  short: (day: string, start: string, end: string, today: string): string => `${showDay(day, today)} ${start}–${end}`,
  example: '11-24 09:00-11:30 党性教育 3学时 党性修养专题 张教授 报告厅',
  missing: (line: number, words: string, slots: readonly Slot[], wrong: readonly Slot[]): string => {
    const gaps = slots.filter((slot) => !wrong.includes(slot)).map((slot) => slotNames[slot]);
    const faults = wrong.map((slot) => wrongSlots[slot]);
    const said = [...(gaps.length === 0 ? [] : [`缺${gaps.join('、')}`]), ...faults];
    return `第 ${line} 行${cited(words, 24)}${said.join('，')}`;
  },
  unread: (line: number, word: string): string => `第 ${line} 行没有看懂${cited(word, 24)}`,
  faulty: (faults: readonly string[], count: number): string =>
    `${faults.join('；')}${count > faults.length ? `；等 ${count} 行` : ''}。一行一个课次，例如：${timetableTexts.example}`,
  fault: (fault: TimetableFault): string => {
    const name = ({ day, start, end }: Session): string => `${showDay(day)} ${start}–${end}`;
    switch (fault.type) {
      case 'empty':
        return `请填写课程表，一行一个课次，例如：${timetableTexts.example}`;
      case 'too-many':
        return '一个培训班最多 80 个课次，请分成几个班。';
      case 'ends-before-start':
        return `${name(fault.session)} 的结束时间不晚于开始时间，请改正。`;
      case 'overlap':
        return `${name(fault.session)} 与 ${name(fault.other)} 时间重叠，请改正。`;
      case 'day-too-full':
        return `${showDay(fault.day)}共 ${showHours(fault.hours)} 学时，一天最多 ${showHours(fault.cap)} 学时，请改正。`;
    }
  },
  /** `每人 6 学时：党性教育 3、理论教育 3`. */
  hours: (total: number, byContent: readonly (readonly [Content, number])[]): string =>
    `每人 ${showHours(total)} 学时：${byContent.map(([content, hours]) => `${contentNames[content]} ${showHours(hours)}`).join('、')}`,
  years: (hours: readonly (readonly [year: number, hours: number])[]): string =>
    `跨年的班按课次日期分年记：${hours.map(([year, own]) => `${year} 年 ${showHours(own)} 学时`).join('、')}`,
  /** The same of somebody who is not in all of it. */
  ownHours: (sessions: number, total: number, byContent: readonly (readonly [Content, number])[]): string =>
    sessions === 0
      ? '没有需要您参加的课次。'
      : `您参加 ${sessions} 个课次，共 ${showHours(total)} 学时：${byContent.map(([content, hours]) => `${contentNames[content]} ${showHours(hours)}`).join('、')}`,
  share: (share: number, required: number): string =>
    `理论教育和党性教育占 ${share} %${share < required ? `，**低于规定的 ${required} %**` : `，符合不低于 ${required} % 的规定`}（三.4）`,
  sessionsAndHours: (sessions: number, hours: number): string => `${sessions} 个课次，${showHours(hours)} 学时`,
  more: (count: number): string => `另有 ${count} 个课次没有列出。`,
  cancelled: '已取消',
  /** A place or a speaker that is still to come. */
  open: '待定',
  sheet: '课程表',
  sheetTitle: '课程表（一行一个课次，填好后发回聊天）',
  templateName: '课程表模板.xlsx',
  templateCaption: '课程表模板：填好后，在“建班”的草稿打开时直接发回，或连同“建班”二字一起发送',
  halfDays: (count: number): string => (count === 1 ? '半天' : '一天'),
  fileTitle: '课程表有误',
  fileHelp:
    '“内容”列填理论教育、党性教育、专业化能力或知识培训，题目写在“专题”列；“起止”列写 09:00-11:30。也可以下载模板填写。',
  fileFaults: (name: string, count: number): string =>
    `“${name}”有 ${count} 处有误，没有采用。请改正后重新发送，草稿里的其他内容都在。`,
  rowFault: (sheet: string, row: number, fault: string): string => `工作表“${sheet}”第 ${row} 行${fault}`,
  fileEmpty: (name: string): string => `“${name}”里没有课次，请填写后重新发送。`,
} as const;

import type { Course, Session } from '../domain/course.ts';
import { showDay } from './glossary.ts';
import { few, place } from './roll.ts';

type Named = Pick<Course, 'id' | 'title'>;

/** A list of names and times, from paper or a meeting's software. */
export const sheetTexts = {
  ask: (course: Named, session: Session): string =>
    `请把${place(course, session)}的签到名单粘贴到下一条消息：每行一人，姓名（或工号）、签到时间，有签退时间的写在后面。可从 Excel 直接复制，也可以直接发送 Excel 文件。例如：\n张三 08:55\n李四 09:20 12:00`,
  notSaved: (count: number): string => `没有保存，有 ${count} 处要先核对：`,
  again: (isFile: boolean): string =>
    isFile ? '请在文件里改好后重新发送文件。' : '请改好后整份重新粘贴。每行例如：张三 08:55 12:00。',
  nobody: (names: readonly string[]): string =>
    `没有一个名字是本班人员：${few(names)}。请核对班号和课次，或写全名、工号。`,
  unmatched: (names: readonly string[], isFile: boolean): string =>
    `对不上的 ${names.length} 个名字：${few(names)}（不计入；是本班人员的，请改正姓名后${isFile ? '重新发送文件' : '重新粘贴'}）。`,
  leftBefore: (names: readonly string[], { start }: Session): string =>
    `${start} 开课前已离开，没有再来，记缺勤：${few(names)}。`,
  tooLate: (people: readonly { readonly name: string; readonly at: string }[], closes: string): string =>
    `签到 ${closes} 截止，之后才到，记缺勤：${few(people.map(({ name, at }) => `${name}（${at} 到）`))}。`,
  empty: '没有看到名单。',
  fileEmpty: (fileName: string, columns: readonly string[]): string =>
    `“${fileName}”里没有看到${columns.map((name) => `“${name}”`).join('和')}列，没有采用。请在表头写明这两列后重新发送。`,
  fileTooLong: (fileName: string): string => `“${fileName}”太长，没有采用。请只留下本课次的名单后重新发送。`,
  tooLong: '名单超过 2000 行，请分成几份。',
  faults: {
    time: (line: number, found: string): string =>
      `第 ${line} 行“${found}”：姓名或时间没有看懂，时间请写成 09:05 或 下午2:05。`,
    day: (line: number, found: string, session: Session): string =>
      `第 ${line} 行“${found}”：不是${showDay(session.day)}的时间。`,
    order: (line: number, found: string): string => `第 ${line} 行“${found}”：签退早于签到。`,
    /** Before noon, of a 课次 after it. */
    morning: (line: number, found: string, { start }: Session): string =>
      `第 ${line} 行“${found}”：是上午的时间，本课次 ${start} 开始。请写到本课次的时间，例如 ${start}；没有到的请删去。`,
  },
} as const;

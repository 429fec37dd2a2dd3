import { type Day, weekdayOf, yearOf } from '../domain/day.ts';
import type { Content } from '../domain/hours.ts';
import { documentTexts } from '../texts/documents.ts';
import { contentNames } from '../texts/glossary.ts';
import { type CellReading, hours, optionalText, plainWord, span, textOf } from './cells.ts';
import { joinTimes } from './joined-times.ts';
import { type Columns, readTable, type TableReading, type TableRow } from './table.ts';
import { wordsFor } from './words.ts';
import { type CellValue, readWorkbook, type Source } from './workbook.ts';

/** One 课次 of an Excel timetable; hours are hundredths, times are wall-clock times. */
export interface TimetableRow {
  readonly day: Day;
  readonly start: string;
  readonly end: string;
  readonly content: Content;
  readonly hours: number;
  /** Half-days that were written in place of hours, which are 0 then; else 0. */
  readonly halfDays: number;
  /** Null where the sheet names none. */
  readonly topic: string | null;
  readonly speaker: string | null;
  readonly place: string | null;
}

/** 课程表; the first name of a column is the one of the template. */
export const timetableColumns = {
  no: { names: ['课次', '序号', '次数', '节次'], required: false },
  day: { names: ['日期', '上课日期', '培训日期'], required: true, merged: true },
  time: { names: ['起止', '起止时间', '时间', '上课时间', '时段'], required: true },
  content: { names: ['内容', '内容类别', '培训内容', '类别'], required: true, merged: true },
  topic: { names: ['专题', '题目', '主题', '课程', '课程名称', '授课内容', '课程内容'], required: false },
  speaker: { names: ['主讲', '主讲人', '授课人', '教师', '授课教师', '讲师'], required: false },
  place: { names: ['地点', '上课地点', '培训地点', '教室'], required: false, merged: true },
  hours: { names: ['学时', '课时', '学时数'], required: true },
} as const satisfies Columns<string>;
type TimetableColumn = keyof typeof timetableColumns;

/** Reads from when to when a sitting takes in the words of a cell: 09:00-11:30, 下午. */
export type TimeReader = (words: string) => { readonly start: string; readonly end: string } | null;

/**
 * Reads the 课次 of a workbook; days without a year are of the year of `today`.
 * @throws DocumentError
 */
export async function readTimetableFile(
  source: Source,
  today: Day,
  readTime: TimeReader,
): Promise<TableReading<TimetableRow>> {
  const sheets = (await readWorkbook(source)).map((sheet) => joinTimes(sheet, timetableColumns.time.names[0]));
  return readTable(sheets, timetableColumns, (row) => readRow(row, today, readTime));
}

function readRow(row: TableRow<TimetableColumn>, today: Day, readTime: TimeReader): TimetableRow | null {
  const cells = row.take({
    day: dayCell(today),
    time: timeCell(readTime),
    content: contentCell,
    topic: optionalText(80),
    speaker: optionalText(40),
    place: optionalText(60),
    hours: worth,
  });
  if (cells === null) return null;
  const { day, time, content, topic, speaker, place, hours: given } = cells;
  return { day, ...time, content: content.content, ...given, topic: topic ?? content.topic, speaker, place };
}

/** A day, which may have its weekday behind it: 11月24日（周二）. */
const dayCell =
  (today: Day) =>
  (cell: CellValue): CellReading<Day> => {
    const words = plainWord(cell).replace(/[（(]?(?:周|星期)([一二三四五六日天])[）)]?$/, '');
    const short = /^(\d{1,2})[-./](\d{1,2})$/.exec(words);
    // A number such as 11.3 may have been 11.30 once.
    const isDoubtful = typeof cell === 'number' && short !== null;
    const reading = isDoubtful
      ? null
      : span(yearOf(today))(cell instanceof Date ? cell : short === null ? words : `${short[1]}月${short[2]}日`);
    if (reading?.ok === false && words !== '') return reading;
    if (reading?.ok !== true || reading.value.from !== reading.value.to)
      return { ok: false, expected: documentTexts.shouldBe('一天，例如 2026-11-24') };
    const said = /(?:周|星期)([一二三四五六日天])/.exec(plainWord(cell))?.[1]?.replace('天', '日');
    const isOther = said !== undefined && '一二三四五六日'.indexOf(said) + 1 !== weekdayOf(reading.value.from);
    return isOther
      ? { ok: false, expected: documentTexts.shouldBe('同一天的日期和星期，请核对') }
      : { ok: true, value: reading.value.from };
  };

const halfDaysIn: Readonly<Record<string, number>> = { 半天: 1, '0.5天': 1, 一天: 2, '1天': 2, 全天: 2 };

/** 3, 3学时, 半天. */
function worth(cell: CellValue): CellReading<Pick<TimetableRow, 'hours' | 'halfDays'>> {
  const halfDays = halfDaysIn[plainWord(cell)];
  if (halfDays !== undefined) return { ok: true, value: { hours: 0, halfDays } };
  const reading = hours(cell);
  return reading.ok ? { ok: true, value: { hours: reading.value, halfDays: 0 } } : reading;
}

const timeCell =
  (readTime: TimeReader) =>
  (cell: CellValue): CellReading<{ readonly start: string; readonly end: string }> => {
    const value = readTime(textOf(cell));
    return value === null
      ? { ok: false, expected: documentTexts.shouldBe('起止时间，例如 09:00-11:30') }
      : { ok: true, value };
  };

const contentWords = wordsFor(contentNames, {
  理论: 'theory',
  党性: 'party-spirit',
  专业化能力培训: 'professional',
  专业化: 'professional',
  专业能力: 'professional',
  履职能力: 'professional',
  知识: 'knowledge',
});

/** 党性教育, or with the topic behind it: 党性教育：党性修养专题. */
function contentCell(cell: CellValue): CellReading<{ readonly content: Content; readonly topic: string | null }> {
  const [kind = '', ...rest] = textOf(cell).split(/\s*[:：—–-]+\s*/);
  const word = plainWord(kind);
  const content = Object.hasOwn(contentWords, word) ? contentWords[word] : undefined;
  if (content === undefined) return { ok: false, expected: documentTexts.shouldBeOneOf(Object.values(contentNames)) };
  const topic = rest.join('：').trim().slice(0, 80);
  return { ok: true, value: { content, topic: topic === '' ? null : topic } };
}

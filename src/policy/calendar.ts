import { z } from 'zod';
import { type Day, weekdayOf, yearOf } from '../domain/day.ts';
import type { DayKind, WorkCalendar } from '../domain/policy.ts';
import { policyFaults } from '../texts/policy-faults.ts';
import { sayIssues } from './policy-error.ts';
import { dayField } from './rules.ts';

const dayList = z.array(dayField, '日期的列表');

/** `holidays/2026.json`: the State Council's list of one year, days off (weekends included) and make-up workdays. */
const holidayTableSchema = z.strictObject(
  {
    year: z.int('年份').min(2000, '年份').max(2100, '年份'),
    source: z.string('通知的名称').min(1, '通知的名称'),
    holidays: z.array(
      z.strictObject(
        { name: z.string('节日名').min(1, '节日名'), off: dayList, work: dayList },
        '含 name、off、work 的节日',
      ),
      '节日的列表',
    ),
  },
  '含 year、source、holidays 的假日表',
);
export type HolidayTable = z.output<typeof holidayTableSchema>;

/** Checks one holiday file. `file` is `2026.json`; faults are sentences. */
export function readHolidayTable(file: string, content: unknown): { table: HolidayTable | null; faults: string[] } {
  const path = `holidays/${file}`;
  const parsed = holidayTableSchema.safeParse(content);
  if (!parsed.success) return { table: null, faults: sayIssues(path, '', content, parsed.error) };
  const table = parsed.data;
  const faults: string[] = [];
  if (file !== `${table.year}.json`) {
    faults.push(policyFaults.value(path, 'year', String(table.year), `文件名里的年份 ${file.slice(0, -5)}`));
  }
  const work = table.holidays.flatMap((holiday) => holiday.work);
  const seen = new Set<Day>();
  for (const day of [...table.holidays.flatMap((holiday) => holiday.off), ...work]) {
    if (yearOf(day) !== table.year) faults.push(policyFaults.holidayYear(path, day));
    if (seen.has(day)) faults.push(policyFaults.holidayTwice(path, day));
    seen.add(day);
  }
  for (const day of work) if (weekdayOf(day) < 6) faults.push(policyFaults.holidayWork(path, day));
  return { table, faults };
}

/** Holidays on the same date every year, as the 全国年节及纪念日放假办法 of 2025 has them. */
const fixedDaysOff = new Set(['01-01', '05-01', '05-02', '10-01', '10-02', '10-03']);

/**
 * Where movable holidays and shifted days off can fall: 元旦, 春节 (first day 21 January … 20 February), 清明节, 劳动节,
 * 端午节 (28 May … 25 June), 中秋节 (from 7 September) and 国庆节, 元旦 of the next year. Both ends included.
 */
const movableSeasons: readonly (readonly [string, string])[] = [
  ['01-02', '01-04'],
  ['01-19', '03-01'],
  ['04-03', '04-07'],
  ['04-29', '05-06'],
  ['05-27', '06-27'],
  ['09-07', '10-08'],
  ['12-30', '12-31'],
];

/** A year without a table: fixed holidays and weekends are off, weekdays in a movable season doubtful, others workdays. */
function guessKind(day: Day): DayKind {
  const date = day.slice(5);
  if (fixedDaysOff.has(date) || weekdayOf(day) >= 6) return 'off';
  return movableSeasons.some(([from, to]) => from <= date && date <= to) ? 'doubtful' : 'workday';
}

/** Working days from the tables; in a year without one a make-up workday on a weekend is not known and counts as off. */
export function createCalendar(tables: readonly HolidayTable[]): WorkCalendar {
  const kinds = new Map<Day, DayKind>();
  for (const { off, work } of tables.flatMap((table) => table.holidays)) {
    for (const day of off) kinds.set(day, 'off');
    for (const day of work) kinds.set(day, 'workday');
  }
  const years = tables.map((table) => table.year).sort((a, b) => a - b);
  const known = new Set(years);
  return {
    years,
    kindOf: (day) => {
      if (!known.has(yearOf(day))) return guessKind(day);
      return kinds.get(day) ?? (weekdayOf(day) >= 6 ? 'off' : 'workday');
    },
  };
}

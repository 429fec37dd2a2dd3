import { addDays, addMonths, type Day, firstDayOf, lastDayOf, type Month, monthOf, yearOf } from '../../domain/day.ts';
import { readDays } from './days.ts';
import { strikeOut, struck } from './mask.ts';
import { readChineseNumber } from './numbers.ts';

export interface PeriodReading {
  readonly from: Day;
  readonly to: Day;
  /** The words around it. */
  readonly rest: string;
}

interface Named {
  readonly words: RegExp;
  readonly read: (match: RegExpExecArray, today: Day, cycle: { from: Day; to: Day }) => { from: Day; to: Day } | null;
}

const wholeYear = (year: number) => ({ from: `${year}-01-01`, to: `${year}-12-31` });
const monthSpan = (month: Month) => ({ from: firstDayOf(month), to: lastDayOf(month) });
const quarterSpan = (year: number, quarter: number) => {
  const first = `${year}-${String(quarter * 3 - 2).padStart(2, '0')}`;
  return { from: firstDayOf(first), to: lastDayOf(addMonths(first, 2)) };
};
const quarterOf = (day: Day): number => Math.ceil(Number(day.slice(5, 7)) / 3);
const numberIn = (text: string | undefined): number => readChineseNumber(text ?? '') ?? Number.NaN;

const year = '(?:(?<y>20\\d\\d)\\s*年?|(?<rel>[今本去前上])年)';
const yearIn = ({ groups = {} }: RegExpExecArray, today: Day): number => {
  if (groups['y'] !== undefined) return Number(groups['y']);
  const back = { 去: 1, 上: 1, 前: 2 }[groups['rel'] ?? ''] ?? 0;
  return yearOf(today) - back;
};

/** In order: what is more specific comes first. */
const named: readonly Named[] = [
  {
    words: new RegExp(`${year}?度?的?第?(?<q>[一二三四1-4])季度?`),
    read: (match, today) => quarterSpan(yearIn(match, today), numberIn(match.groups?.['q'])),
  },
  {
    words: /(?<rel>[本这上])个?季度?/,
    read: ({ groups = {} }, today) => {
      const day = groups['rel'] === '上' ? addMonths(monthOf(today), -3) : monthOf(today);
      return quarterSpan(Number(day.slice(0, 4)), quarterOf(day));
    },
  },
  {
    words: new RegExp(`${year}?度?的?(?<half>[上下])半年`),
    read: (match, today) => {
      const of = yearIn(match, today);
      return match.groups?.['half'] === '上'
        ? { from: `${of}-01-01`, to: `${of}-06-30` }
        : { from: `${of}-07-01`, to: `${of}-12-31` };
    },
  },
  {
    words: /(?<rel>[本这上])个?月/,
    read: ({ groups = {} }, today) => monthSpan(addMonths(monthOf(today), groups['rel'] === '上' ? -1 : 0)),
  },
  {
    words: /(?<y>20\d\d)\s*[-年./]\s*(?<m>\d{1,2})(?!\d|\s*[-月./]\s*\d)\s*月?份?/,
    read: ({ groups = {} }) => monthIn(Number(groups['y']), Number(groups['m'])),
  },
  {
    words: /(?<m>\d{1,2}|[一二三四五六七八九十]{1,3})\s*月份?(?!\s*[\d一二三四五六七八九十])/,
    read: ({ groups = {} }, today) => {
      const span = monthIn(yearOf(today), numberIn(groups['m']));
      return span !== null && span.from > today ? monthIn(yearOf(today) - 1, numberIn(groups['m'])) : span;
    },
  },
  { words: /(?:本|这)?(?:周期|五年)(?:以来)?/, read: (_, __, cycle) => cycle },
  { words: /近一年|最近一年/, read: (_, today) => ({ from: addDays(today, -364), to: today }) },
  { words: new RegExp(`${year}度?`), read: (match, today) => wholeYear(yearIn(match, today)) },
];

function monthIn(of: number, month: number): { from: Day; to: Day } | null {
  return month >= 1 && month <= 12 ? monthSpan(`${of}-${String(month).padStart(2, '0')}`) : null;
}

/**
 * The period that a normalised text names: 2025年, 去年, 本季度, 2026年第三季度, 上半年, 上月, 2026-10, 10月, 本周期, 近一年, or a day or a span
 * of days. Null when it names none, or none that there is.
 */
export function readPeriod(text: string, today: Day, cycle: { from: Day; to: Day }): PeriodReading | null {
  const days = readDays(text, today);
  // A whole date or a span of days; a month alone is no day.
  if (days.ok)
    return { from: days.from, to: days.to, rest: strikeOut(text, days.parts).replaceAll(struck, ' ').trim() };
  for (const { words, read } of named) {
    const match = words.exec(text);
    if (match === null || match[0] === '') continue;
    const span = read(match, today, cycle);
    return span === null ? null : { ...span, rest: text.replace(match[0], ' ').trim() };
  }
  return null;
}

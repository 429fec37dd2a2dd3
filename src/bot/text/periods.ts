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

const monthNumber = (name: string): string => `(?<${name}>\\d{1,2}|[一二三四五六七八九十]{1,3})`;
const joint = '\\s*[-–—~～至到]+\\s*';
const since = new RegExp(`${year}度?\\s*(?:${monthNumber('m')}\\s*月份?)?\\s*(?:以来|至今|到现在|到今天)`);

/** In order: what is more specific comes first. */
const named: readonly Named[] = [
  {
    words:
      /(?:最?近|过去)(?:(?<half>半)|(?<n>\d{1,3}|[一二两三四五六七八九十]{1,3})\s?个?)(?<unit>[月年天日周]|季度|星期)/,
    read: recently,
  },
  {
    words: new RegExp(
      `(?:${year}\\s*)?(?<!\\d)${monthNumber('m')}\\s*月?份?${joint}(?:(?<end>20\\d\\d)\\s*年\\s*)?${monthNumber('last')}\\s*月份?`,
    ),
    read: monthsIn,
  },
  {
    words: new RegExp(`(?<y>20\\d\\d)\\s*年?${joint}(?<end>20\\d\\d)(?:\\s*年度?(?!\\s*\\d)|(?![\\d\\-./年]))`),
    read: ({ groups = {} }) =>
      Number(groups['y']) > Number(groups['end'])
        ? null
        : { from: `${groups['y']}-01-01`, to: `${groups['end']}-12-31` },
  },
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
  { words: new RegExp(`${year}度?`), read: (match, today) => wholeYear(yearIn(match, today)) },
];

/** The last three months end today and begin on the day after today's of three months ago. */
function recently({ groups = {} }: RegExpExecArray, today: Day): { from: Day; to: Day } | null {
  const count = groups['half'] === undefined ? numberIn(groups['n']) : 0.5;
  const unit = groups['unit'] ?? '';
  if (!(count > 0)) return null;
  if (/[天日周星]/.test(unit)) {
    if (!Number.isInteger(count)) return null;
    return { from: addDays(today, 1 - count * (/[天日]/.test(unit) ? 1 : 7)), to: today };
  }
  const months = count * { 月: 1, 季度: 3, 年: 12 }[unit as '月' | '季度' | '年'];
  if (!Number.isInteger(months) || months > 600) return null;
  const month = addMonths(monthOf(today), -months);
  const last = lastDayOf(month);
  const then = `${month}${today.slice(7)}`;
  return { from: addDays(then < last ? then : last, 1), to: today };
}

function monthIn(of: number, month: number): { from: Day; to: Day } | null {
  return month >= 1 && month <= 12 ? monthSpan(`${of}-${String(month).padStart(2, '0')}`) : null;
}

/** 2026年1月至6月. Without a year months that are still to come are last year's; 去年11月至2月 is over the turn of the year. */
function monthsIn(match: RegExpExecArray, today: Day): { from: Day; to: Day } | null {
  const { m, last, y, rel, end } = match.groups ?? {};
  const [first, final] = [numberIn(m), numberIn(last)];
  const isBare = y === undefined && rel === undefined;
  const isToCome = (monthIn(yearOf(today), first)?.from ?? '') > today;
  const begin = !isBare ? yearIn(match, today) : end !== undefined ? Number(end) : yearOf(today) - (isToCome ? 1 : 0);
  const from = monthIn(begin, first);
  const to = monthIn(end === undefined ? begin + (final < first ? 1 : 0) : Number(end), final);
  return from === null || to === null || from.from > to.to ? null : { from: from.from, to: to.to };
}

/**
 * The period that a normalised text names: 2025年, 去年, 本季度, 2026年第三季度, 上半年, 上月, 2026-10, 10月, 1月至6月, 2024-2026年, 今年以来, 本周期, 近一年, 近三个月, or a day or a span
 * of days. Null when it names none, or none that there is.
 */
export function readPeriod(text: string, today: Day, cycle: { from: Day; to: Day }): PeriodReading | null {
  const open = since.exec(text);
  if (open !== null) {
    const of = yearIn(open, today);
    const month = open.groups?.['m'];
    const from = (month === undefined ? wholeYear(of) : monthIn(of, numberIn(month)))?.from;
    return from === undefined || from > today ? null : { from, to: today, rest: text.replace(open[0], ' ').trim() };
  }
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

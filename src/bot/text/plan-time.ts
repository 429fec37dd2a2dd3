import { type Day, lastDayOf, makeDay } from '../../domain/day.ts';

/** Why no time could be read: there is none, it is on no calendar, it is several, it ends before it begins, or another year's. */
export type PlanTimeFault = 'missing' | 'unreal' | 'several' | 'reversed' | 'other-year';

/** When a training is planned, and the text without it. */
export interface PlanTime {
  readonly time: { readonly from: Day; readonly to: Day } | { readonly fault: PlanTimeFault };
  readonly rest: string;
}

const chineseMonths = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二'];
const quarters = ['1月至3月', '4月至6月', '7月至9月', '10月至12月'];
const halves = { 上半年: '1月至6月', 下半年: '7月至12月' } as const;

const until = '\\s*(?:至|到|—|–|-|~)+\\s*';
const year = '(?:(20\\d\\d|次|明)年\\s*)?';
const number = '(?<!\\d)(\\d{1,2})\\s*';
const about = '(?:份|初|底|末|[上中下]旬)?';
const daySpan = new RegExp(
  `${year}${number}月\\s*(\\d{1,2})\\s*[日号]?${until}${year}(?:${number}月\\s*)?${number}[日号]`,
);
const oneDay = new RegExp(`${year}${number}月\\s*${number}[日号]`);
const monthSpan = new RegExp(`${year}${number}月?${about}${until}${year}${number}月(?!\\s*\\d)${about}`);
const oneMonth = new RegExp(`${year}${number}月${about}`);
/** 3、4月 and 3月和9月. */
const listed = new RegExp(`${number}(?:月${about})?\\s*[、,，和及与]\\s*${number}月`);
const furtherTime = /(?<!\d)\d{1,2}\s*[月日号]/;
const dotted = /(?<![\d.])(\d{1,2})\.(\d{1,2})(?![\d.])/g;

/** What people write for months and days, as months and days: 三月, 一季度, 上半年, 全年, 2027-03-05, 2027.3. */
const spelled = (said: string): string =>
  said
    .replace(/(?<!十)(十[一二]?|[一二三四五六七八九])(?=\s*月)/g, (month) => String(chineseMonths.indexOf(month) + 1))
    .replace(
      /第?([一二三四1-4])\s*季度/g,
      (_, digit: string) => quarters[('一二三四'.indexOf(digit) + 1 || Number(digit)) - 1] ?? '',
    )
    .replace(/[上下]半年/g, (half) => halves[half as keyof typeof halves])
    .replace(/全年/g, '1月至12月')
    .replace(/(?<!\d)(20\d\d)([-/.])(\d{1,2})\2(\d{1,2})(?!\d)/g, '$1年$3月$4日')
    .replace(/(?<!\d)(20\d\d)[-/.](\d{1,2})(?!\d)/g, '$1年$2月');

/** Reads when a training of this year's plan is planned. Its end may lie in the next year, where it says so. */
export function readPlanTime(said: string, planYear: number): PlanTime {
  const rest = spelled(said);
  if (listed.test(rest)) return { time: { fault: 'several' }, rest: rest.replace(listed, ' ') };
  for (const [pattern, read] of readers) {
    const found = pattern.exec(rest);
    if (found === null) continue;
    const left = `${rest.slice(0, found.index)} ${rest.slice(found.index + found[0].length)}`;
    if (furtherTime.test(left)) return { time: { fault: 'several' }, rest: left.replace(furtherTime, ' ') };
    return { time: checked(read(found), planYear), rest: left };
  }
  return { time: { fault: 'missing' }, rest };
}

/** 3.5 and 3.5-3.7 as days; hours have been taken out of the text before. */
export const spellDotted = (said: string): string => said.replace(dotted, '$1月$2日');

/** A day, or a month where the day is missing. */
interface Point {
  readonly year: string | undefined;
  readonly month: string | undefined;
  readonly day?: string | undefined;
}

const readers: readonly (readonly [RegExp, (found: RegExpExecArray) => readonly [Point, Point]])[] = [
  [
    daySpan,
    ([, year, month, day, toYear, toMonth, toDay]) => [
      { year, month, day },
      { year: toYear, month: toMonth ?? month, day: toDay },
    ],
  ],
  [
    oneDay,
    ([, year, month, day]) => [
      { year, month, day },
      { year, month, day },
    ],
  ],
  [
    monthSpan,
    ([, year, month, toYear, toMonth]) => [
      { year, month },
      { year: toYear, month: toMonth },
    ],
  ],
  [
    oneMonth,
    ([, year, month]) => [
      { year, month },
      { year, month },
    ],
  ],
];

function checked([first, last]: readonly [Point, Point], planYear: number): PlanTime['time'] {
  const yearOf = (said: string | undefined): number =>
    said === undefined ? planYear : /^\d/.test(said) ? Number(said) : planYear + 1;
  const [start, end] = [yearOf(first.year), yearOf(last.year ?? first.year)];
  if (start !== planYear || end > planYear + 1) return { fault: 'other-year' };
  const from = makeDay(start, Number(first.month), Number(first.day ?? 1));
  const lastMonth = makeDay(end, Number(last.month), 1);
  const to =
    last.day !== undefined
      ? makeDay(end, Number(last.month), Number(last.day))
      : lastMonth && lastDayOf(lastMonth.slice(0, 7));
  if (from === null || to === null) return { fault: 'unreal' };
  return from <= to ? { from, to } : { fault: 'reversed' };
}

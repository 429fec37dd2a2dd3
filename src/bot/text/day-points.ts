import { addDays, addMonths, type Day, makeDay, monthOf, weekdayOf, yearOf } from '../../domain/day.ts';
import { type Stretch, strike, struck, struckWord } from './mask.ts';
import { readChineseNumber } from './numbers.ts';
import { before, notAnAmount } from './units.ts';

/** What a name of a day says. `fixed` stands by itself; the rest depends on today or on the day before it in a span. */
type NamedDay =
  | { readonly type: 'fixed'; readonly day: Day }
  | { readonly type: 'month-day'; readonly month: number; readonly day: number }
  | { readonly type: 'day-of-month'; readonly day: number }
  | { readonly type: 'weekday'; readonly weekday: number }
  | { readonly type: 'impossible' };
export type DayPoint = NamedDay & Stretch;
type Groups = Readonly<Record<string, string | undefined>>;

interface Pattern {
  readonly words: RegExp;
  /** @returns null when this is no day after all */
  readonly read: (groups: Groups, today: Day) => NamedDay | null;
}

const han = '一二三四五六七八九十';
const small = `(?:\\d{1,2}|[${han}廿卅]{1,3})`;
const joint = '[-~—至到]';
/** A number with 号 names rooms, buses and papers as well as days. */
const dayMark =
  '\\s?(?:日(?![期程常志报])|号(?!楼|会议[室厅]|教室|教学楼|厅(?![级局])|报告厅|门|线(?![上下])|馆|院(?![级系])|室|文件|令|房|机房|路|桌|公寓|展厅|车|食堂|宿舍|实验|考场))';

const numberIn = (text: string | undefined): number =>
  text === undefined ? Number.NaN : (readChineseNumber(text) ?? Number.NaN);
const fix = (day: Day | null): NamedDay => (day === null ? { type: 'impossible' } : { type: 'fixed', day });

const fixDay = ({ y, m, d }: Groups): NamedDay => fix(makeDay(yearIn(y), numberIn(m), numberIn(d)));

/** `26` is 2026; 1900–2199 are years at all. */
function yearIn(text: string | undefined): number {
  const year = numberIn(text);
  const full = year < 100 ? 2000 + year : year;
  return full >= 1900 && full < 2200 ? full : Number.NaN;
}

/** A month and day without a year; 29 February waits for the year. */
const monthDay = (month: number, day: number): NamedDay =>
  makeDay(2000, month, day) === null ? { type: 'impossible' } : { type: 'month-day', month, day };

const yearsAway: Readonly<Record<string, number>> = {
  大前年: -3,
  前年: -2,
  去年: -1,
  今年: 0,
  本年: 0,
  明年: 1,
  后年: 2,
};
const daysAway: Readonly<Record<string, number>> = {
  大前天: -3,
  前天: -2,
  前日: -2,
  后天: 2,
  后日: 2,
  大后天: 3,
  昨: -1,
  今: 0,
  明: 1,
};

/** 上 −1, 上上 and 大上 −2, 这/本/当 0, 下 1. */
const stepsAway = (word: string): number => (word.match(/下/g)?.length ?? 0) - (word.match(/[上大]/g)?.length ?? 0);

/** In order: what is more specific strikes out its words first. */
const patterns: readonly Pattern[] = [
  {
    words: /(?<![\d.])(?<y>\d{4})\s?(?<sep>[-/.])\s?(?<m>\d{1,2})\s?\k<sep>\s?(?<d>\d{1,2})(?!\d)[日号]?/g,
    read: fixDay,
  },
  { words: /(?<!\d)(?<y>(?:19|20)\d{2})(?<m>\d{2})(?<d>\d{2})(?!\d)/g, read: fixDay },
  {
    words: new RegExp(
      `(?:(?<![\\d${han}〇○零])(?<y>\\d{4}|\\d{2}|[${han}〇○零]{2,4})\\s?年\\s?|(?<rel>大前年|前年|去年|今年|本年|明年|后年)的?\\s?|(?<![\\d.第${han}]|年\\s?|年的))` +
        `(?<m>${small})\\s?月份?的?\\s?(?<d>${small})(?:${dayMark}|(?![\\d.:日号${han}])${notAnAmount})`,
      'g',
    ),
    read: ({ y, rel, m, d }, today) => {
      if (y !== undefined) return fixDay({ y, m, d });
      if (rel === undefined) return monthDay(numberIn(m), numberIn(d));
      return fix(makeDay(yearOf(today) + (yearsAway[rel] ?? 0), numberIn(m), numberIn(d)));
    },
  },
  {
    words: new RegExp(`(?<rel>上上个?|上个?|本|这个?|当|下个?)月份?的?\\s?(?<d>${small})${dayMark}`, 'g'),
    read: ({ rel = '', d }, today) => {
      const month = addMonths(monthOf(today), stepsAway(rel));
      return fix(makeDay(Number(month.slice(0, 4)), Number(month.slice(5)), numberIn(d)));
    },
  },
  {
    words: new RegExp(
      `(?<![每\\d${han}两几半])(?:(?<rel>上上上?|大上|上|这|本|下下|下)一?个?(?:(?:周|星期|礼拜)的?\\s?)?)?(?:周|星期|礼拜)` +
        `(?:(?<w>[一二三四五六天]|日(?![常记程期]))|(?<n>[1-6])(?![\\d.])${notAnAmount})`,
      'g',
    ),
    read: ({ rel, w, n }, today) => {
      const weekday = w === undefined ? Number(n) : '一二三四五六日'.indexOf(w.replace('天', '日')) + 1;
      if (rel === undefined) return { type: 'weekday', weekday };
      return fix(addDays(today, weekday - weekdayOf(today) + 7 * stepsAway(rel)));
    },
  },
  {
    words: new RegExp(`(?<![\\d.第每])(?<n>\\d{1,3}|[${han}两]{1,3})\\s?天(?<way>${before})`, 'g'),
    read: ({ n, way = '' }, today) => fix(addDays(today, way.includes('前') ? -numberIn(n) : numberIn(n))),
  },
  {
    words:
      /(?<rel>大前天|大后天|(?<![目之以年])前[天日]|(?<![之以])后[天日])|(?<![年的])(?<near>昨|今|明)(?:天|日|早|晚|晨|夜|儿|上午|下午)|(?<=至)(?<now>今)(?!年)/g,
    read: ({ rel, near, now }, today) => fix(addDays(today, daysAway[rel ?? near ?? now ?? ''] ?? 0)),
  },
  {
    words: /(?<lone>[昨今])(?<!\p{L}[昨今])(?!\p{L})/gu,
    read: ({ lone = '' }, today) => fix(addDays(today, daysAway[lone] ?? 0)),
  },
  {
    words: new RegExp(
      `(?<![\\d.:/第A-Za-z-])(?<m>\\d{1,2})(?:/(?<d>\\d{1,2})(?!/)|-(?<e>\\d{1,2})(?!-\\d{3}))(?![\\d.:日号年月楼班])${notAnAmount}`,
      'g',
    ),
    read: ({ m, d, e }) => {
      const month = Number(m);
      const day = Number(d ?? e);
      return month < 1 || month > 12 || day < 1 || day > 31 ? null : monthDay(month, day);
    },
  },
  {
    // 5 of 5-7日 and of 5、6、7日.
    words: new RegExp(
      `(?<![\\d.:月年第每${han}])(?<d>${small})(?=(?:\\s?(?:${joint}|[、,，和及])\\s?${small}){1,12}${dayMark})`,
      'g',
    ),
    read: ({ d }) => dayOfMonth(numberIn(d)),
  },
  {
    words: new RegExp(`(?<![\\d.月年第每${han}])(?<!记)(?<d>${small})${dayMark}`, 'g'),
    read: ({ d }) => dayOfMonth(numberIn(d)),
  },
  {
    // The 14 of 11/12-14, the 3.7 of 2026.3.5-3.7: behind a day and a joint only.
    words: new RegExp(
      `(?<=${struck}\\s?${joint}\\s?)(?:(?<m>\\d{1,2})\\.)?(?<d>\\d{1,2})(?![\\d.:/年月])${notAnAmount}`,
      'g',
    ),
    read: ({ m, d }) => (m === undefined ? dayOfMonth(Number(d)) : monthDay(Number(m), Number(d))),
  },
];

const dayOfMonth = (day: number): NamedDay | null => (day >= 1 && day <= 31 ? { type: 'day-of-month', day } : null);

/** Every day that a normalised text names, in the order of the text. */
export function findDayPoints(text: string, today: Day): DayPoint[] {
  const points: DayPoint[] = [];
  // Only a day that is struck out here may be followed by the bare end of a span.
  let left = text.replaceAll(struck, struckWord);
  for (const { words, read } of patterns) {
    left = strike(left, words, (match) => {
      const named = read(match.groups ?? {}, today);
      if (named !== null) points.push({ start: match.index, end: match.index + match[0].length, ...named });
      return named !== null;
    });
  }
  return points.sort((a, b) => a.start - b.start);
}

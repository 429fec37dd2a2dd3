import { hoursForHalfDays } from '../../domain/credit.ts';
import type { Policy } from '../../domain/policy.ts';
import { type Stretch, strike } from './mask.ts';
import { readChineseNumber } from './numbers.ts';
import { before } from './units.ts';

/** Hundredths of an hour as said, or half-days, whose worth the policy knows. */
export type Amount =
  | { readonly unit: 'hours'; readonly hours: number }
  | { readonly unit: 'half-days'; readonly count: number };

/** Where amounts stand in the text: `words` joins the `parts`, `start` and `end` enclose them. */
interface Place {
  readonly words: string;
  readonly start: number;
  readonly end: number;
  readonly parts: readonly Stretch[];
}

export type AmountReading =
  | ({ readonly ok: true; readonly amount: Amount } & Place)
  | ({ readonly ok: false; readonly reason: 'impossible' | 'several'; readonly choices: readonly Amount[] } & Place)
  | { readonly ok: false; readonly reason: 'none' };

/** 2000 hours, in hundredths, and as many in half-days of four. */
const mostHours = 200_000;
const mostHalfDays = 500;

const number =
  '(?:\\d{1,9}(?:\\.\\d{1,9})?|[零〇一二两俩三四五六七八九十百千]{1,9}(?:点[零〇一二三四五六七八九]{1,4})?)';
const start = '(?<![\\d.A-Za-z第每]|\\d[/,]|每[天次人节周月日]|每半天|各|分别)';
const sign = '(?<sign>负|(?<=^|\\s)-)?';
const range = `(?:(?<low>${number})\\s?[-~—至到]\\s?)?`;
const end = `(?!\\s?(?:以[上下内]|左右|[x×*]\\s?\\d|${before}))`;
const hourUnit = '(?:个?学时|个?课时|个?小时|个?钟头|[hH](?:ours?|rs?)?(?![A-Za-z]))';

/** 3学时, 两个半小时, 2小时半, 2小时30分. */
const hourWords = new RegExp(
  `${start}${sign}${range}(?<n>${number})\\s?(?:个(?<half>半))?\\s?${hourUnit}(?:(?<late>半)(?![天日个小学])|\\s?(?<minutes>\\d{1,2}|[一二三四五六七八九十]{1,3})\\s?分钟?)?${end}`,
  'g',
);
const halfHour = new RegExp(`(?<![大多])半\\s?${hourUnit}${end}`, 'g');
/** 三个半天 is three half-days, 两天半 five. */
const halfDays = new RegExp(`${start}${sign}${range}(?<n>${number})\\s?个\\s?半[天日]${end}`, 'g');
const days = new RegExp(
  `(?<![某有那这同前后头近])${start}${sign}${range}(?<n>${number})\\s?(?:个?整|个?工作)?天(?<half>半(?![天日个小学]))?${end}`,
  'g',
);
const halfDay = new RegExp(`(?<![大小老前后上下每])半\\s?[天日]${end}`, 'g');
const wholeDay = /全天(?!候)|整天/g;
/** 90分钟, in quarters of an hour. */
const minuteWords = /(?<![\d.:：第每])(?<n>\d{2,3}|[一二三四五六七八九十]{1,5})\s?分钟/g;
/** The field 学时：3, where the unit stands in front. */
const field = new RegExp(`(?:学时|课时)\\s?[:：]\\s?(?<sign>[-负])?(?<n>${number})(?![\\d.个学课小hH天])`, 'g');

type Groups = Readonly<Record<string, string | undefined>>;

/** 不止3学时, 不到两天 say how many it was not. */
const inexact = new RegExp(`不[止到足]\\s?(?:${number}|半)`, 'g');

/** In order: 两个半小时 before 半小时, 三个半天 before 半天. */
const patterns: readonly { words: RegExp; read: (groups: Groups) => Amount | null }[] = [
  {
    words: hourWords,
    read: ({ n, half, late, minutes }) => hours(numberIn(n) + ((half ?? late) ? 0.5 : 0) + quarter(minutes)),
  },
  { words: minuteWords, read: ({ n }) => hours(quarters(numberIn(n))) },
  { words: field, read: ({ n }) => hours(numberIn(n)) },
  { words: halfHour, read: () => hours(0.5) },
  { words: halfDays, read: ({ n }) => halfDayCount(numberIn(n)) },
  { words: days, read: ({ n, half }) => halfDayCount(numberIn(n) * 2 + (half ? 1 : 0)) },
  { words: halfDay, read: () => halfDayCount(1) },
  { words: wholeDay, read: () => halfDayCount(2) },
];

/** 三五学时 is three to five, not thirty-five. */
const vague = /^[零〇一二两俩三四五六七八九]{2,}$/;
const numberIn = (text = ''): number => (vague.test(text) ? null : readChineseNumber(text)) ?? Number.NaN;

/** Minutes behind hours, which only count as quarters. */
function quarter(minutes: string | undefined): number {
  if (minutes === undefined) return 0;
  const value = numberIn(minutes) / 15;
  return Number.isInteger(value) && value < 4 ? value / 4 : Number.NaN;
}

/** Minutes that stand alone. */
const quarters = (minutes: number): number => (minutes % 15 === 0 ? minutes / 60 : Number.NaN);

function hours(value: number): Amount | null {
  const hundredths = Math.round(value * 100);
  const exact = Math.abs(value * 100 - hundredths) < 1e-6;
  return exact && hundredths > 0 && hundredths <= mostHours ? { unit: 'hours', hours: hundredths } : null;
}

const halfDayCount = (count: number): Amount | null =>
  Number.isInteger(count) && count > 0 && count <= mostHalfDays ? { unit: 'half-days', count } : null;

/** What a half-day and a day are worth. */
export type DayWorth = Pick<Policy, 'halfDayHours' | 'dayHours'>;

interface Found extends Stretch {
  readonly amount: Amount | null;
}

/** Every amount in a text, in its order; null for one that cannot be credited. A range (3-5学时) counts as two. */
function findAmounts(text: string): Found[] {
  const found: Found[] = [];
  let left = strike(text, inexact);
  for (const { words, read } of patterns) {
    left = strike(left, words, ({ 0: said, index: start, groups = {} }) => {
      const place = { start, end: start + said.length };
      if (groups['low'] !== undefined) found.push({ ...place, amount: read({ ...groups, n: groups['low'] }) });
      found.push({ ...place, amount: groups['sign'] === undefined ? read(groups) : null });
      return true;
    });
  }
  return found.sort((a, b) => a.start - b.start);
}

/**
 * The amount of training that a normalised text names: 3学时, 3.5 个学时, 三学时, 两个半小时, 半天, 一天, 两天半, 1.5天. 小时, 课时
 * and `h` count as 学时 one by one; the words say what was written. Nothing, less, more than a working year or crooked
 * parts of a day are `impossible`; amounts that differ are `several`.
 *
 * @param policy of the day: with it 两天，16学时 are one amount, in hours, where a day is worth 8
 */
export function readAmount(text: string, policy?: DayWorth): AmountReading {
  const found = findAmounts(text);
  const [first, last] = [found[0], found.at(-1)];
  if (first === undefined || last === undefined) return { ok: false, reason: 'none' };
  const parts = found.filter(({ start }, i) => start !== found[i + 1]?.start);
  const words = [...new Set(parts.map(({ start, end }) => text.slice(start, end)))].join('，');
  const place = { words, parts, start: first.start, end: last.end };
  const hours = new Set<number>();
  const halfDays = new Set<number>();
  for (const { amount } of found) {
    if (amount === null) return { ok: false, reason: 'impossible', choices: [], ...place };
    if (amount.unit === 'hours') hours.add(amount.hours);
    else halfDays.add(amount.count);
  }
  const [hour] = hours;
  const [count] = halfDays;
  const several = (): AmountReading => ({
    ok: false,
    reason: 'several',
    choices: chooseFrom(found, /[上下]午|晚上/.test(text)),
    ...place,
  });
  if (hours.size > 1 || halfDays.size > 1 || repeatsUnit(parts.map((part) => text.slice(part.start, part.end))))
    return several();
  if (hour === undefined) return { ok: true, amount: { unit: 'half-days', count: count ?? 0 }, ...place };
  const agree = count === undefined || (policy !== undefined && hoursForHalfDays(count, policy) === hour);
  return agree ? { ok: true, amount: { unit: 'hours', hours: hour }, ...place } : several();
}

/** Each amount that was said, and what those of a morning and an afternoon come to. */
function chooseFrom(found: readonly Found[], inParts: boolean): Amount[] {
  const hours = found.flatMap(({ amount }) => (amount?.unit === 'hours' ? [amount.hours] : []));
  const halfDays = found.flatMap(({ amount }) => (amount?.unit === 'half-days' ? [amount.count] : []));
  const sum = hours.reduce((total, one) => total + one, 0);
  return [
    ...[...new Set([...hours, ...(inParts && hours.length > 1 ? [sum] : [])])].map(
      (one) => ({ unit: 'hours', hours: one }) as const,
    ),
    ...[...new Set(halfDays)].map((one) => ({ unit: 'half-days', count: one }) as const),
  ];
}

/** The same where hours are asked for, so that a number alone will do: 3, 五, 三个半. */
export function readBareAmount(text: string, policy?: DayWorth): AmountReading {
  const said = text.trim();
  const whole = (reading: AmountReading, length: number): boolean =>
    reading.ok && reading.start === 0 && reading.end === length;
  const named = readAmount(said, policy);
  if (named.ok || named.reason !== 'none') return named;
  const counted = readAmount(`${said}学时`, policy);
  return whole(counted, said.length + 2) ? counted : named;
}

/** 上午3学时，下午3学时 may be three or six; 3小时，3学时 says one thing twice. */
function repeatsUnit(words: readonly string[]): boolean {
  const units = words.map((said) => said.replace(/[\d.\s零〇一二两俩三四五六七八九十百千点个整半]/g, ''));
  return new Set(units).size < units.length;
}

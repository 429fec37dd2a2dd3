import { DateTimeRecognizer } from '@microsoft/recognizers-text-date-time';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readDays } from '../../../src/bot/text/days.ts';
import { addDays, type Day } from '../../../src/domain/day.ts';

/**
 * Microsoft's recognizer as a second opinion, on the kinds of expression where it is right. It is left out where it is
 * known to be wrong or blind: 去年12月1日 (drops the year), 上上周二 (drops a week), 上周一至周三 (the end in another week), lists (3月5日、6日),
 * bare 20号 and 11-20, dotted dates, 2月30日, spans whose year changes, 上个月31号 of a short month, and amounts (两个半小时 = 30 minutes).
 */
const model = new DateTimeRecognizer('zh-cn').getDateTimeModel();

type Value = Partial<Record<'type' | 'value' | 'start' | 'end', string>>;

/** All readings of the whole expression as `from..to`; without a year there is a past and a future one. */
function ask(words: string, today: Day): string[] {
  const [year = 0, month = 1, date = 1] = today.split('-').map(Number);
  // The package reckons in the local time zone.
  const results = model.parse(words, new Date(year, month - 1, date, 12));
  const whole = results.filter(({ text }) => text === words);
  return whole.flatMap(({ resolution }) =>
    ((resolution['values'] ?? []) as Value[]).map(({ value, start, end }) => `${value ?? start}..${value ?? end}`),
  );
}

/** The oracle's only reading, or the one of several that has taken place. */
const choose = (readings: string[], today: Day): string | undefined =>
  readings.length === 1
    ? readings[0]
    : readings
        .filter((reading) => reading.slice(-10) <= today)
        .sort()
        .at(-1);

const own = (words: string, today: Day): string | undefined => {
  const days = readDays(words, today);
  return days.ok ? `${days.from}..${days.to}` : undefined;
};

const han = '〇一二三四五六七八九十'.split('');
const count = (n: number): string =>
  (n < 11 ? '' : n < 20 ? '十' : `${han[Math.floor(n / 10)]}十`) + (n === 10 ? '十' : n % 10 === 0 ? '' : han[n % 10]);
const spell = (year: number): string =>
  String(year)
    .split('')
    .map((digit) => han[Number(digit)])
    .join('');

const days = (from: Day, to: Day) =>
  fc.integer({ min: 0, max: (Date.parse(to) - Date.parse(from)) / 86_400_000 }).map((n) => addDays(from, n));
const todays = fc.oneof(
  days('2023-01-01', '2030-12-31'),
  fc.constantFrom('2026-11-20', '2026-01-02', '2026-11-22', '2026-11-23', '2028-02-29', '2026-03-31'),
);
const parts = (day: Day) => ({ y: Number(day.slice(0, 4)), m: Number(day.slice(5, 7)), d: Number(day.slice(8)) });

const kinds: Record<string, (today: Day) => fc.Arbitrary<string>> = {
  'a full date': (today) =>
    days(addDays(today, -900), today).chain((day) => {
      const { y, m, d } = parts(day);
      return fc.constantFrom(day, `${y}/${m}/${d}`, `${y}年${m}月${d}日`, `${spell(y)}年${count(m)}月${count(d)}日`);
    }),
  'a month and a day': (today) =>
    days(addDays(today, -360), today).chain((day) => {
      const { m, d } = parts(day);
      return fc.constantFrom(`${m}月${d}日`, `${m}月${d}号`, `${count(m)}月${count(d)}日`);
    }),
  'a day near today': () =>
    fc.constantFrom(...'今天 昨天 前天 大前天 昨日 今日 三天前 5天前 十天前 明天 后天 大后天'.split(' ')),
  'a weekday of another week': () =>
    fc
      .tuple(
        fc.constantFrom('上周', '上星期', '本周', '这周', '上个星期', '下周'),
        fc.constantFrom(...'一二三四五六日'.split('')),
      )
      .map((pair) => pair.join('')),
  'a weekday': () =>
    fc
      .tuple(fc.constantFrom('周', '星期', '礼拜'), fc.constantFrom(...'一二三四五六日天'.split('')))
      .map((pair) => pair.join('')),
  'a day of last month': () => fc.integer({ min: 1, max: 28 }).map((d) => `上个月${d}号`),
  'a span': (today) =>
    fc.tuple(days(addDays(today, -330), addDays(today, -40)), fc.integer({ min: 1, max: 30 })).map(([from, length]) => {
      const [a, b] = [parts(from), parts(addDays(from, length))];
      if (a.m === b.m) return `${a.m}月${a.d}日至${b.d}日`;
      return `${a.m}月${a.d}日到${b.m}月${b.d}日`;
    }),
};

describe('days agree with the recognizer for', () => {
  test.each(Object.entries(kinds))('%s', (_, expressions) => {
    const cases = todays.chain((today) => fc.tuple(fc.constant(today), expressions(today)));
    fc.assert(
      fc.property(cases, ([today, words]) => {
        const expected = choose(ask(words, today), today);
        expect(expected).toBeDefined();
        expect(own(words, today)).toBe(expected);
      }),
      { numRuns: 300 },
    );
  });
});

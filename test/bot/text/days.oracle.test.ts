import { DateTimeRecognizer } from '@microsoft/recognizers-text-date-time';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readDays } from '../../../src/bot/text/days.ts';
import { addDays, type Day, makeDay, weekdayOf } from '../../../src/domain/day.ts';

/**
 * Microsoft's recognizer as a second opinion, on the kinds of expression where it is right. It is left out where it is
 * known to be wrong or blind: 去年12月1日 (drops the year), 上上周二 (drops a week), 上周一至周三 (the end in another week), lists (3月5日、6日),
 * bare 20号 and 11-20, dotted dates, 2月30日, spans whose year changes or that end on a leap day (blind), 上个月31号 of a short month,
 * and amounts (两个半小时 = 30 minutes).
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
  // The turn of a year, the days around a leap day, and a Sunday that is worked.
  fc.constantFrom('2025-12-31', '2026-01-01', '2027-01-03', '2028-02-28', '2028-03-01', '2027-03-01', '2026-02-28'),
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
  'a month and a day of last year or the year before': (today) =>
    fc
      .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }), fc.constantFrom(1, 2))
      .map(([m, d, ago]) => `${Number(today.slice(0, 4)) - ago}年${m}月${d}日`),
  'a leap day': () => fc.constantFrom('2024年2月29日', '2020年2月29日', '2024-02-29', '二〇二四年二月二十九日'),
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
    fc
      .tuple(days(addDays(today, -330), addDays(today, -40)), fc.integer({ min: 1, max: 30 }))
      .map(([from, length]) => [from, addDays(from, length)] as const)
      .filter(([, to]) => !to.endsWith('-02-29'))
      .map(([from, to]) => {
        const [a, b] = [parts(from), parts(to)];
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

/** Where the recognizer is wrong or blind, the calendar itself is the second opinion, counted day by day. */
describe('days agree with the calendar for', () => {
  const monday = (day: Day): Day => addDays(day, 1 - weekdayOf(day));
  const names = '一二三四五六日';

  test('weekdays of the week before last, however it is called', () => {
    fc.assert(
      fc.property(
        todays,
        fc.integer({ min: 0, max: 6 }),
        fc.constantFrom('上上周', '大上周', '上上个星期'),
        (today, n, week) => {
          const expected = addDays(monday(today), n - 14);
          expect(own(`${week}${names[n]}`, today)).toBe(`${expected}..${expected}`);
        },
      ),
    );
  });

  test('days of last year and the year before, leap days included', () => {
    fc.assert(
      fc.property(todays, days('2023-01-01', '2024-12-31'), (today, day) => {
        const { m, d } = parts(day);
        for (const [word, ago] of [
          ['去年', 1],
          ['前年', 2],
          ['大前年', 3],
        ] as const) {
          const expected = makeDay(Number(today.slice(0, 4)) - ago, m, d);
          const read = own(`${word}${m}月${d}日`, today);
          expect(read).toBe(expected === null ? undefined : `${expected}..${expected}`);
        }
      }),
    );
  });

  test('spans across the turn of a year and over a leap day', () => {
    fc.assert(
      fc.property(todays, fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 40 }), (today, ago, length) => {
        const to = addDays(today, -ago);
        const from = addDays(to, -length);
        const [a, b] = [parts(from), parts(to)];
        expect(own(`${a.m}月${a.d}日至${b.m}月${b.d}日`, today)).toBe(`${from}..${to}`);
      }),
    );
  });

  test('the part of the day, which changes no day', () => {
    const near = fc.constantFrom('昨天', '前天', '今天', '周三', '上周五', '11月5日', '大上周一', '3号');
    const part = fc.constantFrom('上午', '下午', '晚上', '早上', '一早', '一上午', '的下午');
    fc.assert(
      fc.property(todays, near, part, (today, day, time) => {
        expect(own(`${day}${time}听了报告`, today)).toBe(own(day, today));
      }),
    );
  });

  test('days off that are worked: a Sunday is a day like any other', () => {
    for (const sunday of ['2026-01-04', '2026-09-20', '2027-02-07']) {
      expect(own('今天', sunday)).toBe(`${sunday}..${sunday}`);
      expect(own('周日', sunday)).toBe(`${sunday}..${sunday}`);
      expect(own('上周日', addDays(sunday, 1))).toBe(`${sunday}..${sunday}`);
      expect(own('这周日', sunday)).toBe(`${sunday}..${sunday}`);
    }
  });
});

import chineseDays from 'chinese-days/dist/chinese-days.json' with { type: 'json' };
import { describe, expect, it } from 'vitest';
import { daysFrom, weekdayOf } from '../../src/domain/day.ts';
import { createCalendar, readHolidayTable } from '../../src/policy/calendar.ts';
import { calendar } from '../domain/build.ts';

/** Another's collection of the same lists; its functions depend on the time zone of the process, its table does not. */
const theirs: { holidays: Record<string, string>; workdays: Record<string, string> } = chineseDays;

const isTheirWorkday = (day: string): boolean =>
  theirs.workdays[day] !== undefined || (theirs.holidays[day] === undefined && weekdayOf(day) <= 5);

describe('the holiday tables', () => {
  it.each([2023, 2024, 2025, 2026])('of %i agree with chinese-days on every day', (year) => {
    const differing = daysFrom(`${year}-01-01`, `${year}-12-31`).filter(
      (day) => (calendar.kindOf(day) === 'workday') !== isTheirWorkday(day),
    );
    expect(differing).toEqual([]);
  });

  it('leave no doubt in a year that has one', () => {
    expect(calendar.years).toEqual([2023, 2024, 2025, 2026]);
    expect(daysFrom('2023-01-01', '2026-12-31').some((day) => calendar.kindOf(day) === 'doubtful')).toBe(false);
  });
});

describe('a year without a table', () => {
  it.each([
    ['2027-01-01', 'off'],
    ['2027-01-04', 'doubtful'],
    ['2027-01-05', 'workday'],
    ['2027-02-08', 'doubtful'],
    ['2027-02-13', 'off'],
    ['2027-03-02', 'workday'],
    ['2027-04-05', 'doubtful'],
    ['2027-04-30', 'doubtful'],
    ['2027-05-03', 'doubtful'],
    ['2028-05-01', 'off'],
    ['2027-06-09', 'doubtful'],
    ['2027-07-01', 'workday'],
    ['2027-09-15', 'doubtful'],
    ['2027-10-01', 'off'],
    ['2027-10-08', 'doubtful'],
    ['2027-10-11', 'workday'],
    ['2027-11-20', 'off'],
    ['2027-12-31', 'doubtful'],
  ] as const)('%s is %s', (day, kind) => expect(calendar.kindOf(day)).toBe(kind));

  it('never takes a day for a working day that the lists of other years gave off', () => {
    const blind = createCalendar([]);
    const wrong = daysFrom('2023-01-01', '2026-12-31').filter(
      (day) => blind.kindOf(day) === 'workday' && calendar.kindOf(day) === 'off',
    );
    expect(wrong).toEqual([]);
    expect(
      daysFrom('2027-01-01', '2027-12-31').filter((day) => weekdayOf(day) > 5 && blind.kindOf(day) !== 'off'),
    ).toEqual([]);
  });
});

describe('a holiday file', () => {
  const table = (holiday: object) => ({
    year: 2027,
    source: '国务院办公厅关于2027年部分节假日安排的通知',
    holidays: [{ name: '元旦', off: ['2027-01-01'], work: [], ...holiday }],
  });

  it('that is right is taken', () =>
    expect(readHolidayTable('2027.json', table({ work: ['2027-01-03'] }))).toMatchObject({ faults: [] }));

  it.each([
    ['2028.json', table({}), 'holidays/2028.json：year 是 2027，应为文件名里的年份 2028。'],
    ['2027.json', table({ off: ['2028-01-01'] }), 'holidays/2027.json：2028-01-01 不在这一年，应只写本年的日期。'],
    ['2027.json', table({ work: ['2027-01-01'] }), 'holidays/2027.json：2027-01-01 写了两次，应只写一次。'],
    [
      '2027.json',
      table({ work: ['2027-01-04'] }),
      'holidays/2027.json：调休上班日 2027-01-04 不是周六或周日，应为周末的日期。',
    ],
    [
      '2027.json',
      table({ off: ['2027-02-30'] }),
      'holidays/2027.json：holidays 第 1 项 off 第 1 项是 "2027-02-30"，应为写成 2026-09-01 的日期，且确有这一天。',
    ],
    ['2027.json', { ...table({}), extra: 1 }, 'holidays/2027.json：多了 extra，应删去或改正拼写。'],
    ['2027.json', [], 'holidays/2027.json：内容是 []，应为含 year、source、holidays 的假日表。'],
  ])('%s with a fault', (file, content, sentence) =>
    expect(readHolidayTable(file, content).faults).toContain(sentence),
  );
});

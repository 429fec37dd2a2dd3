import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  addMonths,
  dayOf,
  daysBetween,
  daysFrom,
  instantAt,
  isDay,
  lastDayOf,
  makeDay,
  timeOf,
  weekdayOf,
} from '../../src/domain/day.ts';

describe('days in Shanghai', () => {
  it.each([
    ['2025-12-31T15:59:59.999Z', '2025-12-31', '23:59'],
    ['2025-12-31T16:00:00.000Z', '2026-01-01', '00:00'],
    ['2024-02-28T16:00:00.000Z', '2024-02-29', '00:00'],
    ['2023-02-28T16:00:00.000Z', '2023-03-01', '00:00'],
  ])('%s is %s, %s', (instant, day, time) => {
    expect(dayOf(instant)).toBe(day);
    expect(timeOf(instant)).toBe(time);
  });

  it.each(['2026-02-29', '2026-04-31', '2026-13-01', '2026-00-10', '2026-1-1', '', '2026-11-20 '])(
    'there is no day %j',
    (text) => expect(isDay(text)).toBe(false),
  );

  it('knows leap days', () => {
    expect(makeDay(2024, 2, 29)).toBe('2024-02-29');
    expect(makeDay(2025, 2, 29)).toBeNull();
    expect(lastDayOf('2024-02')).toBe('2024-02-29');
    expect(lastDayOf('2100-02')).toBe('2100-02-28');
    expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2);
  });

  it('lists no days when the end comes first', () => expect(daysFrom('2026-11-20', '2026-11-19')).toEqual([]));

  it('agrees with luxon on instants, weekdays, sums and months', () => {
    const instant = fc.date({ min: new Date('1995-01-01'), max: new Date('2060-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(instant, fc.integer({ min: -2000, max: 2000 }), (date, days) => {
        const theirs = DateTime.fromJSDate(date, { zone: 'Asia/Shanghai' });
        const day = dayOf(date.toISOString());
        expect(day).toBe(theirs.toISODate());
        expect(weekdayOf(day)).toBe(theirs.weekday);
        expect(addDays(day, days)).toBe(theirs.plus({ days }).toISODate());
        expect(addMonths(day.slice(0, 7), days)).toBe(
          theirs.startOf('month').plus({ months: days }).toFormat('yyyy-MM'),
        );
        expect(dayOf(instantAt(day, '23:59'))).toBe(day);
      }),
    );
  });
});

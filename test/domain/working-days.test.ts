import { describe, expect, it } from 'vitest';
import { addDays, daysFrom } from '../../src/domain/day.ts';
import { dayWorkdaysBefore, firstWorkdayOf, isLastWorkday, workdaysSince } from '../../src/domain/working-days.ts';
import { calendar } from './build.ts';

describe('working days', () => {
  it.each([
    ['the same day', '2026-11-20', '2026-11-20', 0],
    ['over a weekend', '2026-11-20', '2026-11-23', 1],
    ['over a week', '2026-11-16', '2026-11-20', 4],
    ['over National Day, with the Saturday worked for it', '2026-09-30', '2026-10-10', 3],
    ['backwards', '2026-11-20', '2026-11-19', 0],
  ])('%s', (_, from, to, days) => expect(workdaysSince(calendar, from, to)).toBe(days));

  it.each([
    ['2026-11', '2026-11-02'],
    ['2026-10', '2026-10-08'],
    ['2026-01', '2026-01-04'],
    ['2026-05', '2026-05-06'],
    ['2027-02', '2027-02-01'],
    ['2027-10', '2027-10-11'],
  ])('the first of %s is %s', (month, day) => expect(firstWorkdayOf(calendar, month)).toBe(day));

  it.each([
    ['a Friday before the last weekend', '2026-10-30', true],
    ['the weekend itself', '2026-10-31', false],
    ['the last day of the month', '2026-11-30', true],
    ['the day before it', '2026-11-27', false],
    ['the eve of National Day', '2026-09-30', true],
    ['New Year’s Eve', '2026-12-31', true],
  ])('%s is the last of its month or not', (_, day, last) => expect(isLastWorkday(calendar, day)).toBe(last));
});

it('a day lies so many working days back exactly when so many have gone by since', () => {
  for (const to of daysFrom('2026-01-25', '2026-03-05')) {
    for (const count of [1, 2, 3, 5, 10]) {
      const since = dayWorkdaysBefore(calendar, to, count);
      expect(workdaysSince(calendar, since, to)).toBe(count);
      expect(workdaysSince(calendar, addDays(since, 1), to)).toBe(count - 1);
    }
  }
});

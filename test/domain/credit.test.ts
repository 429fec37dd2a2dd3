import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hoursForHalfDays, splitByYear } from '../../src/domain/credit.ts';
import { addDays, daysBetween } from '../../src/domain/day.ts';
import { arbitraryDay, policy } from './build.ts';

describe('hours for half-days', () => {
  it.each([
    [0, 0],
    [1, 400],
    [2, 800],
    [3, 1200],
    [5, 2000],
  ])('%i half-days are %i hundredths', (count, hours) => expect(hoursForHalfDays(count, policy)).toBe(hours));

  it('takes a day from its own number and not from two half-days', () =>
    expect(hoursForHalfDays(3, { halfDayHours: 300, dayHours: 750 })).toBe(1050));

  it.each([-1, 0.5, Number.NaN])('refuses %d', (count) =>
    expect(() => hoursForHalfDays(count, policy)).toThrow(RangeError),
  );
});

describe('splitting over the end of a year', () => {
  it.each([
    ['one day', '2026-12-31', '2026-12-31', 800, [[2026, 800]]],
    ['the whole of a year', '2026-01-01', '2026-12-31', 800, [[2026, 800]]],
    [
      'two days',
      '2025-12-31',
      '2026-01-01',
      800,
      [
        [2025, 400],
        [2026, 400],
      ],
    ],
    [
      'the odd hundredth goes to the earlier year on a tie',
      '2025-12-31',
      '2026-01-01',
      801,
      [
        [2025, 401],
        [2026, 400],
      ],
    ],
    [
      'the larger remainder is rounded up',
      '2025-12-31',
      '2026-01-02',
      100,
      [
        [2025, 33],
        [2026, 67],
      ],
    ],
    [
      'nothing to split',
      '2025-12-31',
      '2026-01-02',
      0,
      [
        [2025, 0],
        [2026, 0],
      ],
    ],
    [
      'a leap year between',
      '2023-12-31',
      '2025-01-01',
      36_800,
      [
        [2023, 100],
        [2024, 36_600],
        [2025, 100],
      ],
    ],
  ] as const)('%s', (_, from, to, hours, shares) =>
    expect(splitByYear(from, to, hours)).toEqual(shares.map(([year, part]) => ({ year, hours: part }))),
  );

  it('refuses a span that ends before it begins', () =>
    expect(() => splitByYear('2026-01-02', '2026-01-01', 100)).toThrow(RangeError));

  it('adds up exactly, and no share is a hundredth away from its days', () => {
    fc.assert(
      fc.property(
        arbitraryDay('2020-01-01', 3000),
        fc.nat({ max: 1500 }),
        fc.nat({ max: 100_000 }),
        (from, days, hours) => {
          const to = addDays(from, days);
          const shares = splitByYear(from, to, hours);
          expect(shares.reduce((sum, share) => sum + share.hours, 0)).toBe(hours);
          for (const { year, hours: part } of shares) {
            const start = from > `${year}-01-01` ? from : `${year}-01-01`;
            const end = to < `${year}-12-31` ? to : `${year}-12-31`;
            const exact = (hours * (daysBetween(start, end) + 1)) / (days + 1);
            expect(Math.abs(part - exact)).toBeLessThan(1);
          }
        },
      ),
    );
  });
});

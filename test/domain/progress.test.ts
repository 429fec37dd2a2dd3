import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, type Day, daysFrom, yearOf } from '../../src/domain/day.ts';
import { type Content, contents, type EntryState, type HourEntry } from '../../src/domain/hours.ts';
import { fiveYearProgress } from '../../src/domain/progress.ts';
import { percentByHand } from '../support/percent.ts';
import { approved, arbitraryDay, arbitraryEntry, book, makeCadre, policy, submit } from './build.ts';

const cadre = makeCadre();
const earned = (hours: number) => [approved({ from: '2026-03-05', to: '2026-03-05', hours })];
const on = (day: string, hours = 0, person = cadre) =>
  fiveYearProgress(person, hours === 0 ? [] : earned(hours), book.at(day), day);

describe('five-year progress', () => {
  it.each([
    [54_990, false, 10],
    [55_000, true, 0],
    [55_010, true, 0],
  ])('%i hundredths of 550 hours', (hours, reached, missing) =>
    expect(on('2026-11-20', hours)).toMatchObject({ earned: hours, reached, missing, quota: 55_000 }),
  );

  it.each([
    ['8.9 hours', 890, false],
    ['9 hours', 900, false],
    ['9.1 hours', 910, true],
  ])('%s behind the pace line', (_, behindBy, lagging) =>
    expect(on('2026-11-20', 42_700 - behindBy)).toMatchObject({ behindBy, lagging }),
  );

  it('without any hours nothing is earned and there is no share', () =>
    expect(on('2026-11-20')).toMatchObject({
      earned: 0,
      pending: 0,
      missing: 55_000,
      theoryShare: null,
      reached: false,
    }));

  it.each([
    ['the first day', '2023-01-01', 0, 60, 1000],
    ['the last day of the first year', '2023-12-31', 10_900, 49, 1200],
    ['the leap day', '2024-02-29', 12_800, 47, 1200],
    ['the last day', '2027-12-31', 55_000, 1, 55_000],
  ])('the pace line on %s', (_, day, paceNow, monthsLeft, neededPerMonth) =>
    expect(on(day)).toMatchObject({ paceNow, behindBy: paceNow, monthsLeft, neededPerMonth }),
  );

  it('after the last day a new cycle begins', () => {
    const progress = fiveYearProgress(cadre, earned(55_000), book.at('2028-01-01'), '2028-01-01');
    expect(progress).toMatchObject({ cycle: { from: '2028-01-01', to: '2032-12-31' }, earned: 0 });
  });

  it('with a policy of another cycle months run out at its end and not below', () => {
    expect(fiveYearProgress(cadre, [], policy, '2030-05-01')).toMatchObject({
      monthsLeft: 0,
      paceNow: 55_000,
      neededPerMonth: 55_000,
    });
    expect(fiveYearProgress(cadre, [], policy, '2020-05-01')).toMatchObject({
      monthsLeft: 60,
      paceNow: 0,
      behindBy: 0,
    });
  });

  it.each([
    ['before the cycle', '2022-12-31', 55_000, false],
    ['on its first day', '2023-01-01', 55_000, false],
    ['later in its first month', '2023-01-31', 55_000, false],
    ['on the first day of a month', '2025-06-01', 28_500, true],
    ['on the last day of that month', '2025-06-30', 28_500, true],
    ['on the leap day', '2024-02-29', 43_100, true],
    ['in the last month', '2027-12-31', 1000, true],
    ['after the cycle', '2028-01-01', 0, true],
    ['on an unknown day', null, 55_000, false],
  ])('appointed %s', (_, appointedOn, quota, proRata) =>
    expect(on('2026-11-20', 0, makeCadre({ appointedOn }))).toMatchObject({ quota, proRata }),
  );

  it('the pace line of somebody appointed inside the cycle begins that day, and earlier hours count', () => {
    const late = makeCadre({ appointedOn: '2025-06-15' });
    const entry = approved({ from: '2024-05-06', to: '2024-05-06', hours: 800 });
    expect(fiveYearProgress(late, [entry], policy, '2025-06-14')).toMatchObject({ paceNow: 0, earned: 800 });
    expect(fiveYearProgress(late, [entry], policy, '2025-06-15').paceNow).toBe(0);
    expect(fiveYearProgress(late, [entry], policy, '2027-12-31').paceNow).toBe(28_500);
  });

  it('without pro rata everybody has the whole quota', () =>
    expect(
      fiveYearProgress(makeCadre({ appointedOn: '2027-12-31' }), [], { ...policy, proRata: false }, '2027-12-31'),
    ).toMatchObject({
      quota: 55_000,
      proRata: false,
      paceNow: 55_000,
    }));

  it('of somebody without a five-year quota only the year has a number', () => {
    const progress = fiveYearProgress(makeCadre({ grade: 'other' }), earned(800), policy, '2026-11-20');
    expect(progress).toMatchObject({ counted: false, quota: 0, behindBy: 0, missing: 0, earned: 800, reached: false });
    expect(progress.year).toEqual({ year: 2026, earned: 800, pace: 9000 });
    expect(progress.professional.required).toBe(0);
  });

  it('splits at the ends of year and cycle, leaves out what ended later, and shows what waits', () => {
    const entries = [
      approved({ from: '2022-12-31', to: '2023-01-01', hours: 800 }),
      approved({ from: '2025-12-31', to: '2026-01-01', hours: 600 }),
      approved({ from: '2026-11-20', to: '2026-11-21', hours: 500 }),
      submit({ from: '2026-11-19', to: '2026-11-19', hours: 250, content: 'professional' }),
      approved({ from: '2026-11-18', to: '2026-11-18', hours: 300, content: 'professional' }),
    ];
    expect(fiveYearProgress(cadre, entries, policy, '2026-11-20')).toMatchObject({
      earned: 400 + 600 + 300,
      pending: 250,
      year: { year: 2026, earned: 300 + 300, pace: 11_000 },
      professional: { year: 2026, count: 1, required: 1 },
      theoryShare: 76.9,
    });
  });

  it.each([
    ['2025-12-31', 0, null],
    ['2026-01-01', 1, 2025],
    ['2026-11-20', 1, 2025],
    ['2026-11-21', 0, 2025],
    ['2024-12-31', 0, 2025],
  ])('a 专业化能力 training that ended on %s', (to, count, missedYear) => {
    const entry = approved({ from: '2024-12-30', to, content: 'professional' });
    expect(fiveYearProgress(cadre, [entry], policy, '2026-11-20').professional).toMatchObject({ count, missedYear });
  });

  it('what is earned and what is missing make the quota, and the pace line never falls', () => {
    fc.assert(
      fc.property(
        fc.array(arbitraryEntry, { maxLength: 20 }),
        fc.option(arbitraryDay('2020-01-01', 365 * 9), { nil: null }),
        arbitraryDay('2023-01-01', 1825),
        (entries, appointedOn, day) => {
          const person = makeCadre({ appointedOn });
          const progress = fiveYearProgress(person, entries, policy, day);
          expect(progress.missing).toBe(Math.max(0, progress.quota - progress.earned));
          expect(progress.neededPerMonth * progress.monthsLeft).toBeGreaterThanOrEqual(progress.missing);
          expect(progress.quota % 100).toBe(0);
          const pace = daysFrom(day, addDays(day, 30)).map((at) => fiveYearProgress(person, [], policy, at).paceNow);
          expect(pace).toEqual([...pace].sort((a, b) => a - b));
          expect(fiveYearProgress(person, [], policy, '2027-12-31').paceNow).toBe(progress.quota);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is what a slow recount of the definitions says, in whatever order the entries come', () =>
    fc.assert(
      fc.property(
        fc.array(arbitraryEntry, { maxLength: 40 }),
        arbitraryDay('2022-06-01', 2200),
        fc.boolean(),
        (entries, day, isCounted) => {
          const person = makeCadre({ grade: isCounted ? 'deputy' : 'other' });
          const progress = fiveYearProgress(person, entries, policy, day);
          expect(progress).toMatchObject(recount(entries, day, isCounted));
          expect(fiveYearProgress(person, [...entries].reverse(), policy, day)).toEqual(progress);
        },
      ),
    ));
});

/** Sums by the yearly shares, a walk for each number; the cycle is made of whole years. */
function recount(entries: readonly HourEntry[], day: Day, isCounted: boolean) {
  const ended = entries.filter(({ to }) => to <= day);
  const sum = (state: EntryState, years: readonly number[], wanted: readonly Content[] = contents): number =>
    ended
      .filter((entry) => entry.state === state && wanted.includes(entry.content))
      .flatMap(({ shares }) => shares)
      .filter((share) => years.includes(share.year))
      .reduce((hours, share) => hours + share.hours, 0);
  const cycle = [2023, 2024, 2025, 2026, 2027];
  const year = yearOf(day);
  const professional = (of: number): number =>
    ended.filter(({ state, content, to }) => state === 'approved' && content === 'professional' && yearOf(to) === of)
      .length;
  const all = sum('approved', cycle);
  return {
    earned: all,
    pending: sum('submitted', cycle),
    year: { year, earned: sum('approved', [year]) },
    byContent: Object.fromEntries(contents.map((content) => [content, sum('approved', cycle, [content])])),
    theoryShare: percentByHand(sum('approved', cycle, ['theory', 'party-spirit']), all),
    professional: {
      year,
      count: professional(year),
      missedYear: isCounted && professional(year - 1) === 0 ? year - 1 : null,
    },
  };
}

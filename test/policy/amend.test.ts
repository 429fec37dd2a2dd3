import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/domain/day.ts';
import type { Amendment } from '../../src/domain/policy.ts';
import { loadPolicy } from '../../src/policy/load.ts';

const book = loadPolicy(join(import.meta.dirname, '../../data/policy'));
const amendment = (rule: string, from: string, value: unknown, decision = 1): Amendment => ({
  rule,
  from,
  value,
  note: '试行',
  decision,
});

const amended = (...amendments: Amendment[]) => {
  const result = book.amend(amendments);
  if (!result.ok) throw new Error(result.faults.join());
  return result.book;
};

describe('an amendment', () => {
  it('holds from its day, and leaves the days before it alone', () => {
    const after = amended(amendment('fiveYearQuota', '2027-01-01', 600));
    expect(after.at('2026-12-31').fiveYearQuota).toBe(55_000);
    expect(after.at('2027-01-01').fiveYearQuota).toBe(60_000);
    expect(book.at('2027-01-01').fiveYearQuota).toBe(55_000);
  });

  it('is shown among the versions of its rule, as people write it', () =>
    expect(
      amended(amendment('halfDayHours', '2027-01-01', 3.5, 7)).rules.find(({ name }) => name === 'halfDayHours'),
    ).toMatchObject({
      versions: [{ value: 4 }, { from: '2027-01-01', value: 3.5, note: '试行', decision: 7 }],
    }));

  it('of the same day gives way to a later one', () => {
    const after = amended(
      amendment('draftMinutes', '2027-01-01', 60, 1),
      amendment('draftMinutes', '2027-01-01', 20, 2),
    );
    expect(after.at('2027-01-01').draftMinutes).toBe(20);
    expect(after.rules.find(({ name }) => name === 'draftMinutes')?.versions).toHaveLength(2);
  });

  it('goes between two versions of the file', () => {
    const once = amended(amendment('draftMinutes', '2028-01-01', 60));
    const twice = once.amend([amendment('draftMinutes', '2027-01-01', 20, 2)]);
    expect(twice.ok && [twice.book.at('2027-06-01').draftMinutes, twice.book.at('2028-06-01').draftMinutes]).toEqual([
      20, 60,
    ]);
  });

  it('begins the next cycle', () => {
    const next = { from: '2028-01-01', to: '2032-12-31' };
    expect(amended(amendment('cycle', '2028-01-01', next)).at('2030-05-01').cycle).toEqual(next);
  });

  it.each([
    ['an unknown rule', amendment('lunch', '2027-01-01', 1), '没有规则 lunch'],
    [
      'a number out of range',
      amendment('theoryShare', '2027-01-01', 170),
      '“理论教育和党性教育占总课时的比重”应为 0 至 100 之间的整数',
    ],
    ['a number for a yes or no', amendment('proRata', '2027-01-01', 1), 'true 或 false'],
    ['a contradiction', amendment('dailyCap', '2027-01-01', 12), '一天可认定的学时'],
    [
      'a gap between cycles',
      amendment('cycle', '2029-01-01', { from: '2029-01-01', to: '2033-12-31' }),
      '应紧接上一周期',
    ],
  ])('is refused: %s', (_, wrong, expected) => {
    const result = book.amend([wrong]);
    expect(result.ok ? [] : result.faults.join('')).toContain(expected);
  });

  it('never changes a day before the first of them', () =>
    fc.assert(
      fc.property(
        fc.array(fc.record({ days: fc.integer({ min: 0, max: 800 }), minutes: fc.integer({ min: 1, max: 1440 }) }), {
          maxLength: 8,
        }),
        fc.integer({ min: 1, max: 2000 }),
        (steps, back) => {
          const amendments = steps.map(({ days, minutes }, i) =>
            amendment('draftMinutes', addDays('2027-01-01', days), minutes, i),
          );
          const after = amended(...amendments);
          expect(after.at(addDays('2027-01-01', -back))).toEqual(book.at(addDays('2027-01-01', -back)));
          // On any later day the last one that has begun holds; of one day's the last decided.
          const day = addDays('2027-01-01', back);
          const begun = amendments.filter(({ from }) => from <= day);
          const latest = begun
            .map(({ from }) => from)
            .sort()
            .at(-1);
          const expected = begun.findLast(({ from }) => from === latest)?.value ?? book.at(day).draftMinutes;
          expect(after.at(day).draftMinutes).toBe(expected);
        },
      ),
    ));
});

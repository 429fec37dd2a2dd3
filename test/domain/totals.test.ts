import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/domain/day.ts';
import { contents, forms, type HourEntry, kinds } from '../../src/domain/hours.ts';
import { creditedIn, noContent, professionalCount, theoryShareOf, totalsOf } from '../../src/domain/totals.ts';
import { approved, arbitraryDay, arbitraryEntry, submit } from './build.ts';

const crossing = () => approved({ from: '2025-12-30', to: '2026-01-02', hours: 1000 });

describe('hours credited within a range', () => {
  it.each([
    ['all of it', '2023-01-01', '2027-12-31', 1000],
    ['the first year', '2025-01-01', '2025-12-31', 500],
    ['the second year', '2026-01-01', '2026-12-31', 500],
    ['a cycle that ends between', '2021-01-01', '2025-12-31', 500],
    ['one of its days', '2025-12-30', '2025-12-30', 250],
    ['days in the middle', '2025-12-31', '2026-01-01', 500],
    ['a range before', '2025-01-01', '2025-12-29', 0],
    ['a range after', '2026-01-03', '2026-12-31', 0],
  ])('%s', (_, from, to, hours) => expect(creditedIn(crossing(), from, to)).toBe(hours));

  it.each(['submitted', 'returned', 'rejected', 'withdrawn', 'voided'] as const)('nothing while %s', (state) =>
    expect(creditedIn({ ...crossing(), state }, '2023-01-01', '2027-12-31')).toBe(0),
  );

  it('the leap day counts as a day of its own', () => {
    const entry = approved({ from: '2024-02-28', to: '2024-03-01', hours: 900 });
    expect(creditedIn(entry, '2024-02-29', '2024-02-29')).toBe(300);
  });

  it('adjoining ranges add up to the whole, wherever they are cut', () => {
    fc.assert(
      fc.property(arbitraryEntry, fc.array(arbitraryDay('2022-01-01', 3600), { maxLength: 6 }), (entry, cuts) => {
        const days = ['2000-01-01', ...cuts.sort(), '2100-01-01'];
        const parts = days.slice(1).map((to, i) => creditedIn(entry, days[i] ?? '', addDays(to, -1)));
        expect(parts.reduce((a, b) => a + b, 0)).toBe(entry.state === 'approved' ? entry.hours : 0);
      }),
    );
  });
});

describe('totals', () => {
  it('are empty, with every year of the range, when there is nothing', () => {
    const totals = totalsOf([], '2023-01-01', '2027-12-31');
    expect(totals).toMatchObject({ hours: 0, entryIds: [], byContent: noContent() });
    expect(Object.keys(totals.byYear)).toEqual(['2023', '2024', '2025', '2026', '2027']);
  });

  it('equal a naive recomputation for random histories', () => {
    const sum = (entries: HourEntry[], pick: (entry: HourEntry) => boolean, years: number[]) => {
      let hours = 0;
      for (const entry of entries) {
        for (const share of entry.shares) {
          if (entry.state === 'approved' && pick(entry) && years.includes(share.year)) hours += share.hours;
        }
      }
      return hours;
    };
    fc.assert(
      fc.property(fc.array(arbitraryEntry, { maxLength: 40 }), (entries) => {
        const years = [2023, 2024, 2025, 2026, 2027];
        const totals = totalsOf(entries, '2023-01-01', '2027-12-31');
        expect(totals.hours).toBe(sum(entries, () => true, years));
        for (const content of contents) {
          expect(totals.byContent[content]).toBe(sum(entries, (entry) => entry.content === content, years));
        }
        for (const kind of kinds) expect(totals.byKind[kind]).toBe(sum(entries, (entry) => entry.kind === kind, years));
        for (const form of forms) expect(totals.byForm[form]).toBe(sum(entries, (entry) => entry.form === form, years));
        for (const year of years) expect(totals.byYear[year]).toBe(sum(entries, () => true, [year]));
        const known = new Set(totals.entryIds);
        expect(sum(entries, (entry) => known.has(entry.id), years)).toBe(totals.hours);
      }),
    );
  });
});

describe('the share of theory and party spirit', () => {
  it.each([
    ['no hours at all', {}, null],
    ['70 % exactly', { theory: 4000, 'party-spirit': 3000, professional: 3000 }, 70],
    ['a hair below', { theory: 69_999, knowledge: 30_001 }, 69.9],
    ['69.9 %', { theory: 699, knowledge: 301 }, 69.9],
    ['all', { 'party-spirit': 25 }, 100],
    ['none', { knowledge: 25 }, 0],
  ])('%s', (_, hours, share) => expect(theoryShareOf({ ...noContent(), ...hours })).toBe(share));
});

describe('the yearly count of professional trainings', () => {
  it('takes approved ones by the year of their last day', () => {
    const professional = { content: 'professional', hours: 100 } as const;
    const entries = [
      approved({ ...professional, from: '2025-12-31', to: '2026-01-01' }),
      approved({ ...professional, from: '2025-12-31', to: '2025-12-31' }),
      approved({ ...professional, from: '2026-12-31', to: '2026-12-31' }),
      submit({ ...professional, from: '2026-05-06', to: '2026-05-06' }),
      approved({ from: '2026-05-06', to: '2026-05-06' }),
    ];
    expect([2024, 2025, 2026, 2027].map((year) => professionalCount(entries, year))).toEqual([0, 1, 2, 0]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/domain/day.ts';
import { hoursWithin, noContent, theoryShareOf } from '../../src/domain/totals.ts';
import { approved, arbitraryDay, arbitraryEntry } from './build.ts';

const crossing = () => approved({ from: '2025-12-30', to: '2026-01-02', hours: 1000 });

describe('hours within a range', () => {
  it.each([
    ['all of it', '2023-01-01', '2027-12-31', 1000],
    ['the first year', '2025-01-01', '2025-12-31', 500],
    ['the second year', '2026-01-01', '2026-12-31', 500],
    ['a cycle that ends between', '2021-01-01', '2025-12-31', 500],
    ['one of its days', '2025-12-30', '2025-12-30', 250],
    ['days in the middle', '2025-12-31', '2026-01-01', 500],
    ['a range before', '2025-01-01', '2025-12-29', 0],
    ['a range after', '2026-01-03', '2026-12-31', 0],
  ])('%s', (_, from, to, hours) => expect(hoursWithin(crossing(), from, to)).toBe(hours));

  it('the leap day counts as a day of its own', () => {
    const entry = approved({ from: '2024-02-28', to: '2024-03-01', hours: 900 });
    expect(hoursWithin(entry, '2024-02-29', '2024-02-29')).toBe(300);
  });

  it('adjoining ranges add up to the whole, wherever they are cut', () => {
    fc.assert(
      fc.property(arbitraryEntry, fc.array(arbitraryDay('2022-01-01', 3600), { maxLength: 6 }), (entry, cuts) => {
        const days = ['2000-01-01', ...cuts.sort(), '2100-01-01'];
        const parts = days.slice(1).map((to, i) => hoursWithin(entry, days[i] ?? '', addDays(to, -1)));
        expect(parts.reduce((a, b) => a + b, 0)).toBe(entry.hours);
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
    ['two thirds, rounded', { theory: 200, knowledge: 100 }, 66.7],
    ['all', { 'party-spirit': 25 }, 100],
    ['none', { knowledge: 25 }, 0],
  ])('%s', (_, hours, share) => expect(theoryShareOf({ ...noContent(), ...hours })).toBe(share));
});

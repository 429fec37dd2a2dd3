import { describe, expect, it } from 'vitest';
import { showDay, showHours, showSpan } from '../../src/texts/glossary.ts';

describe('how hours and days are shown', () => {
  it.each([
    [0, '0'],
    [25, '0.25'],
    [300, '3'],
    [350, '3.5'],
    [55_000, '550'],
    [54_990, '549.9'],
    [1, '0.01'],
  ])('%i hundredths as %s', (hundredths, text) => expect(showHours(hundredths)).toBe(text));

  it.each([
    ['2026-11-20', '2026-01-01', '11月20日'],
    ['2025-01-05', '2026-01-01', '2025年1月5日'],
    ['2026-11-20', undefined, '2026年11月20日'],
  ])('%s, on %s, as %s', (day, today, text) => expect(showDay(day, today)).toBe(text));

  it.each([
    ['2026-11-20', '2026-11-20', '11月20日'],
    ['2026-03-05', '2026-03-07', '3月5日至7日'],
    ['2026-03-30', '2026-04-02', '3月30日至4月2日'],
    ['2025-03-05', '2025-03-07', '2025年3月5日至7日'],
    ['2025-12-30', '2026-01-03', '2025年12月30日至2026年1月3日'],
    ['2026-12-30', '2027-01-03', '12月30日至2027年1月3日'],
  ])('%s to %s as %s', (from, to, text) => expect(showSpan(from, to, '2026-11-20')).toBe(text));
});

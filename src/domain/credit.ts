import { type Day, daysBetween, yearOf } from './day.ts';
import type { YearShare } from './hours.ts';
import type { Policy } from './policy.ts';

/**
 * Hours that a number of half-days is worth, in hundredths: two half-days make a day, an odd one counts by itself.
 *
 * @throws RangeError unless `count` is a whole number ≥ 0
 */
export function hoursForHalfDays(count: number, policy: Pick<Policy, 'halfDayHours' | 'dayHours'>): number {
  if (!Number.isSafeInteger(count) || count < 0) throw new RangeError(`half-days: ${count}`);
  return Math.floor(count / 2) * policy.dayHours + (count % 2) * policy.halfDayHours;
}

/**
 * Splits the hours of a training over the calendar years that it touches, in proportion to its days in each. Integer
 * hundredths, by largest remainder (the earlier year on a tie), so that the shares always add up to `hours`.
 *
 * @throws RangeError when `to` is before `from`
 */
export function splitByYear(from: Day, to: Day, hours: number): YearShare[] {
  if (to < from) throw new RangeError(`span: ${from}–${to}`);
  const first = yearOf(from);
  const last = yearOf(to);
  if (first === last) return [{ year: first, hours }];
  const span = daysBetween(from, to) + 1;
  const parts = Array.from({ length: last - first + 1 }, (_, i) => {
    const year = first + i;
    const start = year === first ? from : `${year}-01-01`;
    const end = year === last ? to : `${year}-12-31`;
    const scaled = hours * (daysBetween(start, end) + 1);
    return { year, hours: Math.floor(scaled / span), remainder: scaled % span };
  });
  const missing = hours - parts.reduce((sum, part) => sum + part.hours, 0);
  const rounded = new Set([...parts].sort((a, b) => b.remainder - a.remainder || a.year - b.year).slice(0, missing));
  return parts.map((part) => ({ year: part.year, hours: part.hours + (rounded.has(part) ? 1 : 0) }));
}

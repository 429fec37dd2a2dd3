import { type Day, daysBetween } from './day.ts';
import { type Content, contents, type HourEntry, type YearShare } from './hours.ts';
import { percentOf } from './percent.ts';

const later = (a: Day, b: Day): Day => (a > b ? a : b);
const earlier = (a: Day, b: Day): Day => (a < b ? a : b);

/** How much of a year's share falls into the range: evenly over its days, rounded so that adjoining ranges add up. */
function shareWithin(entry: HourEntry, share: YearShare, from: Day, to: Day): number {
  const start = later(entry.from, `${share.year}-01-01`);
  const end = earlier(entry.to, `${share.year}-12-31`);
  if (from <= start && end <= to) return share.hours;
  if (end < from || to < start) return 0;
  const days = daysBetween(start, end) + 1;
  const upTo = (count: number) => Math.floor((share.hours * count) / days);
  return upTo(daysBetween(start, earlier(end, to)) + 1) - upTo(Math.max(0, daysBetween(start, from)));
}

/**
 * Hundredths of an entry, whatever its state, that fall into the days `from`–`to` (both included). Whole years take the
 * entry's yearly shares; a part of a year takes its days' part of the share. Adjoining ranges add up to the entry's
 * hours exactly.
 */
export function hoursWithin(entry: HourEntry, from: Day, to: Day): number {
  // Nearly every entry lies within or without: lists look at hundreds of thousands of them.
  if (from <= entry.from && entry.to <= to) return entry.hours;
  if (entry.to < from || to < entry.from) return 0;
  let hours = 0;
  for (const share of entry.shares) hours += shareWithin(entry, share, from, to);
  return hours;
}

/** 内容 → 0. */
export const noContent = (): Record<Content, number> => ({
  theory: 0,
  'party-spirit': 0,
  professional: 0,
  knowledge: 0,
});

/** 理论教育 and 党性教育, which together make the share that is asked for (三.4). */
export const theoryContents: readonly Content[] = ['theory', 'party-spirit'];

/** 理论教育 + 党性教育 as a share of all hours (三.4), as `percentOf` gives it. Null when there are no hours at all. */
export function theoryShareOf(byContent: Readonly<Record<Content, number>>): number | null {
  const sumOf = (some: readonly Content[]): number => some.reduce((sum, content) => sum + byContent[content], 0);
  return percentOf(sumOf(theoryContents), sumOf(contents));
}

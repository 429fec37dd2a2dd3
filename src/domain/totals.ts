import { type Day, daysBetween, yearOf } from './day.ts';
import { type Content, contents, type Form, forms, type HourEntry, type Kind, kinds, type YearShare } from './hours.ts';

/** Sums of approved hours (hundredths) within a range of days, and the entries behind them. */
export interface Totals {
  hours: number;
  byContent: Record<Content, number>;
  byKind: Record<Kind, number>;
  byForm: Record<Form, number>;
  /** Every year of the range, `'2026'` → hundredths. */
  byYear: Record<string, number>;
  entryIds: number[];
}

const later = (a: Day, b: Day): Day => (a > b ? a : b);
const earlier = (a: Day, b: Day): Day => (a < b ? a : b);

/** How much of a year's share falls into the range: evenly over its days, rounded so that adjoining ranges add up. */
function shareWithin(entry: HourEntry, share: YearShare, from: Day, to: Day): number {
  if (from <= entry.from && entry.to <= to) return share.hours;
  if (entry.to < from || to < entry.from) return 0;
  const start = later(entry.from, `${share.year}-01-01`);
  const end = earlier(entry.to, `${share.year}-12-31`);
  if (from <= start && end <= to) return share.hours;
  if (end < from || to < start) return 0;
  const days = daysBetween(start, end) + 1;
  const upTo = (count: number) => Math.floor((share.hours * count) / days);
  return upTo(daysBetween(start, earlier(end, to)) + 1) - upTo(Math.max(0, daysBetween(start, from)));
}

/** Hundredths of an entry, whatever its state, that fall into the days `from`–`to` (both included). */
export function hoursWithin(entry: HourEntry, from: Day, to: Day): number {
  // Nearly every entry lies within or without: lists look at hundreds of thousands of them.
  if (from <= entry.from && entry.to <= to) return entry.hours;
  if (entry.to < from || to < entry.from) return 0;
  let hours = 0;
  for (const share of entry.shares) hours += shareWithin(entry, share, from, to);
  return hours;
}

/**
 * Hundredths that an approved entry earns within `from`–`to`; 0 in any other state. Whole years take the entry's yearly
 * shares; a part of a year takes its days' part of the share. Adjoining ranges add up to the entry's hours exactly.
 */
export const creditedIn = (entry: HourEntry, from: Day, to: Day): number =>
  entry.state === 'approved' ? hoursWithin(entry, from, to) : 0;

/** 内容 → 0. */
export const noContent = (): Record<Content, number> => zeros(contents);

function zeros<K extends string>(names: readonly K[]): Record<K, number> {
  return Object.fromEntries(names.map((name) => [name, 0])) as Record<K, number>;
}

/** Totals of approved hours within `from`–`to`, by content, kind, form and year. */
export function totalsOf(entries: Iterable<HourEntry>, from: Day, to: Day): Totals {
  const years = Array.from({ length: yearOf(to) - yearOf(from) + 1 }, (_, i) => String(yearOf(from) + i));
  const totals: Totals = {
    hours: 0,
    byContent: noContent(),
    byKind: zeros(kinds),
    byForm: zeros(forms),
    byYear: zeros(years),
    entryIds: [],
  };
  for (const entry of entries) {
    if (entry.state !== 'approved') continue;
    let hours = 0;
    for (const share of entry.shares) {
      const part = shareWithin(entry, share, from, to);
      if (part === 0) continue;
      hours += part;
      totals.byYear[share.year] = (totals.byYear[share.year] ?? 0) + part;
    }
    if (hours === 0) continue;
    totals.hours += hours;
    totals.byContent[entry.content] += hours;
    totals.byKind[entry.kind] += hours;
    totals.byForm[entry.form] += hours;
    totals.entryIds.push(entry.id);
  }
  return totals;
}

/**
 * 理论教育 + 党性教育 as a share of all hours (三.4), in percent with one decimal, cut and not rounded, so that 70 is
 * never shown for less than 70. Null when there are no hours at all.
 */
export function theoryShareOf(byContent: Readonly<Record<Content, number>>): number | null {
  const all = contents.reduce((sum, content) => sum + byContent[content], 0);
  if (all === 0) return null;
  return Math.floor(((byContent.theory + byContent['party-spirit']) * 1000) / all) / 10;
}

/** 专业化能力 trainings approved that ended in the year (三.5: 每年至少参加 1 次). */
export function professionalCount(entries: Iterable<HourEntry>, year: number): number {
  let count = 0;
  for (const entry of entries) {
    if (entry.state === 'approved' && entry.content === 'professional' && yearOf(entry.to) === year) count += 1;
  }
  return count;
}

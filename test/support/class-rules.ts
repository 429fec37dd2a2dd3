import type { AttendanceState } from '../../src/domain/attendance.ts';

/** A 课次 as the clauses see it. */
export interface Sitting {
  readonly no: number;
  readonly start: string;
  readonly day: string;
  /** Wall-clock time. */
  readonly end: string;
  readonly year: number;
  readonly content: string;
  readonly hours: number;
  readonly topic: string;
  readonly cancelled: boolean;
  readonly settled: boolean;
}

/** What is said of one person in one class. */
export interface Seat {
  readonly since: string | null;
  readonly until: string | null;
  readonly only: readonly number[] | null;
  readonly states: ReadonlyMap<number, AttendanceState>;
  /** 课次 that were made up by a recording. */
  readonly recorded: ReadonlySet<number>;
  /** The class has given them hours before. */
  readonly given: boolean;
}

export interface Outcome {
  /** Hundredths by content and year, and by 课次 where each counts by itself. */
  readonly hours: ReadonlyMap<string, number>;
  /** By 课次: why something is missing, and how much. */
  readonly missing: ReadonlyMap<number, { readonly cause: string; readonly hours: number }>;
  /** By day: what the class gives for it, and whether any of that is of the evening. */
  readonly byDay: ReadonlyMap<string, { readonly hours: number; readonly evening: boolean }>;
  /** The settled 课次 at which they were. */
  readonly there: readonly Sitting[];
}

const slips: Partial<Record<AttendanceState, number>> = { late: 1, 'left-early': 1, 'late-left-early': 2 };

/**
 * What one person gets from a class and what they miss, told a second time from the clauses: a settled 课次 gives its hours
 * to whoever was there, and asks nothing of whom nothing is known there; every second 迟到 or 早退 costs half a day of four hours, but never more than the 课次 has.
 */
export function reckon(sittings: readonly Sitting[], seat: Seat, each: boolean): Outcome {
  const hours = new Map<string, number>();
  const missing = new Map<number, { cause: string; hours: number }>();
  const byDay = new Map<string, { hours: number; evening: boolean }>();
  const there: Sitting[] = [];
  const held = sittings.filter(({ cancelled }) => !cancelled);
  const isGiven = each || seat.given || held.every(({ settled }) => settled);
  let owing = 0;
  for (const sitting of [...held].sort((a, b) => (a.start === b.start ? a.no - b.no : a.start < b.start ? -1 : 1))) {
    const { no, start, settled, year, content } = sitting;
    if (!settled || seat.only?.includes(no) === false) continue;
    if ((seat.since !== null && start < seat.since) || (seat.until !== null && start >= seat.until)) continue;
    const state = seat.states.get(no);
    if (state === undefined) continue;
    let gained = 0;
    if (state === 'absent' || state === 'on-leave') {
      if (seat.only === null) missing.set(no, { cause: state, hours: sitting.hours });
    } else {
      there.push(sitting);
      gained = sitting.hours;
      owing += slips[state] ?? 0;
      if (owing >= 2) {
        owing -= 2;
        const lost = Math.min(400, sitting.hours);
        gained -= lost;
        missing.set(no, { cause: 'slips', hours: lost });
      }
    }
    if (seat.recorded.has(no)) gained = sitting.hours;
    if (gained > 0) {
      const { hours: before, evening } = byDay.get(sitting.day) ?? { hours: 0, evening: false };
      byDay.set(sitting.day, { hours: before + gained, evening: evening || sitting.end > '18:30' });
    }
    const line = each ? `${content} ${year} ${no}` : `${content} ${year}`;
    if (gained > 0 && isGiven) hours.set(line, (hours.get(line) ?? 0) + gained);
  }
  return { hours, missing, byDay, there };
}

/** Whether hours of classes and of what was logged for a day are more than it holds: eight, ten with an evening or a logged one. */
export const isTooFull = (
  given: readonly { hours: number; evening: boolean }[],
  logged: readonly number[],
): boolean => {
  const sum = given.reduce((all, { hours }) => all + hours, 0) + logged.reduce((all, hours) => all + hours, 0);
  return given.length > 0 && sum > (logged.length > 0 || given.some(({ evening }) => evening) ? 1000 : 800);
};

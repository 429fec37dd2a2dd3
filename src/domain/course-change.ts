import type { Attendance } from './attendance.ts';
import { type Course, endOf, type Session, startOf } from './course.ts';
import { addMs, daysBetween, type Instant } from './day.ts';
import { type Leave, missedBy } from './leave.ts';

/** How many people have signed in or been called up at a 课次, and how many of them by 签到码; leave alone is neither. */
export interface Taken {
  readonly people: number;
  readonly byCode: number;
}

const isCalled = ({ marks }: Attendance): boolean => marks.some(({ source }) => source !== 'leave');
const isByCode = ({ marks }: Attendance): boolean => marks.some(({ source }) => source === 'code');

/** What was taken at each 课次 of a class, by its number; none where nothing was. */
export function takenAt(attended: readonly Attendance[]): ReadonlyMap<number, Taken> {
  const taken = new Map<number, Taken>();
  for (const row of attended.filter(isCalled)) {
    const { people, byCode } = taken.get(row.no) ?? { people: 0, byCode: 0 };
    taken.set(row.no, { people: people + 1, byCode: byCode + (isByCode(row) ? 1 : 0) });
  }
  return taken;
}

/**
 * What another time means for the attendance at a 课次 (三.6: it is of the day on which it was taken).
 * `free`: there is none, or the time is the same; `kept`: it is on, and goes on on the same day; `voids`: whoever has signed
 * in signs in anew; `corrects`: it has taken place, and the time was written down wrong. Not allowed are `held`: what has
 * taken place cannot be still to come, and `signed`: 签到码 have shown on which day it took place.
 */
export type Move = 'free' | 'kept' | 'voids' | 'corrects' | 'held' | 'signed';

export function judgeMove(before: Session, after: Session, taken: Taken | undefined, now: Instant): Move {
  const isSame = before.day === after.day && before.start === after.start && before.end === after.end;
  if (isSame || (before.settled === null && taken === undefined)) return 'free';
  if (before.settled !== null || endOf(before) <= now) {
    if (endOf(after) > now) return 'held';
    return before.day !== after.day && (taken?.byCode ?? 0) > 0 ? 'signed' : 'corrects';
  }
  return before.day === after.day && startOf(after) <= now ? 'kept' : 'voids';
}

/** Whether a 课次 has been held, as far as is known: then it is no more one of those that can be joined to another. */
export const isHeld = ({ no, settled }: Session, taken: ReadonlyMap<number, Taken>): boolean =>
  settled !== null || taken.has(no);

/** A row of attendance that a change of the class leaves different; null: nothing is left of it. */
export interface AttendanceChange {
  readonly before: Attendance;
  readonly after: Attendance | null;
}

/**
 * What becomes of one person's attendance when 课次 are moved: where it is void, only an approved leave stays; where a day
 * is corrected, the times of a sheet are of the new one.
 */
export function moveAttendance(
  before: Course,
  after: Course,
  taken: ReadonlyMap<number, Taken>,
  person: { readonly attended: readonly Attendance[]; readonly leaves: readonly Leave[] },
  now: Instant,
): AttendanceChange[] {
  return person.attended.filter(isCalled).flatMap((row): AttendanceChange[] => {
    const [then, next] = [before, after].map(({ sessions }) => sessions.find(({ no }) => no === row.no));
    if (then === undefined || next === undefined || next.cancelled) return [];
    const move = judgeMove(then, next, taken.get(row.no), now);
    if (move === 'voids') return [{ before: row, after: leaveOf(row, person.leaves) }];
    const isDated = row.in !== null || row.out !== null;
    if (move !== 'corrects' || then.day === next.day || !isDated) return [];
    const days = daysBetween(then.day, next.day);
    return [{ before: row, after: { ...row, in: shifted(row.in, days), out: shifted(row.out, days) } }];
  });
}

const shifted = (instant: Instant | null, days: number): Instant | null =>
  instant === null ? null : addMs(instant, days * 86_400_000);

/** The leave that had been approved before somebody came all the same, or while they were there. */
function leaveOf(row: Attendance, leaves: readonly Leave[]): Attendance | null {
  const leave = leaves.find((one) => missedBy(one).includes(row.no));
  if (leave === undefined) return null;
  const mark = row.marks.findLast(({ source }) => source === 'leave') ?? {
    state: 'on-leave' as const,
    source: 'leave' as const,
    by: leave.decidedBy ?? leave.staffNo,
    at: leave.decidedAt ?? leave.askedAt,
    reason: leave.reason,
  };
  return { ...row, state: 'on-leave', in: null, out: null, marks: [mark] };
}

/** The same people's attendance after it. */
export const attendedAfter = (attended: readonly Attendance[], changes: readonly AttendanceChange[]): Attendance[] =>
  attended.flatMap((row) => {
    const change = changes.find(({ before }) => before === row);
    return change === undefined ? [row] : change.after === null ? [] : [change.after];
  });

import { type Attendance, type AttendanceState, signOutWindow, slipsOf } from './attendance.ts';
import { type Course, endOf, heldSessions, type Session } from './course.ts';
import type { Day, Instant } from './day.ts';
import { type Leave, missedBy } from './leave.ts';
import type { Policy, WorkCalendar } from './policy.ts';
import { dayWorkdaysBefore } from './working-days.ts';

/** 应到, 实到, 迟到, 早退, 请假, 缺勤 and 未签到 of one 课次; who is late or leaves early is there. */
export interface RollCounts {
  readonly expected: number;
  readonly there: number;
  readonly late: number;
  readonly leftEarly: number;
  readonly onLeave: number;
  readonly absent: number;
  readonly unknown: number;
}

/** Counts the states of those who are expected; undefined is nobody having said anything. */
export function countRoll(states: readonly (AttendanceState | undefined)[]): RollCounts {
  const count = (...wanted: readonly (AttendanceState | undefined)[]): number =>
    states.filter((state) => wanted.includes(state)).length;
  return {
    expected: states.length,
    there: states.filter((state) => state === 'present' || (state !== undefined && slipsOf(state) > 0)).length,
    late: count('late', 'late-left-early'),
    leftEarly: count('left-early', 'late-left-early'),
    onLeave: count('on-leave'),
    absent: count('absent'),
    unknown: count(undefined),
  };
}

/** From when the attendance at a 课次 may be settled: it is over, and where 签退 is asked for nobody can any more. */
export const settlesFrom = (
  { signsOut }: Pick<Course, 'signsOut'>,
  session: Session,
  policy: Pick<Policy, 'attendance'>,
): Instant => (signsOut ? signOutWindow(session, policy).closes : endOf(session));

/**
 * What 全部到 says of somebody: who has not been seen is there; who is on leave stays so until somebody says otherwise by
 * name, and who came late does not come on time by it.
 */
export const isMeantByAll = (known: Pick<Attendance, 'state'> | undefined): boolean =>
  known === undefined || known.state === 'absent';

/** What became of somebody's leave from a 课次: approved while one keeps them away, else the last that was asked for; null: none. */
export function leaveStateAt(no: number, known: readonly Leave[]): Leave['state'] | null {
  if (known.some((leave) => missedBy(leave).includes(no))) return 'approved';
  const asked = known.filter(({ sessions }) => sessions.includes(no)).sort((a, b) => b.id - a.id);
  return asked[0]?.state ?? null;
}

/** Whether anybody has signed in or been called up: an approved leave alone is no roll. */
export const isTaken = (attended: readonly Pick<Attendance, 'marks'>[]): boolean =>
  attended.some(({ marks }) => marks.some(({ source }) => source !== 'leave'));

/**
 * The 课次 of an open class whose attendance settles itself on a day: `settleDays` working days have gone by since, and
 * whoever was there has had time to say so.
 */
export function dueSessions(
  course: Pick<Course, 'sessions' | 'state'>,
  today: Day,
  policy: Pick<Policy, 'attendance'>,
  calendar: WorkCalendar,
): Session[] {
  if (course.state !== 'open') return [];
  const since = dayWorkdaysBefore(calendar, today, policy.attendance.settleDays);
  return heldSessions(course).filter(({ settled, day }) => settled === null && day <= since && day < today);
}

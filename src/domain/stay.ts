import { type AttendanceState, signInWindow, signOutWindow, stateFor } from './attendance.ts';
import { type Session, startOf } from './course.ts';
import { type Instant, timeOf } from './day.ts';
import type { Policy } from './policy.ts';

/** From when to when somebody was there, as far as a sheet has it. */
export interface Stay {
  readonly in: Instant | null;
  readonly out: Instant | null;
}

/**
 * The stays of one person as one: who dropped out of a meeting and came back was there from the first time to the last. A
 * stay that was over when the 课次 began is none of it. Where the one that begins last has no time of leaving, none is known.
 */
export function joinStays(session: Session, stays: readonly Stay[]): Stay {
  const start = startOf(session);
  const here = stays
    .filter((stay) => stay.in !== null && (stay.out === null || stay.out > start))
    .sort((a, b) => ((a.in ?? '') < (b.in ?? '') ? -1 : 1));
  const outs = here.flatMap(({ out }) => out ?? []).sort();
  return { in: here[0]?.in ?? null, out: here.at(-1)?.out == null ? null : (outs.at(-1) ?? null) };
}

/** Whether a time alone says nothing of a 课次: of the morning, where the 课次 takes 签到 in the afternoon or later. */
export const isOfMorning = (session: Session, stay: Stay, policy: Pick<Policy, 'attendance'>): boolean =>
  stay.in !== null &&
  stay.out === null &&
  stay.in < signInWindow(session, policy).opens &&
  timeOf(stay.in) < noon &&
  session.start >= noon;

const noon = '12:00';

/** What a sheet's time of arrival, and of leaving where it has one, means; nobody's time is an absence. */
export function stateByTimes(session: Session, times: Stay, policy: Pick<Policy, 'attendance'>): AttendanceState {
  if (times.in === null || times.in > signInWindow(session, policy).closes) return 'absent';
  const isEarly = times.out !== null && times.out < signOutWindow(session, policy).onTime;
  return stateFor(times.in > signInWindow(session, policy).onTime, isEarly);
}

import { type Attendance, slipsOf } from './attendance.ts';
import { type Attending, type Course, type Enrolment, expectedOf, heldSessions, type Session } from './course.ts';
import { type Day, yearOf } from './day.ts';
import type { Content } from './hours.ts';
import type { MakeUp, MakeUpCause } from './make-up.ts';
import type { Policy } from './policy.ts';

/** What one settled 课次 gives a person; hours are hundredths, `missing` is what it would have given besides. */
export interface SessionCredit {
  readonly session: Session;
  readonly hours: number;
  readonly missing: number;
  /** Why something is missing. */
  readonly cause: Exclude<MakeUpCause, 'failed'> | null;
}

/**
 * 考勤 → 学时: a settled 课次 gives its hours to whoever was there, none on leave or in absence; of whom nothing is known,
 * since they came into the class after it was settled, neither gives nor owes anything. 迟到 and 早退 add up over the class,
 * and every so many of them (two) count as an absence of half a day from the 课次 in which they are complete.
 * What was made up by a recording and a text gives its hours after all; a later run credits its own.
 */
export function creditOf(
  course: Pick<Course, 'sessions'>,
  enrolment: Attending,
  attended: readonly Pick<Attendance, 'no' | 'state'>[],
  made: readonly Pick<MakeUp, 'no' | 'state' | 'way' | 'hours'>[],
  policy: Pick<Policy, 'attendance' | 'halfDayHours'>,
): SessionCredit[] {
  const states = new Map(attended.map(({ no, state }) => [no, state]));
  const { slipsPerAbsence } = policy.attendance;
  let slips = 0;
  return expectedOf(course, enrolment)
    .filter(({ settled }) => settled !== null)
    .flatMap((session): SessionCredit[] => {
      const state = states.get(session.no);
      if (state === undefined) return [];
      const before = slips;
      slips += slipsOf(state);
      const absences =
        slipsPerAbsence === 0 ? 0 : Math.floor(slips / slipsPerAbsence) - Math.floor(before / slipsPerAbsence);
      const isAway = state === 'absent' || state === 'on-leave';
      const lost = isAway ? session.hours : Math.min(session.hours, absences * policy.halfDayHours);
      const cause = isAway ? state : lost > 0 ? 'slips' : null;
      const isMadeUp = made.some(
        ({ no, state: how, way }) => no === session.no && how === 'accepted' && way === 'recording',
      );
      return [{ session, hours: isMadeUp ? session.hours : session.hours - lost, missing: lost, cause }];
    });
}

/**
 * Whether the class gives its hours now: each 课次 by itself, or all of them when the last is settled. Where it has given
 * them they stay right, also when another 课次 is added.
 */
export const givesHours = (course: Course, credits: Enrolment['credits'] = []): boolean =>
  course.creditsEach || credits.length > 0 || heldSessions(course).every(({ settled }) => settled !== null);

/** What becomes one hour entry: the hours of one content in one calendar year, and of one 课次 where each counts by itself. */
export interface CreditLine {
  readonly content: Content;
  readonly year: number;
  /** 课次, where the class credits each. */
  readonly no: number | null;
  readonly hours: number;
  readonly from: Day;
  readonly to: Day;
}

/** The hour entries that credits make, in the order of their first days; none of 0 hours. */
export function creditLines(
  credits: readonly SessionCredit[],
  { creditsEach }: Pick<Course, 'creditsEach'>,
): CreditLine[] {
  const lines = new Map<string, CreditLine>();
  for (const { session, hours } of credits) {
    if (hours === 0) continue;
    const { content, day, no } = session;
    const year = yearOf(day);
    const key = creditsEach ? String(no) : `${content} ${year}`;
    const known = lines.get(key);
    lines.set(
      key,
      known === undefined
        ? { content, year, no: creditsEach ? no : null, hours, from: day, to: day }
        : { ...known, hours: known.hours + hours, to: day > known.to ? day : known.to },
    );
  }
  return [...lines.values()];
}

/**
 * What a person has to make up of a class, by 课次. What is missed by somebody who is there only to make up an earlier run
 * (`only`) is still owed from there.
 */
export const owedFor = (
  credits: readonly SessionCredit[],
  { only }: Pick<Enrolment, 'only'>,
): Pick<MakeUp, 'no' | 'cause' | 'hours' | 'content'>[] =>
  credits.flatMap(({ session, missing, cause }) =>
    cause === null || (only !== null && cause !== 'slips')
      ? []
      : [{ no: session.no, cause, hours: missing, content: session.content }],
  );

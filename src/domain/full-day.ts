import { dailyCapOf, hoursOf } from './course.ts';
import type { SessionCredit } from './course-credit.ts';
import { type Day, daysBetween } from './day.ts';
import type { HourEntry } from './hours.ts';
import type { Policy } from './policy.ts';

/** A day on which a person has more hours than one day can hold; hundredths. */
export interface FullDay {
  readonly day: Day;
  readonly hours: number;
  readonly cap: number;
  /** The classes that give some of them, and the trainings logged besides. */
  readonly courses: readonly number[];
  readonly entries: readonly number[];
}

/** What one class gives a person. */
export interface ClassCredits {
  readonly courseId: number;
  readonly credits: readonly SessionCredit[];
}

/**
 * The days of classes on which more comes together than 一天可认定的学时: what each class gives for its 课次 of the day, with
 * what was logged besides, spread evenly over its days as 登记 looks at it. The cap is a check of sense, made by people:
 * what was made up from a recording stands on the day that was missed, and is no mistake. Nothing is cut.
 */
export function fullDays(
  classes: readonly ClassCredits[],
  logged: readonly HourEntry[],
  days: readonly Day[],
  policyAt: (day: Day) => Pick<Policy, 'dailyCap' | 'dailyCapEvening'>,
): FullDay[] {
  return [...new Set(days)].sort().flatMap((day): FullDay[] => {
    const held = classes
      .map(({ courseId, credits }) => ({
        courseId,
        credits: credits.filter(({ session, hours }) => session.day === day && hours > 0),
      }))
      .filter(({ credits }) => credits.length > 0);
    const beside = logged.filter(
      ({ state, source, from, to }) =>
        source !== 'attendance' && (state === 'submitted' || state === 'approved') && from <= day && day <= to,
    );
    const sessions = held.flatMap(({ credits }) => credits.map(({ session }) => session));
    const policy = policyAt(day);
    const cap = beside.length > 0 ? policy.dailyCapEvening : dailyCapOf(sessions, policy);
    const besides = beside.reduce((sum, { from, to, hours }) => sum + hours / (daysBetween(from, to) + 1), 0);
    // Thirds of an hour add up to a whole one only nearly.
    const hours = Math.round(held.reduce((sum, { credits }) => sum + hoursOf(credits), 0) + besides);
    if (held.length === 0 || hours <= cap) return [];
    const entries = beside.map(({ id }) => id);
    return [{ day, hours, cap, courses: held.map(({ courseId }) => courseId).sort((a, b) => a - b), entries }];
  });
}

import { type Course, type Enrolment, expectedOf, type Session } from '../../domain/course.ts';
import type { Day } from '../../domain/day.ts';
import { type Leave, missedBy } from '../../domain/leave.ts';

/** The 课次 of a day at which a person will be: expected, and not on leave. */
export const comingSessions = (course: Course, enrolment: Enrolment, leaves: readonly Leave[], day: Day): Session[] => {
  const missed = new Set(leaves.flatMap(missedBy));
  return expectedOf(course, enrolment).filter((session) => session.day === day && !missed.has(session.no));
};

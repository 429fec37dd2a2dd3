import { attendances, wasThere } from '../../domain/attendance.ts';
import { keyOf } from '../../domain/collection.ts';
import { type Course, type Enrolment, enrolments, heldSessions, startOf } from '../../domain/course.ts';
import { moveAttendance, takenAt } from '../../domain/course-change.ts';
import { dayOf, type Instant, timeOf } from '../../domain/day.ts';
import { courseLedgerTexts } from '../../texts/course-ledger.ts';
import { classNoticeTexts } from '../../texts/courses.ts';
import { leaveTexts } from '../../texts/leave.ts';
import type { AnyChange } from './change.ts';
import { type Followed, type FollowParts, followPerson } from './follow.ts';
import { followLeaves } from './follow-leaves.ts';
import { concernsAll } from './follow-make-ups.ts';
import type { Participant } from './read.ts';
import { followedLines } from './tell-followed.ts';

/** Somebody of a class that changes, and how they are in it then. */
export interface Affected extends Participant {
  readonly next: Enrolment;
}

/**
 * How people are in a class that changes, where only some 课次 are expected of them: who is expected at everything that is
 * still to come is expected at what is added; who was to make something up in a 课次 that is joined to another comes to that.
 */
export function withEnrolments(
  before: Course,
  after: Course,
  people: readonly Participant[],
  { change, no, into }: Pick<AnyChange, 'change' | 'no' | 'into'>,
  now: Instant,
): Affected[] {
  const coming = heldSessions(before).filter((session) => startOf(session) > now);
  const added = after.sessions.filter((one) => before.sessions.every((session) => session.no !== one.no));
  return people.map((person): Affected => {
    const { enrolment } = person;
    const { only } = enrolment;
    if (only === null) return { ...person, next: enrolment };
    const isAtAll = coming.length > 0 && coming.every((session) => only.includes(session.no));
    const more = [
      ...(isAtAll ? added.map((session) => session.no) : []),
      ...(change === 'merge' && no !== undefined && into !== undefined && only.includes(no) ? [into] : []),
    ].filter((one) => !only.includes(one));
    return { ...person, next: more.length === 0 ? enrolment : { ...enrolment, only: [...only, ...more] } };
  });
}

/** Lets attendance, leaves, hours and make-ups follow, and says what that means for each person, a sentence each. */
export async function followChange(
  parts: FollowParts,
  course: Course,
  saved: Course,
  people: readonly Affected[],
  into?: number,
): Promise<{ readonly lines: ReadonlyMap<string, readonly string[]>; readonly followed: readonly Followed[] }> {
  const { tx, now } = parts;
  const { why } = courseLedgerTexts;
  const words = saved.state === 'cancelled' ? why.cancelled(course.id) : why.changed(course.id);
  // Else something follows for those who owe a resit, and for those whose leave may be too much.
  const isForAll = await concernsAll(tx, course);
  const taken = takenAt(people.flatMap(({ attended }) => attended));
  const lines = new Map<string, string[]>();
  const all: Followed[] = [];
  for (const person of people) {
    const { enrolment, next } = person;
    if (next !== enrolment) await tx.put(enrolments, next);
    const moved = moveAttendance(course, saved, taken, person, now);
    for (const { before, after } of moved) {
      if (after === null) await tx.remove(attendances, keyOf(attendances, before));
      else await tx.put(attendances, after);
    }
    const voided = moved.filter(({ before, after }) => wasThere(before) && (after === null || !wasThere(after)));
    const lapsed = await followLeaves(parts, saved, { ...person, enrolment: next });
    const follows = isForAll || person.makeUps.length + person.leaves.length > 0;
    const followed = follows ? await followPerson(parts, saved, next.staffNo, words) : null;
    if (followed !== null) all.push(followed);
    const said = [
      ...voided.map(({ before }) => classNoticeTexts.voided(before.no, before.in === null ? null : timeOf(before.in))),
      ...lapsed.map((leave) => leaveTexts.followed(leave, into)),
      ...(followed === null ? [] : followedLines(saved, followed, dayOf(now))),
    ];
    if (said.length > 0) lines.set(next.staffNo, said);
  }
  return { lines, followed: all };
}

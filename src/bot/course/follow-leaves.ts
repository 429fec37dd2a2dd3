import { attendances } from '../../domain/attendance.ts';
import { keyOf } from '../../domain/collection.ts';
import { type Course, type Enrolment, expectedOf } from '../../domain/course.ts';
import { dayOf } from '../../domain/day.ts';
import { isLess, type Leave, leaves, leavesAfter } from '../../domain/leave.ts';
import type { FollowParts } from './follow.ts';
import { isOff } from './follow-make-ups.ts';
import type { Participant } from './read.ts';

/**
 * Brings the leaves of one person in a class to what is still expected of them, after the class or their enrolment has
 * changed: nobody decides on, or has to end, a leave from what does not take place for them. What the leave had said of a
 * 课次 that is not settled is taken back.
 * @returns those that are about less than before
 */
export async function followLeaves(
  parts: FollowParts,
  course: Course,
  { enrolment, attended, leaves: known }: Participant,
): Promise<Leave[]> {
  const { tx } = parts;
  const expected = stillExpected(course, enrolment);
  const changed: Leave[] = [];
  for (const { leave, next } of followedLeaves(parts, course, enrolment, known)) {
    await tx.put(leaves, next);
    if (isLess(next, leave)) changed.push(next);
    const gone = leave.sessions.filter((no) => expected.every((session) => session.no !== no));
    for (const row of attended.filter(({ no }) => gone.includes(no))) {
      const isOpen = course.sessions.some(({ no, settled }) => no === row.no && settled === null);
      const isFromLeave = row.state === 'on-leave' && row.marks.at(-1)?.source === 'leave';
      if (isOpen && isFromLeave) await tx.remove(attendances, keyOf(attendances, row));
    }
  }
  return changed;
}

const stillExpected = (course: Course, enrolment: Enrolment) => (isOff(course) ? [] : expectedOf(course, enrolment));

/** The leaves of one person that are different in a class as it is, or would be; nothing is saved. */
export function followedLeaves(
  { now, policies }: Pick<FollowParts, 'now' | 'policies'>,
  course: Course,
  enrolment: Enrolment,
  known: readonly Leave[],
): { readonly leave: Leave; readonly next: Leave }[] {
  const after = leavesAfter(known, stillExpected(course, enrolment), course.sessions, policies.at(dayOf(now)), now);
  return known.flatMap((leave, i) => {
    const next = after[i];
    return next === undefined || next === leave ? [] : [{ leave, next }];
  });
}

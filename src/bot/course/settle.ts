import { attendances, type Mark, markAs, settleOne } from '../../domain/attendance.ts';
import { type Course, courses, isExpected, type Session } from '../../domain/course.ts';
import { openLeaveAt } from '../../domain/leave.ts';
import type { Stay } from '../../domain/stay.ts';
import { type Followed, type FollowParts, followParticipant, followPerson } from './follow.ts';
import { type Participant, readRoll } from './read.ts';

/** A class after attendance that counts has changed, and what followed for whom. */
export interface Settled {
  readonly course: Course;
  readonly followed: readonly Followed[];
}

/** The people who are expected at a 课次. */
export const expectedAt = (session: Session, people: readonly Participant[]): Participant[] =>
  people.filter(({ enrolment }) => isExpected(session, enrolment));

/**
 * 确认考勤: from now on the attendance at a 课次 counts. Whoever is expected and of whom nothing is known was absent.
 * Null when there is no such 课次, it does not take place or is settled already, or when a leave from it still waits for a
 * word: who has asked in time is not absent without leave because nobody has answered.
 */
export async function settleSession(
  parts: FollowParts,
  courseId: number,
  no: number,
  by: string,
  why: string,
): Promise<(Settled & { readonly people: readonly Participant[] }) | null> {
  const { tx, now } = parts;
  const roll = await readRoll(tx, courseId);
  const session = roll?.course.sessions.find((one) => one.no === no);
  if (roll === null || session === undefined || session.cancelled || session.settled !== null) return null;
  const isAwaited = expectedAt(session, roll.people).some(({ attended, leaves }) =>
    openLeaveAt(
      no,
      leaves,
      attended.find((one) => one.no === no),
    ),
  );
  if (isAwaited) return null;
  const settled = { at: now, by };
  const people: Participant[] = [];
  for (const person of roll.people) {
    const { enrolment, attended } = person;
    const known = attended.find((one) => one.no === no);
    const row = isExpected(session, enrolment)
      ? settleOne(
          session,
          known,
          { courseId, staffNo: enrolment.staffNo },
          { signsOut: roll.course.signsOut, ...settled },
        )
      : null;
    if (row !== null) await tx.put(attendances, row);
    people.push(row === null ? person : { ...person, attended: [...attended.filter((one) => one !== known), row] });
  }
  const course: Course = {
    ...roll.course,
    sessions: roll.course.sessions.map((one) => (one.no === no ? { ...one, settled } : one)),
    version: roll.course.version + 1,
  };
  await tx.put(courses, course);
  const followed: Followed[] = [];
  // The last 课次 gives everybody the hours of the class, also those who were not expected at it.
  for (const person of people) followed.push(await followParticipant(parts, course, person, why));
  return { course, followed, people };
}

/** Who is different from before, and what followed for them; the class in its new version where anything did. */
export interface Marked extends Settled {
  readonly changed: readonly string[];
}

/**
 * What somebody states of people's attendance at a 课次. Where it is settled already, hours and make-ups follow at once,
 * and the class is a version further. `stays`: when they came and left, where that is known.
 */
export async function markAttendance(
  parts: FollowParts,
  course: Course,
  no: number,
  marks: ReadonlyMap<string, Mark>,
  why: string,
  stays: ReadonlyMap<string, Stay> = new Map(),
): Promise<Marked> {
  const { tx } = parts;
  const session = course.sessions.find((one) => one.no === no);
  const staffNos = [...marks.keys()];
  const known = await tx.getAll(
    attendances,
    staffNos.map((staffNo) => `${course.id}:${no}:${staffNo}`),
  );
  const changed: string[] = [];
  for (const [i, staffNo] of staffNos.entries()) {
    const mark = marks.get(staffNo);
    if (mark === undefined) continue;
    const before = known[i];
    const row = markAs(before, { courseId: course.id, no, staffNo }, mark, stays.get(staffNo));
    if (row === before) continue;
    await tx.put(attendances, row);
    changed.push(staffNo);
  }
  if (session?.settled == null || changed.length === 0) return { course, changed, followed: [] };
  const next: Course = { ...course, version: course.version + 1 };
  await tx.put(courses, next);
  const followed: Followed[] = [];
  for (const staffNo of changed) {
    const one = await followPerson(parts, next, staffNo, why);
    if (one !== null) followed.push(one);
  }
  return { course: next, changed, followed };
}

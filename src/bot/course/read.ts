import { type Attendance, attendances } from '../../domain/attendance.ts';
import { type Concern, concerns } from '../../domain/concern.ts';
import { type Course, courses, type Enrolment, enrolments } from '../../domain/course.ts';
import { type Leave, leaves } from '../../domain/leave.ts';
import { type MakeUp, makeUps } from '../../domain/make-up.ts';
import { listAll, type Reader } from '../../store/store.ts';

/** One person in one class, with everything that is known of them there. */
export interface Participant {
  readonly enrolment: Enrolment;
  readonly attended: readonly Attendance[];
  readonly leaves: readonly Leave[];
  readonly makeUps: readonly MakeUp[];
  /** What the department has been told of and has not decided. */
  readonly undecided: readonly Concern['about'][];
}

/** A class with the people who are or were in it. */
export interface Roll {
  readonly course: Course;
  /** In the order in which they were enrolled. */
  readonly people: readonly Participant[];
}

/** What is known of one person in a class; null when they never were in it. */
export async function readParticipant(view: Reader, courseId: number, staffNo: string): Promise<Participant | null> {
  const here = { index: 'byPerson', equals: [staffNo, courseId] } as const;
  const [enrolment, attended, asked, owed, concern] = await Promise.all([
    view.get(enrolments, `${courseId}:${staffNo}`),
    listAll(view, attendances, here),
    listAll(view, leaves, here),
    listAll(view, makeUps, { index: 'byPerson', equals: [staffNo] }),
    view.get(concerns, `${courseId}:${staffNo}`),
  ]);
  if (enrolment === undefined) return null;
  return {
    enrolment,
    attended,
    leaves: asked,
    makeUps: owed.filter((one) => one.courseId === courseId),
    undecided: concern?.about ?? [],
  };
}

/** Everybody of a class; null when there is no such class. */
export async function readRoll(view: Reader, courseId: number): Promise<Roll | null> {
  const course = await view.get(courses, courseId);
  if (course === undefined) return null;
  const [enrolled, attended, asked, owed, open] = await Promise.all([
    listAll(view, enrolments, byCourse(courseId)),
    listAll(view, attendances, byCourse(courseId)),
    listAll(view, leaves, { index: 'byCourse', equals: [courseId] }),
    listAll(view, makeUps, byCourse(courseId)),
    listAll(view, concerns, byCourse(courseId)),
  ]);
  const undecidedOf = new Map(open.map(({ staffNo, about }) => [staffNo, about]));
  const [marksOf, leavesOf, owedBy] = [groupByPerson(attended), groupByPerson(asked), groupByPerson(owed)];
  const people = enrolled.map(
    (enrolment): Participant => ({
      enrolment,
      attended: marksOf.get(enrolment.staffNo) ?? [],
      leaves: leavesOf.get(enrolment.staffNo) ?? [],
      makeUps: owedBy.get(enrolment.staffNo) ?? [],
      undecided: undecidedOf.get(enrolment.staffNo) ?? [],
    }),
  );
  return { course, people };
}

/** Without an index rows come by key, of which the class is the first part. */
const byCourse = (courseId: number) => ({ equals: [courseId] });

function groupByPerson<T extends { readonly staffNo: string }>(rows: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const known = groups.get(row.staffNo);
    if (known === undefined) groups.set(row.staffNo, [row]);
    else known.push(row);
  }
  return groups;
}

import { type Cadre, cadres } from '../../domain/cadre.ts';
import { concerns, openConcerns } from '../../domain/concern.ts';
import { type Course, courses, heldSessions } from '../../domain/course.ts';
import type { WaitingLeave } from '../../domain/course-waiting.ts';
import type { Day } from '../../domain/day.ts';
import { leaves } from '../../domain/leave.ts';
import { type Objection, objections } from '../../domain/objection.ts';
import type { PolicyBook } from '../../domain/policy.ts';
import { listAll, type Reader } from '../../store/store.ts';
import { openCourses } from './find.ts';
import { decidersOf } from './leave-approvers.ts';
import { readParticipant } from './read.ts';
import { tutoredBy } from './tutor.ts';

/** The leaves that wait for a word, with whom they wait for; also those of people who have left, as their 课次 wait, too. */
export async function readWaitingLeaves(view: Reader): Promise<WaitingLeave[]> {
  const waiting: WaitingLeave[] = [];
  for (const leave of await listAll(view, leaves, { index: 'byState', equals: ['asked'] })) {
    const course = await view.get(courses, leave.courseId);
    const person = await view.get(cadres, leave.staffNo);
    const first = course && heldSessions(course).find(({ no }) => leave.sessions.includes(no));
    if (course?.state !== 'open' || first === undefined || person === undefined) continue;
    const deciders = (await decidersOf(view, course, leave))?.people ?? [];
    waiting.push({ leave, name: person.name, title: course.title, firstDay: first.day, deciders });
  }
  return waiting;
}

/** The 异议 without an answer, with whose they are. */
export async function readOpenObjections(view: Reader): Promise<{ objection: Objection; name: string }[]> {
  const open = await listAll(view, objections, { index: 'byState', equals: ['open'] });
  const people = await view.getAll(
    cadres,
    open.map(({ staffNo }) => staffNo),
  );
  return open.map((objection, i) => ({ objection, name: people[i]?.name ?? objection.staffNo }));
}

/** A class whose attendance waits for somebody. */
export interface WaitingClass {
  readonly course: Course;
  /** 课次 of earlier days that are not settled. */
  readonly unsettled: number;
  /** People who miss too much, and about whom nothing is decided. */
  readonly concerned: number;
}

/** 课次 of earlier days whose attendance is not settled. */
const unsettledBy = (course: Course, today: Day): number =>
  heldSessions(course).filter(({ settled, day }) => settled === null && day < today).length;

/**
 * The classes with something that the department has to settle or to decide; what is undecided also when the class is
 * over. Nobody decides about themselves.
 */
export async function readWaitingClasses(
  view: Reader,
  me: Pick<Cadre, 'staffNo'>,
  today: Day,
  policies: PolicyBook,
): Promise<WaitingClass[]> {
  const concerned = await countConcerned(view, me, policies);
  const open = (await openCourses(view)).map((course) => ({ course, unsettled: unsettledBy(course, today) }));
  const over = [...concerned.values()].filter(({ course }) => course.state !== 'open');
  return [...over.map(({ course }) => ({ course, unsettled: 0 })), ...open]
    .map((one) => ({ ...one, concerned: concerned.get(one.course.id)?.count ?? 0 }))
    .filter(({ unsettled, concerned: count }) => unsettled + count > 0);
}

/** The classes of a 班主任 whose attendance waits to be taken or settled. */
export async function readOwnUnsettled(view: Reader, me: Pick<Cadre, 'staffNo'>, today: Day): Promise<WaitingClass[]> {
  return (await tutoredBy(view, me))
    .filter(({ state }) => state === 'open')
    .map((course) => ({ course, unsettled: unsettledBy(course, today), concerned: 0 }))
    .filter(({ unsettled }) => unsettled > 0);
}

/** By class, how many people are waiting for the department's word; what nobody has followed yet is looked at again. */
async function countConcerned(view: Reader, me: Pick<Cadre, 'staffNo'>, policies: PolicyBook) {
  const counts = new Map<number, { readonly course: Course; readonly count: number }>();
  for (const { courseId, staffNo } of await listAll(view, concerns)) {
    const course = counts.get(courseId)?.course ?? (await view.get(courses, courseId));
    const person = await readParticipant(view, courseId, staffNo);
    if (course === undefined || person === null || staffNo === me.staffNo) continue;
    if (openConcerns(course, person, policies.at(course.to)).length === 0) continue;
    counts.set(courseId, { course, count: (counts.get(courseId)?.count ?? 0) + 1 });
  }
  return counts;
}

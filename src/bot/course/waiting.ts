import { cadres } from '../../domain/cadre.ts';
import { type Course, courses, heldSessions } from '../../domain/course.ts';
import type { WaitingLeave } from '../../domain/course-waiting.ts';
import type { Day } from '../../domain/day.ts';
import { leaves } from '../../domain/leave.ts';
import { type Objection, objections } from '../../domain/objection.ts';
import type { Policy } from '../../domain/policy.ts';
import { listAll, type Reader } from '../../store/store.ts';
import { openConcerns } from './concerns.ts';
import { openCourses } from './find.ts';
import { decidersOf } from './leave-approvers.ts';
import { readRoll } from './read.ts';

/** The leaves that wait for a word, with whom they wait for. */
export async function readWaitingLeaves(view: Reader): Promise<WaitingLeave[]> {
  const waiting: WaitingLeave[] = [];
  for (const leave of await listAll(view, leaves, { index: 'byState', equals: ['asked'] })) {
    const course = await view.get(courses, leave.courseId);
    const person = await view.get(cadres, leave.staffNo);
    const first = course && heldSessions(course).find(({ no }) => leave.sessions.includes(no));
    if (course?.state !== 'open' || first === undefined || person?.state !== 'active') continue;
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

/** An open class whose attendance waits for the department. */
export interface WaitingClass {
  readonly course: Course;
  /** 课次 of earlier days that are not settled. */
  readonly unsettled: number;
  /** People who miss too much, and about whom nothing is decided. */
  readonly concerned: number;
}

/** The open classes with something that the department has to settle or to decide. */
export async function readWaitingClasses(
  view: Reader,
  today: Day,
  policy: Pick<Policy, 'leave'>,
): Promise<WaitingClass[]> {
  const waiting: WaitingClass[] = [];
  for (const course of await openCourses(view)) {
    if (course.from > today) continue;
    const people = (await readRoll(view, course.id))?.people ?? [];
    const unsettled = heldSessions(course).filter(({ settled, day }) => settled === null && day < today).length;
    const concerned = people.filter((person) => openConcerns(course, person, policy).length > 0).length;
    if (unsettled + concerned > 0) waiting.push({ course, unsettled, concerned });
  }
  return waiting;
}

import { cadres } from '../../domain/cadre.ts';
import { courses, heldSessions } from '../../domain/course.ts';
import type { WaitingLeave } from '../../domain/course-waiting.ts';
import { leaves } from '../../domain/leave.ts';
import { type Objection, objections } from '../../domain/objection.ts';
import { listAll, type Reader } from '../../store/store.ts';
import { decidersOf } from './leave-approvers.ts';

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

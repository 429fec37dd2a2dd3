import {
  type Course,
  courses,
  type Enrolment,
  enrolments,
  heldSessions,
  mostEnrolled,
  type Session,
  startOf,
} from '../../domain/course.ts';
import type { MakeUp } from '../../domain/make-up.ts';
import { similarTitles } from '../../domain/overlap.ts';
import type { Transaction } from '../../store/store.ts';
import type { Context } from '../context.ts';
import { runsOf } from './follow-make-ups.ts';

/** A 课次 of another run in which something can be made up. */
export interface NextSitting {
  readonly course: Course;
  readonly session: Session;
}

/** The 课次 of the same topic that other open runs of the class still have before them, the earliest first. */
export async function nextSittings({ tx, now }: Context, course: Course, missed: Session): Promise<NextSitting[]> {
  const runs = (await runsOf(tx, course)).filter(({ id, state }) => id !== course.id && state === 'open');
  return runs
    .flatMap((run) => heldSessions(run).map((session) => ({ course: run, session })))
    .filter(({ session }) => startOf(session) > now && session.settled === null)
    .filter(({ session }) => similarTitles(session.topic, missed.topic))
    .sort((a, b) => (startOf(a.session) < startOf(b.session) ? -1 : 1));
}

/** Adds somebody to a class for one 课次 alone, unless they are in it with that 课次 already; false where it is full. */
export async function joinSitting({ tx, me, now }: Context, { course, session }: NextSitting): Promise<boolean> {
  const known = await tx.get(enrolments, `${course.id}:${me.staffNo}`);
  const part = { since: null, until: null, by: me.staffNo, at: now };
  if (known === undefined) {
    if ((await tx.count(enrolments, { equals: [course.id] })) >= mostEnrolled) return false;
    const fresh: Enrolment = {
      courseId: course.id,
      staffNo: me.staffNo,
      ...part,
      only: [session.no],
      credits: [],
      decisions: [],
    };
    await tx.put(enrolments, fresh);
  } else if (known.until !== null) await tx.put(enrolments, { ...known, ...part, only: [session.no] });
  else if (known.only?.includes(session.no) === false) {
    await tx.put(enrolments, { ...known, only: [...known.only, session.no] });
  }
  return true;
}

/** Takes back that somebody was added for a 课次 alone, as long as it has not begun: they make it up in another way. */
export async function leaveSitting(tx: Transaction, { staffNo, by, way }: MakeUp, now: string): Promise<void> {
  if (by === null || way !== 'next-run') return;
  const course = await tx.get(courses, by.courseId);
  const session = course?.sessions.find(({ no }) => no === by.no);
  const known = await tx.get(enrolments, `${by.courseId}:${staffNo}`);
  if (session === undefined || known?.only?.includes(by.no) !== true || startOf(session) <= now) return;
  const only = known.only.filter((no) => no !== by.no);
  if (only.length === 0 && known.credits.length === 0) await tx.remove(enrolments, `${by.courseId}:${staffNo}`);
  else await tx.put(enrolments, { ...known, only });
}

import { type Cadre, cadres } from '../../domain/cadre.ts';
import { type Course, courses } from '../../domain/course.ts';
import { type Reply, text } from '../../messenger/reply.ts';
import { listAll, type Reader } from '../../store/store.ts';
import { courseTexts as texts } from '../../texts/course.ts';
import { type Audience, mayUse } from '../command.ts';
import type { Context } from '../context.ts';
import { deciders } from '../review/desk.ts';
import { type CourseWords, chooseCourse, type Found } from './find.ts';
import { runsCourses } from './own.ts';

/** Who has to do with a class's people and attendance: the department with all, 班主任 with the own class. */
export const takers = [...deciders, 'tutor'] as const;

/** The classes of which somebody is 班主任, the earliest first; those that were cancelled are nobody's. */
export const tutoredBy = async (view: Reader, { staffNo }: Pick<Cadre, 'staffNo'>): Promise<Course[]> =>
  (await listAll(view, courses, { index: 'byTutor', equals: [staffNo] })).filter(({ state }) => state !== 'cancelled');

/** Whether somebody may use a command at all, as 班主任 included: which class it is about, the command looks at itself. */
export async function mayCall(view: Reader, who: Audience, me: Cadre): Promise<boolean> {
  if (mayUse(who, me)) return true;
  return Array.isArray(who) && who.includes('tutor') && (await tutoredBy(view, me)).length > 0;
}

/** Whether somebody has to do with the people and the attendance of this class. */
export const mayTake = (me: Pick<Cadre, 'staffNo' | 'roles'>, { tutor }: Pick<Course, 'tutor'>): boolean =>
  runsCourses(me) || tutor === me.staffNo;

/** Says whose the class is to somebody who has nothing to do with it. */
export async function sayNotTutor(view: Reader, command: string, course: Course): Promise<Reply> {
  const tutor = await view.get(cadres, course.tutor);
  return text(texts.notTutor(command, course, tutor?.name ?? course.tutor));
}

/**
 * The class that is meant among `candidates`: a 班主任 chooses among the own ones, and hears of any other whose it is.
 */
export async function chooseTaken(
  { tx, me }: Pick<Context, 'tx' | 'me'>,
  candidates: readonly Course[],
  named: CourseWords,
  again: Parameters<typeof chooseCourse>[2],
): Promise<Found<Course>> {
  const own = candidates.filter((course) => mayTake(me, course));
  const other = named.id === null ? undefined : candidates.find(({ id }) => id === named.id);
  if (other !== undefined && !mayTake(me, other)) {
    return { ok: false, reply: await sayNotTutor(tx, again.command, other) };
  }
  return chooseCourse(own, named, again);
}

import { attendances } from '../../domain/attendance.ts';
import { type Course, heldSessions, type Session } from '../../domain/course.ts';
import { isTaken } from '../../domain/roll.ts';
import { listAll, type Reader } from '../../store/store.ts';

/** The 课次 of a class that are not settled and whose roll nobody has taken. */
export async function untakenSessions(view: Reader, course: Course): Promise<Session[]> {
  if (course.state !== 'open') return [];
  const open = heldSessions(course).filter(({ settled }) => settled === null);
  const taken = await Promise.all(
    open.map(async ({ no }) => isTaken(await listAll(view, attendances, { equals: [course.id, no] }))),
  );
  return open.filter((_, i) => taken[i] === false);
}

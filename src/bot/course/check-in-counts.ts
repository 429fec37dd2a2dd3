import { attendances, wasThere } from '../../domain/attendance.ts';
import { enrolments, isExpected, type Session } from '../../domain/course.ts';
import { listAll, type Reader } from '../../store/store.ts';

/** 应到 and 已到 of a 课次; who comes without being expected is not counted. */
export async function countThere(
  view: Reader,
  courseId: number,
  session: Session,
): Promise<{ readonly expected: number; readonly there: number }> {
  const [enrolled, attended] = await Promise.all([
    listAll(view, enrolments, { equals: [courseId] }),
    listAll(view, attendances, { equals: [courseId, session.no] }),
  ]);
  const there = new Set(attended.filter(wasThere).map(({ staffNo }) => staffNo));
  const expected = enrolled.filter((enrolment) => isExpected(session, enrolment));
  return { expected: expected.length, there: expected.filter(({ staffNo }) => there.has(staffNo)).length };
}

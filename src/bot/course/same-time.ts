import { attendances, wasThere } from '../../domain/attendance.ts';
import { type Course, clashesOf, courses, heldSessions, type Session } from '../../domain/course.ts';
import { listAll, type Reader } from '../../store/store.ts';
import { isOff } from './follow-make-ups.ts';

/** A 课次 of another class at the same time, and who of some people was there. */
export interface Elsewhere {
  readonly course: Course;
  readonly session: Session;
  readonly staffNos: readonly string[];
}

/** Where else people are on record as having been while a 课次 took place: nobody is in two rooms. */
export async function seenElsewhere(
  view: Reader,
  course: Course,
  session: Session,
  staffNos: readonly string[],
): Promise<Elsewhere[]> {
  const running = await listAll(view, courses, { index: 'byEnd', from: session.day });
  const found: Elsewhere[] = [];
  for (const other of running) {
    if (other.id === course.id || other.from > session.day || isOff(other)) continue;
    for (const clash of clashesOf([session], heldSessions(other))) {
      const keys = staffNos.map((staffNo) => `${other.id}:${clash.no}:${staffNo}`);
      const rows = await view.getAll(attendances, keys);
      const there = staffNos.filter((_, i) => {
        const row = rows[i];
        return row !== undefined && wasThere(row);
      });
      if (there.length > 0) found.push({ course: other, session: clash, staffNos: there });
    }
  }
  return found;
}

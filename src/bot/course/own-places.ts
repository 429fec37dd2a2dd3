import { attendances, signFault, signIn } from '../../domain/attendance.ts';
import type { Cadre } from '../../domain/cadre.ts';
import {
  type Course,
  courses,
  type Enrolment,
  enrolments,
  expectedOf,
  isExpected,
  type Session,
  startOf,
} from '../../domain/course.ts';
import { type Day, dayOf, type Instant } from '../../domain/day.ts';
import type { Policy } from '../../domain/policy.ts';
import { listAll, type Reader } from '../../store/store.ts';
import type { Occasion } from '../suggestions.ts';
import { tutoredBy } from './tutor.ts';

/** A 课次 that somebody is enrolled for. */
export interface Place {
  readonly course: Course;
  readonly session: Session;
}

/** An open class that somebody is in. */
export interface OwnOpen {
  readonly course: Course;
  readonly enrolment: Enrolment;
}

export async function readOwnOpen(view: Reader, staffNo: string): Promise<OwnOpen[]> {
  const mine = await listAll(view, enrolments, { index: 'byPerson', equals: [staffNo] });
  const found = await view.getAll(
    courses,
    mine.map(({ courseId }) => String(courseId)),
  );
  return mine.flatMap((enrolment, i) => {
    const course = found[i];
    return course?.state === 'open' ? [{ course, enrolment }] : [];
  });
}

/** The 课次 of a day that somebody is in, those included that do not take place. */
export const placesOn = (own: readonly OwnOpen[], day: Day): Place[] =>
  own.flatMap(({ course, enrolment }) =>
    course.sessions
      .filter((session) => session.day === day && isExpected({ ...session, cancelled: false }, enrolment))
      .map((session) => ({ course, session })),
  );

/** What somebody is expected at next. */
export const nextOf = (own: readonly OwnOpen[], now: Instant): Place | undefined =>
  own
    .flatMap(({ course, enrolment }) => expectedOf(course, enrolment).map((session) => ({ course, session })))
    .filter(({ session }) => startOf(session) > now && session.settled === null)
    .sort((a, b) => (startOf(a.session) < startOf(b.session) ? -1 : 1))[0];

/** The key of somebody's attendance there. */
export const keyOf = ({ course, session }: Place, staffNo: string): string => `${course.id}:${session.no}:${staffNo}`;

/** Whether somebody has something to do with a class now, and may sign in at this moment. */
export async function occasionOf(
  view: Reader,
  cadre: Pick<Cadre, 'staffNo'> | null,
  now: Instant,
  policy: Pick<Policy, 'attendance'>,
): Promise<Occasion> {
  if (cadre === null) return { signsIn: false, hasClass: false };
  const { staffNo } = cadre;
  const own = await readOwnOpen(view, staffNo);
  const places = placesOn(own, dayOf(now)).filter(({ session }) => signFault(session, 'in', now, policy) === null);
  const known = await view.getAll(
    attendances,
    places.map((place) => keyOf(place, staffNo)),
  );
  return {
    signsIn: places.some(
      ({ course, session }, i) => signIn(session, known[i], { courseId: course.id, staffNo }, now, policy).ok,
    ),
    hasClass: own.length > 0 || (await tutoredBy(view, cadre)).some(({ state }) => state === 'open'),
  };
}

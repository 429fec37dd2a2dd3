import { type Attendance, attendances } from '../../src/domain/attendance.ts';
import {
  type Course,
  courseSchema,
  courses,
  type Enrolment,
  enrolmentSchema,
  enrolments,
  type Session,
} from '../../src/domain/course.ts';
import type { Transaction } from '../../src/store/store.ts';

/** A morning of three hours on Friday, the day on which test chats start, unless told otherwise. */
export const makeSession = (session: Partial<Session> = {}): Session => ({
  no: 1,
  day: '2026-11-20',
  start: '09:00',
  end: '12:00',
  content: 'party-spirit',
  hours: 300,
  topic: '专题报告',
  speaker: null,
  place: null,
  cancelled: false,
  settled: null,
  ...session,
});

/** An open class that credits its hours at the end; its span is that of its 课次. */
export function makeCourse(course: Partial<Course> = {}): Course {
  const sessions = course.sessions ?? [makeSession()];
  const days = sessions.map(({ day }) => day).sort();
  return courseSchema.parse({
    id: 1001,
    title: '党性教育专题班',
    kind: 'thematic',
    form: 'intensive',
    level: 'college',
    organiser: '组织部',
    place: '报告厅',
    tutor: 'E0003',
    sessions,
    from: days[0],
    to: days.at(-1),
    signsOut: false,
    creditsEach: false,
    reflection: null,
    exam: null,
    repeats: null,
    exception: null,
    state: 'open',
    reason: null,
    createdBy: 'E0003',
    createdAt: '2026-11-10T01:00:00.000Z',
    endedBy: null,
    endedAt: null,
    version: 1,
    ...course,
  });
}

/** Somebody who is in a class from its beginning. */
export const makeEnrolment = (enrolment: Pick<Enrolment, 'courseId' | 'staffNo'> & Partial<Enrolment>): Enrolment =>
  enrolmentSchema.parse({
    since: null,
    until: null,
    only: null,
    by: 'E0003',
    at: '2026-11-10T01:00:00.000Z',
    credits: [],
    decisions: [],
    ...enrolment,
  });

/** One word on somebody's attendance, as the roll says it. */
export const makeAttendance = (
  attendance: Pick<Attendance, 'staffNo' | 'state'> & Partial<Attendance>,
): Attendance => ({
  courseId: 1001,
  no: 1,
  in: null,
  out: null,
  marks: [{ state: attendance.state, source: 'roll', by: 'E0003', at: '2026-11-20T02:00:00.000Z', reason: null }],
  ...attendance,
});

interface Written {
  write(work: (tx: Transaction) => Promise<void>): Promise<void>;
}

/** Opens a class with these people in it, behind the bot's back. */
export async function openCourse(
  chat: Written,
  course: Partial<Course>,
  people: readonly { readonly staffNo: string }[],
): Promise<Course> {
  const made = makeCourse(course);
  await chat.write(async (tx) => {
    await tx.put(courses, made);
    for (const { staffNo } of people) await tx.put(enrolments, makeEnrolment({ courseId: made.id, staffNo }));
  });
  return made;
}

/** Writes down attendance, behind the bot's back. */
export const attend = (chat: Written, ...rows: readonly Parameters<typeof makeAttendance>[0][]): Promise<void> =>
  chat.write(async (tx) => {
    for (const row of rows) await tx.put(attendances, makeAttendance(row));
  });

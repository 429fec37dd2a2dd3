import { type Attendance, wasThere } from './attendance.ts';
import { openConcerns } from './concern.ts';
import {
  type Course,
  type Enrolment,
  endOf,
  expectedOf,
  heldSessions,
  hoursOf,
  isExpected,
  type Session,
} from './course.ts';
import { creditOf, givesHours } from './course-credit.ts';
import type { Instant } from './day.ts';
import { type ExamResult, isExamined, standingResult } from './exam.ts';
import type { Leave } from './leave.ts';
import { isClosed, type MakeUp } from './make-up.ts';
import type { Policy } from './policy.ts';
import type { Reflection } from './reflection.ts';

/** Everything that is known of one person in a class. */
export interface ReportFacts {
  readonly enrolment: Enrolment;
  readonly attended: readonly Attendance[];
  readonly leaves: readonly Leave[];
  readonly makeUps: readonly MakeUp[];
  readonly results: readonly ExamResult[];
  readonly reflection: Reflection | null;
}

/** How often each thing happened, in 课次; nobody was expected where nothing is known of them. */
export interface AttendanceCounts {
  /** 应到, 实到 (late and early ones included). */
  readonly expected: number;
  readonly there: number;
  readonly late: number;
  readonly leftEarly: number;
  readonly onLeave: number;
  readonly absent: number;
}

/** One person's line of a class report; hours are hundredths. */
export interface PersonReport extends AttendanceCounts {
  readonly staffNo: string;
  readonly expectedHours: number;
  readonly hours: number;
  /** What was earned in a class that has not given its hours yet. */
  readonly hoursAhead: number;
  readonly makeUpsOpen: number;
  readonly makeUpsDone: number;
  readonly reflection: Reflection['state'] | null;
  /** The result that counts; null where there is none. */
  readonly result: ExamResult | null;
}

/** 培训班情况: of each person, of each 课次, and of the class. */
export interface CourseReport {
  readonly people: readonly PersonReport[];
  readonly sessions: readonly (AttendanceCounts & { readonly session: Session })[];
  readonly total: AttendanceCounts & {
    readonly people: number;
    readonly hours: number;
    readonly hoursAhead: number;
    readonly makeUpsOpen: number;
    readonly makeUpsDone: number;
    /** People who were to make up an earlier run here, and missed some of it. */
    readonly guestsMissing: number;
    readonly reflectionsOwed: number;
    readonly reflectionsIn: number;
    /** 应考, 实考 (without those who were away from it), 合格. */
    readonly examined: number;
    readonly sat: number;
    readonly passed: number;
  };
}

const countStates = (rows: readonly (Pick<Attendance, 'state'> | undefined)[]): AttendanceCounts => {
  const states = rows.flatMap((row) => row?.state ?? []);
  const count = (...wanted: readonly Attendance['state'][]) => states.filter((state) => wanted.includes(state)).length;
  return {
    expected: states.length,
    there: states.filter((state) => wasThere({ state })).length,
    late: count('late', 'late-left-early'),
    leftEarly: count('left-early', 'late-left-early'),
    onLeave: count('on-leave'),
    absent: count('absent'),
  };
};

/** Adds everything up; only settled 课次 count, and nobody who was taken out before any of them. */
export function reportCourse(
  course: Course,
  all: readonly ReportFacts[],
  policy: Pick<Policy, 'attendance' | 'halfDayHours'>,
): CourseReport {
  const held = heldSessions(course);
  const settled = held.filter((session) => session.settled !== null);
  const facts = all.filter(
    ({ enrolment }) => enrolment.until === null || settled.some((session) => isExpected(session, enrolment)),
  );
  const people = facts.map((one) => reportPerson(course, one, policy));
  const sessions = settled.map((session) => {
    const expected = facts.filter(({ enrolment }) => isExpected(session, enrolment));
    return { session, ...countStates(expected.map(({ attended }) => attended.find(({ no }) => no === session.no))) };
  });
  const sum = (of: (one: PersonReport) => number): number => people.reduce((total, one) => total + of(one), 0);
  return {
    people,
    sessions,
    total: {
      people: people.length,
      expected: sum(({ expected }) => expected),
      there: sum(({ there }) => there),
      late: sum(({ late }) => late),
      leftEarly: sum(({ leftEarly }) => leftEarly),
      onLeave: sum(({ onLeave }) => onLeave),
      absent: sum(({ absent }) => absent),
      hours: sum(({ hours }) => hours),
      hoursAhead: sum(({ hoursAhead }) => hoursAhead),
      makeUpsOpen: sum(({ makeUpsOpen }) => makeUpsOpen),
      makeUpsDone: sum(({ makeUpsDone }) => makeUpsDone),
      guestsMissing: people.filter((one, i) => facts[i]?.enrolment.only != null && one.absent + one.onLeave > 0).length,
      reflectionsOwed: people.filter(({ reflection }) => reflection !== null && reflection !== 'waived').length,
      reflectionsIn: people.filter(({ reflection }) => reflection === 'handed-in' || reflection === 'accepted').length,
      examined: course.exam === null ? 0 : facts.filter(({ enrolment }) => isExamined(enrolment)).length,
      sat: people.filter(({ result }) => result !== null && result.score !== null).length,
      passed: people.filter(({ result }) => result?.passed === true).length,
    },
  };
}

function reportPerson(
  course: Course,
  { enrolment, attended, makeUps, results, reflection }: ReportFacts,
  policy: Pick<Policy, 'attendance' | 'halfDayHours'>,
): PersonReport {
  const known = new Set(attended.map(({ no }) => no));
  const expected = expectedOf(course, enrolment).filter(({ no, settled }) => settled !== null && known.has(no));
  const credits = creditOf(course, enrolment, attended, makeUps, policy);
  const earned = credits.reduce((total, { hours }) => total + hours, 0);
  const gives = givesHours(course, enrolment.credits);
  return {
    staffNo: enrolment.staffNo,
    ...countStates(expected.map(({ no }) => attended.find((one) => one.no === no))),
    expectedHours: hoursOf(expected),
    hours: gives ? earned : 0,
    hoursAhead: gives ? 0 : earned,
    makeUpsOpen: makeUps.filter((one) => !isClosed(one)).length,
    makeUpsDone: makeUps.filter(({ state }) => state === 'accepted').length,
    reflection: reflection?.state ?? null,
    result: standingResult(results),
  };
}

/** What a class lacks before it can be closed (结班). */
export type Lack =
  /** The 课次 is still to come. */
  | { readonly type: 'session-ahead'; readonly session: Session }
  /** Its attendance is not settled. */
  | { readonly type: 'roll'; readonly session: Session }
  /** People who came into the class after it was settled, of whom nothing is known there. */
  | { readonly type: 'unmarked'; readonly session: Session; readonly staffNos: readonly string[] }
  /** Leave that nobody has decided on. */
  | { readonly type: 'leave'; readonly leaves: readonly Leave[] }
  /** People who miss too much, about whom the department has not decided. */
  | { readonly type: 'concern'; readonly staffNos: readonly string[] }
  /** People without a score; `all`: nobody has one. */
  | { readonly type: 'scores'; readonly staffNos: readonly string[]; readonly all: boolean };

/** In the order in which it is best put right; empty: the class can be closed. */
export function lacksOf(
  course: Course,
  facts: readonly ReportFacts[],
  now: Instant,
  policy: Pick<Policy, 'leave'>,
): Lack[] {
  const held = heldSessions(course);
  const open = held.filter(({ settled }) => settled === null);
  const undecided = facts.flatMap(({ leaves }) => leaves.filter(({ state }) => state === 'asked'));
  const concerned = facts.filter((one) => openConcerns(course, one, policy).length > 0);
  const examined = course.exam === null ? [] : facts.filter(({ enrolment }) => isExamined(enrolment));
  const unscored = examined.filter(({ results }) => results.length === 0).map(({ enrolment }) => enrolment.staffNo);
  const isNobody = unscored.length === examined.length && unscored.length > 5;
  return [
    ...open.map((session): Lack => ({ type: endOf(session) > now ? 'session-ahead' : 'roll', session })),
    ...unmarkedIn(course, facts),
    ...(undecided.length === 0 ? [] : [{ type: 'leave' as const, leaves: undecided }]),
    ...(concerned.length === 0
      ? []
      : [{ type: 'concern' as const, staffNos: concerned.map(({ enrolment }) => enrolment.staffNo) }]),
    ...(unscored.length === 0 ? [] : [{ type: 'scores' as const, staffNos: unscored, all: isNobody }]),
  ];
}

const unmarkedIn = (course: Course, facts: readonly ReportFacts[]): Lack[] =>
  heldSessions(course).flatMap((session): Lack[] => {
    const staffNos = facts
      .filter(
        ({ enrolment, attended }) => isExpected(session, enrolment) && attended.every(({ no }) => no !== session.no),
      )
      .map(({ enrolment }) => enrolment.staffNo);
    return session.settled === null || staffNos.length === 0 ? [] : [{ type: 'unmarked', session, staffNos }];
  });

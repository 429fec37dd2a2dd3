import type { Cadre } from '../../domain/cadre.ts';
import {
  type Course,
  clashesOf,
  courses,
  type Enrolment,
  endOf,
  enrolments,
  expectedOf,
  heldSessions,
  type Session,
} from '../../domain/course.ts';
import { leaves, missedBy } from '../../domain/leave.ts';
import { type Block, words } from '../../messenger/reply.ts';
import { listAll } from '../../store/store.ts';
import { showDay, showSpan } from '../../texts/glossary.ts';
import { openTexts as texts } from '../../texts/open-course.ts';
import type { Context } from '../context.ts';
import { openCourses } from './find.ts';
import { runsOf } from './follow-make-ups.ts';

type People = readonly Pick<Cadre, 'staffNo' | 'name'>[];

/** A class in which some of the people have something at the same time. */
interface Collision {
  readonly course: Course;
  readonly sessions: readonly Session[];
  readonly people: People;
}

/** What stands against some 课次 of these people. */
export interface Foreseen {
  /** Expected elsewhere at the same time. */
  readonly clashes: readonly Collision[];
  /** On leave from another class on one of the days. */
  readonly away: readonly Collision[];
  /** Who has hours of an earlier run of the class, and would have them once more. */
  readonly again: People;
  readonly offDays: readonly string[];
  readonly doubtfulDays: readonly string[];
  /** 课次 that are over already. */
  readonly past: number;
  readonly total: number;
}

/**
 * Looks at the other classes of the people and at the calendar; `own`: the class itself, which is in nobody's way;
 * `repeats`: the one of which it is the next run.
 */
export async function foresee(
  { tx, now, policies: { calendar } }: Pick<Context, 'tx' | 'now' | 'policies'>,
  sessions: readonly Session[],
  people: People,
  own: number | null,
  repeats: number | null = null,
): Promise<Foreseen> {
  const held = heldSessions({ sessions: [...sessions] });
  const days = [...new Set(held.map(({ day }) => day))];
  const [from = '', to = ''] = [days[0], days.at(-1)];
  const others = (await openCourses(tx, { proposed: true })).filter(
    (course) => course.id !== own && course.from <= to && course.to >= from,
  );
  const clashes: Collision[] = [];
  const away: Collision[] = [];
  for (const course of others) {
    const theirs = new Map((await listAll(tx, enrolments, { equals: [course.id] })).map((one) => [one.staffNo, one]));
    const members = people.filter(({ staffNo }) => theirs.has(staffNo));
    if (members.length === 0) continue;
    const clashing = clashesOf(held, heldSessions(course));
    const hit = members.filter(({ staffNo }) => isExpectedAt(course, theirs.get(staffNo), clashing));
    if (hit.length > 0) clashes.push({ course, sessions: clashing, people: hit });
    const granted = await listAll(tx, leaves, { index: 'byCourse', equals: [course.id] });
    const sameDay = heldSessions(course).filter(({ day }) => days.includes(day));
    const isAway = (staffNo: string): boolean =>
      granted.some((leave) => leave.staffNo === staffNo && sameDay.some(({ no }) => missedBy(leave).includes(no)));
    const gone = members.filter(({ staffNo }) => isAway(staffNo));
    if (gone.length > 0) away.push({ course, sessions: sameDay, people: gone });
  }
  return {
    clashes,
    away,
    again: await haveAttended(tx, people, repeats),
    offDays: days.filter((day) => calendar.kindOf(day) === 'off'),
    doubtfulDays: days.filter((day) => calendar.kindOf(day) === 'doubtful'),
    past: held.filter((session) => endOf(session) <= now).length,
    total: held.length,
  };
}

/** Those of some people who have hours of a class or of another run of it. */
async function haveAttended(tx: Context['tx'], people: People, repeats: number | null): Promise<People> {
  const course = repeats === null ? undefined : await tx.get(courses, repeats);
  if (course === undefined) return [];
  const have = new Set<string>();
  for (const { id } of await runsOf(tx, course)) {
    const enrolled = await listAll(tx, enrolments, { equals: [id] });
    for (const { staffNo, credits } of enrolled) if (credits.length > 0) have.add(staffNo);
  }
  return people.filter(({ staffNo }) => have.has(staffNo));
}

const isExpectedAt = (course: Course, enrolment: Enrolment | undefined, sessions: readonly Session[]): boolean =>
  enrolment !== undefined &&
  expectedOf(course, enrolment).some((expected) => sessions.some(({ no }) => no === expected.no));

/** The same in words, nothing where nothing stands against it. */
export function sayForeseen(foreseen: Foreseen, today: string): Block[] {
  const { clashes, away, again, offDays, doubtfulDays, past, total } = foreseen;
  const name = (day: string): string => showDay(day, today);
  const when = (sessions: readonly Session[]): string =>
    showSpan(sessions[0]?.day ?? today, sessions.at(-1)?.day ?? today, today);
  const namesOf = (people: People): string[] => people.map((one) => one.name);
  const lines = [
    ...clashes.map(({ course, sessions, people }) => texts.clash(course, when(sessions), namesOf(people))),
    ...away.map(({ course, people }) => texts.away(course, namesOf(people))),
    ...(again.length === 0 ? [] : [texts.again(namesOf(again))]),
    ...(offDays.length === 0 ? [] : [texts.offDays(offDays.map(name))]),
    ...(doubtfulDays.length === 0 ? [] : [texts.doubtfulDays(doubtfulDays.map(name))]),
    ...(past === 0 ? [] : [texts.past(past, past === total)]),
  ];
  return lines.length === 0 ? [] : [words([texts.warnings, ...lines].join('\n'))];
}

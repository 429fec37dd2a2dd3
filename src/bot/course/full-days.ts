import { cadres } from '../../domain/cadre.ts';
import { type Course, courses } from '../../domain/course.ts';
import { creditOf } from '../../domain/course-credit.ts';
import { type Day, dayOf } from '../../domain/day.ts';
import { type ClassCredits, type FullDay, fullDays } from '../../domain/full-day.ts';
import { hourEntries } from '../../domain/hours.ts';
import type { PolicyBook } from '../../domain/policy.ts';
import { card, words } from '../../messenger/reply.ts';
import { listAll, type Reader } from '../../store/store.ts';
import { fullDayTexts as texts } from '../../texts/roll.ts';
import { deskOf } from '../people.ts';
import type { Followed, FollowParts } from './follow.ts';
import { isOff } from './follow-make-ups.ts';
import { readOwn } from './own.ts';
import { readParticipant } from './read.ts';
import type { TellParts } from './tell-followed.ts';

/**
 * Those of some days on which all classes of a person together, and what was logged besides, give more than a day holds.
 * `own`: what one of the classes gives, which is known already.
 */
export async function readFullDays(
  view: Reader,
  staffNo: string,
  own: ClassCredits,
  days: readonly Day[],
  policies: PolicyBook,
): Promise<FullDay[]> {
  const ordered = [...days].sort();
  const [first, last] = [ordered[0] ?? '', ordered.at(-1) ?? ''];
  const others = (await readOwn(view, staffNo)).filter(
    ({ course }) => course.id !== own.courseId && !isOff(course) && course.from <= last && course.to >= first,
  );
  const classes = [own];
  for (const { course } of others) {
    const person = await readParticipant(view, course.id, staffNo);
    if (person === null) continue;
    const { enrolment, attended, makeUps } = person;
    const credits = creditOf(course, enrolment, attended, makeUps, policies.at(course.to));
    classes.push({ courseId: course.id, credits });
  }
  const near = await listAll(view, hourEntries, { index: 'byPersonEnd', equals: [staffNo], from: first });
  return fullDays(classes, near, days, (day) => policies.at(day));
}

/**
 * Tells the clerks, or where there is none the head of the department, whose hours of a day have come to more than it
 * holds. Nothing is cut: which of them is right is theirs to say.
 */
export async function raiseFullDays(
  { tx, now, tell }: Pick<FollowParts, 'tx'> & TellParts,
  course: Course,
  followed: readonly Followed[],
): Promise<void> {
  const full = followed.filter((one) => one.full.length > 0);
  if (full.length === 0) return;
  const named = await tx.getAll(
    cadres,
    full.map(({ staffNo }) => staffNo),
  );
  const classes = [...new Set(full.flatMap((one) => one.full.flatMap((day) => day.courses)))];
  const titled = await tx.getAll(courses, classes.map(String));
  const titles = new Map(titled.flatMap((one) => (one === undefined ? [] : [[one.id, one] as const])));
  const lines = full.flatMap((one, i) =>
    one.full.map((day) => texts.deskLine(named[i] ?? { name: one.staffNo, unit: '' }, day, titles, dayOf(now))),
  );
  const summary = texts.deskSummary(course, full.length);
  for (const { staffNo } of await deskOf(tx)) {
    await tell(
      staffNo,
      card(texts.title, 'warn', summary, words([summary, ...lines.slice(0, mostLines), texts.deskNext].join('\n'))),
      { key: `full-day:${course.id}:${full[0]?.staffNo}:${now}:${staffNo}`, purpose: 'notice' },
    );
  }
}

/** Lines that one card shows. */
const mostLines = 20;

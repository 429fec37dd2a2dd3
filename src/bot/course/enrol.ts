import {
  type Course,
  type Enrolment,
  endOf,
  enrolments,
  expectedOf,
  heldSessions,
  type Session,
  startOf,
} from '../../domain/course.ts';
import { type Instant, instantAt } from '../../domain/day.ts';
import { buttons, card, link, words } from '../../messenger/reply.ts';
import { courseLedgerTexts } from '../../texts/course-ledger.ts';
import { classNoticeTexts } from '../../texts/courses.ts';
import { leaveTexts } from '../../texts/leave.ts';
import type { Context } from '../context.ts';
import { raiseConcerns } from './concerns.ts';
import { followParticipant } from './follow.ts';
import { followLeaves } from './follow-leaves.ts';
import { concernsAll } from './follow-make-ups.ts';
import { raiseFullDays } from './full-days.ts';
import { readParticipant } from './read.ts';
import { tellOne } from './tell.ts';
import { followedLines, tellFollowed } from './tell-followed.ts';

export const newEnrolment = (
  courseId: number,
  staffNo: string,
  by: string,
  at: string,
  since: string | null = null,
): Enrolment => ({ courseId, staffNo, since, until: null, only: null, by, at, credits: [], decisions: [] });

/** A class that is over when it is entered asks nobody to come. */
export const isOver = (course: Pick<Course, 'sessions'>, now: string): boolean =>
  heldSessions(course).every((session) => endOf(session) <= now);

/** Before every 课次: who leaves a class then was never in it. */
const never = instantAt('1950-01-01');

/** 课次 that have begun. */
export const begunOf = (course: Pick<Course, 'sessions'>, now: Instant): Session[] =>
  heldSessions(course).filter((session) => startOf(session) <= now);

/** Whether somebody is in a class now. */
export const isMember = ({ until }: Pick<Enrolment, 'until'>, now: Instant): boolean => until === null || until > now;

/**
 * The enrolment of somebody who joins a class now. `earlier`: what has begun is expected of them as well. Who comes back
 * keeps what they attended before; what went by meanwhile is not expected of them.
 */
export function joining(
  course: Course,
  known: Enrolment | undefined,
  { staffNo, earlier, by, now }: { staffNo: string; earlier: boolean; by: string; now: Instant },
): Enrolment {
  if (known === undefined) {
    const since = earlier || begunOf(course, now).length === 0 ? null : now;
    return newEnrolment(course.id, staffNo, by, now, since);
  }
  const { skips = [], ...rest } = known;
  if (earlier) return { ...rest, since: null, until: null, only: null };
  const before = expectedOf(course, known).map(({ no }) => no);
  const back = { ...known, until: null };
  const missed = expectedOf(course, back).filter((session) => startOf(session) <= now && !before.includes(session.no));
  if (missed.length === 0) return back;
  return { ...back, skips: [...skips, ...missed.map(({ no }) => no)] };
}

/** The enrolment of somebody who leaves a class now; `earlier`: as if they had never been in it. */
export const leaving = (known: Enrolment, earlier: boolean, now: Instant): Enrolment => ({
  ...known,
  until: earlier ? never : now,
});

/** Saves who joins or leaves, brings their hours and make-ups to where they belong, and tells them. @returns how many */
export async function saveEnrolments(context: Context, course: Course, changed: readonly Enrolment[]): Promise<number> {
  let told = 0;
  const { tx, now, today } = context;
  // Else something follows for those who owe a resit, and for those whose leave may be too much.
  const isForAll = await concernsAll(tx, course);
  for (const enrolment of changed) {
    await tx.put(enrolments, enrolment);
    const person = await readParticipant(tx, course.id, enrolment.staffNo);
    if (person === null) continue;
    const follows = isForAll || person.makeUps.length + person.leaves.length > 0;
    const why = courseLedgerTexts.why.left(course.id);
    const followed = follows ? await followParticipant(context, course, person, why) : null;
    if (followed !== null) await raiseConcerns(context, course, [followed]);
    const lapsed = isMember(enrolment, now) ? [] : await followLeaves(context, course, person);
    const lines = [
      ...lapsed.map((leave) => leaveTexts.followed(leave)),
      ...(followed === null ? [] : followedLines(course, followed, today)),
    ];
    if (followed !== null) await raiseFullDays(context, course, [followed]);
    // Of a class that waits for a word, or that is over, nobody hears but what it means for their hours.
    if (course.state !== 'open' || isOver(course, now))
      told += await tellFollowed(context, course, followed ? [followed] : []);
    else if (isMember(enrolment, now)) {
      if (await tellOne(context, course, enrolment, { type: 'opened' }, lines)) told += 1;
    } else if (await tellLeft(context, course, enrolment.staffNo, lines)) told += 1;
  }
  return told;
}

const tellLeft = (context: Context, course: Course, staffNo: string, lines: readonly string[]): Promise<boolean> => {
  const summary = classNoticeTexts.left(course);
  return context.tell(
    staffNo,
    card(
      classNoticeTexts.leftTitle,
      'info',
      summary,
      words([summary, ...lines].join('\n')),
      buttons(link(classNoticeTexts.mine, '培训', { course: course.id })),
    ),
    { key: `course:${course.id}:v${course.version}:${staffNo}`, purpose: 'decision' },
  );
};

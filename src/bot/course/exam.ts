import { type Course, enrolments } from '../../domain/course.ts';
import { dayOf } from '../../domain/day.ts';
import {
  type ExamResult,
  enterScore,
  examResults,
  isExamined,
  type Score,
  type ScoreResult,
} from '../../domain/exam.ts';
import {
  closeByItself,
  examNo,
  followAbsence,
  isClosed,
  isOwing,
  type MakeUp,
  makeUps,
  openMakeUp,
} from '../../domain/make-up.ts';
import { courseLedgerTexts } from '../../texts/course-ledger.ts';
import { resultsOf } from './facts.ts';
import type { FollowParts } from './follow.ts';

/** What became of a score, and of the resit that it asks for. */
export interface Entered {
  readonly score: ScoreResult;
  /** What the person owes since, or null. */
  readonly owes: MakeUp | null;
}

/**
 * Enters one score, with what follows (三.6: 闭卷考试, 严格执行补训): a failed exam opens a resit as a make-up, a passed resit
 * closes it, a score that is put right lets it go or brings it back.
 */
export async function recordScore(parts: FollowParts, course: Course, said: Score, by: string): Promise<Entered> {
  const { tx, now } = parts;
  const score = enterScore(said, await resultsOf(tx, course.id, said.staffNo), course.exam?.passMark ?? 0, by, now);
  if (!score.ok) return { score, owes: null };
  await tx.put(examResults, score.result);
  const known = await tx.get(makeUps, `${course.id}:${examNo}:${said.staffNo}`);
  const why = courseLedgerTexts.why.scored(course.id);
  const enrolment = await tx.get(enrolments, `${course.id}:${said.staffNo}`);
  // The score of somebody who is not in the class any more can be put right; no resit is asked of them.
  const isAsked = enrolment !== undefined && isExamined(enrolment);
  const next = followResit(parts, course, said.staffNo, known, isAsked ? score.result : null, why);
  if (next !== null) await tx.put(makeUps, next);
  const standing = next ?? known;
  return { score, owes: standing !== undefined && isOwing(standing) ? standing : null };
}

/**
 * What becomes of somebody's resit by the result that counts; `null` for that: the exam is not asked of them any more, as
 * the class is cancelled or they have left it. Null: it stays as it is.
 */
export function followResit(
  { now, policies }: FollowParts,
  { id: courseId }: Pick<Course, 'id'>,
  staffNo: string,
  known: MakeUp | undefined,
  standing: ExamResult | null,
  why: string,
): MakeUp | null {
  if (standing === null) return known === undefined || isClosed(known) ? null : followAbsence(known, null, now, why);
  if (known === undefined) {
    const today = dayOf(now);
    return standing.passed ? null : openMakeUp({ ...failed, courseId, no: examNo, staffNo }, today, policies.at(today));
  }
  if (!standing.passed) return followAbsence(known, failed, now, why);
  return standing.attempt > 1 ? closed(known, now) : followAbsence(known, null, now, why);
}

const failed = { cause: 'failed', hours: 0, content: null } as const;

function closed(makeUp: MakeUp, now: string): MakeUp | null {
  const done = closeByItself(makeUp, { way: 'resit', by: null }, now);
  return done.ok ? done.makeUp : null;
}

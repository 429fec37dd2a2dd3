import type { Course } from '../../domain/course.ts';
import { dayOf } from '../../domain/day.ts';
import { type ExamResult, enterScore, examResults, type Score, type ScoreResult } from '../../domain/exam.ts';
import {
  closeByItself,
  examNo,
  followAbsence,
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
  const known = await resultsOf(tx, course.id, said.staffNo);
  const score = enterScore(said, known, course.exam?.passMark ?? 0, by, now);
  if (!score.ok) return { score, owes: null };
  await tx.put(examResults, score.result);
  return { score, owes: await followResult(parts, course, score.result) };
}

async function followResult(
  { tx, now, policies }: FollowParts,
  course: Course,
  { staffNo, passed, attempt }: ExamResult,
): Promise<MakeUp | null> {
  const place = { courseId: course.id, no: examNo, staffNo };
  const known = await tx.get(makeUps, `${course.id}:${examNo}:${staffNo}`);
  const owed = { cause: 'failed', hours: 0, content: null } as const;
  if (known === undefined) {
    if (passed) return null;
    const today = dayOf(now);
    const opened = openMakeUp({ ...place, ...owed }, today, policies.at(today));
    await tx.put(makeUps, opened);
    return opened;
  }
  const next = passed
    ? attempt > 1
      ? closed(known, now)
      : followAbsence(known, null, now, courseLedgerTexts.why.scored(course.id))
    : followAbsence(known, owed, now, courseLedgerTexts.why.scored(course.id));
  if (next !== null) await tx.put(makeUps, next);
  const standing = next ?? known;
  return isOwing(standing) ? standing : null;
}

function closed(makeUp: MakeUp, now: string): MakeUp | null {
  const done = closeByItself(makeUp, { way: 'resit', by: null }, now);
  return done.ok ? done.makeUp : null;
}

import { z } from 'zod';
import { defineCollection } from './collection.ts';
import type { Enrolment } from './course.ts';
import type { Instant } from './day.ts';
import { instantSchema, staffNoSchema } from './schema.ts';

/** Most times that somebody sits one exam, the resits (补考) included. */
export const mostAttempts = 9;

/**
 * 考试成绩 (三.6: 闭卷考试) of one person in one class: attempt 1, then the resits. A score is hundredths of a point of
 * 100; null where they did not sit it. A corrected score keeps in `earlier` what it was and why it changed.
 */
export const examResultSchema = z.object({
  courseId: z.number().int().positive(),
  staffNo: staffNoSchema,
  attempt: z.number().int().min(1).max(mostAttempts),
  score: z.number().int().min(0).max(10_000).nullable(),
  passed: z.boolean(),
  by: staffNoSchema,
  at: instantSchema,
  earlier: z.array(
    z.object({ score: z.number().int().nullable(), by: staffNoSchema, at: instantSchema, reason: z.string().max(300) }),
  ),
});
export type ExamResult = z.output<typeof examResultSchema>;

export const examResults = defineCollection({
  name: 'exam-results',
  schema: examResultSchema,
  key: ['courseId', 'staffNo', 'attempt'],
});

/** Whether a score, in hundredths of a point, reaches the pass mark, in points. */
export const isPass = (score: number | null, passMark: number): boolean => score !== null && score >= passMark * 100;

export type ScoreResult =
  | { readonly ok: true; readonly result: ExamResult; readonly before: ExamResult | null }
  | {
      readonly ok: false;
      readonly reason: 'own-score' | 'same' | 'reason-needed' | 'has-passed' | 'not-sat' | 'too-often';
    };

/** What is said of one exam of one person. */
export interface Score {
  readonly courseId: number;
  readonly staffNo: string;
  /** Hundredths of a point of 100; null: 缺考. */
  readonly score: number | null;
  /** It is that of a resit. */
  readonly resit: boolean;
  /** Why a known score changes. */
  readonly reason: string;
}

/**
 * Enters a score, or corrects the last one. `known` are the person's results in the class by attempt. A resit follows a
 * failed attempt alone; one with a reason is a correction of the resit before it. Nobody enters their own.
 */
export function enterScore(
  { courseId, staffNo, score, resit, reason }: Score,
  known: readonly ExamResult[],
  passMark: number,
  by: string,
  at: Instant,
): ScoreResult {
  const last = known.at(-1) ?? null;
  if (by === staffNo) return { ok: false, reason: 'own-score' };
  const made = { courseId, staffNo, score, passed: isPass(score, passMark), by, at };
  const isCorrection = !resit || (last !== null && last.attempt > 1 && reason.trim() !== '');
  if (isCorrection && last !== null) {
    if (last.score === score) return { ok: false, reason: 'same' };
    if (reason.trim() === '') return { ok: false, reason: 'reason-needed' };
    const was = { score: last.score, by: last.by, at: last.at, reason: reason.trim() };
    return { ok: true, before: last, result: { ...last, ...made, earlier: [...last.earlier, was] } };
  }
  if (resit && last === null) return { ok: false, reason: 'not-sat' };
  if (resit && last?.passed === true) return { ok: false, reason: 'has-passed' };
  if (known.length >= mostAttempts) return { ok: false, reason: 'too-often' };
  return { ok: true, before: null, result: { ...made, attempt: known.length + 1, earlier: [] } };
}

/** Whether the exam of a class is asked of somebody: not of guests who make up a 课次, nor of whoever has left. */
export const isExamined = ({ until, only }: Pick<Enrolment, 'until' | 'only'>): boolean =>
  until === null && only === null;

/** The result that counts: the last attempt's. */
export const standingResult = (results: readonly ExamResult[]): ExamResult | null =>
  results.reduce<ExamResult | null>((last, one) => (last === null || one.attempt > last.attempt ? one : last), null);

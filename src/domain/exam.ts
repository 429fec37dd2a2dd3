import { z } from 'zod';
import { defineCollection } from './collection.ts';
import { instantSchema, staffNoSchema } from './schema.ts';

/**
 * 考试成绩 (三.6: 闭卷考试) of one person in one class: attempt 1, then the resits (补考). A score is hundredths of a point
 * of 100; null where they did not sit it. A corrected score keeps what it was in `earlier`.
 */
export const examResultSchema = z.object({
  courseId: z.number().int().positive(),
  staffNo: staffNoSchema,
  attempt: z.number().int().min(1).max(9),
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

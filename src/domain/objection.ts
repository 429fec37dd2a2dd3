import { z } from 'zod';
import { defineCollection } from './collection.ts';
import type { Instant } from './day.ts';
import { daySchema, instantSchema, staffNoSchema } from './schema.ts';

/**
 * 异议: somebody says that their attendance or their hours are wrong; the department answers within the days of the rule,
 * upheld or not, and says why. Either `courseId` with `no`, or `entryId`, says what it is about.
 */
export const objectionSchema = z.object({
  id: z.number().int().positive(),
  staffNo: staffNoSchema,
  courseId: z.number().int().nullable(),
  no: z.number().int().nullable(),
  /** 登记号. */
  entryId: z.number().int().nullable(),
  words: z.string().min(1).max(500),
  /** What stood there when it was raised, in words. */
  facts: z.string().max(500),
  at: instantSchema,
  dueOn: daySchema,
  state: z.enum(['open', 'upheld', 'rejected', 'withdrawn']),
  answer: z.string().max(500).nullable(),
  answeredBy: staffNoSchema.nullable(),
  answeredAt: instantSchema.nullable(),
});
export type Objection = z.output<typeof objectionSchema>;

export const objections = defineCollection({
  name: 'objections',
  schema: objectionSchema,
  key: ['id'],
  indexes: { byPerson: ['staffNo', 'at'], byState: ['state', 'dueOn'] },
  numbered: { field: 'id', sequence: 'objections' },
});

export type ObjectionResult =
  | { ok: true; objection: Objection }
  | { ok: false; reason: 'not-open' | 'own-objection' | 'reason-needed' | 'not-owner' };

/** The department's answer; nobody answers their own. */
export function answerObjection(
  objection: Objection,
  verdict: { readonly upheld: boolean; readonly answer: string },
  by: string,
  at: Instant,
): ObjectionResult {
  if (by === objection.staffNo) return { ok: false, reason: 'own-objection' };
  if (objection.state !== 'open') return { ok: false, reason: 'not-open' };
  const answer = verdict.answer.trim();
  if (answer === '') return { ok: false, reason: 'reason-needed' };
  const state = verdict.upheld ? 'upheld' : 'rejected';
  return { ok: true, objection: { ...objection, state, answer, answeredBy: by, answeredAt: at } };
}

/** Taken back by whoever raised it. */
export function withdrawObjection(objection: Objection, by: string, at: Instant): ObjectionResult {
  if (by !== objection.staffNo) return { ok: false, reason: 'not-owner' };
  if (objection.state !== 'open') return { ok: false, reason: 'not-open' };
  return { ok: true, objection: { ...objection, state: 'withdrawn', answeredBy: by, answeredAt: at } };
}

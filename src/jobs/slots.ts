import { z } from 'zod';
import { defineCollection } from '../domain/collection.ts';
import type { Instant } from '../domain/day.ts';
import { instantSchema } from '../domain/schema.ts';
import type { Reader } from '../store/store.ts';

/**
 * Which slots of which job have run. `since` marks the moment from which a job counts: nothing before it is made up
 * for. `claimed` is a long job at work, or one that a crash has ended.
 */
const slotSchema = z.object({
  job: z.string(),
  slot: instantSchema,
  state: z.enum(['since', 'claimed', 'done', 'failed']),
  claimedAt: instantSchema,
  doneAt: instantSchema.nullable(),
  /** What was done, or what went wrong, in words. */
  summary: z.string().max(300).nullable(),
});
export type JobSlot = z.output<typeof slotSchema>;

export const jobSlots = defineCollection({
  name: 'job-slots',
  schema: slotSchema,
  key: ['job', 'slot'],
  indexes: { byJob: ['job', 'slot'] },
  kept: 'operational',
});

export const slotRow = (
  job: string,
  slot: Instant,
  state: JobSlot['state'],
  at: Instant,
  summary: string | null,
): JobSlot => ({ job, slot, state, claimedAt: at, doneAt: state === 'done' ? at : null, summary });

/** The latest slot of a job, whatever became of it. */
export async function lastSlot(view: Reader, job: string): Promise<JobSlot | null> {
  const { rows } = await view.find(jobSlots, { index: 'byJob', equals: [job], order: 'desc', limit: 1 });
  return rows[0] ?? null;
}

/**
 * Whether a slot is still to be run. A claim is one that a crash has ended: only the process on duty runs jobs, one
 * after another.
 */
export const isOpen = (row: JobSlot | undefined): boolean => row === undefined || row.state === 'claimed';

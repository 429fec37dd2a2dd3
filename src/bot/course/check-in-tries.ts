import { z } from 'zod';
import { defineCollection } from '../../domain/collection.ts';
import { addMs, type Instant } from '../../domain/day.ts';
import type { Policy } from '../../domain/policy.ts';
import { instantSchema, staffNoSchema } from '../../domain/schema.ts';
import type { Transaction } from '../../store/store.ts';

/** How many wrong codes somebody has typed in a row: whoever guesses pauses, and nobody else. */
export const checkInTries = defineCollection({
  name: 'check-in-tries',
  schema: z.object({
    staffNo: staffNoSchema,
    count: z.number().int().positive(),
    at: instantSchema,
    pausedUntil: instantSchema.nullable(),
  }),
  key: ['staffNo'],
  kept: 'operational',
});
export type CheckInTries = z.output<typeof checkInTries.schema>;

/** Until when somebody pauses, or null. */
export const pauseOf = (tries: CheckInTries | undefined, now: Instant): Instant | null =>
  tries?.pausedUntil != null && tries.pausedUntil > now ? tries.pausedUntil : null;

/** Counts one more wrong code; after a pause, or a whole pause's time without a try, it begins anew. */
export async function countWrong(
  tx: Transaction,
  staffNo: string,
  known: CheckInTries | undefined,
  now: Instant,
  { attendance }: Pick<Policy, 'attendance'>,
): Promise<CheckInTries> {
  const pauseMs = attendance.pauseMinutes * 60_000;
  const isOld = known === undefined || known.pausedUntil !== null || addMs(known.at, pauseMs) <= now;
  const count = (isOld ? 0 : known.count) + 1;
  const pausedUntil = count >= attendance.wrongCodes ? addMs(now, pauseMs) : null;
  const tries = { staffNo, count, at: now, pausedUntil };
  await tx.put(checkInTries, tries);
  return tries;
}

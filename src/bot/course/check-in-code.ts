import { createHmac, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { defineCollection } from '../../domain/collection.ts';
import type { Session } from '../../domain/course.ts';
import type { Instant } from '../../domain/day.ts';
import { daySchema } from '../../domain/schema.ts';
import type { Reader, Transaction } from '../../store/store.ts';

/**
 * What the codes of one 课次 are made from, and the unguessable name of its page for the projector. Operational: neither
 * the audit chain nor a log ever holds it.
 */
export const checkInSecrets = defineCollection({
  name: 'check-in-secrets',
  schema: z.object({
    courseId: z.number().int().positive(),
    no: z.number().int().positive(),
    secret: z.string().length(64),
    token: z.string().length(32),
    /** The day of the 课次: on any other the page shows nothing. */
    day: daySchema,
  }),
  key: ['courseId', 'no'],
  indexes: { byToken: ['token'], byDay: ['day'] },
  kept: 'operational',
});
export type CheckInSecret = z.output<typeof checkInSecrets.schema>;

const minuteMs = 60_000;
/** How long the code of the minute before is still taken. */
export const graceMs = 30_000;
/** For so many minutes somebody who types a code that is over is told so, instead of its counting as wrong. */
const staleMinutes = 5;

const minuteOf = (now: Instant): number => Math.floor(Date.parse(now) / minuteMs);

/** The six digits of one minute. */
function codeOf({ secret, courseId, no }: CheckInSecret, minute: number): string {
  const digest = createHmac('sha256', Buffer.from(secret, 'hex')).update(`${courseId}:${no}:${minute}`).digest();
  return String(digest.readUIntBE(0, 6) % 1_000_000).padStart(6, '0');
}

/** The code that is shown now, and for how many more seconds. */
export const codeNow = (row: CheckInSecret, now: Instant): { readonly code: string; readonly seconds: number } => ({
  code: codeOf(row, minuteOf(now)),
  seconds: 60 - Math.floor((Date.parse(now) % minuteMs) / 1000),
});

/** What a code is now for a 课次: at most two are `valid` at a moment; `stale` was, minutes ago. */
export function judgeCode(row: CheckInSecret, code: string, now: Instant): 'valid' | 'stale' | 'wrong' {
  const minute = minuteOf(now);
  if (code === codeOf(row, minute)) return 'valid';
  if (code === codeOf(row, minute - 1)) return Date.parse(now) % minuteMs < graceMs ? 'valid' : 'stale';
  const before = Array.from({ length: staleMinutes - 1 }, (_, i) => minute - 2 - i);
  return before.some((one) => code === codeOf(row, one)) ? 'stale' : 'wrong';
}

/** The secret of a 课次, drawn when its code is first asked for, and again when it has moved to another day. */
export async function openSecret(tx: Transaction, courseId: number, { no, day }: Session): Promise<CheckInSecret> {
  const fresh = {
    courseId,
    no,
    secret: randomBytes(32).toString('hex'),
    token: randomBytes(24).toString('base64url'),
    day,
  };
  const known = await tx.getOrInsert(checkInSecrets, fresh);
  if (known.day === day) return known;
  await tx.put(checkInSecrets, fresh);
  return fresh;
}

/** The secrets of some 课次; undefined where no code has been shown yet. */
export const secretsOf = (
  view: Reader,
  places: readonly { readonly courseId: number; readonly no: number }[],
): Promise<readonly (CheckInSecret | undefined)[]> =>
  view.getAll(
    checkInSecrets,
    places.map(({ courseId, no }) => `${courseId}:${no}`),
  );

import { z } from 'zod';
import { defineCollection } from './collection.ts';
import { addDays, type Day, weekdayOf } from './day.ts';
import { type Notice, noticeSubjects } from './notice.ts';
import type { WorkCalendar } from './policy.ts';
import { daySchema, instantSchema, staffNoSchema } from './schema.ts';
import { isWorkday } from './working-days.ts';

/** What a person wants to hear of the bot unasked: subjects that are silent, and until when everything is. */
export const hearingSchema = z.object({
  staffNo: staffNoSchema,
  muted: z.array(z.enum(noticeSubjects)),
  /** The first day on which the person is reminded again; null: any day. */
  snoozedUntil: daySchema.nullable(),
  updatedAt: instantSchema,
});
export type Hearing = z.output<typeof hearingSchema>;

export const hearings = defineCollection({ name: 'hearings', schema: hearingSchema, key: ['staffNo'] });

/**
 * Whether a notice is silenced by its hearer. What others owe is told to the head of a unit and to the department as
 * part of their office, whatever they have muted for themselves.
 */
export const isMuted = (hearing: Hearing | undefined, { subject, tier }: Pick<Notice, 'subject' | 'tier'>): boolean =>
  tier !== 'unit-head' && tier !== 'department' && hearing?.muted.includes(subject) === true;

export const isSnoozed = (hearing: Hearing | undefined, today: Day): boolean =>
  hearing?.snoozedUntil != null && today < hearing.snoozedUntil;

/** 明天, 三天后, 下周一. */
export const snoozes = ['tomorrow', 'three-days', 'monday'] as const;
export type Snooze = (typeof snoozes)[number];

/** Until when a snooze holds: the first sure working day from the wished one on, or the wished one when none is near. */
export function snoozeUntil(snooze: Snooze, today: Day, calendar: WorkCalendar): Day {
  const wished = addDays(today, snooze === 'tomorrow' ? 1 : snooze === 'three-days' ? 3 : 8 - weekdayOf(today));
  for (let ahead = 0; ahead < 30; ahead += 1) {
    const day = addDays(wished, ahead);
    if (isWorkday(calendar, day)) return day;
  }
  return wished;
}

import { z } from 'zod';
import { defineCollection } from './collection.ts';
import { addDays, type Day, daysFrom, weekdayOf } from './day.ts';
import { type Notice, noticeSubjects } from './notice.ts';
import type { WorkCalendar } from './policy.ts';
import { daySchema, instantSchema, staffNoSchema } from './schema.ts';
import { isWorkday, workdayFrom } from './working-days.ts';

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

/** What others owe is told to the head of a unit and to the department as part of their office. */
export const isOffice = ({ tier }: Pick<Notice, 'tier'>): boolean => tier === 'unit-head' || tier === 'department';

/** Whether a notice is silenced by its hearer; what belongs to an office is not. */
export const isMuted = (hearing: Hearing | undefined, notice: Pick<Notice, 'subject' | 'tier'>): boolean =>
  !isOffice(notice) && hearing?.muted.includes(notice.subject) === true;

/** Whether a notice waits because its hearer has put reminders off; what belongs to an office does not. */
export const isPutOff = (hearing: Hearing | undefined, notice: Pick<Notice, 'tier'>, today: Day): boolean =>
  !isOffice(notice) && isSnoozed(hearing, today);

export const isSnoozed = (hearing: Hearing | undefined, today: Day): boolean =>
  hearing?.snoozedUntil != null && today < hearing.snoozedUntil;

/** 明天, 三天后, 下周一. */
export const snoozes = ['tomorrow', 'three-days', 'monday'] as const;
export type Snooze = (typeof snoozes)[number];

/**
 * Until when a snooze holds: the first sure working day from the wished one on, but never past the last working day up
 * to the next of the hearer's `deadlines`; what is due today is put off to the next working day at most.
 */
export function snoozeUntil(snooze: Snooze, today: Day, calendar: WorkCalendar, deadlines: readonly Day[] = []): Day {
  const wished = addDays(today, snooze === 'tomorrow' ? 1 : snooze === 'three-days' ? 3 : 8 - weekdayOf(today));
  const until = workdayFrom(calendar, wished);
  const [due] = deadlines.filter((day) => day >= today && day < until).sort();
  if (due === undefined) return until;
  const soonest = workdayFrom(calendar, addDays(today, 1));
  return daysFrom(soonest, due).findLast((day) => isWorkday(calendar, day)) ?? soonest;
}

import { z } from 'zod';
import type { ListedCadre } from './cadre.ts';
import { defineCollection } from './collection.ts';
import type { Day } from './day.ts';
import type { QuotaProgress } from './progress.ts';
import { daySchema, staffNoSchema } from './schema.ts';

/** What people may want to hear nothing of. */
export const ownSubjects = [
  'reflection',
  'make-up',
  'returned',
  'quota',
  'professional',
  'approvals',
  'course',
] as const;
/** And what belongs to an office: a leave or an 异议 that waits, that messages do not reach somebody, that nobody has taken a roll. */
export const noticeSubjects = [...ownSubjects, 'leave', 'objection', 'unreached', 'roll'] as const;
/** The steps of one chase, each taken once: to the person before, on and after the deadline; then to others; by hand (催办). */
export const noticeTiers = ['before', 'due', 'overdue', 'unit-head', 'department', 'periodic', 'manual'] as const;

/**
 * 提醒 (三.6: 提醒学习进度, 督促提交体会): something that a person must hear. The key names what, step and, where it can
 * be several people, whom: `reflection:1004:due`, `quota:2026-11:E1001`; a notice planned again is the same notice.
 */
export const noticeSchema = z.object({
  key: z.string().max(120),
  /** Who hears it. */
  staffNo: staffNoSchema,
  subject: z.enum(noticeSubjects),
  tier: z.enum(noticeTiers),
  /** 登记号, 班号, month, day, key of a make-up, 请假号, 异议号. */
  about: z.string(),
  plannedOn: daySchema,
  dueOn: daySchema.nullable(),
  /** What the sentence needs; hours are hundredths. */
  figures: z.record(z.string(), z.union([z.number(), z.string()])),
  state: z.enum(['planned', 'told', 'dropped']),
  toldOn: daySchema.nullable(),
  /** Who of the department asked for it, where somebody did. */
  by: staffNoSchema.optional(),
  /** The message that told it was 加急. */
  urgent: z.boolean().optional(),
});
export type Notice = z.output<typeof noticeSchema>;

export const notices = defineCollection({
  name: 'notices',
  schema: noticeSchema,
  key: ['key'],
  indexes: { byPerson: ['staffNo', 'state', 'plannedOn'], byState: ['state', 'plannedOn'] },
});

/** A person and how far they have come. */
export interface Standing<P extends QuotaProgress = QuotaProgress, C extends ListedCadre = ListedCadre> {
  readonly cadre: C;
  readonly progress: P;
}

/** A notice as it is first written down. */
export const planned = (notice: Omit<Notice, 'state' | 'toldOn' | 'dueOn'> & { dueOn?: Day }): Notice => ({
  key: notice.key,
  staffNo: notice.staffNo,
  subject: notice.subject,
  tier: notice.tier,
  about: notice.about,
  plannedOn: notice.plannedOn,
  dueOn: notice.dueOn ?? null,
  figures: notice.figures,
  state: 'planned',
  toldOn: null,
});

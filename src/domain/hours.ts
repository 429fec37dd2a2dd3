import { z } from 'zod';
import { defineCollection } from './collection.ts';
import { daySchema, hoursSchema, instantSchema, staffNoSchema } from './schema.ts';

/** 内容: 理论教育, 党性教育, 专业化能力, 知识培训. The first two make the 70 % of 三.4. */
export const contents = ['theory', 'party-spirit', 'professional', 'knowledge'] as const;
/** 类别 (三.5): 专题培训, 集中轮训, 任职培训, 岗位培训, 专项培训; 未注明. */
export const kinds = ['thematic', 'rotation', 'induction', 'post', 'special', 'unspecified'] as const;
/** 方式 (三.4): 进修轮训, 集中培训, 中心组学习, 在线学习, 挂职锻炼, 在职自学; 未注明. */
export const forms = [
  'advanced-study',
  'intensive',
  'central-group',
  'online',
  'secondment',
  'self-study',
  'unspecified',
] as const;
/** 登记 in chat, an imported ledger, a course of the platform, 考勤 of a class. */
export const entrySources = ['chat', 'import', 'course', 'attendance'] as const;
export const entryStates = ['submitted', 'approved', 'returned', 'rejected', 'withdrawn', 'voided'] as const;

export type Content = (typeof contents)[number];
export type Kind = (typeof kinds)[number];
export type Form = (typeof forms)[number];
export type EntryState = (typeof entryStates)[number];

/** Hours that fall into one calendar year. */
export const shareSchema = z.object({ year: z.number().int(), hours: hoursSchema });
export type YearShare = z.output<typeof shareSchema>;

/** What a training was: the part of an entry that a person or an import states, and that a reviewer may amend. */
export const factsSchema = z.object({
  from: daySchema,
  to: daySchema,
  /** Hundredths of an hour, over the whole span. */
  hours: hoursSchema,
  content: z.enum(contents),
  kind: z.enum(kinds),
  form: z.enum(forms),
  title: z.string().min(1).max(200),
  organiser: z.string().max(120).nullable(),
  place: z.string().max(120).nullable(),
  /** 证明材料 in words, or a blob's hash. */
  proof: z.string().max(300).nullable(),
  /** 考核结果. */
  result: z.string().max(60).nullable(),
  note: z.string().max(300).nullable(),
});
export type HourFacts = z.output<typeof factsSchema>;

/** 学时记录: the current state of one training of one person, rebuilt from its events. */
export const hourEntrySchema = factsSchema.extend({
  /** 登记号. */
  id: z.number().int().positive(),
  staffNo: staffNoSchema,
  /** Year of `from`; an entry that crosses a year's end is counted by `shares`. */
  year: z.number().int(),
  shares: z.array(shareSchema),
  crossesYear: z.boolean(),
  state: z.enum(entryStates),
  /** Hours as first claimed, before a reviewer changed them. */
  claimedHours: hoursSchema,
  source: z.enum(entrySources),
  importId: z.string().nullable(),
  /**
   * 培训班 whose hours these are, in an entry for each content and year: all that a person has of it count as one 人次.
   * Absent: the entry is one by itself, as where a class gives its hours for each 课次.
   */
  courseId: z.number().int().positive().optional(),
  submittedAt: instantSchema,
  submittedBy: staffNoSchema,
  decidedAt: instantSchema.nullable(),
  decidedBy: staffNoSchema.nullable(),
  reason: z.string().max(300).nullable(),
  /** Number of the last event. */
  version: z.number().int().positive(),
});
export type HourEntry = z.output<typeof hourEntrySchema>;

/** Over without hours: withdrawn, rejected or voided. */
export const isDropped = ({ state }: Pick<HourEntry, 'state'>): boolean =>
  state === 'withdrawn' || state === 'rejected' || state === 'voided';

/** What happened to an entry; never changed. `facts` is present where the event states or amends them. */
export const hourEventSchema = z.object({
  entryId: z.number().int().positive(),
  seq: z.number().int().positive(),
  type: z.enum(['submitted', 'approved', 'returned', 'rejected', 'withdrawn', 'voided', 'corrected']),
  at: instantSchema,
  by: staffNoSchema,
  staffNo: staffNoSchema,
  reason: z.string().max(300).nullable(),
  facts: factsSchema.nullable(),
  source: z.enum(entrySources),
  importId: z.string().nullable(),
  /** As of the entry. */
  courseId: z.number().int().positive().optional(),
});
export type HourEvent = z.output<typeof hourEventSchema>;

export const hourEntries = defineCollection({
  name: 'hour-entries',
  schema: hourEntrySchema,
  key: ['id'],
  indexes: {
    byPerson: ['staffNo', 'from'],
    byPersonEnd: ['staffNo', 'to'],
    byState: ['state', 'submittedAt'],
    byEnd: ['to'],
    byImport: ['importId'],
    byCourse: ['courseId'],
  },
  totals: { index: 'byPersonEnd', fields: ['state', 'from', 'hours', 'content', 'kind', 'form', 'courseId'] },
  numbered: { field: 'id', sequence: 'hour-entries' },
});

export const hourEvents = defineCollection({
  name: 'hour-events',
  schema: hourEventSchema,
  key: ['entryId', 'seq'],
  appendOnly: true,
});

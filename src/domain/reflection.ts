import { z } from 'zod';
import { defineCollection } from './collection.ts';
import { addDays, type Day, dayOf, type Instant } from './day.ts';
import type { HourEntry, HourFacts } from './hours.ts';
import type { Policy } from './policy.ts';
import { daySchema, instantSchema, staffNoSchema } from './schema.ts';

/**
 * 学习体会 (三.6): owed for one hour entry from the day it is approved. `owed` → `handed-in` → `accepted`, or
 * `returned` and handed in again; `waived` when the entry is voided or the department lets it be. The text lies in a
 * blob, its hash here.
 */
export const reflectionSchema = z.object({
  entryId: z.number().int().positive(),
  staffNo: staffNoSchema,
  title: z.string(),
  /** Last day of the training. */
  endedOn: daySchema,
  dueOn: daySchema,
  state: z.enum(['owed', 'handed-in', 'returned', 'accepted', 'waived']),
  handedInAt: instantSchema.nullable(),
  /** Handed in after `dueOn`. */
  late: z.boolean(),
  /** Han characters + Latin words + digit runs. */
  length: z.number().int().nonnegative(),
  blob: z.string().nullable(),
  decidedBy: staffNoSchema.nullable(),
  reason: z.string().max(300).nullable(),
  /** Characters that a class asks for; absent: as many as the rule of the day. */
  minLength: z.number().int().positive().optional(),
});
export type Reflection = z.output<typeof reflectionSchema>;

export const reflections = defineCollection({
  name: 'reflections',
  schema: reflectionSchema,
  key: ['entryId'],
  indexes: { byPerson: ['staffNo', 'dueOn'], byState: ['state', 'dueOn'], byEnd: ['endedOn'] },
  blobsOf: ({ blob }) => (blob === null ? [] : [blob]),
});

export type ReflectionResult<Fault extends string> =
  | { ok: true; reflection: Reflection }
  | { ok: false; reason: Fault };

/** Whether a training asks for a reflection: its form does, and it ended since the rule holds. */
export const owesReflection = (facts: Pick<HourFacts, 'to' | 'form'>, policy: Policy): boolean =>
  facts.to >= policy.reflection.since && policy.reflection.forms.includes(facts.form);

/** Last day on which the reflection is in time. */
export const dueDayOf = (endedOn: Day, policy: Policy): Day => addDays(endedOn, policy.reflection.dueDays);

/**
 * The reflection owed for an approved entry. Nobody is asked for one before the approval, so that an entry from the chat
 * leaves at least `graceDays` from there; an imported ledger only writes down what was known.
 */
export const openReflection = (entry: HourEntry, policy: Policy): Reflection => ({
  entryId: entry.id,
  staffNo: entry.staffNo,
  title: entry.title,
  endedOn: entry.to,
  dueOn: deadlineOf(entry, policy),
  state: 'owed',
  handedInAt: null,
  late: false,
  length: 0,
  blob: null,
  decidedBy: null,
  reason: null,
});

/** The reflection that a class asks for, owed for one of the entries that it has made for a person. */
export const openClassReflection = (
  entry: HourEntry,
  asked: { readonly title: string; readonly endedOn: Day; readonly minLength: number; readonly dueDays: number },
  today: Day,
  policy: Policy,
): Reflection => {
  const regular = addDays(asked.endedOn, asked.dueDays);
  const earliest = addDays(today, policy.reflection.graceDays);
  return {
    ...openReflection(entry, policy),
    title: asked.title,
    endedOn: asked.endedOn,
    dueOn: earliest > regular ? earliest : regular,
    minLength: asked.minLength,
  };
};

function deadlineOf({ to, source, decidedAt }: HourEntry, policy: Policy): Day {
  const regular = dueDayOf(to, policy);
  if (source === 'import' || decidedAt === null) return regular;
  const earliest = addDays(dayOf(decidedAt), policy.reflection.graceDays);
  return earliest > regular ? earliest : regular;
}

/** Whether the person still has to write. */
export const isOwed = (reflection: Reflection): boolean =>
  reflection.state === 'owed' || reflection.state === 'returned';

/** Characters that it must have. */
export const minLengthOf = ({ minLength }: Pick<Reflection, 'minLength'>, policy: Pick<Policy, 'reflection'>): number =>
  minLength ?? policy.reflection.minLength;

/**
 * Hands in a text, or a better one as long as nobody has accepted it. Late when `today` is after the deadline; who was
 * in time the first time stays so.
 */
export function handIn(
  reflection: Reflection,
  text: { length: number; blob: string; at: Instant; today: Day },
  policy: Policy,
): ReflectionResult<'too-short' | 'already-accepted' | 'waived'> {
  if (reflection.state === 'accepted') return { ok: false, reason: 'already-accepted' };
  if (reflection.state === 'waived') return { ok: false, reason: 'waived' };
  if (text.length < minLengthOf(reflection, policy)) return { ok: false, reason: 'too-short' };
  const late = reflection.handedInAt === null ? text.today > reflection.dueOn : reflection.late;
  return {
    ok: true,
    reflection: {
      ...reflection,
      state: 'handed-in',
      handedInAt: text.at,
      late,
      length: text.length,
      blob: text.blob,
      decidedBy: null,
      reason: null,
    },
  };
}

/** A reader accepts a text that was handed in; nobody accepts their own. */
export function acceptReflection(reflection: Reflection, by: string): ReflectionResult<'own-entry' | 'not-open'> {
  if (by === reflection.staffNo) return { ok: false, reason: 'own-entry' };
  if (reflection.state !== 'handed-in') return { ok: false, reason: 'not-open' };
  return { ok: true, reflection: { ...reflection, state: 'accepted', decidedBy: by, reason: null } };
}

/** A reader gives a text back with a reason, to be handed in again. */
export function returnReflection(
  reflection: Reflection,
  by: string,
  reason: string,
): ReflectionResult<'own-entry' | 'not-open' | 'reason-needed'> {
  if (by === reflection.staffNo) return { ok: false, reason: 'own-entry' };
  if (reflection.state !== 'handed-in') return { ok: false, reason: 'not-open' };
  if (reason.trim() === '') return { ok: false, reason: 'reason-needed' };
  return { ok: true, reflection: { ...reflection, state: 'returned', decidedBy: by, reason: reason.trim() } };
}

/** Nothing is owed any more: the entry was voided, or the department lets it be. */
export const waiveReflection = (reflection: Reflection, by: string, reason: string): Reflection => ({
  ...reflection,
  state: 'waived',
  decidedBy: by,
  reason,
});

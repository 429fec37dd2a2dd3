import { z } from 'zod';
import { defineCollection } from './collection.ts';
import { addDays, type Day, type Instant } from './day.ts';
import { contents, type HourEntry } from './hours.ts';
import type { Policy } from './policy.ts';
import { daySchema, hoursSchema, instantSchema, staffNoSchema } from './schema.ts';

/** 参加下一期, 看录像并交体会, 参加同主题培训; 补考 for a failed exam. */
export const makeUpWays = ['next-run', 'recording', 'same-theme', 'resit'] as const;
export type MakeUpWay = (typeof makeUpWays)[number];
export const makeUpCauses = ['absent', 'on-leave', 'slips', 'failed'] as const;
export type MakeUpCause = (typeof makeUpCauses)[number];

/** The number that stands for the class's 闭卷考试 where others have a 课次. */
export const examNo = 0;

/**
 * 补训 (三.6: 严格执行补训): what one person owes for one missed 课次, or for a failed exam. `open` → `chosen` (a way) →
 * `handed-in` (a proof) → `accepted`, or `returned` and handed in again; `accepted` by itself when the next run or the
 * resit is there, and open again when the run turns out not to have been attended, or returned when the training that
 * proved it falls away; `waived` when the absence was corrected or the department lets it be, and `open` again when the absence is back.
 */
export const makeUpSchema = z.object({
  courseId: z.number().int().positive(),
  /** 课次, or 0 for the exam. */
  no: z.number().int().nonnegative(),
  staffNo: staffNoSchema,
  cause: z.enum(makeUpCauses),
  /** Hundredths of an hour that are missing; 0 for an exam. */
  hours: hoursSchema,
  content: z.enum(contents).nullable(),
  openedOn: daySchema,
  dueOn: daySchema,
  state: z.enum(['open', 'chosen', 'handed-in', 'returned', 'accepted', 'waived']),
  way: z.enum(makeUpWays).nullable(),
  /** 补训 in words: what was seen, or which training it was. */
  proof: z.string().max(2000).nullable(),
  /** The text that was handed in, and its length in characters. */
  blob: z.string().nullable(),
  length: z.number().int().nonnegative(),
  /** The 课次 of the next run, or the training, that makes it up. */
  by: z.object({ courseId: z.number().int(), no: z.number().int() }).nullable(),
  entryId: z.number().int().nullable(),
  handedInAt: instantSchema.nullable(),
  decidedBy: staffNoSchema.nullable(),
  decidedAt: instantSchema.nullable(),
  reason: z.string().max(300).nullable(),
  version: z.number().int().positive(),
});
export type MakeUp = z.output<typeof makeUpSchema>;

export const makeUps = defineCollection({
  name: 'make-ups',
  schema: makeUpSchema,
  key: ['courseId', 'no', 'staffNo'],
  indexes: { byPerson: ['staffNo', 'dueOn'], byState: ['state', 'dueOn'] },
  blobsOf: ({ blob }) => (blob === null ? [] : [blob]),
});

export type MakeUpFault = 'not-open' | 'not-owner' | 'way-not-allowed' | 'own-make-up' | 'reason-needed' | 'too-short';
export type MakeUpResult = { ok: true; makeUp: MakeUp } | { ok: false; reason: MakeUpFault };
const refuse = (reason: MakeUpFault): MakeUpResult => ({ ok: false, reason });

/** Whether the person still has to do something. */
export const isOwing = ({ state }: Pick<MakeUp, 'state'>): boolean =>
  state === 'open' || state === 'chosen' || state === 'returned';

/** Whether it is over, one way or the other. */
export const isClosed = ({ state }: Pick<MakeUp, 'state'>): boolean => state === 'accepted' || state === 'waived';

/** The ways that the rules allow. */
export const waysFor = (cause: MakeUpCause, { makeUp }: Pick<Policy, 'makeUp'>): readonly MakeUpWay[] =>
  cause === 'failed' ? ['resit'] : makeUp.ways;

/** What is owed for an absence that was settled, or an exam that was failed, on `on`. */
export const openMakeUp = (
  owed: Pick<MakeUp, 'courseId' | 'no' | 'staffNo' | 'cause' | 'hours' | 'content'>,
  on: Day,
  { makeUp }: Pick<Policy, 'makeUp'>,
): MakeUp => ({
  courseId: owed.courseId,
  no: owed.no,
  staffNo: owed.staffNo,
  cause: owed.cause,
  hours: owed.hours,
  content: owed.content,
  openedOn: on,
  dueOn: addDays(on, makeUp.dueDays),
  state: 'open',
  way: owed.cause === 'failed' ? 'resit' : null,
  proof: null,
  blob: null,
  length: 0,
  by: null,
  entryId: null,
  handedInAt: null,
  decidedBy: null,
  decidedAt: null,
  reason: null,
  version: 1,
});

/**
 * The person says how they will make it up; another way may be chosen as long as nothing is handed in. `sitting`: the
 * 课次 of the next run that they will attend, or null while none is planned. What was returned stays so until it is
 * handed in again, or made up by the next run.
 */
export function chooseWay(
  makeUp: MakeUp,
  way: MakeUpWay,
  by: string,
  policy: Pick<Policy, 'makeUp'>,
  sitting: MakeUp['by'] = null,
): MakeUpResult {
  if (by !== makeUp.staffNo) return refuse('not-owner');
  if (!isOwing(makeUp)) return refuse('not-open');
  if (!waysFor(makeUp.cause, policy).includes(way)) return refuse('way-not-allowed');
  const state = makeUp.state === 'returned' && way !== 'next-run' ? 'returned' : 'chosen';
  return {
    ok: true,
    makeUp: { ...makeUp, way, by: way === 'next-run' ? sitting : null, state, version: makeUp.version + 1 },
  };
}

/** A proof: a text about the recording, or the training of the same theme. */
export function handInProof(
  makeUp: MakeUp,
  proof: {
    readonly way: 'recording' | 'same-theme';
    readonly words: string | null;
    readonly blob: string | null;
    readonly length: number;
    readonly entryId: number | null;
    readonly at: Instant;
  },
  by: string,
  policy: Pick<Policy, 'makeUp'>,
): MakeUpResult {
  if (by !== makeUp.staffNo) return refuse('not-owner');
  if (!isOwing(makeUp) && makeUp.state !== 'handed-in') return refuse('not-open');
  if (!waysFor(makeUp.cause, policy).includes(proof.way)) return refuse('way-not-allowed');
  if (proof.way === 'recording' && proof.length < policy.makeUp.minLength) return refuse('too-short');
  return {
    ok: true,
    makeUp: {
      ...makeUp,
      way: proof.way,
      state: 'handed-in',
      proof: proof.words,
      blob: proof.blob,
      length: proof.length,
      by: null,
      entryId: proof.entryId,
      handedInAt: proof.at,
      decidedBy: null,
      decidedAt: null,
      reason: null,
      version: makeUp.version + 1,
    },
  };
}

/** A proof is accepted, or given back with a reason; nobody decides on their own. */
export function decideProof(
  makeUp: MakeUp,
  verdict: { readonly accept: boolean; readonly words: string },
  by: string,
  at: Instant,
): MakeUpResult {
  if (by === makeUp.staffNo) return refuse('own-make-up');
  if (makeUp.state !== 'handed-in') return refuse('not-open');
  const reason = verdict.words.trim();
  if (!verdict.accept && reason === '') return refuse('reason-needed');
  return { ok: true, makeUp: decided(makeUp, verdict.accept ? 'accepted' : 'returned', by, at, reason) };
}

/** It is made up by what happened: the 课次 of a later run attended, the resit passed. */
export function closeByItself(
  makeUp: MakeUp,
  done: { readonly way: 'next-run' | 'resit'; readonly by: MakeUp['by'] },
  at: Instant,
): MakeUpResult {
  if (isClosed(makeUp)) return refuse('not-open');
  return { ok: true, makeUp: { ...decided(makeUp, 'accepted', 'system', at, ''), way: done.way, by: done.by } };
}

/**
 * The 课次 of a run by which it was made up, or was to be, does not stand in for it. `still`: the 课次 is still to come, and
 * is waited for; otherwise another way has to be chosen, by the day on which it was due all along.
 */
export function reopenMakeUp(makeUp: MakeUp, still: boolean, at: Instant): MakeUpResult {
  const { state, way, by } = makeUp;
  const isMeant = way === 'next-run' && by !== null && (state === 'accepted' || state === 'chosen');
  if (!isMeant || (still && state === 'chosen')) return refuse('not-open');
  const open = decided(makeUp, 'open', 'system', at, '');
  return { ok: true, makeUp: still ? { ...open, state: 'chosen' } : { ...open, way: null, by: null } };
}

/** Why a training does not prove that a missed 课次 has been made up by one of the same theme. */
export type ProofFault =
  /** Withdrawn, rejected, void, or given back. */
  'not-standing' | 'of-class' | 'before' | 'other-content' | 'used';

/**
 * Whether a training of the person makes up what they missed: it stands, is none of the class itself, began on the day of
 * the absence or later, is of the same content, and proves nothing else. Whether it is approved is asked when the
 * department accepts it; hours that it falls short of what was missed are the department's to judge, with a reason.
 * @param missed `day`: of the absence; `own`: 登记号 of what the class itself has given; `others`: all make-ups of the person
 */
export function proofFault(
  makeUp: MakeUp,
  entry: HourEntry,
  missed: { readonly day: Day; readonly own: ReadonlySet<number>; readonly others: readonly MakeUp[] },
): ProofFault | null {
  if (entry.state !== 'approved' && entry.state !== 'submitted') return 'not-standing';
  if (missed.own.has(entry.id)) return 'of-class';
  if (entry.from < missed.day) return 'before';
  if (makeUp.content !== null && entry.content !== makeUp.content) return 'other-content';
  const isUsed = missed.others.some((one) => !isSame(one, makeUp) && proves(entry.id, one));
  return isUsed ? 'used' : null;
}

const isSame = (a: MakeUp, b: MakeUp): boolean => a.courseId === b.courseId && a.no === b.no && a.staffNo === b.staffNo;

/** Whether a training is what a make-up was, or is to be, accepted for. */
export const proves = (entryId: number, { entryId: by, way, state }: MakeUp): boolean =>
  by === entryId && way === 'same-theme' && (state === 'handed-in' || state === 'accepted');

/** Hundredths that a training is short of what was missed. */
export const shortOf = ({ hours }: Pick<MakeUp, 'hours'>, entry: Pick<HourEntry, 'hours'>): number =>
  Math.max(0, hours - entry.hours);

/**
 * What becomes of a make-up when the training that proves it changes: it is given back, and owed by the day on which it
 * was due all along, once the training does not stand any more, or an accepted one was put right to fewer hours than it
 * was accepted for, or to earlier days. Null: it stays.
 */
export function followProof(
  makeUp: MakeUp,
  before: HourEntry,
  after: HourEntry,
  at: Instant,
  why: string,
): MakeUp | null {
  if (!proves(after.id, makeUp)) return null;
  const stands = after.state === 'approved' || (makeUp.state === 'handed-in' && after.state === 'submitted');
  const isLess = after.hours < Math.min(makeUp.hours, before.hours) || after.from < before.from;
  return stands && !(isLess && makeUp.state === 'accepted') ? null : decided(makeUp, 'returned', 'system', at, why);
}

/** The department lets it be, with a reason; nobody their own. */
export function waiveMakeUp(makeUp: MakeUp, reason: string, by: string, at: Instant): MakeUpResult {
  if (by === makeUp.staffNo) return refuse('own-make-up');
  if (isClosed(makeUp)) return refuse('not-open');
  if (reason.trim() === '') return refuse('reason-needed');
  return { ok: true, makeUp: decided(makeUp, 'waived', by, at, reason) };
}

const decided = (makeUp: MakeUp, state: MakeUp['state'], by: string, at: Instant, reason: string): MakeUp => ({
  ...makeUp,
  state,
  decidedBy: by,
  decidedAt: at,
  reason: reason.trim() === '' ? null : reason.trim(),
  version: makeUp.version + 1,
});

/**
 * How what is owed follows what is known of the absence: null where nothing changes. Corrected away, it is waived, also
 * where it had closed by itself; back again, it is open again with the deadline that it had, and so is a resit that was
 * passed and is failed after all; the hours follow the 课次 as long as it is not over. What a person has decided, accepting
 * a proof or letting it be, stays.
 */
export function followAbsence(
  makeUp: MakeUp,
  owed: Pick<MakeUp, 'cause' | 'hours' | 'content'> | null,
  at: Instant,
  why: string,
): MakeUp | null {
  const isBySystem = makeUp.decidedBy === 'system';
  if (owed === null) {
    const stays = makeUp.state === 'waived' || (makeUp.state === 'accepted' && !isBySystem);
    return stays ? null : decided(makeUp, 'waived', 'system', at, why);
  }
  const { cause, hours, content } = owed;
  const isBack = isBySystem && (makeUp.state === 'waived' || (makeUp.state === 'accepted' && makeUp.way === 'resit'));
  const isEqual = makeUp.cause === cause && makeUp.hours === hours && makeUp.content === content;
  if (!isBack && (isEqual || isClosed(makeUp))) return null;
  const way = cause === 'failed' ? ('resit' as const) : null;
  const open = { state: 'open' as const, way, by: null, decidedBy: null, decidedAt: null, reason: null };
  return { ...makeUp, cause, hours, content, ...(isBack ? open : {}), version: makeUp.version + 1 };
}

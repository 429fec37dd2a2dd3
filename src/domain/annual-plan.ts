import { z } from 'zod';
import type { Cadre } from './cadre.ts';
import { defineCollection } from './collection.ts';
import type { Course } from './course.ts';
import { type Day, daysBetween } from './day.ts';
import { contents, forms, kinds } from './hours.ts';
import { percentOf } from './percent.ts';
import type { Policy } from './policy.ts';
import { daySchema, hoursSchema, instantSchema, lineSchema, staffNoSchema } from './schema.ts';
import { selectionSchema, selectPeople } from './selection.ts';

/** Most trainings of one year's plan. */
export const mostPlanned = 200;

/** 年度计划里的一项培训: what is planned, when about, for whom; it becomes a class when one is opened for it. */
export const plannedTrainingSchema = z.object({
  id: z.number().int().positive(),
  year: z.number().int(),
  title: lineSchema(100),
  kind: z.enum(kinds),
  form: z.enum(forms),
  /** The months or days in which it is planned, as days. */
  from: daySchema,
  to: daySchema,
  /** Hundredths of an hour by 内容. */
  parts: z
    .array(z.object({ content: z.enum(contents), hours: hoursSchema }))
    .min(1)
    .max(contents.length),
  selection: selectionSchema,
  /** For whom, as it was said. */
  audience: z.string().max(300),
  /** The class that was opened for it. */
  courseId: z.number().int().positive().nullable(),
  dropped: z.boolean(),
  by: staffNoSchema,
  at: instantSchema,
});
export type PlannedTraining = z.output<typeof plannedTrainingSchema>;

export const plannedTrainings = defineCollection({
  name: 'planned-trainings',
  schema: plannedTrainingSchema,
  key: ['id'],
  indexes: { byYear: ['year', 'from'] },
  numbered: { field: 'id', sequence: 'planned-trainings' },
});

/**
 * 年度计划 (三.4) of one year: who has said that it is ready, who has approved it, and why it may stay below the share of theory
 * and party-spirit. A plan that changes afterwards is neither, and what was approved last stays in force until the next
 * approval. What the head sent back stays so until it is ready again.
 */
export const annualPlanSchema = z.object({
  year: z.number().int(),
  approved: z.object({ by: staffNoSchema, at: instantSchema, reason: z.string().max(300).nullable() }).nullable(),
  submitted: z.object({ by: staffNoSchema, at: instantSchema }).optional(),
  returned: z.object({ by: staffNoSchema, at: instantSchema, reason: z.string().max(300) }).optional(),
  /** 编号 of what was approved last, of a plan that has changed since. */
  inForce: z.array(z.number().int().positive()).max(mostPlanned).optional(),
});
export type AnnualPlan = z.output<typeof annualPlanSchema>;

export const annualPlans = defineCollection({ name: 'annual-plans', schema: annualPlanSchema, key: ['year'] });

/** Whether a plan waits for the department head. */
export const waitsForApproval = ({ approved, submitted }: AnnualPlan): boolean =>
  approved === null && submitted !== undefined;

type Parts = Pick<PlannedTraining, 'parts'>;

/** Hundredths of an hour of one planned training. */
export const plannedHours = ({ parts }: Parts): number => parts.reduce((sum, { hours }) => sum + hours, 0);

/** 三.4: theory and party-spirit in percent of all planned hours; null without hours. */
export function plannedShare(trainings: readonly Parts[]): number | null {
  const all = trainings.flatMap(({ parts }) => parts);
  const sum = (list: typeof all): number => list.reduce((total, { hours }) => total + hours, 0);
  return percentOf(sum(all.filter(({ content }) => content === 'theory' || content === 'party-spirit')), sum(all));
}

/** Everything in a plan that is approved with it, as one text: two plans with the same one are the same. */
export const describePlan = (trainings: readonly PlannedTraining[]): string =>
  JSON.stringify(
    trainings.map(({ id, title, kind, form, from, to, parts, audience }) => [
      id,
      title,
      kind,
      form,
      from,
      to,
      parts.map(({ content, hours }) => [content, hours]),
      audience,
    ]),
  );

/** Whether a plan needs the department head's reason. */
export function isPlanBelowShare(trainings: readonly Parts[], policy: Pick<Policy, 'theoryShare'>): boolean {
  const share = plannedShare(trainings);
  return share !== null && share < policy.theoryShare;
}

/** Those that are still meant, earliest first. */
export const standing = (trainings: readonly PlannedTraining[]): PlannedTraining[] =>
  trainings
    .filter(({ dropped }) => !dropped)
    .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : a.id - b.id));

/** The trainings of a year, dropped ones included, on which forecasts go: as the plan was approved last. */
export const inForce = (plan: AnnualPlan, trainings: readonly PlannedTraining[]): PlannedTraining[] =>
  plan.approved !== null ? standing(trainings) : trainings.filter(({ id }) => plan.inForce?.includes(id) === true);

/** Whether a planned training counts as planned: it has no class, or one that is not decided or not held. */
export const awaitsClass = ({ courseId }: PlannedTraining, course: Pick<Course, 'state'> | undefined): boolean =>
  courseId === null || course === undefined || course.state === 'proposed' || course.state === 'cancelled';

/** The training for whose time some days are meant: the one they fall into, else the nearest, the first of two. */
export function nearestTo(
  { from, to }: { readonly from: Day; readonly to: Day },
  trainings: readonly PlannedTraining[],
): PlannedTraining | undefined {
  const apart = (one: PlannedTraining): number => Math.max(0, daysBetween(one.to, from), daysBetween(to, one.from));
  return [...trainings].sort((a, b) => apart(a) - apart(b)).at(0);
}

/** 三.5 每年至少 1 次专业化能力培训: the people for whom the year has none, neither planned nor, as `has` says, otherwise. */
export function withoutProfessional<T extends Cadre>(
  trainings: readonly PlannedTraining[],
  roster: readonly T[],
  has: ReadonlySet<string>,
): T[] {
  const covered = new Set(has);
  for (const training of trainings) {
    if (!training.parts.some(({ content, hours }) => content === 'professional' && hours > 0)) continue;
    for (const { staffNo } of selectPeople(training.selection, roster)) covered.add(staffNo);
  }
  return roster.filter(({ state, staffNo }) => state === 'active' && !covered.has(staffNo));
}

/** Hours that are still to come: from when on, and the day by which they are there. */
export interface ComingHours {
  readonly title: string;
  readonly from: Day;
  readonly on: Day;
  /** Hundredths of an hour. */
  readonly hours: number;
}

/** Where the planned trainings lead somebody; hours are hundredths. */
export interface Forecast {
  readonly earned: number;
  readonly coming: number;
  readonly quota: number;
  /** The day on which the quota is reached, or null when it is not within the cycle. */
  readonly reachedOn: Day | null;
  readonly missing: number;
  /** Classes that this person is not in and planned trainings for others that would close the gap, as few as can be. */
  readonly closing: readonly ComingHours[];
}

/**
 * The forecast of one person: `coming` is what they are enrolled in or planned for, `others` what is planned for others.
 * What ends after the cycle does not count.
 */
export function forecast(
  { earned, quota, cycle }: { readonly earned: number; readonly quota: number; readonly cycle: Policy['cycle'] },
  today: Day,
  coming: readonly ComingHours[],
  others: readonly ComingHours[],
): Forecast {
  const inCycle = (list: readonly ComingHours[]) => list.filter(({ on }) => on >= today && on <= cycle.to);
  const ahead = [...inCycle(coming)].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
  let sum = earned;
  let reachedOn: Day | null = earned >= quota ? today : null;
  for (const { hours, on } of ahead) {
    sum += hours;
    if (reachedOn === null && sum >= quota) reachedOn = on;
  }
  const missing = Math.max(0, quota - sum);
  return { earned, coming: sum - earned, quota, reachedOn, missing, closing: closeGap(missing, inCycle(others)) };
}

/** The fewest trainings that give as much as is missing: the largest first, then the smallest that is enough. */
function closeGap(missing: number, others: readonly ComingHours[]): ComingHours[] {
  if (missing === 0) return [];
  const left = [...others].sort((a, b) => b.hours - a.hours || (a.on < b.on ? -1 : 1));
  const chosen: ComingHours[] = [];
  for (let gap = missing; gap > 0; ) {
    const next = left.findLast(({ hours }) => hours >= gap) ?? left[0];
    if (next === undefined) break;
    left.splice(left.indexOf(next), 1);
    chosen.push(next);
    gap -= next.hours;
  }
  return chosen;
}

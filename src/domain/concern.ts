import { z } from 'zod';
import type { Attendance } from './attendance.ts';
import { defineCollection } from './collection.ts';
import { type Attending, type Course, type Enrolment, expectedOf } from './course.ts';
import { type Leave, type LeaveMeter, leaveMeter, missedOnLeave } from './leave.ts';
import type { Policy } from './policy.ts';
import { staffNoSchema } from './schema.ts';

/** Why the department has to think about somebody: leave beyond the part of the rule, or absence without it. */
export type Concern =
  | { readonly about: 'leave'; readonly meter: LeaveMeter }
  | { readonly about: 'absence'; readonly nos: readonly number[] };

/** Who misses too much in a class, as long as the department has not decided: a row is there while a concern is open. */
export const concerns = defineCollection({
  name: 'concerns',
  schema: z.object({
    courseId: z.number().int().positive(),
    staffNo: staffNoSchema,
    about: z.array(z.enum(['leave', 'absence'])).min(1),
  }),
  key: ['courseId', 'staffNo'],
});

/** Somebody in a class, as far as it shows what they miss. */
export interface Missing {
  readonly enrolment: Attending & Pick<Enrolment, 'decisions'>;
  readonly attended: readonly Pick<Attendance, 'no' | 'state' | 'marks'>[];
  readonly leaves: readonly Leave[];
}

/**
 * What is to be decided about a person (学员管理规定): absences from 课次 that are settled, and leave, which counts as soon as
 * it is approved, and where the roll alone says so once that is settled.
 */
export function concernsOf(
  course: Pick<Course, 'sessions'>,
  { enrolment, attended, leaves }: Missing,
  policy: Pick<Policy, 'leave'>,
): Concern[] {
  const expected = expectedOf(course, enrolment);
  const settled = new Set(expected.filter((one) => one.settled !== null).map(({ no }) => no));
  const nos = attended.filter(({ no, state }) => state === 'absent' && settled.has(no)).map(({ no }) => no);
  const meter = leaveMeter(expected, missedOnLeave(expected, attended, leaves), policy);
  return [
    ...(meter.over ? [{ about: 'leave', meter } as const] : []),
    ...(nos.length > 0 ? [{ about: 'absence', nos: nos.sort((a, b) => a - b) } as const] : []),
  ];
}

type Decision = Enrolment['decisions'][number];

/** What a concern is about, as it is kept with the decision on it. */
export const extentOf = (concern: Concern): NonNullable<Decision['on']> =>
  concern.about === 'leave' ? { missed: concern.meter.missed, nos: [] } : { missed: 0, nos: [...concern.nos] };

/** Whether somebody has decided on all of it: what is missed later is decided on again. */
function isDecided(concern: Concern, decisions: readonly Decision[]): boolean {
  const { missed, nos } = extentOf(concern);
  return decisions.some(
    ({ about, on }) =>
      about === concern.about && (on === undefined || (missed <= on.missed && nos.every((no) => on.nos.includes(no)))),
  );
}

/** Those on which the department has not decided yet. */
export const openConcerns = (course: Pick<Course, 'sessions'>, person: Missing, policy: Pick<Policy, 'leave'>) =>
  concernsOf(course, person, policy).filter((concern) => !isDecided(concern, person.enrolment.decisions));

import { z } from 'zod';
import { defineCollection } from './collection.ts';
import { addMonths, type Day, firstDayOf, lastDayOf, type Month } from './day.ts';
import { daySchema, instantSchema, lineSchema, staffNoSchema } from './schema.ts';

/** 培训预告: a training that the department announces in the bulletin. */
export const comingTrainingSchema = z.object({
  id: z.number().int(),
  day: daySchema,
  /** The last day, where it takes more than one. */
  until: daySchema.optional(),
  title: lineSchema(60),
  place: lineSchema(40).nullable(),
  /** For whom. */
  audience: lineSchema(40).nullable(),
  by: staffNoSchema,
  at: instantSchema,
});
export type ComingTraining = z.output<typeof comingTrainingSchema>;

export const comingTrainings = defineCollection({
  name: 'coming-trainings',
  schema: comingTrainingSchema,
  key: ['id'],
  indexes: { byDay: ['day'] },
  numbered: { field: 'id', sequence: 'coming-trainings' },
});

/** The days whose trainings the bulletin of `month` announces on `asOf`: what is still to come of the two months behind it. */
export function announcedDays(month: Month, asOf: Day): { readonly from: Day; readonly to: Day } {
  const from = firstDayOf(addMonths(month, 1));
  return { from: asOf > from ? asOf : from, to: lastDayOf(addMonths(month, 2)) };
}

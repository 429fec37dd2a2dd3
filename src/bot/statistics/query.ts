import { z } from 'zod';
import { grades } from '../../domain/cadre.ts';
import { daySchema } from '../../domain/schema.ts';
import { dimensions } from '../../domain/statistics.ts';

/** What 统计 is asked for; buttons and files carry it. */
export const statisticsQuerySchema = z.object({
  by: z.enum(dimensions).default('unit'),
  from: daySchema.optional(),
  to: daySchema.optional(),
  unit: z.string().max(60).optional(),
  grade: z.enum(grades).optional(),
  young: z.boolean().optional(),
  everybody: z.boolean().optional(),
});
export type StatisticsQuery = z.output<typeof statisticsQuerySchema>;

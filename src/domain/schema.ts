import { z } from 'zod';
import { isDay } from './day.ts';

/** Field schemas that several ideas share. */
export const daySchema = z.string().refine(isDay, 'YYYY-MM-DD');
export const instantSchema = z.string().length(24);
export const monthSchema = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);
/** Integer hundredths of a credit hour. */
export const hoursSchema = z.number().int().nonnegative();
export const staffNoSchema = z.string().min(1).max(32);

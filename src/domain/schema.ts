import { z } from 'zod';
import { isDay } from './day.ts';

/** Field schemas that several ideas share. */
/** A day that a person's record can have: slips such as `0202-11-19` are none. */
export const daySchema = z.string().refine((text) => isDay(text) && text >= '1950' && text < '2100', 'YYYY-MM-DD');
export const instantSchema = z.string().length(24);
export const monthSchema = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);
/** Integer hundredths of a credit hour. */
export const hoursSchema = z.number().int().nonnegative();
export const staffNoSchema = z.string().min(1).max(32);

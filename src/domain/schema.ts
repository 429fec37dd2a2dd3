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

/** A 工号 that somebody new may get; `system` is the name under which the program itself acts. */
export const newStaffNoSchema = z
  .string()
  .regex(/^[\w-]{1,32}$/)
  .refine((text) => text.toLowerCase() !== 'system', 'reserved');

const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/**
 * One line for people to read, such as a name, a unit or a title: trimmed, at most `max` UTF-16 units, without line
 * breaks, control and format characters, and with at least one letter or digit.
 */
export const lineSchema = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .refine((text) => !unprintable.test(text) && /[\p{L}\p{N}]/u.test(text), 'one line with a letter or digit');

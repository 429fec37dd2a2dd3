import { z } from 'zod';
import { hoursForHalfDays } from '../../domain/credit.ts';
import { type Amendment, decideEvent, type LifeResult, voidEvent } from '../../domain/entry-life.ts';
import { contents, forms, type HourEntry, kinds } from '../../domain/hours.ts';
import type { Policy } from '../../domain/policy.ts';
import { readBareAmount } from '../text/amounts.ts';

export const verdicts = ['approve', 'amend', 'return', 'reject', 'void'] as const;
export type Verdict = (typeof verdicts)[number];

/** A verdict as text, form or button brings it. */
export const verdictSchema = z.object({
  reason: z.string().trim().max(300).default(''),
  /** Hundredths. */
  hours: z.number().int().positive().optional(),
  halfDays: z.number().int().positive().max(2000).optional(),
  /** As the form has it: `3`, `3.5`, `半天`. */
  amount: z.string().trim().max(20).optional(),
  content: z.enum(contents).optional(),
  kind: z.enum(kinds).optional(),
  form: z.enum(forms).optional(),
});
export type VerdictWords = z.output<typeof verdictSchema>;

/** What the reviewer wants changed, or null when the hours were not understood. */
export function readAmendment(said: VerdictWords, policy: Policy): Amendment | null {
  const { content, kind, form } = said;
  const hours = hoursOf(said, policy);
  if (hours === null) return null;
  return {
    ...(hours === undefined ? {} : { hours }),
    ...(content === undefined ? {} : { content }),
    ...(kind === undefined ? {} : { kind }),
    ...(form === undefined ? {} : { form }),
  };
}

function hoursOf({ amount = '', hours, halfDays }: VerdictWords, policy: Policy): number | null | undefined {
  if (amount !== '') {
    const reading = readBareAmount(amount, policy);
    if (!reading.ok) return null;
    return reading.amount.unit === 'hours' ? reading.amount.hours : hoursForHalfDays(reading.amount.count, policy);
  }
  return halfDays === undefined ? hours : hoursForHalfDays(halfDays, policy);
}

/** The event that a verdict on an entry is. */
export function verdictEvent(
  entry: HourEntry,
  verdict: Verdict,
  said: { reason: string; amend: Amendment },
  by: string,
  at: string,
): LifeResult {
  switch (verdict) {
    case 'approve':
      return decideEvent(entry, { type: 'approved' }, by, at);
    case 'amend':
      return decideEvent(entry, { type: 'approved', ...said }, by, at);
    case 'return':
      return decideEvent(entry, { type: 'returned', reason: said.reason }, by, at);
    case 'reject':
      return decideEvent(entry, { type: 'rejected', reason: said.reason }, by, at);
    case 'void':
      return voidEvent(entry, said.reason, by, at);
  }
}

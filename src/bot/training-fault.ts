import { z } from 'zod';
import { addDays, daysBetween } from '../domain/day.ts';
import type { HourFacts } from '../domain/hours.ts';
import type { Faults } from '../messenger/reply.ts';
import { formTexts } from '../texts/form.ts';
import { type Slot, logTexts as texts } from '../texts/hours.ts';
import type { Context } from './context.ts';
import { trainingSlots } from './text/training.ts';
import { hoursIn, type Training, trainingSchema } from './training-draft.ts';

const choiceSchema = trainingSchema.pick({ hours: true, halfDays: true, from: true, to: true });
/** One of several readings of a slot. */
export type Choice = z.output<typeof choiceSchema>;

/** What was said of a slot and cannot be taken. */
export const problemSchema = z.object({
  slot: z.enum(trainingSlots),
  reason: z.string(),
  words: z.string(),
  /** What they may mean. */
  choices: z.array(choiceSchema).max(6).optional(),
});

/** A sentence about one slot that keeps the training from being drafted. */
export interface TrainingFault {
  readonly slot: string;
  readonly said: string;
  /** What may be replied where no form is open, unless it is said already. */
  readonly reply?: string;
  /** What may have been meant. */
  readonly choices?: readonly Choice[] | undefined;
}

/** The first thing that is wrong in a training, `facts` when it is complete. */
export function findFault(
  { today, policy }: Pick<Context, 'today' | 'policy'>,
  args: Training & { problem?: z.output<typeof problemSchema> | undefined },
  facts: HourFacts | null,
): TrainingFault | null {
  const { problem } = args;
  if (problem !== undefined) {
    const { slot, reason, words, choices } = problem;
    return { slot, said: texts.problem(slot, reason, words), choices };
  }
  const { fault } = hoursIn(args, policy);
  if (fault !== null) return { slot: 'hours', said: texts.badAmount(fault) };
  if (facts === null) return null;
  const wrongDays = (said: string): TrainingFault => ({ slot: 'days', said, reply: texts.replyRight.days });
  if (facts.to < facts.from) return wrongDays(texts.reversed);
  if (daysBetween(facts.from, facts.to) >= policy.longestDays) return wrongDays(texts.tooLongSpan(policy.longestDays));
  if (facts.to > today) return wrongDays(texts.future);
  if (facts.to < addDays(today, -policy.logWithinDays)) {
    return { slot: 'days', said: texts.tooOld(policy.logWithinDays) };
  }
  return null;
}

/** The same at the fields of the form: every sentence about days is one about the last day. */
export function faultsOf({ from, to }: Training, fault: TrainingFault | null, gaps: readonly Slot[]): Faults {
  const fieldOf = (slot: string): string => {
    if (slot === 'hours') return 'amount';
    if (slot === 'days') return to === undefined || to === from ? 'from' : 'to';
    return slot;
  };
  return {
    ...Object.fromEntries(gaps.map((slot) => [fieldOf(slot), formTexts.gap])),
    ...(fault === null ? {} : { [fieldOf(fault.slot)]: fault.said }),
  };
}

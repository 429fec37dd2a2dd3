import { z } from 'zod';
import { hoursForHalfDays } from '../domain/credit.ts';
import type { Day } from '../domain/day.ts';
import { contents, forms, type HourFacts, kinds } from '../domain/hours.ts';
import type { Policy } from '../domain/policy.ts';
import { daySchema } from '../domain/schema.ts';
import { type Block, button, buttons, type Invocation } from '../messenger/reply.ts';
import { contentNames, showHours, showSpan } from '../texts/glossary.ts';
import { describeFacts, logTexts, type Slot } from '../texts/hours.ts';
import { heardLength, mergeHeard } from './heard.ts';
import { readBareAmount } from './text/amounts.ts';
import type { TrainingSlot } from './text/training.ts';

/** What is known of a training that is not recorded yet: as words, a form or the last card had it. */
export const trainingSchema = z.object({
  /** Hundredths. */
  hours: z.number().int().positive().optional(),
  halfDays: z.number().int().positive().max(2000).optional(),
  /** As a form has it: `3`, 五, 半天; wins over the two above. */
  amount: z.string().max(20).optional(),
  from: daySchema.optional(),
  to: daySchema.optional(),
  content: z.enum(contents).optional(),
  kind: z.enum(kinds).optional(),
  form: z.enum(forms).optional(),
  title: z.string().trim().min(1).max(200).optional(),
  organiser: z.string().max(120).optional(),
  place: z.string().max(120).optional(),
  /** 登记号 of a returned entry that is handed in again. */
  entry: z.number().int().optional(),
  /** What the slots were taken from, as `heardSchema` keeps it in one field of a card. */
  heard: z.string().max(heardLength).optional(),
});
export type Training = z.output<typeof trainingSchema>;

/** Slots that are said in more than one field: the newer word drops all of the older. */
const slotFields: Readonly<Partial<Record<TrainingSlot, readonly string[]>>> = {
  hours: ['hours', 'halfDays', 'amount'],
  days: ['from', 'to'],
};

/** A draft with what was said since; `doubtful` slots were said and not understood, so that nothing holds any more. */
export function changeDraft(before: object, said: object, doubtful: readonly TrainingSlot[]): object {
  const dropped = [
    ...Object.values(slotFields)
      .filter((fields) => fields.some((name) => name in said))
      .flat(),
    ...doubtful.flatMap((slot) => slotFields[slot] ?? [slot]),
    'insist',
  ];
  const kept = Object.fromEntries(Object.entries(before).filter(([name]) => !dropped.includes(name)));
  const heard = mergeHeard(before, said, Object.keys(kept));
  return { ...kept, ...said, ...(heard === '' ? {} : { heard }) };
}

const kept = Object.keys(trainingSchema.shape);

/** What is known so far, as a question and its buttons keep it. */
export const keepDraft = (args: Training): Invocation['args'] =>
  Object.fromEntries(
    Object.entries(args).filter(
      (pair): pair is [string, string | number] => pair[1] !== undefined && kept.includes(pair[0]),
    ),
  );

/** Hundredths of an hour; null when nothing is said of them, `fault` when it was not understood. */
export function hoursIn(args: Training, policy: Policy): { hours: number | null; fault: string | null } {
  if (args.amount !== undefined) {
    const reading = readBareAmount(args.amount, policy);
    if (!reading.ok) return { hours: null, fault: args.amount };
    const { amount } = reading;
    return { hours: amount.unit === 'hours' ? amount.hours : hoursForHalfDays(amount.count, policy), fault: null };
  }
  const counted = args.halfDays === undefined ? null : hoursForHalfDays(args.halfDays, policy);
  return { hours: args.hours ?? counted, fault: null };
}

/** What has to be known before anything can be recorded, and is not. */
export function missingSlots(args: Training, policy: Policy): Slot[] {
  const absent: Record<Slot, boolean> = {
    hours: hoursIn(args, policy).hours === null,
    content: args.content === undefined,
    days: args.from === undefined,
    title: args.title === undefined,
  };
  return (['hours', 'content', 'days', 'title'] as const).filter((slot) => absent[slot]);
}

/** The facts of a complete draft; null as long as a slot is missing. */
export function factsOf(args: Training, policy: Policy): HourFacts | null {
  const { from, content, title } = args;
  const { hours } = hoursIn(args, policy);
  if (hours === null || from === undefined || content === undefined || title === undefined) return null;
  return {
    from,
    to: args.to ?? from,
    hours,
    content,
    kind: args.kind ?? 'unspecified',
    form: args.form ?? 'unspecified',
    title,
    organiser: args.organiser ?? null,
    place: args.place ?? null,
    proof: null,
    result: null,
    note: null,
  };
}

/** `党性教育 · 4 学时 · 11月11日 · 《…》`, as far as it is known. */
export function describeDraft(args: Training, policy: Policy, today: Day): string {
  const facts = factsOf(args, policy);
  if (facts !== null) return describeFacts(facts, today);
  const { hours } = hoursIn(args, policy);
  return [
    args.content === undefined ? null : contentNames[args.content],
    hours === null ? null : `${showHours(hours)} 学时`,
    args.from === undefined ? null : showSpan(args.from, args.to ?? args.from, today),
    args.title === undefined ? null : `《${args.title}》`,
  ]
    .filter((known) => known !== null)
    .join(' · ');
}

/** Under a draft that is complete; `isDoubtful`: there is a record like it. */
export const draftButtons = (draft: number, isDoubtful: boolean): Block =>
  buttons(
    button(isDoubtful ? logTexts.insist : logTexts.confirm, '确认', { draft }, 'primary'),
    button(logTexts.revise, '修改', { draft }),
    button(logTexts.cancel, '取消', { draft }),
  );

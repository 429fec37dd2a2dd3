import { z } from 'zod';
import { contents, forms, kinds } from '../domain/hours.ts';
import {
  type Block,
  button,
  card,
  choice,
  type Faults,
  type FormField,
  isFaulty,
  type Reply,
  withFaults,
  words,
} from '../messenger/reply.ts';
import { formTexts } from '../texts/form.ts';
import { contentNames, formNames, kindNames, showHours } from '../texts/glossary.ts';
import { slotNames, logTexts as texts } from '../texts/hours.ts';

/** What a form may be filled with beforehand: a draft, an entry, or what was typed, right or wrong. */
const formDraftSchema = z.object({
  hours: z.number().optional().catch(undefined),
  halfDays: z.number().optional().catch(undefined),
  amount: z.string().optional().catch(undefined),
  from: z.string().optional().catch(undefined),
  to: z.string().optional().catch(undefined),
  content: z.enum(contents).optional().catch(undefined),
  kind: z.enum(kinds).optional().catch(undefined),
  form: z.enum(forms).optional().catch(undefined),
  title: z.string().optional().catch(undefined),
  organiser: z.string().nullish().catch(null),
  place: z.string().nullish().catch(null),
});

/** The fields of a training, filled with what is known. */
export function trainingFields(known: object): FormField[] {
  const draft = formDraftSchema.parse(known);
  const { form: labels } = texts;
  const days = draft.halfDays === undefined ? undefined : `${draft.halfDays / 2}天`;
  const amount = draft.amount ?? (draft.hours === undefined ? days : showHours(draft.hours));
  return [
    line('title', slotNames.title, true, 100, draft.title),
    choice('content', slotNames.content, namesOf(contents, contentNames), draft.content, true),
    line('amount', labels.amount, true, 20, amount),
    { type: 'day', name: 'from', label: labels.from, required: true, ...shown(draft.from) },
    { type: 'day', name: 'to', label: labels.to, required: false, ...shown(draft.to ?? draft.from) },
    choice('kind', labels.kind, namesOf(kinds, kindNames), draft.kind, false),
    choice('form', labels.form, namesOf(forms, formNames), draft.form, false),
    line('organiser', labels.organiser, false, 60, draft.organiser),
    line('place', labels.place, false, 60, draft.place),
  ];
}

/** The form of one's own training, new, as a draft or as a returned `entry`; it is submitted to 登记, which shows it again as long as something is wrong in it. */
export function showForm(
  known: object,
  { draft, entry }: { readonly draft?: number | undefined; readonly entry?: number | undefined },
  faults: Faults = {},
  asides: readonly Block[] = [],
): Reply {
  const isNew = !('title' in known);
  const origin = { ...(draft === undefined ? {} : { draft }), ...(entry === undefined ? {} : { entry }) };
  const summary = isFaulty(faults) ? formTexts.faulty('提交') : isNew ? texts.form.blank : texts.reviseSummary;
  return card(
    isNew ? texts.form.title : texts.reviseTitle,
    isFaulty(faults) ? 'warn' : 'info',
    summary,
    ...asides,
    words(summary),
    {
      type: 'form',
      name: 'training',
      fields: withFaults(trainingFields(known), faults),
      submit: button(texts.reviseSubmit, '登记', { ...origin, filled: true }, 'primary'),
    },
  );
}

/** What is said at the fields whose values are none: days that no calendar has, texts that are too long. */
export const misfits = (faulty: readonly string[]): Faults =>
  Object.fromEntries(
    faulty.map((name) => [name, name === 'from' || name === 'to' ? formTexts.badDay : formTexts.badValue]),
  );

const shown = (value: string | null | undefined) => (value == null ? {} : { value });

const line = (
  name: string,
  label: string,
  required: boolean,
  maxLength: number,
  value: string | null | undefined,
): FormField => ({ type: 'text', name, label, required, maxLength, ...shown(value) });

const namesOf = <T extends string>(values: readonly T[], names: Readonly<Record<T, string>>) =>
  values.map((value) => [value, names[value]] as const);

import { z } from 'zod';
import { parseJson } from '../../../http/body.ts';

/** What a submit button knows of its form: the component's name → the field's. */
export type SubmittedFields = Readonly<Record<string, { readonly name: string; readonly type: FieldType }>>;
type FieldType = 'text' | 'choice' | 'choices' | 'day';

const valueSchema = z.object({
  press: z.unknown().optional(),
  /** Of a choice that stands for buttons: the option is the place of its press. */
  presses: z.array(z.unknown()).optional(),
  fields: z
    .record(z.string(), z.object({ name: z.string(), type: z.enum(['text', 'choice', 'choices', 'day']) }))
    .optional(),
});

/** What came with a tap, as the platform says it. */
export interface Tap {
  readonly value: unknown;
  readonly form_value?: unknown;
  readonly option?: unknown;
}

/**
 * What a button or a submitted form of our cards carries: the press as it was put in, unchecked, and what was filled
 * in, as every messenger hands it on: a text may be empty, a choice of several is a list, a choice or a day that was
 * left open is absent. A tap on anything else has no press.
 */
export function pressOf(action: Tap): { press: unknown; form: Record<string, unknown> } {
  const value = valueSchema.safeParse(fromJson(action.value));
  if (!value.success) return { press: undefined, form: {} };
  const { press, presses, fields = {} } = value.data;
  if (presses !== undefined) return { press: chosenOf(presses, action.option), form: {} };
  const filled = z.record(z.string(), z.unknown()).catch({}).parse(action.form_value);
  const form = Object.entries(fields).flatMap(([component, { name, type }]): [string, unknown][] => {
    const read = readers[type](Object.hasOwn(filled, component) ? filled[component] : undefined);
    return read === undefined ? [] : [[name, read]];
  });
  return { press, form: Object.fromEntries(form) };
}

const isText = (value: unknown): value is string => typeof value === 'string';

const readers: Readonly<Record<FieldType, (value: unknown) => unknown>> = {
  // Emptied on purpose, or never touched: the platform may leave out both.
  text: (value) => (isText(value) ? value : ''),
  choice: (value) => (isText(value) && value !== '' ? value : undefined),
  choices: (value) => (Array.isArray(value) ? value.filter(isText) : isText(value) && value !== '' ? [value] : []),
  // `2024-04-01 +0800`: the day on the screen, whatever the zone behind it.
  day: (value) => (isText(value) && value !== '' ? (/^\d{4}-\d{2}-\d{2}/.exec(value)?.[0] ?? value) : undefined),
};

const chosenOf = (presses: readonly unknown[], option: unknown): unknown =>
  isText(option) && /^\d+$/.test(option) ? presses[Number(option)] : undefined;

/** Some clients send the value as the text of its JSON. */
function fromJson(value: unknown): unknown {
  if (!isText(value)) return value;
  try {
    return parseJson(value);
  } catch {
    return value;
  }
}

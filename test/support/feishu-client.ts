import { z } from 'zod';

/** Something that can be tapped on a card, and what the platform then sends as `action`. */
export interface Touch {
  readonly label: string;
  readonly action: {
    readonly tag: string;
    readonly value: unknown;
    readonly name?: string;
    readonly option?: string;
    readonly form_value?: Record<string, unknown>;
  };
}

const words = z.object({ content: z.string() });
const options = z.array(z.object({ text: words, value: z.string() }));
const behaviors = z.array(z.object({ value: z.unknown() })).optional();

const touchable = z.discriminatedUnion('tag', [
  z.object({
    tag: z.literal('button'),
    name: z.string().optional(),
    text: words,
    form_action_type: z.string().optional(),
    behaviors,
  }),
  z.object({ tag: z.literal('input'), name: z.string(), default_value: z.string().optional() }),
  z.object({ tag: z.literal('date_picker'), name: z.string(), initial_date: z.string().optional() }),
  z.object({
    tag: z.literal('select_static'),
    name: z.string().optional(),
    options,
    initial_index: z.number().optional(),
    behaviors,
  }),
  z.object({
    tag: z.literal('multi_select_static'),
    name: z.string(),
    options,
    selected_values: z.array(z.string()).optional(),
  }),
]);
type Touchable = z.output<typeof touchable>;

/** What somebody does to the fields of a form: leaves them as they are, or changes every one. */
export type Filling = 'untouched' | 'changed';

/** Everything that can be tapped on a card, as the platform's client sends it. */
export function touchesOf(card: unknown, filling: Filling): Touch[] {
  return [...componentsIn(card)].flatMap((one): Touch[] => {
    if (isForm(one)) {
      const fields = [...componentsIn(one.elements)].flatMap((field) => touchable.safeParse(field).data ?? []);
      const filled = Object.fromEntries(fields.flatMap((field) => handedIn(field, filling)));
      return fields.flatMap((field) =>
        field.tag === 'button' && field.form_action_type === 'submit' ? [tap(field, { form_value: filled })] : [],
      );
    }
    const { data } = touchable.safeParse(one);
    if (data?.tag === 'button') return [tap(data, {})];
    if (data?.tag !== 'select_static') return [];
    return data.options.map(({ text, value }) => ({
      label: text.content,
      action: { tag: data.tag, value: data.behaviors?.[0]?.value, option: value },
    }));
  });
}

function tap(
  { name, text, behaviors: does }: Extract<Touchable, { tag: 'button' }>,
  more: { readonly form_value?: Record<string, unknown> },
): Touch {
  const value = does?.[0]?.value;
  return { label: text.content, action: { tag: 'button', value, ...(name === undefined ? {} : { name }), ...more } };
}

/** What a changed text, and what a changed day is. */
export const written = '改过的内容';
export const picked = '2026-12-01';

/** As the platform documents them: a day with its zone, nothing for what was left open. */
function handedIn(field: Touchable, filling: Filling): [string, unknown][] {
  const changed = filling === 'changed';
  switch (field.tag) {
    case 'button':
      return [];
    case 'input': {
      const text = changed ? written : field.default_value;
      return text === undefined ? [] : [[field.name, text]];
    }
    case 'date_picker': {
      const day = changed ? picked : field.initial_date;
      return day === undefined ? [] : [[field.name, `${day} +0800`]];
    }
    case 'select_static': {
      const option = changed ? field.options.at(-1) : field.options[(field.initial_index ?? 0) - 1];
      return option === undefined || field.name === undefined ? [] : [[field.name, option.value]];
    }
    case 'multi_select_static': {
      const chosen = changed ? field.options.slice(-2).map(({ value }) => value) : (field.selected_values ?? []);
      return chosen.length === 0 ? [] : [[field.name, chosen]];
    }
  }
}

const isForm = (one: { tag: string }): one is { tag: 'form'; elements: unknown } => one.tag === 'form';

/** Components from the top, those of a form only when it is asked for. */
function* componentsIn(value: unknown): Generator<{ tag: string }> {
  if (Array.isArray(value)) for (const one of value) yield* componentsIn(one);
  else if (typeof value === 'object' && value !== null) {
    if ('tag' in value && typeof value.tag === 'string') yield { ...value, tag: value.tag };
    if (!('tag' in value && value.tag === 'form')) yield* componentsIn(Object.values(value));
  }
}

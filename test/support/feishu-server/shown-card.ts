/** A card as a client draws it: what there is to press and to fill in. */

interface Element {
  readonly tag?: string;
  readonly name?: string;
  readonly [key: string]: unknown;
}

const interactive = new Set([
  'button',
  'input',
  'select_static',
  'multi_select_static',
  'select_person',
  'date_picker',
  'checker',
]);

function elementsIn(node: unknown): readonly Element[] {
  if (Array.isArray(node)) return node.flatMap(elementsIn);
  if (typeof node !== 'object' || node === null) return [];
  const inside = Object.values(node).flatMap(elementsIn);
  return 'tag' in node ? [node as Element, ...inside] : inside;
}

export interface ShownButton {
  /** What a press sends; null: the button sends nothing to the bot. */
  readonly value: unknown;
  readonly name: string | null;
  /** The form that the button hands in. */
  readonly form: Element | null;
}

/** The button with this label. @throws Error when the card shows none, with those that it shows */
export function findButton(card: unknown, label: string): ShownButton {
  const elements = elementsIn(card);
  const buttons = elements.filter(({ tag }) => tag === 'button');
  const button = buttons.find((one) => labelOf(one) === label);
  if (button === undefined) throw new Error(`no button ${label} among ${buttons.map(labelOf).join('、')}`);
  const form = elements.find((one) => one.tag === 'form' && elementsIn(one['elements']).includes(button)) ?? null;
  const behaviors = (button['behaviors'] ?? []) as readonly { type?: string; value?: unknown }[];
  const callback = behaviors.find(({ type }) => type === 'callback');
  return { value: callback?.value ?? button['value'] ?? null, name: button.name ?? null, form };
}

const labelOf = (button: Element): string => String((button['text'] as { content?: unknown } | undefined)?.content);

/**
 * What a client hands in for a form: what was filled in, what it was shown with, and days with their time zone.
 * @throws Error when `filled` names a field that the form does not have
 */
export function handIn(form: unknown, filled: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const fields = elementsIn((form as Element)['elements']).filter(
    ({ tag }) => interactive.has(tag ?? '') && tag !== 'button',
  );
  const unknown = Object.keys(filled).find((name) => fields.every((field) => field.name !== name));
  if (unknown !== undefined) throw new Error(`no field ${unknown} among ${fields.map(({ name }) => name).join('、')}`);
  const handed = fields.map(
    (field) => [field.name ?? '', shape(field, filled[field.name ?? ''] ?? initial(field))] as const,
  );
  return Object.fromEntries(handed.filter(([, value]) => value !== undefined));
}

const initial = (field: Element): unknown =>
  field['default_value'] ??
  field['initial_option'] ??
  optionAt(field, field['initial_index']) ??
  field['initial_date'] ??
  field['selected_values'];

/** Counted from 1; 0 is none. */
const optionAt = (field: Element, place: unknown): unknown => {
  const options = (field['options'] ?? []) as readonly { value?: unknown }[];
  return typeof place === 'number' && place > 0 ? options[place - 1]?.value : undefined;
};

const shape = (field: Element, value: unknown): unknown =>
  field.tag === 'date_picker' && typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)
    ? `${value} +0800`
    : value;

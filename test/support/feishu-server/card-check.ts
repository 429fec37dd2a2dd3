import { z } from 'zod';
import { cardSchema, componentSchemas, rowSchema } from './card-schema.ts';
import { mentionsIn, picturesIn, tablesIn } from './card-text.ts';

/** Why the platform takes no card; `sub` is the code inside the message of `code`, 0 when there is none. */
export interface CardFault {
  readonly code: number;
  readonly sub: number;
  readonly message: string;
}

/** What the platform counts in one card. */
const limits = { bytes: 30_000, tags: 200, tables: 5, tablesOfOneText: 4, depth: 5 } as const;

/** Codes of a card that could not be built, by what is wrong with it. */
const sub = {
  limit: 11310,
  json: 200621,
  name: 200530,
  chart: 200550,
  image: 200570,
  old: 200861,
  row: 200914,
  person: 100290,
} as const;

const formerTags: readonly string[] = ['action', 'note'];
const fieldTags: readonly string[] = ['input', 'select_static', 'multi_select_static', 'date_picker', 'button'];
const chartTypes = [
  'line', 'area', 'bar', 'pie', 'common', 'funnel', 'scatter', 'radar', 'linearProgress', 'circularProgress', 'wordCloud',
] as const; // biome-ignore format: one list

type Code = keyof typeof sub;
type Refuse = (code: Code, message: string) => void;
type Component = Readonly<Record<string, unknown>> & { readonly tag: string };

const isComponent = (value: unknown): value is Component =>
  typeof value === 'object' && value !== null && 'tag' in value && typeof value.tag === 'string';

/**
 * What the platform refuses in a card of JSON 2.0, as its documents and those who met its errors tell; empty when it
 * takes the card.
 */
export function checkCard(card: unknown): readonly CardFault[] {
  const faults: CardFault[] = [];
  const refuse: Refuse = (code, message) => faults.push({ code: 230099, sub: sub[code], message });
  const bytes = new TextEncoder().encode(JSON.stringify(card) ?? '').byteLength;
  if (bytes > limits.bytes) faults.push({ code: 230025, sub: 0, message: `${bytes} bytes` });
  if (typeof card !== 'object' || card === null || !('schema' in card) || card.schema !== '2.0') {
    refuse('old', 'not of schema 2.0');
    return faults;
  }
  const parsed = cardSchema.safeParse(card);
  if (!parsed.success) refuse('json', z.prettifyError(parsed.error));
  const tags = countTags(card);
  if (tags > limits.tags) refuse('limit', `${tags} elements`);
  const seen: Seen = { names: new Set(), ids: new Set(), tables: 0 };
  const root: Place = { path: 'body', depth: 1, form: null };
  for (const element of parsed.data?.body?.elements ?? []) checkComponent(element, root, seen, refuse);
  if (seen.tables > limits.tables) refuse('limit', `${seen.tables} tables`);
  return faults;
}

/** Everything with a tag, but not what only looks like it in values, rows and charts. */
function countTags(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((count: number, one) => count + countTags(one), 0);
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value)
    .filter(([name]) => !['value', 'rows', 'chart_spec'].includes(name))
    .reduce((count, [, one]) => count + countTags(one), isComponent(value) ? 1 : 0);
}

/** What is unique in a card, and what is counted. */
interface Seen {
  readonly names: Set<string>;
  readonly ids: Set<string>;
  tables: number;
}

interface Place {
  readonly path: string;
  readonly depth: number;
  /** The form around it. */
  readonly form: Component | null;
}

function checkComponent(element: unknown, place: Place, seen: Seen, refuse: Refuse): void {
  const tag = isComponent(element) ? element.tag : String(element);
  const path = `${place.path} > ${tag}`;
  if (!isComponent(element) || !Object.hasOwn(componentSchemas, tag)) {
    refuse(formerTags.includes(tag) ? 'old' : 'json', `${path}: unsupported tag`);
    return;
  }
  if (tag === 'div' && 'fields' in element) refuse('old', `${path}: fields`);
  const parsed = componentSchemas[tag as keyof typeof componentSchemas].safeParse(element);
  if (!parsed.success) refuse('json', `${path}: ${z.prettifyError(parsed.error)}`);
  if (place.depth > limits.depth) refuse('json', `${path}: nested ${place.depth} deep`);
  checkPlace(element, { ...place, path }, refuse);
  checkNames(element, { ...place, path }, seen, refuse);
  checks[tag]?.(element, path, refuse, seen);
  const within: Place = { path, depth: place.depth + 1, form: tag === 'form' ? element : place.form };
  for (const child of [element['elements'], element['columns']].flatMap((list) => (Array.isArray(list) ? list : []))) {
    if (tag !== 'table') checkComponent(child, within, seen, refuse);
  }
}

function checkPlace({ tag, ...element }: Component, { path, depth, form }: Place, refuse: Refuse): void {
  if ((tag === 'form' || tag === 'table') && depth > 1) refuse('json', `${path}: only at the root of the body`);
  if (tag === 'column' && !path.endsWith('column_set > column')) refuse('json', `${path}: only in a column set`);
  if (form !== null) return;
  if (tag === 'multi_select_static') refuse('json', `${path}: only in a form`);
  if ('required' in element || 'form_action_type' in element) refuse('json', `${path}: only fields of a form`);
}

function checkNames({ tag, name, element_id: id }: Component, { path, form }: Place, seen: Seen, refuse: Refuse): void {
  if (typeof id === 'string') {
    if (seen.ids.has(id)) refuse('json', `${path}: two elements are ${id}`);
    seen.ids.add(id);
  }
  if (form !== null && fieldTags.includes(tag) && typeof name !== 'string')
    refuse('name', `${path}: no name in a form`);
  if (typeof name !== 'string') return;
  if (seen.names.has(name)) refuse('name', `${path}: two components are called ${name}`);
  seen.names.add(name);
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const within = (value: unknown): readonly unknown[] =>
  typeof value === 'object' && value !== null ? [value, ...Object.values(value).flatMap(within)] : [];

/** What the shape of a component does not say. */
const checks: Readonly<Record<string, (component: Component, path: string, refuse: Refuse, seen: Seen) => void>> = {
  form: ({ elements }, path, refuse) => {
    const submits = listOf(elements)
      .flatMap(within)
      .filter((one) => isComponent(one) && one['form_action_type'] === 'submit');
    if (submits.length === 0) refuse('name', `${path}: no button submits it`);
  },
  table: (component, path, refuse, seen) => {
    seen.tables += 1;
    const { data } = componentSchemas.table.safeParse(component);
    if (data === undefined) return;
    const row = rowSchema(data.columns);
    for (const [i, one] of data.rows.entries()) {
      if (!row.safeParse(one).success) refuse('row', `${path}: row ${i}`);
    }
  },
  markdown: ({ content }, path, refuse, seen) => {
    const text = String(content);
    const tables = tablesIn(text);
    seen.tables += tables;
    if (tables > limits.tablesOfOneText) refuse('limit', `${path}: ${tables} tables`);
    for (const id of mentionsIn(text)) if (!/^(all|o[un]_\w+)$/.test(id)) refuse('person', `${path}: nobody is ${id}`);
    for (const key of picturesIn(text)) if (!isPictureKey(key)) refuse('image', `${path}: no picture ${key}`);
  },
  img: ({ img_key: key }, path, refuse) => {
    if (!isPictureKey(String(key))) refuse('image', `${path}: no picture ${String(key)}`);
  },
  chart: ({ chart_spec: spec }, path, refuse) => {
    const { data } = chartSchema.safeParse(spec);
    if (data === undefined) refuse('chart', `${path}: no chart of JSON alone with a known type and data`);
  },
  select_static: ({ options, initial_index: at, initial_option: chosen }, path, refuse) => {
    if (typeof at === 'number' && at > listOf(options).length) refuse('json', `${path}: no option ${at}`);
    if (chosen !== undefined && chosen !== '' && !valuesOf(options).includes(chosen)) {
      refuse('json', `${path}: no option ${JSON.stringify(chosen)}`);
    }
  },
  multi_select_static: ({ options, selected_values: chosen }, path, refuse) => {
    for (const value of listOf(chosen)) {
      if (!valuesOf(options).includes(value)) refuse('json', `${path}: no option ${String(value)}`);
    }
  },
};

const isPictureKey = (key: string): boolean => /^img_\w/.test(key);

const valuesOf = (options: unknown): readonly unknown[] =>
  listOf(options).map((option) =>
    typeof option === 'object' && option !== null && 'value' in option ? option.value : null,
  );

const chartSchema = z
  .looseObject({
    type: z.enum(chartTypes),
    data: z.union([
      z.looseObject({ values: z.array(z.json()) }),
      z.array(z.looseObject({ values: z.array(z.json()) })).min(1),
    ]),
  })
  .and(z.json());

import { z } from 'zod';

/**
 * What can be said, as data; every messenger renders it in its own way, and `plainText` is the form that always works.
 * Text is plain Chinese with one piece of markup, `**bold**`; a messenger escapes everything else.
 */

/** A command that the bot has typed for somebody: what a button or a form submits. Never trusted for identity. */
export const invocationSchema = z.object({
  command: z.string().max(20),
  args: z.record(z.string(), z.json()),
  /** The tapped card stays as it is and the answer comes as a new message; otherwise the answer takes its place. */
  keep: z.boolean().optional(),
});
export type Invocation = z.output<typeof invocationSchema>;

const buttonSchema = z.object({
  label: z.string().max(20),
  style: z.enum(['primary', 'default', 'danger']),
  press: invocationSchema,
  /** Asked before the press takes effect. */
  confirm: z.string().optional(),
});

const optionSchema = z.object({ value: z.string(), label: z.string() });
/** What a form that comes back says of one field: what is wrong, and what would be right. */
const fault = z.string().optional();
const formFieldSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('text'),
    name: z.string(),
    label: z.string(),
    hint: z.string().optional(),
    value: z.string().optional(),
    required: z.boolean(),
    multiline: z.boolean().optional(),
    /** Characters as `countLength` counts them; shown while typing, checked by the command. */
    minLength: z.number().int().optional(),
    maxLength: z.number().int().optional(),
    fault,
  }),
  z.object({
    type: z.literal('choice'),
    name: z.string(),
    label: z.string(),
    options: z.array(optionSchema).min(1),
    value: z.string().optional(),
    required: z.boolean(),
    /** Several may be chosen: `value` holds them with commas between, and an array is submitted. */
    many: z.boolean().optional(),
    fault,
  }),
  z.object({
    type: z.literal('day'),
    name: z.string(),
    label: z.string(),
    value: z.string().optional(),
    required: z.boolean(),
    fault,
  }),
]);

export const chartSchema = z.object({
  type: z.literal('chart'),
  kind: z.enum(['bar', 'pie', 'line']),
  title: z.string(),
  /** What the numbers are: `学时`, `人`, `%`. */
  unit: z.string(),
  categories: z.array(z.string()),
  series: z.array(z.object({ name: z.string(), values: z.array(z.number()) })),
  /** A line across the chart, such as 70 %. */
  mark: z.object({ label: z.string(), value: z.number() }).optional(),
});
export type Chart = z.output<typeof chartSchema>;

const blockSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string() }),
  /** Small and grey: where a figure comes from, what to do next. */
  z.object({ type: z.literal('note'), text: z.string() }),
  z.object({ type: z.literal('fields'), fields: z.array(z.object({ label: z.string(), value: z.string() })) }),
  /** `value` and `marks` in the unit of `max`; `text` says the same in words. */
  z.object({
    type: z.literal('progress'),
    label: z.string(),
    value: z.number(),
    max: z.number().positive(),
    mark: z.number().optional(),
    /** More than there may be: the bar warns, whatever the card's tone; `text` says so, too. */
    over: z.boolean().optional(),
    text: z.string(),
  }),
  z.object({
    type: z.literal('table'),
    columns: z.array(z.object({ label: z.string(), align: z.enum(['left', 'right']) })),
    rows: z.array(z.array(z.string())),
    /** Numbers of rows that count for nothing any more; their words say so, too. */
    faded: z.array(z.number().int()).optional(),
  }),
  chartSchema,
  z.object({
    type: z.literal('form'),
    name: z.string(),
    fields: z.array(formFieldSchema).min(1),
    submit: buttonSchema,
  }),
  z.object({ type: z.literal('buttons'), buttons: z.array(buttonSchema).min(1) }),
  z.object({ type: z.literal('divider') }),
]);

export const cardSchema = z.object({
  title: z.string().max(60),
  tone: z.enum(['plain', 'info', 'good', 'warn', 'bad']),
  /** First line of the plain text and summary of the notification. */
  summary: z.string(),
  blocks: z.array(blockSchema),
});

export const replySchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('text'),
    text: z.string(),
    /** What was asked for is done. Otherwise an answer to a button says why nothing was. */
    done: z.literal(true).optional(),
  }),
  z.object({ type: z.literal('card'), card: cardSchema }),
  /** A file that lies in a blob. */
  z.object({ type: z.literal('file'), name: z.string(), blob: z.string(), mime: z.string(), caption: z.string() }),
  /** Made by name when it is sent, from what the store holds then; `args` say which part of it. */
  z.object({
    type: z.literal('document'),
    document: z.string().max(40),
    name: z.string(),
    caption: z.string(),
    args: z.record(z.string(), z.json()),
  }),
]);

export type Reply = z.output<typeof replySchema>;

/** The blobs that a reply sends. */
export const blobsOf = (reply: Reply): readonly string[] => (reply.type === 'file' ? [reply.blob] : []);
export type Card = z.output<typeof cardSchema>;
export type Block = z.output<typeof blockSchema>;
export type Button = z.output<typeof buttonSchema>;
export type FormField = z.output<typeof formFieldSchema>;

export const text = (words: string): Reply => ({ type: 'text', text: words });
/** Says that what was asked for is done. */
export const done = (words: string): Reply => ({ type: 'text', text: words, done: true });
export const card = (
  title: string,
  tone: Card['tone'],
  summary: string,
  ...blocks: readonly (Block | null)[]
): Reply => ({
  type: 'card',
  card: { title, tone, summary, blocks: blocks.filter((block) => block !== null) },
});
export const words = (content: string): Block => ({ type: 'text', text: content });
export const note = (content: string): Block => ({ type: 'note', text: content });
export const fields = (...rows: readonly (readonly [label: string, value: string])[]): Block => ({
  type: 'fields',
  fields: rows.map(([label, value]) => ({ label, value })),
});
/** A table of words, without figures to compare. */
export const table = (columns: readonly string[], rows: readonly (readonly string[])[]): Block => ({
  type: 'table',
  columns: columns.map((label) => ({ label, align: 'left' })),
  rows: rows.map((row) => [...row]),
});
export const buttons = (...list: readonly Button[]): Block => ({ type: 'buttons', buttons: [...list] });
export const button = (
  label: string,
  command: string,
  args: Invocation['args'] = {},
  style: Button['style'] = 'default',
): Button => ({ label, style, press: { command, args } });

/** A button that leaves its card alone: a menu, a list. */
export const link = (label: string, command: string, args: Invocation['args'] = {}): Button => ({
  label,
  style: 'default',
  press: { command, args, keep: true },
});

/** What is wrong in a form, by the name of the field. */
export type Faults = Readonly<Record<string, string>>;

/** Whether a form cannot be taken. */
export const isFaulty = (faults: Faults): boolean => Object.keys(faults).length > 0;

/** The fields of a form that comes back, each with what is wrong in it. */
export const withFaults = (list: readonly FormField[], faults: Faults): FormField[] =>
  list.map((field) => {
    const wrong = Object.hasOwn(faults, field.name) ? faults[field.name] : undefined;
    return wrong === undefined ? field : { ...field, fault: wrong };
  });

/** A field of a form in which one value, or none, is chosen by its name. */
export const choice = <T extends string>(
  name: string,
  label: string,
  names: readonly (readonly [value: T, label: string])[],
  value: T | undefined,
  required: boolean,
): Extract<FormField, { type: 'choice' }> => ({
  type: 'choice',
  name,
  label,
  required,
  options: names.map(([option, shown]) => ({ value: option, label: shown })),
  ...(value === undefined ? {} : { value }),
});

/** A form with one field: why something is done. It comes back with what was typed and what is wrong with it. */
export const reasonForm = (
  label: string,
  submit: Button,
  { value = '', fault: wrong, multiline = false }: { value?: string; fault?: string | undefined; multiline?: boolean },
): Block => ({
  type: 'form',
  name: 'reason',
  fields: [
    {
      type: 'text',
      name: 'reason',
      label,
      required: true,
      maxLength: 300,
      ...(multiline ? { multiline } : {}),
      ...(value === '' ? {} : { value }),
      ...(wrong === undefined ? {} : { fault: wrong }),
    },
  ],
  submit,
});

/** A reply with one more line at its end. */
export function withLine(reply: Reply, line: string): Reply {
  if (reply.type === 'text') return { ...reply, text: `${reply.text}\n${line}` };
  if (reply.type === 'card') return { ...reply, card: { ...reply.card, blocks: [...reply.card.blocks, note(line)] } };
  return { ...reply, caption: `${reply.caption}。${line}` };
}

/** The text of a reply on a messenger without cards; the first line of a card is its summary. */
export function plainText(reply: Reply): string {
  if (reply.type === 'text') return unmark(reply.text);
  if (reply.type === 'file' || reply.type === 'document') return `${reply.caption}（文件：${reply.name}）`;
  const summary = unmark(reply.card.summary);
  const blocks = reply.card.blocks.map((block) => sayOn(summary, unmark(blockText(block))));
  return [summary, ...blocks.filter((block) => block !== '')].join('\n');
}

/** A card may begin with its summary, or with part of it, for those who see no notification; as text it is said once. */
function sayOn(summary: string, block: string): string {
  const isWhole = (said: string): boolean => said.endsWith('。');
  if (block === summary || (isWhole(block) && summary.startsWith(block))) return '';
  const isBegun = block.startsWith(isWhole(summary) ? summary : `${summary}\n`);
  return isBegun ? block.slice(summary.length).trimStart() : block;
}

const unmark = (marked: string): string => marked.replaceAll('**', '');

function blockText(block: Block): string {
  switch (block.type) {
    case 'text':
    case 'note':
      return block.text;
    case 'fields':
      return block.fields.map(({ label, value }) => `${label}：${value}`).join('\n');
    case 'progress':
      return `${block.label}：${block.text}`;
    case 'table':
      return [block.columns.map(({ label }) => label), ...block.rows].map((row) => row.join(' | ')).join('\n');
    case 'chart':
      return [
        `${block.title}（${block.unit}）`,
        ...block.categories.map(
          (name, i) =>
            `${name}：${block.series.map((line) => (block.series.length > 1 ? `${line.name} ` : '') + String(line.values[i] ?? 0)).join('，')}`,
        ),
      ].join('\n');
    case 'form':
      return [
        `可填写：${block.fields.map(({ label }) => label).join('、')}`,
        ...block.fields.flatMap(({ label, fault: wrong }) => (wrong === undefined ? [] : [`${label}：${wrong}`])),
      ].join('\n');
    case 'buttons':
      return `可回复：${block.buttons.map(({ label }) => `【${label}】`).join(' ')}`;
    case 'divider':
      return '';
  }
}

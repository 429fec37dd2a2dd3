import { isDay } from '../../../domain/day.ts';
import { feishuCardTexts as texts } from '../../../texts/feishu-card.ts';
import type { Block, FormField } from '../../reply.ts';
import { buttonElement } from './button.ts';
import { type Element, markdown, plainText } from './element.ts';
import { coloured, markdownOf, plain } from './markdown.ts';
import type { SubmittedFields } from './press.ts';

export type FormBlock = Extract<Block, { type: 'form' }>;

/** Characters that an input of the platform takes, and those that a placeholder shows. */
const longestInput = 1000;
const longestPlaceholder = 100;

/** Of a hundred signs that are typed, some are punctuation, which a demanded length does not count. */
const typedPerCounted = 1.2;

/**
 * A form; a text that is longer than any input of the platform cannot be typed in one, and its form says how else it
 * is handed in.
 */
export function formElements(block: FormBlock): Element[] {
  const tooLong = block.fields.find(isTooLong);
  if (tooLong !== undefined) return [markdown(markdownOf(texts.tooLong(tooLong.label, longestInput)))];
  const named = block.fields.map((field) => [nameOf(block, field), field] as const);
  const fields: SubmittedFields = Object.fromEntries(
    named.map(([name, field]) => [name, { name: field.name, type: typeOf(field) }]),
  );
  return [
    {
      tag: 'form',
      name: block.name,
      // What belongs to one field stands closer than one field to the next.
      vertical_spacing: '4px',
      elements: [
        ...named.flatMap(([name, field]) => fieldElements(name, field)),
        {
          ...buttonElement(block.submit, { press: block.submit.press, fields }),
          name: `${block.name}__submit`,
          form_action_type: 'submit',
          margin: apart,
        },
      ],
    },
  ];
}

const apart = '8px 0px 0px 0px';

/** Names are of the whole card; two of its forms may ask for the same. */
const nameOf = (form: FormBlock, field: FormField): string => `${form.name}_${field.name}`;

const typeOf = (field: FormField): SubmittedFields[string]['type'] =>
  field.type === 'choice' && field.many ? 'choices' : field.type;

const isTooLong = (field: FormField): boolean =>
  field.type === 'text' && (field.minLength ?? 0) * typedPerCounted > longestInput;

function fieldElements(name: string, field: FormField): Element[] {
  const star = field.required ? coloured('*', 'red') : '';
  return [
    { ...markdown(markdownOf(field.label) + star), margin: apart },
    { ...control(field), name, required: field.required, width: 'fill' },
    ...(field.type === 'text' && (field.maxLength ?? 0) > longestInput
      ? [markdown(coloured(texts.longest(longestInput), 'grey'))]
      : []),
    ...(field.fault === undefined ? [] : [markdown(coloured(field.fault, 'red'))]),
  ];
}

function control(field: FormField): Element {
  switch (field.type) {
    case 'text':
      return {
        tag: 'input',
        placeholder: placeholder(field.hint ?? texts.type),
        max_length: Math.min(longestInput, field.maxLength ?? longestInput),
        ...(field.multiline ? { input_type: 'multiline_text', rows: 5, auto_resize: true, max_rows: 12 } : {}),
        ...(field.value === undefined || field.value === '' ? {} : { default_value: shorten(field.value) }),
      };
    case 'day':
      return {
        tag: 'date_picker',
        placeholder: placeholder(texts.chooseDay),
        ...(field.value !== undefined && isDay(field.value) ? { initial_date: field.value } : {}),
      };
    case 'choice':
      return choiceControl(field);
  }
}

function choiceControl(field: Extract<FormField, { type: 'choice' }>): Element {
  // A client can do nothing with two options of one value.
  const options = [...new Map(field.options.map((option) => [option.value, option])).values()];
  const shown = options.map(({ value, label }) => ({ text: plainText(plain(label)), value }));
  const chosen = field.many ? (field.value ?? '').split(',') : [field.value];
  if (field.many) {
    const selected = options.map(({ value }) => value).filter((value) => chosen.includes(value));
    return {
      tag: 'multi_select_static',
      placeholder: placeholder(texts.chooseMany),
      options: shown,
      ...(selected.length === 0 ? {} : { selected_values: selected }),
    };
  }
  // By its place: of `initial_option` it is not said whether it names a value or a label.
  const place = options.findIndex(({ value }) => value === field.value) + 1;
  return {
    tag: 'select_static',
    placeholder: placeholder(texts.choose),
    options: shown,
    ...(place === 0 ? {} : { initial_index: place }),
  };
}

const placeholder = (text: string): Element => plainText(Array.from(plain(text)).slice(0, longestPlaceholder).join(''));

const shorten = (text: string): string => Array.from(text).slice(0, longestInput).join('');

/** As many options of each choice as there is room for; what is chosen stays. `null` when none can go. */
export function withFewerOptions(block: FormBlock, most: number): FormBlock | null {
  const cut = (field: FormField): FormField => {
    if (field.type !== 'choice' || field.options.length <= most) return field;
    const chosen = field.many ? (field.value ?? '').split(',') : [field.value];
    const isChosen = ({ value }: { value: string }): boolean => chosen.includes(value);
    const kept = field.options.filter(isChosen);
    const others = field.options.filter((option) => !isChosen(option)).slice(0, Math.max(0, most - kept.length));
    const options = field.options.filter((option) => kept.includes(option) || others.includes(option));
    const fault = [field.fault, texts.fewer(options.length, field.options.length)].filter((one) => one !== undefined);
    return { ...field, options, fault: fault.join('\n') };
  };
  const fields = block.fields.map(cut);
  return fields.every((field, i) => field === block.fields[i]) ? null : { ...block, fields };
}

import { html } from 'htm/preact';
import { useId, useState } from 'preact/hooks';
import { countLength } from '../../../domain/text-length.ts';
import { pageWords } from '../../../texts/simulator-page.ts';
import type { Block, Button, FormField } from '../../reply.ts';
import { Choices } from './choices.ts';
import { DayInput } from './day-input.ts';
import { Fault, faultMarks } from './fault.ts';
import { Required } from './required.ts';

type FormBlock = Extract<Block, { type: 'form' }>;
export type FormValues = Record<string, string | string[]>;

/** Fields of a card; its values travel with the press of its button. */
export function Form(props: {
  block: FormBlock;
  disabled: boolean;
  onPress: (button: Button, values: FormValues) => void;
}) {
  const { block, disabled, onPress } = props;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (event.currentTarget instanceof HTMLFormElement) onPress(block.submit, valuesOf(block, event.currentTarget));
  };
  return html`
    <form class="card-form" onSubmit=${submit} autocomplete="off">
      ${block.fields.map((field) => html`<${Field} key=${field.name} field=${field} />`)}
      <button type="submit" class=${block.submit.style} disabled=${disabled}>${block.submit.label}</button>
    </form>
  `;
}

/** A text may be empty on purpose; a day or a choice that was left open is left out. */
function valuesOf(block: FormBlock, form: HTMLFormElement): FormValues {
  const data = new FormData(form);
  const values = block.fields.flatMap((field): [string, string | string[]][] => {
    const all = data.getAll(field.name).map(String);
    if (field.type === 'choice' && field.many) return [[field.name, all]];
    const value = all[0] ?? '';
    return value === '' && field.type !== 'text' ? [] : [[field.name, value]];
  });
  return Object.fromEntries(values);
}

function Field({ field }: { field: FormField }) {
  const id = useId();
  if (field.type === 'choice' && (field.many || field.options.length <= 5)) return html`<${Choices} field=${field} />`;
  return html`
    <div class="field">
      <label for=${id}>${field.label}<${Required} field=${field} /></label>
      <${Control} field=${field} id=${id} />
      <${Fault} field=${field} id=${`${id}-fault`} />
    </div>
  `;
}

function Control({ field, id }: { field: FormField; id: string }) {
  const shared = { id, name: field.name, required: field.required, ...faultMarks(field, id) };
  if (field.type === 'day') return html`<${DayInput} attributes=${{ ...shared, defaultValue: field.value ?? '' }} />`;
  if (field.type === 'choice') {
    return html`
      <select ...${shared}>
        <option value="">${pageWords.choose}</option>
        ${field.options.map(
          ({ value, label }) =>
            html`<option key=${value} value=${value} selected=${value === field.value}>${label}</option>`,
        )}
      </select>
    `;
  }
  const text = { ...shared, placeholder: field.hint ?? '', defaultValue: field.value ?? '' };
  if (!field.multiline) return html`<input type="text" ...${text} maxlength=${field.maxLength} />`;
  return html`<${LongText} attributes=${{ ...text, maxlength: field.maxLength }} minLength=${field.minLength ?? 0} />`;
}

/** Counts along: reflections are asked for by length. */
function LongText(props: { attributes: { defaultValue: string; maxlength: number | undefined }; minLength: number }) {
  const { attributes, minLength } = props;
  const [text, setText] = useState(attributes.defaultValue);
  const read = (event: InputEvent): void => {
    if (event.currentTarget instanceof HTMLTextAreaElement) setText(event.currentTarget.value);
  };
  const length = countLength(text);
  return html`
    <textarea rows="5" ...${attributes} onInput=${read}></textarea>
    <span class=${`count ${minLength > 0 && length >= minLength ? 'enough' : ''}`}>${pageWords.count(length, minLength)}</span>
  `;
}

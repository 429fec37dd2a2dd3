import { html } from 'htm/preact';
import { useId, useState } from 'preact/hooks';
import { pageWords } from '../../../texts/simulator-page.ts';
import type { Block, Button, FormField } from '../../reply.ts';

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

function valuesOf(block: FormBlock, form: HTMLFormElement): FormValues {
  const data = new FormData(form);
  return Object.fromEntries(
    block.fields.map((field) => {
      const all = data.getAll(field.name).map(String);
      return [field.name, field.type === 'choice' && field.many ? all : (all[0] ?? '')];
    }),
  );
}

function Field({ field }: { field: FormField }) {
  const id = useId();
  if (field.type === 'choice' && (field.many || field.options.length <= 5)) return html`<${Choices} field=${field} />`;
  return html`
    <div class="field">
      <label for=${id}>${field.label}<${Required} field=${field} /></label>
      <${Control} field=${field} id=${id} />
    </div>
  `;
}

const Required = ({ field }: { field: FormField }) =>
  field.required ? html`<span class="required" title=${pageWords.required}>*</span>` : null;

function Choices({ field }: { field: Extract<FormField, { type: 'choice' }> }) {
  const chosen = field.many ? (field.value ?? '').split(',') : [field.value];
  return html`
    <fieldset class="field">
      <legend>${field.label}<${Required} field=${field} /></legend>
      <div class="choices">
        ${field.options.map(
          ({ value, label }) => html`
            <label class="choice" key=${value}>
              <input
                type=${field.many ? 'checkbox' : 'radio'}
                name=${field.name}
                value=${value}
                defaultChecked=${chosen.includes(value)}
                required=${field.required && !field.many}
              />
              <span>${label}</span>
            </label>
          `,
        )}
      </div>
    </fieldset>
  `;
}

function Control({ field, id }: { field: FormField; id: string }) {
  const shared = { id, name: field.name, required: field.required };
  if (field.type === 'day') return html`<input type="date" ...${shared} defaultValue=${field.value ?? ''} />`;
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
  return html`<${LongText} attributes=${{ ...text, maxlength: field.maxLength }} />`;
}

/** Counts along: reflections are asked for by length. */
function LongText({ attributes }: { attributes: { defaultValue: string; maxlength: number | undefined } }) {
  const [length, setLength] = useState(attributes.defaultValue.length);
  const count = (event: InputEvent): void => {
    if (event.currentTarget instanceof HTMLTextAreaElement) setLength(event.currentTarget.value.length);
  };
  return html`
    <textarea rows="5" ...${attributes} onInput=${count}></textarea>
    <span class="count">${length}${attributes.maxlength ? ` / ${attributes.maxlength}` : ''}</span>
  `;
}

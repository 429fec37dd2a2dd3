import { html } from 'htm/preact';
import { useId, useRef, useState } from 'preact/hooks';
import { pageWords } from '../../../texts/simulator-page.ts';
import type { FormField } from '../../reply.ts';
import { evenColumns } from './even-columns.ts';
import { Fault, faultMarks } from './fault.ts';
import { Required } from './required.ts';

/** More than this many are searched rather than read. */
const readable = 20;

/** Options of which one or several are ticked. What the filter hides stays ticked and is submitted all the same. */
export function Choices({ field }: { field: Extract<FormField, { type: 'choice' }> }) {
  const id = useId();
  const columns = evenColumns(field.options.map(({ label }) => label));
  const chosen = field.many ? (field.value ?? '').split(',') : [field.value];
  const group = useRef<HTMLFieldSetElement>(null);
  const [filter, setFilter] = useState('');
  const isLong = field.many === true && field.options.length > readable;
  const fits = (label: string): boolean => label.includes(filter.trim());
  const onInput = (event: InputEvent): void => {
    if (event.currentTarget instanceof HTMLInputElement) setFilter(event.currentTarget.value);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // Enter looks for something here; it does not submit the form around it.
    if (event.key === 'Enter') event.preventDefault();
  };
  /** Those that are shown: what is hidden nobody has looked at. */
  const tick = (checked: boolean): void => {
    for (const box of group.current?.querySelectorAll<HTMLInputElement>('label:not([hidden]) > input') ?? []) {
      box.checked = checked;
    }
  };
  return html`
    <fieldset class="field" ref=${group} ...${faultMarks(field, id)}>
      <legend>${field.label}<${Required} field=${field} /></legend>
      ${
        isLong &&
        html`<div class="choice-tools">
          <input
            type="search"
            placeholder=${pageWords.filter}
            aria-label=${pageWords.filterOf(field.label)}
            value=${filter}
            onInput=${onInput}
            onKeyDown=${onKeyDown}
          />
          <button type="button" onClick=${() => tick(true)}>${pageWords.tickAll}</button>
          <button type="button" onClick=${() => tick(false)}>${pageWords.tickNone}</button>
        </div>`
      }
      ${isLong && !field.options.some(({ label }) => fits(label)) && html`<p class="note">${pageWords.nothingFits}</p>`}
      <div class=${`choices ${columns.class} ${isLong ? 'long' : ''}`} style=${columns.style}>
        ${field.options.map(
          ({ value, label }) => html`
            <label class="choice" key=${value} hidden=${!fits(label)}>
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
      <${Fault} field=${field} id=${`${id}-fault`} />
    </fieldset>
  `;
}

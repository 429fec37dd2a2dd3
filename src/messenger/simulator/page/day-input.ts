import { html } from 'htm/preact';
import type { InputHTMLAttributes } from 'preact';
import { useState } from 'preact/hooks';
import { isDay } from '../../../domain/day.ts';
import { shortDay, showWeekday } from './format.ts';

/** The browser's own date field, whose order of month and day is the browser's, with the day beside it in words. */
export function DayInput({
  attributes,
}: {
  attributes: InputHTMLAttributes<HTMLInputElement> & { defaultValue: string };
}) {
  const [day, setDay] = useState(attributes.defaultValue);
  const read = (event: InputEvent): void => {
    if (event.currentTarget instanceof HTMLInputElement) setDay(event.currentTarget.value);
  };
  return html`
    <div class="day-input">
      <input type="date" ...${attributes} onInput=${read} />
      <output>${isDay(day) ? `${shortDay(day)} ${showWeekday(day)}` : ''}</output>
    </div>
  `;
}

import { html } from 'htm/preact';
import type { FormField } from '../../reply.ts';

/** What was wrong with a field, below it. */
export const Fault = ({ field, id }: { field: FormField; id: string }) =>
  field.fault === undefined ? null : html`<p class="fault" id=${id} role="alert">${field.fault}</p>`;

/** Ties a control to its `Fault`, whose id is `<id>-fault`. */
export const faultMarks = (field: FormField, id: string) =>
  field.fault === undefined ? {} : { 'aria-invalid': true, 'aria-describedby': `${id}-fault` };

import { html } from 'htm/preact';
import { pageWords } from '../../../texts/simulator-page.ts';

/** The star beside the name of a field that must be filled. */
export const Required = ({ field }: { field: { readonly required: boolean } }) =>
  field.required ? html`<span class="required" title=${pageWords.required}>*</span>` : null;

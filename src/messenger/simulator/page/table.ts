import { html } from 'htm/preact';
import { isNumber, shapeOf, type TableBlock } from '../../table-shape.ts';
import { RichText } from './rich-text.ts';

/** Rows and columns where they fit; otherwise a list. */
export function Table({ block }: { block: TableBlock }) {
  const shape = shapeOf(block);
  return shape.type === 'grid'
    ? html`<${Grid} block=${block} />`
    : html`<ul class="rows">${block.rows.map((row) => html`<${Row} block=${block} row=${row} heading=${shape.heading} />`)}</ul>`;
}

function Grid({ block }: { block: TableBlock }) {
  return html`
    <div class="table" tabindex="0" role="region" aria-label=${block.columns.map(({ label }) => label).join('、')}>
      <table>
        <thead>
          <tr>${block.columns.map(({ label, align }) => html`<th scope="col" class=${align}>${label}</th>`)}</tr>
        </thead>
        <tbody>
          ${block.rows.map(
            (row) =>
              html`<tr>${row.map((cell, i) => html`<${Cell} text=${cell} align=${block.columns[i]?.align} />`)}</tr>`,
          )}
        </tbody>
      </table>
    </div>
  `;
}

/** Days, names and figures stay on one line; titles may break. */
const Cell = ({ text, align }: { text: string; align: string | undefined }) =>
  html`<td class=${`${align} ${text.length <= 6 ? 'short' : ''}`}><${RichText} text=${text} /></td>`;

/** What it is about and, at the right, how much; below, small, everything else. */
function Row({ block, row, heading }: { block: TableBlock; row: readonly string[]; heading: number }) {
  const cells = block.columns.map(({ label, align }, i) => ({ label, align, text: row[i] ?? '', i }));
  const rest = cells.filter(({ text, i }) => i !== heading && text !== '');
  const amounts = rest.filter(({ align }) => align === 'right');
  const facts = rest.filter(({ align }) => align === 'left');
  return html`
    <li>
      <p class="row-head">
        <span>${isNumber(row[heading] ?? '') && html`<small>${block.columns[heading]?.label}</small> `}<${RichText} text=${row[heading] ?? ''} /></span>
        ${amounts.map(({ label, text }) => html`<span class="amount">${text} <small>${label}</small></span>`)}
      </p>
      <p class="facts">
        ${facts.map(
          ({ label, text }) =>
            html`<span>${isNumber(text) && html`<small>${label}</small> `}<${RichText} text=${text} /></span>`,
        )}
      </p>
    </li>
  `;
}

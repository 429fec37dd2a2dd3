import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { pageWords } from '../../../texts/simulator-page.ts';
import { isNumber, isUnit, shapeOf, type TableBlock } from '../../table-shape.ts';
import { RichText } from './rich-text.ts';

/** Longer tables show their first rows and say how many follow. */
const mostRows = 30;
const firstRows = 20;

/** Rows and columns where they fit; otherwise a list. */
export function Table({ block }: { block: TableBlock }) {
  const [whole, setWhole] = useState(block.rows.length <= mostRows);
  const shape = shapeOf(block);
  const shown = whole ? block : { ...block, rows: block.rows.slice(0, firstRows) };
  return html`
    ${
      shape.type === 'grid'
        ? html`<${Grid} block=${shown} />`
        : html`<ul class="rows">
            ${shown.rows.map((row, i) => html`<${Row} block=${block} row=${row} heading=${shape.heading} faded=${isFaded(block, i)} />`)}
          </ul>`
    }
    ${
      block.rows.length > mostRows &&
      html`<button type="button" class="link more-rows" onClick=${() => setWhole(!whole)}>
        ${whole ? pageWords.collapse : pageWords.moreRows(block.rows.length - firstRows)}
      </button>`
    }
  `;
}

const isFaded = ({ faded = [] }: TableBlock, row: number): boolean => faded.includes(row);

function Grid({ block }: { block: TableBlock }) {
  return html`
    <div class="table" tabindex="0" role="region" aria-label=${block.columns.map(({ label }) => label).join('、')}>
      <table>
        <thead>
          <tr>${block.columns.map(({ label, align }) => html`<th scope="col" class=${align}>${label}</th>`)}</tr>
        </thead>
        <tbody>
          ${block.rows.map(
            (row, n) =>
              html`<tr class=${isFaded(block, n) ? 'faded' : ''}>${row.map((cell, i) => html`<${Cell} text=${cell} align=${block.columns[i]?.align} />`)}</tr>`,
          )}
        </tbody>
      </table>
    </div>
  `;
}

/** Days, names and figures stay on one line; titles may break. */
const Cell = ({ text, align }: { text: string; align: string | undefined }) =>
  html`<td class=${`${align} ${text.length <= 6 ? 'short' : ''}`}><${RichText} text=${text} /></td>`;

/** Figures beside the heading of an entry. */
const mostBeside = 2;

/** What it is about and, at the right, how much; below, small, everything else. */
function Row(props: { block: TableBlock; row: readonly string[]; heading: number; faded: boolean }) {
  const { block, row, heading, faded } = props;
  const cells = block.columns.map(({ label, align }, i) => ({ label, align, text: row[i] ?? '', i }));
  const rest = cells.filter(({ text, i }) => i !== heading && text !== '');
  const amounts = rest.filter(({ align }) => align === 'right');
  // More of them would leave no room for what they are about.
  const beside = amounts.length <= mostBeside ? amounts : [];
  const below = amounts.slice(beside.length);
  const facts = rest.filter(({ align }) => align === 'left');
  return html`
    <li class=${faded ? 'faded' : ''}>
      <p class="row-head">
        <span>${isNumber(row[heading] ?? '') && html`<small>${block.columns[heading]?.label}</small> `}<${RichText} text=${row[heading] ?? ''} /></span>
        ${beside.map(({ label, text }) =>
          isUnit(label)
            ? html`<span class="amount">${text} <small>${label}</small></span>`
            : html`<span class="amount"><small>${label}</small> ${text}</span>`,
        )}
      </p>
      <p class="facts">
        ${facts.map(
          ({ label, text }) =>
            html`<span>${isNumber(text) && html`<small>${label}</small> `}<${RichText} text=${text} /></span>`,
        )}
        ${below.map(({ label, text }) => html`<span><small>${label}</small> ${text}</span>`)}
      </p>
    </li>
  `;
}

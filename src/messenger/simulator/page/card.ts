import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { pageWords } from '../../../texts/simulator-page.ts';
import type { Block, Button, Card as CardData } from '../../reply.ts';
import { Confirm } from './dialog.ts';
import { Drawing } from './drawing.ts';
import { Form, type FormValues } from './form.ts';
import { RichText } from './rich-text.ts';

export type Press = (button: Button, values: FormValues) => Promise<void>;

/** A card as the messenger shows it. `charts` are the drawings of its chart blocks, in order. */
export function Card({ card, charts, onPress }: { card: CardData; charts: readonly string[]; onPress: Press }) {
  const [pressing, setPressing] = useState(false);
  const [asking, setAsking] = useState<{ button: Button; values: FormValues } | null>(null);
  const press = async (button: Button, values: FormValues): Promise<void> => {
    setPressing(true);
    await onPress(button, values);
    setPressing(false);
  };
  const askFirst = (button: Button, values: FormValues): void => {
    if (button.confirm === undefined) void press(button, values);
    else setAsking({ button, values });
  };
  const chartsBefore = (index: number): number =>
    card.blocks.slice(0, index).filter(({ type }) => type === 'chart').length;
  return html`
    <article class=${`card tone-${card.tone} ${pressing ? 'pressing' : ''}`} aria-label=${card.title}>
      <header>${card.title}</header>
      <div class="blocks">
        ${card.blocks.map(
          (block, i) =>
            html`<${BlockView} block=${block} chart=${charts[chartsBefore(i)]} disabled=${pressing} onPress=${askFirst} />`,
        )}
      </div>
      ${
        asking &&
        html`<${Confirm}
          title=${pageWords.confirmTitle}
          text=${asking.button.confirm}
          action=${asking.button.label}
          danger=${asking.button.style === 'danger'}
          onConfirm=${() => void press(asking.button, asking.values)}
          onClose=${() => setAsking(null)}
        />`
      }
    </article>
  `;
}

interface BlockProps<B extends Block = Block> {
  readonly block: B;
  readonly chart: string | undefined;
  readonly disabled: boolean;
  readonly onPress: (button: Button, values: FormValues) => void;
}

function BlockView({ block, chart, disabled, onPress }: BlockProps) {
  switch (block.type) {
    case 'text':
      return html`<p class="words"><${RichText} text=${block.text} /></p>`;
    case 'note':
      return html`<p class="note"><${RichText} text=${block.text} /></p>`;
    case 'fields':
      return html`
        <dl class="fields">
          ${block.fields.map(({ label, value }) => html`<div><dt>${label}</dt><dd><${RichText} text=${value} /></dd></div>`)}
        </dl>
      `;
    case 'progress':
      return html`<${Progress} block=${block} />`;
    case 'table':
      return html`<${Table} block=${block} />`;
    case 'chart':
      return html`<${Drawing} block=${block} svg=${chart} />`;
    case 'form':
      return html`<${Form} block=${block} disabled=${disabled} onPress=${onPress} />`;
    case 'buttons':
      return html`
        <div class="buttons">
          ${block.buttons.map(
            (button) => html`
              <button type="button" class=${button.style} disabled=${disabled} onClick=${() => onPress(button, {})}>
                ${button.label}
              </button>
            `,
          )}
        </div>
      `;
    case 'divider':
      return html`<hr />`;
  }
}

function Progress({ block }: { block: Extract<Block, { type: 'progress' }> }) {
  const share = (value: number): string => `${Math.min(100, Math.max(0, (value / block.max) * 100))}%`;
  return html`
    <div class="progress">
      <div class="progress-words"><span>${block.label}</span><span><${RichText} text=${block.text} /></span></div>
      <div
        class="track"
        role="progressbar"
        aria-label=${block.label}
        aria-valuemin="0"
        aria-valuemax=${block.max}
        aria-valuenow=${block.value}
        aria-valuetext=${block.text.replaceAll('**', '')}
      >
        <div class="fill" style=${{ width: share(block.value) }}></div>
        ${
          block.mark !== undefined &&
          html`<div class="mark" style=${{ left: share(block.mark) }} title=${pageWords.progressMark}></div>`
        }
      </div>
    </div>
  `;
}

function Table({ block }: { block: Extract<Block, { type: 'table' }> }) {
  return html`
    <div class="table" tabindex="0" role="region">
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

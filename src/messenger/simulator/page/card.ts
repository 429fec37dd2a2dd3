import { html } from 'htm/preact';
import { useRef, useState } from 'preact/hooks';
import { pageWords } from '../../../texts/simulator-page.ts';
import type { Block, Button, Card as CardData } from '../../reply.ts';
import { Confirm } from './dialog.ts';
import { Drawing } from './drawing.ts';
import { evenColumns } from './even-columns.ts';
import { Form, type FormValues } from './form.ts';
import { Refusal } from './refusal.ts';
import { RichText } from './rich-text.ts';
import { Table } from './table.ts';

/** Resolves to why it was refused, or to null. */
export type Press = (button: Button, values: FormValues) => Promise<string | null>;

/** A press of a button in block number `at`. */
interface Pressed {
  readonly at: number;
  readonly button: Button;
  readonly values: FormValues;
}

/** A card as the messenger shows it. `charts` are the drawings of its chart blocks, in order. */
export function Card({ card, charts, onPress }: { card: CardData; charts: readonly string[]; onPress: Press }) {
  const element = useRef<HTMLElement>(null);
  const [pressing, setPressing] = useState(false);
  const [asking, setAsking] = useState<Pressed | null>(null);
  const [refusal, setRefusal] = useState<{ at: number; reason: string } | null>(null);
  const press = async ({ at, button, values }: Pressed): Promise<void> => {
    const message = element.current?.closest('li');
    setPressing(true);
    setRefusal(null);
    const reason = await onPress(button, values);
    // What was pressed is gone with its card, or was disabled: a keyboard goes on from the message.
    if (document.activeElement === document.body) message?.focus({ preventScroll: true });
    setPressing(false);
    if (reason !== null) setRefusal({ at, reason });
  };
  const askFirst = (pressed: Pressed): void => {
    if (pressed.button.confirm === undefined) void press(pressed);
    else setAsking(pressed);
  };
  const chartsBefore = (index: number): number =>
    card.blocks.slice(0, index).filter(({ type }) => type === 'chart').length;
  return html`
    <article ref=${element} class=${`card tone-${card.tone} ${pressing ? 'pressing' : ''}`} aria-label=${card.title}>
      <header>${card.title}</header>
      <div class="blocks">
        ${card.blocks.map(
          (block, at) => html`
            <${BlockView}
              block=${block}
              chart=${charts[chartsBefore(at)]}
              disabled=${pressing}
              onPress=${(button: Button, values: FormValues) => askFirst({ at, button, values })}
            />
            ${refusal?.at === at && html`<${Refusal} reason=${refusal.reason} />`}
          `,
        )}
      </div>
      ${
        asking &&
        html`<${Confirm}
          title=${pageWords.confirmTitle}
          text=${asking.button.confirm}
          action=${asking.button.label}
          danger=${asking.button.style === 'danger'}
          onConfirm=${() => void press(asking)}
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
    case 'buttons': {
      const columns = evenColumns(block.buttons.map(({ label }) => label));
      return html`
        <div class=${`buttons ${columns.class}`} style=${columns.style}>
          ${block.buttons.map(
            (button) => html`
              <button type="button" class=${button.style} disabled=${disabled} onClick=${() => onPress(button, {})}>
                ${button.label}
              </button>
            `,
          )}
        </div>
      `;
    }
    case 'divider':
      return html`<hr />`;
  }
}

function Progress({ block }: { block: Extract<Block, { type: 'progress' }> }) {
  const share = (value: number): string => `${Math.min(100, Math.max(0, (value / block.max) * 100))}%`;
  return html`
    <div class=${block.over === true ? 'progress over' : 'progress'}>
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

import { heightOf } from '../../../documents/chart.ts';
import { chartSpec } from '../../../documents/chart-spec.ts';
import type { Block } from '../../reply.ts';
import { widthOf } from '../../text-width.ts';
import { buttonElements } from './button.ts';
import { type Element, markdown, plainText } from './element.ts';
import { formElements } from './form.ts';
import { coloured, markdownOf, plain } from './markdown.ts';
import { tableElements } from './table.ts';

/** The components of one block; none when it has nothing to show. */
export function blockElements(block: Block): Element[] {
  switch (block.type) {
    case 'text':
      return block.text.trim() === '' ? [] : [markdown(markdownOf(block.text))];
    case 'note':
      return block.text.trim() === '' ? [] : [noteElement(block.text)];
    case 'fields':
      return block.fields.length === 0 ? [] : [markdown(fieldLines(block.fields))];
    case 'progress':
      return [markdown(progressLines(block))];
    case 'table':
      return tableElements(block);
    case 'chart':
      return [{ tag: 'chart', chart_spec: chartSpec(block), height: `${Math.min(highestChart, heightOf(block))}px` }];
    case 'form':
      return formElements(block);
    case 'buttons':
      return buttonElements(block);
    case 'divider':
      return [{ tag: 'hr' }];
  }
}

/** Pixels; a tap shows a chart alone on the screen. */
const highestChart = 480;

/** As the platform says to replace its former notes. */
export const noteElement = (text: string): Element => ({
  tag: 'div',
  text: { ...plainText(plain(text)), text_size: 'notation', text_color: 'grey' },
});

/** Labels in hanzi up to this width share one column. */
const widestLabel = 7;

/**
 * Label and value on one line, the labels filled up with full-width spaces as on Chinese forms: one component instead
 * of five for each line, and a long value goes on below in the whole width of a phone.
 */
function fieldLines(fields: Extract<Block, { type: 'fields' }>['fields']): string {
  const widths = fields.map(({ label }) => Math.round(widthOf(label)));
  const column = Math.max(...widths.filter((width) => width <= widestLabel), 0);
  return fields
    .map(({ label, value }, i) => {
      const gap = '　'.repeat(Math.max(0, column - (widths[i] ?? 0)) + 1);
      return `${coloured(label, 'grey')}${gap}${markdownOf(value)}`;
    })
    .join('<br>');
}

const barCells = 16;

/**
 * A bar of signs, which every client draws at once and the same; a chart would take a window of its own on a phone,
 * of which a card should have few. Filled and empty cells differ in shape as well as in colour.
 */
function progressLines({ label, text, value, max, mark, over }: Extract<Block, { type: 'progress' }>): string {
  const cellOf = (amount: number): number => Math.round(Math.min(1, Math.max(0, amount / max)) * barCells);
  const filled = value > 0 ? Math.max(1, cellOf(value)) : 0;
  const at = mark === undefined ? barCells : Math.min(barCells - 1, cellOf(mark));
  const cells = Array.from({ length: barCells }, (_, i) => (i === at ? '┃' : i < filled ? '█' : '░'));
  const bar = [cells.slice(0, filled).join(''), cells.slice(filled).join('')] as const;
  const drawn = `${bar[0] === '' ? '' : coloured(bar[0], over === true ? 'orange' : 'blue')}${bar[1] === '' ? '' : coloured(bar[1], 'grey')}`;
  return `${coloured(label, 'grey')}　${markdownOf(text)}<br>${drawn}`;
}

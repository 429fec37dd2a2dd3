import { isNumber, shapeOf, type TableBlock } from '../../table-shape.ts';
import { widthOf } from '../../text-width.ts';
import { type Element, markdown } from './element.ts';
import { coloured, markdownOf, plain } from './markdown.ts';

/** Columns that the platform shows, rows on one of its pages, and hanzi that a line of a cell holds. */
const most = { columns: 50, rows: 10, cell: 9 } as const;

/**
 * Columns of figures become the platform's table, which turns its pages by itself; words that have no room beside each
 * other on a phone become a list, in which nothing is cut off.
 */
export function tableElement(block: TableBlock): Element {
  const shape = shapeOf(block);
  if (shape.type === 'list' || block.columns.length > most.columns || block.rows.length === 0) {
    return markdown(listOf(block, shape.type === 'list' ? shape.heading : 0));
  }
  const isMarked = block.columns.map((_, i) => block.rows.some((row) => row[i]?.includes('**')));
  const isLong = block.rows.some((row) => row.some((cell) => widthOf(cell) > most.cell));
  return {
    tag: 'table',
    page_size: Math.min(most.rows, block.rows.length),
    row_height: isLong ? 'auto' : 'low',
    header_style: { background_style: 'grey', text_color: 'grey', bold: false, lines: 2 },
    ...(block.columns.length > 3 ? { freeze_first_column: true } : {}),
    columns: block.columns.map(({ label, align }, i) => ({
      name: nameOf(i),
      display_name: plain(label),
      data_type: isMarked[i] ? 'markdown' : 'text',
      horizontal_align: align,
      width: 'auto',
    })),
    rows: block.rows.map((row) =>
      Object.fromEntries(row.map((cell, i) => [nameOf(i), isMarked[i] ? markdownOf(cell) : plain(cell)])),
    ),
  };
}

const nameOf = (column: number): string => `c${column}`;

/** What each row is about and how much, and below it, small, everything else. */
function listOf({ columns, rows }: TableBlock, heading: number): string {
  const labelled = (text: string, label: string): string => (isNumber(text) ? `${label} ${text}` : text);
  const lines = rows.map((row) => {
    const cells = columns.map(({ label, align }, i) => ({ label, align, text: row[i] ?? '', i }));
    const rest = cells.filter(({ text, i }) => i !== heading && text !== '');
    const amounts = rest.filter(({ align }) => align === 'right').map(({ text, label }) => `${text} ${label}`);
    const facts = rest.filter(({ align }) => align === 'left').map(({ text, label }) => labelled(text, label));
    const head = `**${plain(labelled(row[heading] ?? '', columns[heading]?.label ?? ''))}**`;
    const first = markdownOf([head, ...amounts].join('　'));
    return facts.length === 0 ? first : `${first}<br>${coloured(facts.join('　'), 'grey')}`;
  });
  return rows.length === 0 ? coloured(columns.map(({ label }) => label).join('　'), 'grey') : lines.join('<br>');
}

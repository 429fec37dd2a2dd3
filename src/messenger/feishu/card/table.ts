import { isNumber, isUnit, shapeOf, type TableBlock } from '../../table-shape.ts';
import { widthOf } from '../../text-width.ts';
import { type Element, markdown } from './element.ts';
import { coloured, markdownOf, plain } from './markdown.ts';

/** Columns that the platform shows, and rows on one of its pages. */
const most = { columns: 50, rows: 10 } as const;
/** Hanzi that a line of a cell holds, and that a cell may hold before it is a text rather than a cell. */
const cellWidth = { line: 9, text: 14 } as const;

/**
 * Columns that have room beside each other on a phone become the platform's table, which turns its pages by itself;
 * others become a list, in which nothing is cut off, unless it is long and made of short words: then its pages are
 * worth more than seeing all columns at once.
 */
export function tableElements(block: TableBlock): Element[] {
  const { columns, rows } = block;
  if (rows.length === 0) return [markdown(coloured(columns.map(({ label }) => label).join('　'), 'grey'))];
  const shape = shapeOf(block);
  const isShort = rows.every((row) => row.every((cell) => widthOf(cell) <= cellWidth.text));
  const isGrid = shape.type === 'grid' || (rows.length > most.rows && isShort);
  if (isGrid && columns.length <= most.columns) return [gridOf(block)];
  return rows.map((row) => markdown(rowWords(block, row, shape.type === 'list' ? shape.heading : 0)));
}

function gridOf(block: TableBlock): Element {
  const isMarked = block.columns.map((_, i) => block.rows.some((row) => row[i]?.includes('**')));
  const isLong = block.rows.some((row) => row.some((cell) => widthOf(cell) > cellWidth.line));
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

/** Half as wide as a hanzi: with a whole one between them what people read most often would not fit on a phone's line. */
const gap = '\u2002';

/** What a row is about; below it how much, and everything else in grey. */
function rowWords({ columns }: TableBlock, row: readonly string[], heading: number): string {
  const labelled = (text: string, label: string): string => (isNumber(text) ? `${label} ${text}` : text);
  const cells = columns.map(({ label, align }, i) => ({ label, align, text: row[i] ?? '', i }));
  const rest = cells.filter(({ text, i }) => i !== heading && text !== '');
  const amounts = rest
    .filter(({ align }) => align === 'right')
    .map(({ text, label }) => `${isUnit(label) ? `${text} ${label}` : `${label} ${text}`}${gap}`);
  const facts = rest.filter(({ align }) => align === 'left').map(({ text, label }) => labelled(text, label));
  const head = `**${plain(labelled(row[heading] ?? '', columns[heading]?.label ?? ''))}**`;
  if (rest.length === 0) return markdownOf(head);
  return `${markdownOf(`${head}\n${amounts.join('')}`)}${coloured(facts.join(gap), 'grey')}`;
}

import type { Block } from './reply.ts';
import { widthOf } from './text-width.ts';

export type TableBlock = Extract<Block, { type: 'table' }>;

/** How a table is shown in a window: as rows and columns, or as a list whose entries are named by one column. */
export type TableShape = { readonly type: 'grid' } | { readonly type: 'list'; readonly heading: number };

/** Widths in hanzi: of the narrowest window, of what a column that may break keeps, and between columns. */
const windowWidth = 21;
const leastWidth = 7;
const gap = 0.9;

/** Columns of figures are there to be compared and stay columns; words that do not fit beside each other become a list. */
export function shapeOf({ columns, rows }: TableBlock): TableShape {
  const cellsOf = (column: number): string[] => rows.map((row) => plain(row[column] ?? ''));
  const widths = columns.map(({ label }, i) => Math.max(...[label, ...cellsOf(i)].map(widthOf)));
  const widest = Math.max(...widths);
  const narrowed = widths.reduce((sum, width) => sum + width + gap, 0) - widest + Math.min(widest, leastWidth) - gap;
  const areFigures = columns.slice(1).every(({ align }) => align === 'right');
  if (areFigures || narrowed <= windowWidth) return { type: 'grid' };
  return { type: 'list', heading: headingOf(columns.map(({ align }, i) => (align === 'left' ? cellsOf(i) : []))) };
}

/** The first column of words that are not the same ones again and again; failing that, of the most different ones. */
function headingOf(columns: readonly (readonly string[])[]): number {
  const kinds = columns.map((cells) => (cells.every(isFigure) ? 0 : new Set(cells).size));
  const first = kinds.findIndex((count, i) => count > 0 && count * 2 >= (columns[i]?.length ?? 0));
  return first === -1 ? kinds.indexOf(Math.max(...kinds)) : first;
}

/** A number or a 工号: it says nothing without the name of its column. */
export const isNumber = (cell: string): boolean => /^[A-Z]?\d[\d.,%]*$/.test(cell);

/** Whether a label is what a figure is counted in, as in 3 学时, or says which figure it is, as in 本年学时 80. */
export const isUnit = (label: string): boolean => widthOf(label) <= 2;

const isFigure = (cell: string): boolean => isNumber(cell) || /^\d[\d年月日至: ]*$/.test(cell);

const plain = (cell: string): string => cell.replaceAll('**', '');

import type { Block } from '../../reply.ts';

/** A block that may be divided: into rows, lines or buttons. */
interface Divided {
  readonly size: number;
  part(from: number, to: number): Block;
}

/** What a block is made of, when a part of it still makes sense; null for what is whole or nothing. */
export function partsOf(block: Block): Divided | null {
  switch (block.type) {
    case 'table':
      return { size: block.rows.length, part: (from, to) => ({ ...block, rows: block.rows.slice(from, to) }) };
    case 'fields':
      return { size: block.fields.length, part: (from, to) => ({ ...block, fields: block.fields.slice(from, to) }) };
    case 'buttons':
      return { size: block.buttons.length, part: (from, to) => ({ ...block, buttons: block.buttons.slice(from, to) }) };
    case 'text':
    case 'note': {
      const pieces = piecesOf(block.text);
      return { size: pieces.length, part: (from, to) => ({ ...block, text: stretchOf(pieces, from, to) }) };
    }
    case 'progress':
    case 'chart':
    case 'form':
    case 'divider':
      return null;
  }
}

/** Characters of a line that is not cut. */
const longestPiece = 200;

/** Lines with the breaks behind them; long ones in pieces. Together they are the text. */
export const piecesOf = (text: string): string[] =>
  text.split(/(?<=\n)/).flatMap((line) => {
    const signs = line.match(/\*\*|[\s\S]/gu) ?? [line];
    const count = Math.ceil(signs.length / longestPiece);
    return count <= 1
      ? [line]
      : Array.from({ length: count }, (_, i) => signs.slice(i * longestPiece, (i + 1) * longestPiece).join(''));
  });

/** Some pieces of a text; bold that is cut through ends and begins again. */
function stretchOf(pieces: readonly string[], from: number, to: number): string {
  const isOpen = (words: string): boolean => words.split('**').length % 2 === 0;
  const begun = isOpen(pieces.slice(0, from).join('')) ? '**' : '';
  const words =
    begun +
    pieces
      .slice(from, to)
      .join('')
      .replace(/^\n+|\n+$/g, '');
  return isOpen(words) ? `${words}**` : words;
}

/** The most parts, from the front, that hold; 0 when not even one does. `holds` is monotonous. */
export function mostThat(size: number, holds: (count: number) => boolean): number {
  let [low, high] = [0, size];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (holds(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

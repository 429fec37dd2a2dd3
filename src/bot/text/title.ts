import { findAll, type Stretch, strikeOut } from './mask.ts';

const pairs: readonly { readonly open: RegExp; readonly close: RegExp }[] = [
  { open: /^(?:《|<<)$/, close: /^(?:》|>>)$/ },
  { open: /^「$/, close: /^」$/ },
  { open: /^『$/, close: /^』$/ },
  // Keyboards mix the two quotation marks up, so either opens and either closes.
  { open: /^[“”"„]$/, close: /^[“”"„]$/ },
];
const bracket = /<<|>>|[《》「」『』“”"„]/g;

interface Found {
  readonly title: string;
  readonly words: string;
}

export interface TitleReading {
  readonly titles: readonly Found[];
  /** The line in which a bracket has no partner. */
  readonly unclosed: string | null;
  /** The text with the titles struck out; behind a bracket that stays open nothing is read in its line. */
  readonly left: string;
}

/** Everything in 《》, “ ”, "", 「」 or 『』 on the outermost level of a line: “学习《民法典》” is one title. */
export function readTitles(text: string): TitleReading {
  const titles: Found[] = [];
  let unclosed: string | null = null;
  const lines = text.split('\n').map((line) => {
    const stretches: Stretch[] = [];
    const marks = findAll(line, bracket);
    for (let i = 0; i < marks.length; i += 1) {
      const closing = findClosing(marks, i);
      const mark = marks[i];
      const partner = marks[closing];
      if (mark === undefined || partner === undefined) {
        unclosed ??= line;
        if (mark !== undefined && pairOf(mark) !== undefined) stretches.push({ start: mark.index, end: line.length });
        break;
      }
      const end = partner.index + partner[0].length;
      const title = line.slice(mark.index + mark[0].length, partner.index).trim();
      if (title !== '') titles.push({ title, words: line.slice(mark.index, end) });
      stretches.push({ start: mark.index, end });
      i = closing;
    }
    return strikeOut(line, stretches);
  });
  return { titles, unclosed, left: lines.join('\n') };
}

const pairOf = (mark: RegExpExecArray | undefined) => pairs.find(({ open }) => open.test(mark?.[0] ?? ''));

/** Index of the mark that closes the one at `from`; a bracket of the same sort inside must be closed first. */
function findClosing(marks: readonly RegExpExecArray[], from: number): number {
  const pair = pairOf(marks[from]);
  if (pair === undefined) return -1;
  let depth = 0;
  for (let i = from + 1; i < marks.length; i += 1) {
    const mark = marks[i]?.[0] ?? '';
    if (pair.close.test(mark)) {
      if (depth === 0) return i;
      depth -= 1;
    } else if (pair.open.test(mark)) depth += 1;
  }
  return -1;
}

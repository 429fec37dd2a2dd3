/** Longest text that is read, in UTF-16 units. */
const longest = 20_000;

const newlines = /\r\n?|[\u0085\u2028\u2029]/g;
/**
 * Control, format (bidirectional marks, joiners), lone surrogates and noncharacters, and variation selectors; tab and
 * newline stay.
 */
const invisible = /(?![\t\n])[\p{Cc}\p{Cf}\p{Cs}\p{Noncharacter_Code_Point}]|\p{Variation_Selector}/gu;
/** What NFKC would flatten although it is how Chinese is set: a title keeps its full-width punctuation. */
const flattened = /[^，：；！？（）…]+/g;

/** Drops what cannot be seen and would fool a reader or a comparison; widths, spaces and paragraphs stay as they are. */
export const clean = (text: string): string => text.replace(newlines, '\n').replace(invisible, '');

/**
 * The form in which every command is read: digits, letters and spaces at one width (NFKC), runs of spaces folded to
 * one, of line breaks to one, ends trimmed, cut at 20,000. Chinese punctuation — 《》 “” ，：；！？（） — stays, so a
 * grammar accepts it beside the ASCII form. Applying it twice changes nothing.
 */
export function normalise(text: string): string {
  const flat = clean(text.slice(0, longest))
    .replace(flattened, (run) => run.normalize('NFKC'))
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n[ \n]*/g, '\n');
  return clean(flat.slice(0, longest)).trim();
}

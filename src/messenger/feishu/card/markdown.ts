/**
 * Our texts as Feishu's Markdown, which is CommonMark with emoticons (`:OK:`) and a few tags: `**bold**` stays bold, and
 * everything else is seen as it was written.
 */

interface Span {
  readonly text: string;
  readonly bold: boolean;
}

/** One line break that every client keeps: a newline alone may be ignored. */
const lineBreak = '<br>';

const entity = (sign: string): string => `&#${sign.codePointAt(0)};`;

/** Our text as Markdown. */
export function markdownOf(text: string): string {
  const spans = spansOf(tidy(text));
  return spans.reduce((source, { text: words, bold }) => {
    const escaped = literal(words, source === '' || source.endsWith(lineBreak));
    return bold ? `${opening(source, escaped)}${escaped}**` : closing(source, escaped);
  }, '');
}

/** Our text in a colour; a tag around each run, since bold inside a tag is promised nowhere. */
export const coloured = (text: string, colour: 'grey' | 'red' | 'blue' | 'green' | 'orange'): string =>
  spansOf(tidy(text))
    .map(({ text: words, bold }) =>
      words
        .split('\n')
        .map((line) => (line === '' ? '' : `<font color='${colour}'>${literal(line, true)}</font>`))
        .map((line) => (bold && line !== '' ? `**${line}**` : line))
        .join(lineBreak),
    )
    .join('');

/** Text without its marks, for components that know none. */
export const plain = (text: string): string => tidy(text).replaceAll('**', '');

/** Newlines of one kind, and nothing that JSON or a screen cannot carry. */
const tidy = (text: string): string =>
  text
    .replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .replace(/\p{Surrogate}/gu, '\ufffd');

/** Bold runs without space at their ends, where CommonMark takes no mark for one; neighbours are one run. */
function spansOf(text: string): Span[] {
  const spans: Span[] = [];
  const add = (words: string, bold: boolean): void => {
    const last = spans.at(-1);
    if (words === '') return;
    if (last?.bold === bold) spans[spans.length - 1] = { text: last.text + words, bold };
    else spans.push({ text: words, bold });
  };
  for (const [i, part] of text.split(/\*\*([^*]+)\*\*/).entries()) {
    if (i % 2 === 0) {
      add(part, false);
      continue;
    }
    const words = part.trim();
    if (words === '') {
      add(part, false);
      continue;
    }
    const from = part.indexOf(words);
    add(part.slice(0, from), false);
    add(words, true);
    add(part.slice(from + words.length), false);
  }
  return spans;
}

/** @param startsLine whether the text stands at the beginning of a line, where more signs are markup */
const literal = (text: string, startsLine: boolean): string =>
  text
    .split('\n')
    .map((line, i) => escapeLine(line, startsLine || i > 0))
    .join(lineBreak);

function escapeLine(line: string, startsLine: boolean): string {
  const anywhere = line.replace(/[&<>*_~`[\]()#|\\$]|:(?=[A-Za-z/])|@(?=\w)/g, entity);
  const atStart = startsLine
    ? anywhere
        .replace(/^([ \t]*)([-+=])/, (_, space: string, sign: string) => space + entity(sign))
        .replace(/^([ \t]*\d+)\./, '$1&#46;')
    : anywhere;
  // A browser would fold spaces, and four at the start of a line make it code.
  return atStart.replace(startsLine ? /^[ \t]+|[ \t]{2,}/g : /[ \t]{2,}/g, (spaces) => '&#160;'.repeat(spaces.length));
}

/**
 * `**` is no mark between a letter and a punctuation mark (CommonMark's flanking rule), which is where Chinese puts it:
 * 已认定**（3 学时）**。 The letter written as an entity ends in a punctuation mark and is seen as the same letter.
 */
function opening(before: string, bold: string): string {
  const letter = Array.from(before).at(-1);
  if (letter === undefined || !isSign(bold) || isLoose(letter)) return `${before}**`;
  return `${before.slice(0, -letter.length)}${entity(letter)}**`;
}

function closing(before: string, after: string): string {
  const letter = Array.from(after).at(0);
  if (
    letter === undefined ||
    !before.endsWith('**') ||
    !isSign(Array.from(before.slice(0, -2)).at(-1) ?? '') ||
    isLoose(letter)
  ) {
    return before + after;
  }
  return before + entity(letter) + after.slice(letter.length);
}

const isSign = (text: string): boolean => /^[\p{P}\p{S}]/u.test(text);

/** White space or a punctuation mark in every edition of CommonMark: beside it a mark is a mark. */
const isLoose = (sign: string): boolean => /[\s\p{P}!-/:-@[-`{-~]/u.test(sign);

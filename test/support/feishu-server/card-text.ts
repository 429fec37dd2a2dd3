/** What Feishu's Markdown does besides showing text: what the platform looks up or counts in it. */

/** Ids that are mentioned: `<at id=ou_1></at>`, `<at ids=ou_1,ou_2></at>`. */
export const mentionsIn = (markdown: string): string[] =>
  [...markdown.matchAll(/<(?:at|person)\s+ids?\s*=\s*['"]?([^'">\s]*)/g)].flatMap(([, ids = '']) => ids.split(','));

/** Keys of pictures: `![words](key)`. */
export const picturesIn = (markdown: string): string[] =>
  [...markdown.matchAll(/!\[[^\]]*\]\(([^)]*)\)/g)].map(([, key = '']) => key);

/** Tables: a line of dashes between bars below a line with bars. */
export const tablesIn = (markdown: string): number =>
  [...markdown.matchAll(/^.*\|.*\n\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/gm)].length;

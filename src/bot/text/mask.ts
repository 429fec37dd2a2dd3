/**
 * What has been understood is struck out of a text, position by position, so that nothing is read twice and nothing
 * that was apart grows together. The marks are control characters, which a normalised text does not contain.
 */
export const struck = '\u0001';
/** Struck out too, but a word of the vocabulary: what touches it may belong to it. */
export const struckWord = '\u0002';

/**
 * Hands every match of a global pattern to `read` and strikes out those it accepts.
 *
 * @returns the text that is left, of the same length
 */
export function strike(
  text: string,
  pattern: RegExp,
  read: (match: RegExpExecArray) => boolean = () => true,
  mark: string = struck,
): string {
  let left = '';
  let done = 0;
  for (const match of text.matchAll(pattern)) {
    if (!read(match)) continue;
    const end = match.index + match[0].length;
    left += text.slice(done, match.index) + mark.repeat(match[0].length);
    done = end;
  }
  return left + text.slice(done);
}

/** Strikes out one stretch. */
export const strikeOut = (text: string, start: number, end: number): string =>
  text.slice(0, start) + struck.repeat(end - start) + text.slice(end);

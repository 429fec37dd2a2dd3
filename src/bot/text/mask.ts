/**
 * What has been understood is struck out of a text, position by position, so that nothing is read twice and nothing
 * that was apart grows together. The marks are control characters, which a normalised text does not contain.
 */
export const struck = '\u0001';
/** Struck out too, but a word of the vocabulary: what touches it may belong to it. */
export const struckWord = '\u0002';

export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Strikes out stretches, which are given in the order of the text and do not overlap. */
export function strikeOut(text: string, stretches: readonly Stretch[], mark: string = struck): string {
  let left = '';
  let done = 0;
  for (const { start, end } of stretches) {
    left += text.slice(done, start) + mark.repeat(end - start);
    done = end;
  }
  return left + text.slice(done);
}

/** Every match of a global pattern, which matches no empty text; `matchAll` would copy the pattern each time. */
export function findAll(text: string, pattern: RegExp): RegExpExecArray[] {
  const found: RegExpExecArray[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) found.push(match);
  return found;
}

/**
 * Hands every match of a global pattern to `read` and strikes out those it accepts.
 *
 * @returns the text that is left, of the same length
 */
export function strike(text: string, pattern: RegExp, read: (match: RegExpExecArray) => boolean = () => true): string {
  const accepted = findAll(text, pattern).filter(read);
  return strikeOut(
    text,
    accepted.map(({ 0: words, index: start }) => ({ start, end: start + words.length })),
  );
}

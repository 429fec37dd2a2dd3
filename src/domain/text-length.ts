const countedRuns =
  /\p{Script=Han}|\p{Script=Latin}[\p{Script=Latin}\p{M}]*(?:['’-]\p{Script=Latin}[\p{Script=Latin}\p{M}]*)*|\p{Nd}+(?:[.,]\p{Nd}+)*/gu;

/**
 * Length of a text as a reader counts it: each Han character, each Latin word (`well-being`, `don't`) and each number
 * (`1,000.5`) is one; punctuation, spaces and symbols are none.
 */
export function countLength(text: string): number {
  let length = 0;
  for (const _ of text.matchAll(countedRuns)) length += 1;
  return length;
}

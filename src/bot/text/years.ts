import { type Day, yearOf } from '../../domain/day.ts';

const named: Readonly<Record<string, number>> = { 去: -1, 上: -1, 前: -2 };
const numbered = /(?<![\d号])(20\d\d)(?:\s?年度?)?(?!\d)/;

/** The year that a text names, 2025, 2025年 or 去年, not after that of `today`, and the words around it. */
export function readYear(text: string, today: Day): { readonly year: number; readonly rest: string } | null {
  const [words, digits] = numbered.exec(text) ?? /[今本去上前]年度?/.exec(text) ?? [];
  if (words === undefined) return null;
  const year = digits === undefined ? yearOf(today) + (named[words.slice(0, 1)] ?? 0) : Number(digits);
  return year > yearOf(today) ? null : { year, rest: text.replace(words, ' ').trim() };
}

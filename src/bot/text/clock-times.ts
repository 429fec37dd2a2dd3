import { type Stretch, strikeOut } from './mask.ts';

/** From when to when, in wall-clock time: `09:00`, `11:30`. */
export interface ClockSpan {
  readonly start: string;
  readonly end: string;
}

/** 上午, 下午 and 晚上 where no times are said: the usual hours of a class, which its draft shows. */
const usual: Readonly<Record<'morning' | 'afternoon' | 'evening', ClockSpan>> = {
  morning: { start: '09:00', end: '11:30' },
  afternoon: { start: '14:00', end: '16:30' },
  evening: { start: '19:00', end: '21:00' },
};
type Part = keyof typeof usual;

const partWords = '上午|早上|中午|下午|傍晚|晚上|晚间';
const partOf = (words: string): Part =>
  words === '上午' || words === '早上' ? 'morning' : words === '晚上' || words === '晚间' ? 'evening' : 'afternoon';

const joint = '\\s?(?:-{1,2}|—{1,2}|–|~|～|至|到)\\s?';
const clock = (n: 1 | 2): string =>
  `(?<h${n}>[01]?\\d|2[0-4])(?:\\s?[:：]\\s?(?<m${n}>[0-5]\\d)|\\s?[点时](?:(?<half${n}>半)|(?<p${n}>[0-5]?\\d)分?)?)`;
/** 9:00-11:30, 下午2点到4点半, 9-11点. */
const span = new RegExp(
  `(?<part1>${partWords})?\\s?(?:${clock(1)}|(?<bare>[01]?\\d))(?<!\\d-\\d{1,2})${joint}(?<part2>${partWords})?\\s?${clock(2)}(?![\\d:：])`,
);
const part = new RegExp(`(?<part>${partWords})`);

/** The hours of a sitting that a normalised text names, and the text without them; null when it names none. */
export function readClockSpan(text: string): { readonly span: ClockSpan | null; readonly left: string } {
  const found = span.exec(text);
  if (found?.groups !== undefined) {
    const { part1, part2, h1, m1, half1, p1, bare, h2, m2, half2, p2 } = found.groups;
    const start = minutes(h1 ?? bare, m1 ?? p1, half1, part1);
    const end = minutes(h2, m2 ?? p2, half2, part2 ?? part1);
    // 2:00-4:30 of a class is in the afternoon.
    const shift = part1 === undefined && part2 === undefined && start < earliest ? noon : 0;
    if (end + shift <= lastMinute)
      return { span: { start: write(start + shift), end: write(end + shift) }, left: without(text, found) };
  }
  const named = part.exec(text);
  if (named?.groups?.['part'] === undefined) return { span: null, left: text };
  return { span: usual[partOf(named.groups['part'])], left: without(text, named) };
}

const noon = 12 * 60;
/** No class begins before. */
const earliest = 7 * 60;
const lastMinute = 24 * 60 - 1;

function minutes(hour = '0', minute = '0', half: string | undefined, words: string | undefined): number {
  const said = Number(hour) * 60 + (half === undefined ? Number(minute) : 30);
  const isLater = words !== undefined && words !== '中午' && partOf(words) !== 'morning' && said < noon;
  return isLater ? said + noon : said;
}

const write = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

function without(text: string, { 0: words, index }: RegExpExecArray): string {
  const stretch: Stretch = { start: index, end: index + words.length };
  return strikeOut(text, [stretch]);
}

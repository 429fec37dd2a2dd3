import { heldSessions, type Session } from '../../domain/course.ts';
import { type Day, daysFrom, weekdayOf } from '../../domain/day.ts';
import { type DayPoint, findDayPoints } from './day-points.ts';
import { readChineseNumber } from './numbers.ts';

/** Which 课次 somebody means, and the words that are left. */
export interface SessionChoice {
  /** By number, as they were named, whether there are such or not; null when they were not named by number. */
  readonly nos: readonly number[] | null;
  /** By 全部 or by day: those of the class that fit. */
  readonly meant: readonly Session[] | null;
  readonly rest: string;
}

const number = '[0-9一二两三四五六七八九十]{1,3}';
const joint = '\\s*(?:[、,，和及与]|至|到|-|~)\\s*';
const named = new RegExp(
  `第\\s*${number}(?:${joint}(?:第\\s*)?${number})*\\s*(?:课次|次课|次|课|节)?(?:${joint}第\\s*${number}\\s*(?:课次|次课|次|课|节)?)*|(?<![0-9])[0-9]{1,2}(?:${joint}[0-9]{1,2})*\\s*(?:课次|次课)`,
);
const whole = /全部(?:课次)?|全程|所有课次|整个班/;
const parts = { 上午: ['00:00', '12:00'], 下午: ['12:00', '18:00'], 晚上: ['18:00', '24:00'] } as const;
const partWords = /^\s*(?:的)?\s*(上午|下午|晚上|晚间)/;

/** `第2、3课次`, `第二至四次课`, `全部`, `明天上午`, `12月3日至5日`, as far as the class has such 课次. */
export function readSessionChoice(said: string, sessions: readonly Session[], today: Day): SessionChoice {
  const [words] = named.exec(said) ?? [];
  if (words !== undefined) return { nos: readNumbers(words), meant: null, rest: without(said, words) };
  const held = heldSessions({ sessions: [...sessions] });
  const [all] = whole.exec(said) ?? [];
  if (all !== undefined) return { nos: null, meant: held, rest: without(said, all) };
  return readDays(said, held, today) ?? { nos: null, meant: null, rest: said.trim() };
}

function readDays(said: string, held: readonly Session[], today: Day): SessionChoice | null {
  const [first, second] = findDayPoints(said, today);
  const from = first && dayFor(first, held, today);
  if (first === undefined || from === undefined) return null;
  const isSpan = second !== undefined && /^\s*(?:至|到|-|~)\s*$/.test(said.slice(first.end, second.start));
  const to = isSpan ? (dayFor(second, held, from) ?? from) : from;
  const end = isSpan ? second.end : first.end;
  const [found = '', part] = partWords.exec(said.slice(end)) ?? [];
  const [begins, ends] =
    part === undefined ? ['00:00', '24:00'] : parts[part === '晚间' ? '晚上' : (part as keyof typeof parts)];
  const days = new Set(daysFrom(from, to));
  return {
    nos: null,
    meant: held.filter(({ day, start }) => days.has(day) && start >= begins && start < ends),
    rest: without(said, said.slice(first.start, end + found.length)),
  };
}

/** The day that is meant: as it stands, or the first from `since` on that is called so and has a 课次, or would. */
function dayFor(point: DayPoint, held: readonly Session[], since: Day): Day | undefined {
  if (point.type === 'fixed') return point.day;
  if (point.type === 'impossible') return undefined;
  const fits = (day: Day): boolean => {
    if (point.type === 'weekday') return weekdayOf(day) === point.weekday;
    return (
      Number(day.slice(8)) === point.day && (point.type === 'day-of-month' || Number(day.slice(5, 7)) === point.month)
    );
  };
  return held.map(({ day }) => day).find((day) => day >= since && fits(day));
}

/** 第2、4至6课次 → 2, 4, 5, 6. */
function readNumbers(words: string): number[] {
  const nos = new Set<number>();
  const marks = words.matchAll(new RegExp(`(${number})(?:\\s*(?:课次|次课|次|课|节))?\\s*(至|到|-|~)?`, 'g'));
  let from: number | null = null;
  for (const [, digits = '', span] of marks) {
    const no = readChineseNumber(digits);
    if (no === null) continue;
    for (let one = from ?? no; one <= no && nos.size < 100; one += 1) nos.add(one);
    from = span === undefined ? null : no;
  }
  return [...nos];
}

const without = (said: string, words: string): string =>
  said
    .replace(words, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[\s，,。；;的]+|[\s，,；;]+$/g, '')
    .replace(/^(?:要|想|需要?)?请假[\s，,：:]*/, '');

/** What an approver says of a leave, or whoever asked for it. */
export type LeaveWords =
  | { readonly type: 'list' }
  | { readonly type: 'verdict'; readonly leave: number; readonly verdict: 'approve' | 'refuse'; readonly words: string }
  | { readonly type: 'ask' };

/** `1005 准`, `1005 不准 理由`, `待批`; everything else asks for leave. */
export function readLeaveWords(said: string): LeaveWords {
  if (/^(?:待批|待审批?|审批|待我审批)$/.test(said)) return { type: 'list' };
  const [, id, verb = '', words = ''] =
    /^(?:请假号?|号)?\s*(\d{4,9})\s*(不准假?|不批准?|不同意|驳回|准假|准了?|批准|同意|通过)(?:[\s，,。：:]+([\s\S]*))?$/.exec(
      said,
    ) ?? [];
  if (id === undefined) return { type: 'ask' };
  const verdict = /^[不驳]/.test(verb) ? 'refuse' : 'approve';
  return { type: 'verdict', leave: Number(id), verdict, words: words.trim() };
}

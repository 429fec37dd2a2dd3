import { addDays, addMonths, type Day, daysBetween, makeDay, monthOf, weekdayOf, yearOf } from '../../domain/day.ts';
import { type DayPoint, findDayPoints } from './day-points.ts';
import { before } from './units.ts';

export type DaysReading =
  | { readonly ok: true; readonly from: Day; readonly to: Day; readonly words: string; readonly start: number; readonly end: number }
  | {
      readonly ok: false;
      readonly reason: 'none' | 'impossible' | 'several' | 'reversed';
      readonly words?: string;
      readonly start?: number;
      readonly end?: number;
    };

/** A span without years whose end is named before its beginning crosses the year's end only up to this many days. */
const longestCrossing = 183;

const bracket = /^\s?[（(]?\s?$/;
const spanJoint = /^[)）]?\s?(?:起|开始)?\s?(?:至|到|--?|——?|~|–)\s?[（(]?$/;
const listJoint = /^[)）]?\s?[、,，和及与]\s?$/;
/** Behind a day: it is a limit (11月20日前) and not the day of a training. */
const limit = new RegExp(`^\\s?${before}`);
/** Behind a day: the other end of a span that was not understood. */
const brokenSpan = /^\s?(?:至|~|—|到\s?(?:\d|[次翌同]年|月底|年底))/;

interface Chain {
  readonly points: readonly [DayPoint, ...DayPoint[]];
  readonly joints: readonly ('span' | 'list')[];
}
type Resolved = { ok: true; from: Day; to: Day } | { ok: false; reason: 'impossible' | 'several' | 'reversed' };

/**
 * The day or days that a normalised text names: `2026-11-20`, 11月20日, 20号, 昨天, 上周三, 3月5日至7日, 去年12月30日至今年1月2日,
 * 3月5日、6日. Weeks begin on Monday.
 *
 * What is left open is never read into the future, because a plan is no record: without a year it is the most recent
 * such day not after today, in this year or the last; without a month in this month or the last; a weekday within
 * the seven days that end today. A span begins so and goes on from there; if it ends after today, it is read as it
 * stands and the caller sees a day in the future. What nothing of this fits is `impossible`; consecutive days in a
 * list are a span, others `several`, as are two spans or an end that was not understood.
 */
export function readDays(text: string, today: Day): DaysReading {
  const chains = findChains(text, findDayPoints(text, today)).filter(({ points }) => !limit.test(text.slice(endOf(points))));
  const [first] = chains;
  if (first === undefined) return { ok: false, reason: 'none' };
  const start = first.points[0].start;
  const end = endOf(chains.at(-1)?.points ?? first.points);
  const words = text.slice(start, end);
  const readings = chains.map((chain) => resolve(chain, today));
  const fault = readings.find((reading) => !reading.ok);
  if (fault !== undefined) return { ...fault, words, start, end };
  const [one, ...others] = readings.filter((reading) => reading.ok);
  const agree = one !== undefined && others.every(({ from, to }) => from === one.from && to === one.to);
  if (!agree || chains.some(({ points }) => brokenSpan.test(text.slice(endOf(points))))) {
    return { ok: false, reason: 'several', words, start, end };
  }
  return { ok: true, from: one.from, to: one.to, words, start, end };
}

const endOf = (points: readonly DayPoint[]): number => points.at(-1)?.end ?? 0;

/** Days that belong together: joined by 至 or 、; a weekday behind a date only comments on it. */
function findChains(text: string, points: readonly DayPoint[]): Chain[] {
  const chains: { points: [DayPoint, ...DayPoint[]]; joints: ('span' | 'list')[] }[] = [];
  for (const point of points) {
    const chain = chains.at(-1);
    const last = chain?.points.at(-1);
    if (chain === undefined || last === undefined) {
      chains.push({ points: [point], joints: [] });
      continue;
    }
    const between = text.slice(last.end, point.start);
    const joint = spanJoint.test(between) ? 'span' : listJoint.test(between) ? 'list' : null;
    if (joint !== null) {
      chain.points.push(point);
      chain.joints.push(joint);
    } else if (point.type === 'weekday' && last.type !== 'weekday' && bracket.test(between)) {
      chain.points[chain.points.length - 1] = { ...last, end: point.end };
    } else {
      chains.push({ points: [point], joints: [] });
    }
  }
  return chains;
}

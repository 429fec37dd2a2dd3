import { addDays, addMonths, type Day, daysBetween, makeDay, monthOf, weekdayOf, yearOf } from '../../domain/day.ts';
import { type DayPoint, findDayPoints } from './day-points.ts';
import type { Stretch } from './mask.ts';
import { before } from './units.ts';

/** Where days stand in the text: `words` joins the `parts`, `start` and `end` enclose them. */
interface Place {
  readonly words: string;
  readonly start: number;
  readonly end: number;
  readonly parts: readonly Stretch[];
}

export type DaysReading =
  | ({ readonly ok: true; readonly from: Day; readonly to: Day } & Place)
  | ({ readonly ok: false; readonly reason: 'impossible' | 'several' | 'reversed' } & Place)
  | { readonly ok: false; readonly reason: 'none' };

/** Without years, a span whose end is named earlier than its beginning crosses the year's end up to this many days. */
const longestCrossing = 183;

const spanJoint = /^[)）]?\s?(?:起|开始)?\s?(?:至|到|--?|——?|~|–)\s?$/;
const listJoint = /^[)）]?\s?[、,，和及与]\s?$/;
const comment = /^\s?[（(]?\s?$/;
/** Behind a day: it is a limit (11月20日前) and not the day of a training. */
const limit = new RegExp(`^\\s?${before}`);
/** Behind a day: the other end of a span that was not understood. */
const brokenSpan = /^\s?(?:至|~|—|到\s?(?:\d|[次翌同]年|月底|年底))/;

type Joint = 'span' | 'list';
/** A day, and the weekday that a comment behind it gives: 11月20日（周五）. */
type Named = DayPoint & { readonly weekday?: number };
interface Chain {
  readonly first: Named;
  readonly rest: { readonly joint: Joint; readonly point: Named }[];
}

type Span = { readonly from: Day; readonly to: Day };
type Fault = 'impossible' | 'several' | 'reversed';

/**
 * The day or days that a normalised text names: `2026-11-20`, 11月20日, 20号, 昨天, 上周三, 3月5日至7日, 去年12月30日至今年1月2日,
 * 3月5日、6日. Weeks begin on Monday.
 *
 * What is left open is never read into the future, because a plan is no record: without a year it is the most recent
 * such day not after today, in this year or the last; without a month, in this month or the last; a weekday is in the
 * seven days that end today. A span begins so and goes on from there; one that ends after today is read as it stands,
 * and the caller sees a day in the future. What fits none of this is `impossible`. Consecutive days in a list are a
 * span; others are `several`, as are two spans, or a span whose end was not understood.
 */
export function readDays(text: string, today: Day): DaysReading {
  const chains = join(text, findDayPoints(text, today)).filter((chain) => !limit.test(text.slice(endOf(chain))));
  const [first, ...others] = chains;
  if (first === undefined) return { ok: false, reason: 'none' };
  const parts = chains.map((chain) => ({ start: chain.first.start, end: endOf(chain) }));
  const place = {
    parts,
    words: parts.map(({ start, end }) => text.slice(start, end)).join('，'),
    start: first.first.start,
    end: endOf(others.at(-1) ?? first),
  };
  if (chains.some((chain) => brokenSpan.test(text.slice(endOf(chain)))))
    return { ok: false, reason: 'several', ...place };
  const span = resolve(first, today);
  if (typeof span === 'string') return { ok: false, reason: span, ...place };
  for (const other of others) {
    const same = resolve(other, today);
    if (typeof same === 'string') return { ok: false, reason: same, ...place };
    if (same.from !== span.from || same.to !== span.to) return { ok: false, reason: 'several', ...place };
  }
  return { ok: true, from: span.from, to: span.to, ...place };
}

const lastOf = (chain: Chain): Named => chain.rest.at(-1)?.point ?? chain.first;
const endOf = (chain: Chain): number => lastOf(chain).end;

/** Puts together the days that 至 or 、 joins, and a weekday with the date that it comments on. */
function join(text: string, points: readonly DayPoint[]): Chain[] {
  const chains: Chain[] = [];
  for (const point of points) {
    const chain = chains.at(-1);
    const between = chain && text.slice(endOf(chain), point.start);
    const joint =
      between === undefined ? null : spanJoint.test(between) ? 'span' : listJoint.test(between) ? 'list' : null;
    if (chain === undefined || between === undefined) chains.push({ first: point, rest: [] });
    else if (joint !== null) chain.rest.push({ joint, point });
    else if (point.type === 'weekday' && lastOf(chain).type !== 'weekday' && comment.test(between)) {
      const commented = { ...lastOf(chain), end: point.end, weekday: point.weekday };
      const tail = chain.rest.pop();
      if (tail === undefined) chains[chains.length - 1] = { first: commented, rest: [] };
      else chain.rest.push({ joint: tail.joint, point: commented });
    } else chains.push({ first: point, rest: [] });
  }
  return chains;
}

function resolve({ first, rest }: Chain, today: Day): Span | Fault {
  const last = rest.at(-1)?.point ?? first;
  const from = latest(first, last.type === 'fixed' ? last.day : today);
  if (from === null || !agrees(first, from)) return 'impossible';
  let to = from;
  for (const { joint, point } of rest) {
    const next = following(point, to);
    if (next === null || !agrees(point, next)) return 'impossible';
    if (
      next < to ||
      (first.type !== 'fixed' && daysBetween(from, next) > longestCrossing && yearOf(from) !== yearOf(next))
    ) {
      return joint === 'list' ? 'several' : 'reversed';
    }
    if (joint === 'list' ? daysBetween(to, next) > 1 : rest.length > 1) return 'several';
    to = next;
  }
  return { from, to };
}

const agrees = ({ weekday }: Named, day: Day): boolean => weekday === undefined || weekday === weekdayOf(day);

/** The most recent day of this name not after `bound`. */
function latest(point: DayPoint, bound: Day): Day | null {
  switch (point.type) {
    case 'fixed':
      return point.day;
    case 'month-day':
      return newest(
        [yearOf(bound), yearOf(bound) - 1].map((year) => makeDay(year, point.month, point.day)),
        bound,
      );
    case 'day-of-month':
      return newest(
        [monthOf(bound), addMonths(monthOf(bound), -1)].map((month) => dayIn(month, point.day)),
        bound,
      );
    case 'weekday':
      return addDays(bound, -((weekdayOf(bound) - point.weekday + 7) % 7));
    case 'impossible':
      return null;
  }
}

const newest = (days: readonly (Day | null)[], bound: Day): Day | null =>
  days.find((day) => day !== null && day <= bound) ?? null;

const dayIn = (month: string, day: number): Day | null =>
  makeDay(Number(month.slice(0, 4)), Number(month.slice(5)), day);

/** The day of this name behind another one: in its month, in its year or soon after its end, or next in the week. */
function following(point: DayPoint, previous: Day): Day | null {
  switch (point.type) {
    case 'fixed':
      return point.day;
    case 'month-day': {
      const same = makeDay(yearOf(previous), point.month, point.day);
      const next = makeDay(yearOf(previous) + 1, point.month, point.day);
      const crosses =
        next !== null && (same === null || same < previous) && daysBetween(previous, next) <= longestCrossing;
      return crosses ? next : same;
    }
    case 'day-of-month':
      return dayIn(monthOf(previous), point.day);
    case 'weekday':
      return addDays(previous, (point.weekday - weekdayOf(previous) + 7) % 7);
    case 'impossible':
      return null;
  }
}

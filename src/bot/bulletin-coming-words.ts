import { z } from 'zod';
import { addDays, addMonths, type Day, makeDay, monthOf, weekdayOf, yearOf } from '../domain/day.ts';
import { text } from '../messenger/reply.ts';
import { comingTexts as texts } from '../texts/coming-training.ts';
import { misunderstood, type Reading, understood } from './command.ts';
import { type DayPoint, findDayPoints } from './text/day-points.ts';

/** Announced trainings that a month can have: more is no longer an announcement. */
export const mostComing = 30;

/** An announcement as it was written, right or wrong. */
export const lineArgs = z.object({
  day: z.string().max(20),
  until: z.string().max(20).optional(),
  title: z.string().max(200),
  place: z.string().max(200).optional(),
  audience: z.string().max(200).optional(),
});
export type Line = z.output<typeof lineArgs>;

/** One announcement a line: day or days, title, place, for whom, with spaces or commas between; the day is never in the past. */
export function readComingLines(said: string, today: Day): Reading {
  const lines: Line[] = [];
  for (const line of said.split('\n').filter((one) => one.trim() !== '')) {
    const read = readLine(line.trim(), today);
    if (read === null) return misunderstood(text(texts.notUnderstood(line.trim())));
    lines.push(read);
  }
  if (lines.length > mostComing) return misunderstood(text(texts.tooMany(mostComing)));
  return understood({ view: 'coming', ...(lines.length === 0 ? {} : { lines }) });
}

function readLine(line: string, today: Day): Line | null {
  const [point, next] = findDayPoints(line, today);
  const day = point?.start === 0 ? nextDay(point, today) : null;
  if (point === undefined || day === null) return null;
  const last = next !== undefined && spanJoint.test(line.slice(point.end, next.start)) ? next : null;
  const until = last === null ? null : nextDay(last, day);
  const rest = line.slice((last ?? point).end).replace(/^[\s，,：:；;]+/, '');
  if ((last !== null && until === null) || /^(?:至|到|[-—~～])/.test(rest)) return null;
  const [title, place, audience, ...more] = rest.match(/《[^》]*》[^\s，,；;]*|[^\s，,；;]+/g) ?? [];
  if (title === undefined || more.length > 0) return null;
  return {
    day,
    ...(until === null ? {} : { until }),
    title,
    ...(place === undefined ? {} : { place }),
    ...(audience === undefined ? {} : { audience }),
  };
}

const spanJoint = /^\s?(?:至|到|[-—~～]{1,2})\s?$/;

/** The first day of this name that is not before today, or before the day that a span begins with. */
function nextDay(point: DayPoint, today: Day): Day | null {
  const first = (days: readonly (Day | null)[]) => days.find((day) => day !== null && day >= today) ?? null;
  switch (point.type) {
    case 'fixed':
      return point.day;
    case 'month-day':
      return first([0, 1].map((years) => makeDay(yearOf(today) + years, point.month, point.day)));
    case 'day-of-month':
      return first(
        [0, 1].map((months) => {
          const month = addMonths(monthOf(today), months);
          return makeDay(Number(month.slice(0, 4)), Number(month.slice(5)), point.day);
        }),
      );
    case 'weekday':
      return addDays(today, (point.weekday - weekdayOf(today) + 7) % 7);
    case 'impossible':
      return null;
  }
}

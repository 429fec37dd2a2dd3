import { addDays, type Day, daysFrom, firstDayOf, lastDayOf, type Month, monthOf } from './day.ts';
import type { WorkCalendar } from './policy.ts';

/** Doubtful days are not relied on. */
export const isWorkday = (calendar: WorkCalendar, day: Day): boolean => calendar.kindOf(day) === 'workday';

/** Working days after `from` up to and including `to`: 0 on the same day. */
export const workdaysSince = (calendar: WorkCalendar, from: Day, to: Day): number =>
  daysFrom(addDays(from, 1), to).filter((day) => isWorkday(calendar, day)).length;

/** The last day after which `count` working days have gone by until `to`, `to` included: what began by then is that old. */
export function dayWorkdaysBefore(calendar: WorkCalendar, to: Day, count: number): Day {
  let day = to;
  for (let left = count; left > 0; day = addDays(day, -1)) if (isWorkday(calendar, day)) left -= 1;
  return day;
}

/** Whether a working day is the last sure one of its month. */
export const isLastWorkday = (calendar: WorkCalendar, day: Day): boolean =>
  isWorkday(calendar, day) && workdaysSince(calendar, day, lastDayOf(monthOf(day))) === 0;

/** The first working day of a month; without a sure one the first doubtful day, so that the month is not left out. */
export function firstWorkdayOf(calendar: WorkCalendar, month: Month): Day {
  let doubtful: Day | null = null;
  for (let day = firstDayOf(month); monthOf(day) === month; day = addDays(day, 1)) {
    if (isWorkday(calendar, day)) return day;
    if (doubtful === null && calendar.kindOf(day) === 'doubtful') doubtful = day;
  }
  return doubtful ?? firstDayOf(month);
}

/** The first sure working day from a day on, or that day itself when none is near. */
export function workdayFrom(calendar: WorkCalendar, from: Day): Day {
  return daysFrom(from, addDays(from, 30)).find((day) => isWorkday(calendar, day)) ?? from;
}

/** The day by which `count` working days have gone by after `from`. */
export function dayWorkdaysAfter(calendar: WorkCalendar, from: Day, count: number): Day {
  let day = from;
  for (let left = count; left > 0; left -= isWorkday(calendar, day) ? 1 : 0) day = addDays(day, 1);
  return day;
}

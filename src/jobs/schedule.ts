import { addDays, addMs, type Day, dayOf, daysFrom, type Instant, instantAt, monthOf } from '../domain/day.ts';
import type { WorkCalendar } from '../domain/policy.ts';
import { firstWorkdayOf, isLastWorkday, isWorkday } from '../domain/working-days.ts';

/** When a job is due, as data. Times are wall-clock times in Asia/Shanghai. */
export interface Schedule {
  /** `HH:MM`; never on the hour or the half hour, when everybody's messages go out. */
  readonly time: string;
  readonly on: (day: Day, calendar: WorkCalendar) => boolean;
  /** The same in words: `每个工作日 09:07`. */
  readonly words: string;
  /** How many missed slots are made up for, the latest ones. */
  readonly catchUp: number;
}

/** Nothing older is made up for, and nothing further ahead is foreseen. */
const horizonDays = 400;

/** Slots after `last` up to and including `now`, oldest first; none when the job has never been seen (`last` null). */
export function dueSlots(schedule: Schedule, last: Instant | null, now: Instant, calendar: WorkCalendar): Instant[] {
  if (last === null || last >= now) return [];
  const horizon = addMs(now, -horizonDays * 86_400_000);
  const since = last > horizon ? last : horizon;
  return daysFrom(dayOf(since), dayOf(now))
    .map((day) => ({ day, slot: instantAt(day, schedule.time) }))
    .filter(({ day, slot }) => slot > since && slot <= now && schedule.on(day, calendar))
    .map(({ slot }) => slot)
    .slice(-schedule.catchUp);
}

/** The first slot after `now`, or null when there is none within 400 days. */
export function nextSlot(schedule: Schedule, now: Instant, calendar: WorkCalendar): Instant | null {
  const today = dayOf(now);
  for (let ahead = 0; ahead <= horizonDays; ahead++) {
    const day = addDays(today, ahead);
    const slot = instantAt(day, schedule.time);
    if (slot > now && schedule.on(day, calendar)) return slot;
  }
  return null;
}

export const everyDay: Schedule['on'] = () => true;

/** Days on which people work for certain: the only ones on which anybody is chased. */
export const everyWorkday: Schedule['on'] = (day, calendar) => isWorkday(calendar, day);

export const lastWorkday: Schedule['on'] = (day, calendar) => isLastWorkday(calendar, day);

export const firstWorkday: Schedule['on'] = (day, calendar) => firstWorkdayOf(calendar, monthOf(day)) === day;

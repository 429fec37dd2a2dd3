/**
 * Calendar days and instants. A `Day` is an ISO date (`2026-11-20`) of the wall calendar in Asia/Shanghai, which has
 * been UTC+8 without summer time since 1991; an `Instant` is an ISO timestamp in UTC with milliseconds. Both sort as text.
 */
export type Day = string;
/** `2026-11-20T01:00:00.000Z`: fixed width, so that text order is time order. */
export type Instant = string;
/** `2026-11`. */
export type Month = string;

const shanghaiMs = 8 * 3_600_000;

/**
 * Days since 1970-01-01, counted and not parsed, since every rule asks for it: years begin in March, so that the leap
 * day is their last one, and 400 of them always have 146,097 days.
 */
function numberOf(day: Day): number {
  const month = Number(day.slice(5, 7));
  const year = Number(day.slice(0, 4)) - (month <= 2 ? 1 : 0);
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + Number(day.slice(8, 10)) - 1;
  const leapDays = Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400);
  return year * 365 + leapDays + dayOfYear - 719_468;
}

const padded = (number: number): string => (number < 10 ? `0${number}` : String(number));

function dayNumbered(number: number): Day {
  const days = number + 719_468;
  const era = Math.floor(days / 146_097);
  const dayOfEra = days - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  return `${String(year).padStart(4, '0')}-${padded(month)}-${padded(day)}`;
}

/** The day, or null when there is no such day (31 April, 29 February of a common year). */
export function makeDay(year: number, month: number, day: number): Day | null {
  const text = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  return isDay(text) ? text : null;
}

const daysInMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;
const isLeapYear = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/** Whether the text is an existing day written as `YYYY-MM-DD`. Counted, not parsed: every row with a day asks for it. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const month = Number(text.slice(5, 7));
  const day = Number(text.slice(8));
  const last = month === 2 && isLeapYear(Number(text.slice(0, 4))) ? 29 : daysInMonth[month - 1];
  return last !== undefined && day >= 1 && day <= last;
}

/** The day in Shanghai at an instant. */
export const dayOf = (instant: Instant): Day =>
  instant.slice(11, 13) < '16' ? instant.slice(0, 10) : addDays(instant.slice(0, 10), 1);

/** The wall-clock time in Shanghai at an instant: `08:30`. */
export const timeOf = (instant: Instant): string =>
  new Date(Date.parse(instant) + shanghaiMs).toISOString().slice(11, 16);

/** The instant of a wall-clock time (`HH:MM`) on a day in Shanghai. */
export function instantAt(day: Day, time = '00:00'): Instant {
  const hour = Number(time.slice(0, 2)) - 8;
  const utc = hour < 0 ? `${addDays(day, -1)}T${padded(hour + 24)}` : `${day}T${padded(hour)}`;
  return `${utc}${time.slice(2)}:00.000Z`;
}

export const addDays = (day: Day, days: number): Day => dayNumbered(numberOf(day) + days);

export const addMs = (instant: Instant, ms: number): Instant => new Date(Date.parse(instant) + ms).toISOString();

/** Days from `a` to `b`: 0 for the same day, negative when `b` is earlier. */
export const daysBetween = (a: Day, b: Day): number => numberOf(b) - numberOf(a);

/** 1 = Monday … 7 = Sunday. */
export const weekdayOf = (day: Day): number => ((((numberOf(day) + 3) % 7) + 7) % 7) + 1;

export const yearOf = (day: Day): number => Number(day.slice(0, 4));
export const monthOf = (day: Day): Month => day.slice(0, 7);

export const addMonths = (month: Month, months: number): Month => {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + months;
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`;
};

export const firstDayOf = (month: Month): Day => `${month}-01`;
export const lastDayOf = (month: Month): Day => addDays(firstDayOf(addMonths(month, 1)), -1);

/** Every day from `from` to `to`, both included. */
export function daysFrom(from: Day, to: Day): Day[] {
  const first = numberOf(from);
  return Array.from({ length: Math.max(0, numberOf(to) - first + 1) }, (_, i) => dayNumbered(first + i));
}

import { type Day, dayOf, type Instant, timeOf, weekdayOf } from '../../../domain/day.ts';
import { showDay } from '../../../texts/glossary.ts';

const weekdays = ['周一', '周二', '周三', '周四', '周五', '周六', '周日'];

export const showWeekday = (day: Day): string => weekdays[weekdayOf(day) - 1] ?? '';

/** 11月25日, where the year goes without saying. */
export const shortDay = (day: Day): string => showDay(day, day);

/** 11月25日 周三 09:00 */
export const showMoment = (instant: Instant): string =>
  `${shortDay(dayOf(instant))} ${showWeekday(dayOf(instant))} ${timeOf(instant)}`;

/** 12 KB, 1.3 MB */
export function showSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1_048_576) return `${Math.round(bytes / 1024)} KB`;
  return `${(bytes / 1_048_576).toFixed(1)} MB`;
}

import { type Day, dayOf, type Instant, timeOf, weekdayOf } from '../../../domain/day.ts';

const weekdays = ['周一', '周二', '周三', '周四', '周五', '周六', '周日'];

export const showWeekday = (day: Day): string => weekdays[weekdayOf(day) - 1] ?? '';

/** 11月25日 */
export const showDay = (day: Day): string => `${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`;

/** 2026年11月20日 */
export const showFullDay = (day: Day): string => `${day.slice(0, 4)}年${showDay(day)}`;

/** 11月25日 周三 09:00 */
export const showMoment = (instant: Instant): string =>
  `${showDay(dayOf(instant))} ${showWeekday(dayOf(instant))} ${timeOf(instant)}`;

/** 12 KB, 1.3 MB */
export function showSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1_048_576) return `${Math.round(bytes / 1024)} KB`;
  return `${(bytes / 1_048_576).toFixed(1)} MB`;
}

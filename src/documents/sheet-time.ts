import { addDays, type Day, dayOf, type Instant, instantAt, timeOf } from '../domain/day.ts';

const date = String.raw`(?:(?:(?<year>\d{4})[-/.年])?(?<month>\d{1,2})[-/.月](?<date>\d{1,2})[日号]?[ T]*)?`;
const before = String.raw`(?:(?<before>凌晨|清晨|早上|早晨|早|上午|午前|中午|下午|午后|傍晚|晚上|晚间|晚|[AaPp]\.?[Mm]\.?)\s*)?`;
const minute = String.raw`(?<minute>\d{2}|\d(?=分)|半)(?:[:：分]\d{2}(?:\.\d{1,6})?秒?|分)?`;
const clock = String.raw`(?<!\d)(?<hour>\d{1,2})(?:[:：时点]${minute}|[时点]整?)(?!\d)`;
const after = String.raw`(?:\s*(?<after>[AaPp]\.?[Mm]\.?)(?![\p{L}\d]))?`;
/** Only behind a moment as machines write it: 08:55-11:30 are two times. */
const offset = String.raw`(?:(?<=\dT[\d:.]{4,16})(?<offset>Z|[+-]\d{2}:?\d{2}))?`;
/** A time as Excel counts it, where the cell has no format: days since 1900, or a part of a day alone. */
const serial = String.raw`(?<![\p{L}\d.:：])(?<serial>\d{5}\.\d+|0?\.\d+)(?![\d.:：])`;

/** Every way in which a time is written. */
export const timePattern = new RegExp(`${date}${before}${clock}${after}${offset}|${serial}`, 'gu');

const serialPattern = new RegExp(serial, 'gu');

/** A line with its numbers of Excel as the times that they are, to be shown to people. */
export const writeSerials = (line: string, day: Day): string =>
  line.replace(serialPattern, (days) => {
    const at = atSerial(Number(days), day);
    return Number(days) < 1 ? timeOf(at) : `${dayOf(at)} ${timeOf(at)}`;
  });

const serialStart: Day = '1899-12-30';
const firstHour = 6;

/** The moment that a match of the pattern means on a day; what is wrong with it where it is no time, or of another day. */
export function readTime({ groups = {} }: RegExpMatchArray, day: Day): { readonly at: Instant } | 'time' | 'day' {
  if (groups['serial'] !== undefined) return onDay(atSerial(Number(groups['serial']), day), day);
  const written = Number(groups['hour']);
  const minutes = groups['minute'] === '半' ? 30 : Number(groups['minute'] ?? 0);
  if (written > 23 || minutes > 59) return 'time';
  const year = groups['year'] ?? day.slice(0, 4);
  const said = groups['month'] === undefined ? day : `${year}-${two(groups['month'])}-${two(groups['date'] ?? '')}`;
  if (groups['offset'] !== undefined) {
    const at = Date.parse(`${said}T${two(written)}:${two(minutes)}:00${groups['offset']}`);
    return Number.isNaN(at) ? 'time' : onDay(new Date(at).toISOString(), day);
  }
  const hour = hourOf(written, groups['before'] ?? groups['after'] ?? '');
  if (hour === null) return 'time';
  return said === day ? { at: instantAt(day, `${two(hour)}:${two(minutes)}`) } : 'day';
}

/** Of twelve hours or of twenty-four: nobody signs in before six, so that 2:05 is the afternoon's. Null: midnight, a day without a time. */
function hourOf(hour: number, half: string): number | null {
  const isLater = /^(?:下午|午后|傍晚|晚|[Pp])/.test(half) || (half === '中午' && hour < 6);
  if (isLater) return hour < 12 ? hour + 12 : hour;
  if (/^[Aa]/.test(half)) return hour === 12 ? null : hour;
  if (half !== '') return hour;
  return hour === 0 ? null : hour < firstHour ? hour + 12 : hour;
}

function atSerial(days: number, day: Day): Instant {
  const whole = Math.floor(days);
  const minutes = Math.round((days - whole) * 1440);
  const on = whole === 0 ? day : addDays(serialStart, whole);
  return instantAt(on, `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`);
}

const onDay = (at: Instant, day: Day) => (dayOf(at) === day ? { at } : 'day');
const two = (number: number | string): string => String(number).padStart(2, '0');

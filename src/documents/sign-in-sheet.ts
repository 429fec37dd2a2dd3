import { type Day, type Instant, instantAt } from '../domain/day.ts';

/** Most lines that are read. */
const mostLines = 600;

/** Somebody on a sheet of paper or of a meeting's software: who, when they came, and when they left. */
export interface SheetLine {
  /** As Excel counts. */
  readonly line: number;
  /** Name or 工号, as it stands there. */
  readonly who: string;
  readonly in: Instant | null;
  readonly out: Instant | null;
}

export interface SheetReading {
  readonly lines: readonly SheetLine[];
  readonly faults: readonly { readonly line: number; readonly found: string; readonly why: 'time' | 'day' | 'order' }[];
  readonly tooLong: boolean;
}

const header = /姓名|工号|时间|签到|签退/;
const time =
  /(?:(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?[ T]*)?(?<!\d)(\d{1,2})[:：时](\d{2})(?:[:：分]\d{2}秒?)?(?!\d)/g;

/**
 * A list as it is pasted from a table or typed from paper, a person on a line: name or 工号 or both, when they came and,
 * where it is known, when they left: `张三 08:55`, `E2001 张三 2026-11-20 08:55:10 2026-11-20 12:02`. Without a time somebody
 * was not there.
 */
export function readSignInSheet(text: string, day: Day): SheetReading {
  const all = text.split('\n');
  const lines: SheetLine[] = [];
  const faults: SheetReading['faults'][number][] = [];
  for (const [i, raw] of all.slice(0, mostLines).entries()) {
    const said = raw.trim();
    const times = [...said.matchAll(time)];
    const who = said
      .replace(time, ' ')
      .replace(/[\t,，;；|、]+/g, ' ')
      .replace(/\s+/g, ' ')
      .trim();
    if (said === '' || (times.length === 0 && header.test(said))) continue;
    const fault = (why: 'time' | 'day' | 'order') => faults.push({ line: i + 1, found: said.slice(0, 40), why });
    const instants = times.map((match) => instantOf(match, day));
    if (who === '' || /\d[:：]|[:：]\d/.test(who) || times.length > 2 || instants.includes('time')) fault('time');
    else if (instants.includes('day')) fault('day');
    else {
      const [came = null, left = null] = instants.map((one) => (typeof one === 'string' ? null : one.at));
      if (came !== null && left !== null && left < came) fault('order');
      else lines.push({ line: i + 1, who, in: came, out: left });
    }
  }
  return { lines, faults, tooLong: all.length > mostLines };
}

function instantOf(
  [, year, month = '', date = '', hour = '', minute = '']: RegExpMatchArray,
  day: Day,
): { readonly at: Instant } | 'time' | 'day' {
  if (Number(hour) > 23 || Number(minute) > 59) return 'time';
  const written = year === undefined ? day : `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  return written === day ? { at: instantAt(day, `${hour.padStart(2, '0')}:${minute}`) } : 'day';
}

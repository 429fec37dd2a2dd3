import { type Day, type Instant, instantAt } from '../domain/day.ts';

/** Most lines that are read. */
const mostLines = 2000;

/** Somebody on a sheet of paper or of a meeting's software: who, when they came, and when they left. */
export interface SheetLine {
  /** As Excel counts. */
  readonly line: number;
  /** Name or 工号, as it stands there. */
  readonly who: string;
  readonly in: Instant | null;
  readonly out: Instant | null;
}

/** A line that is not understood. */
export interface SheetFault extends Pick<SheetLine, 'line' | 'who'> {
  readonly found: string;
  readonly why: 'time' | 'day' | 'order';
}

export interface SheetReading {
  readonly lines: readonly SheetLine[];
  readonly faults: readonly SheetFault[];
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
  const all = [...text.split('\n').entries()]
    .map(([i, raw]) => [i, raw.trim()] as const)
    .filter(([, said]) => said !== '');
  const lines: SheetLine[] = [];
  const faults: SheetFault[] = [];
  for (const [i, said] of all.slice(0, mostLines)) {
    const times = [...said.matchAll(time)];
    const who = said
      .replace(time, ' ')
      .replace(/[\t,，;；|、]+/g, ' ')
      .replace(/\s+/g, ' ')
      .trim();
    if (times.length === 0 && header.test(said)) continue;
    const fault = (why: 'time' | 'day' | 'order') => faults.push({ line: i + 1, who, found: said.slice(0, 40), why });
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

/**
 * The rows of one person as one: who dropped out of a meeting and came back was there from the first time to the last.
 * Where the row that begins last has no time of leaving, none is known.
 */
export function joinRows<T extends Pick<SheetLine, 'in' | 'out'>>(
  first: T,
  more: readonly Pick<SheetLine, 'in' | 'out'>[],
): T {
  const rows = [first, ...more].sort((a, b) => ((a.in ?? '') < (b.in ?? '') ? -1 : 1));
  const outs = rows.flatMap(({ out }) => out ?? []).sort();
  return {
    ...first,
    in: rows.find((row) => row.in !== null)?.in ?? null,
    out: rows.at(-1)?.out == null ? null : (outs.at(-1) ?? null),
  };
}

function instantOf(
  [, year, month = '', date = '', hour = '', minute = '']: RegExpMatchArray,
  day: Day,
): { readonly at: Instant } | 'time' | 'day' {
  if (Number(hour) > 23 || Number(minute) > 59) return 'time';
  const written = year === undefined ? day : `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  return written === day ? { at: instantAt(day, `${hour.padStart(2, '0')}:${minute}`) } : 'day';
}

import type { Day, Instant } from '../domain/day.ts';
import { readTime, timePattern, writeSerials } from './sheet-time.ts';

/** Most lines that are read. */
const mostLines = 2000;

/** Somebody on a sheet of paper or of a meeting's software: who, when they came, and when they left. */
export interface SheetLine {
  /** As Excel counts. */
  readonly line: number;
  /** Name or 工号, as it stands there. */
  readonly who: string;
  /** The line as it stands there, cut; what Excel counts as a number is written as a time. */
  readonly found: string;
  readonly in: Instant | null;
  readonly out: Instant | null;
}

/** A line that is not understood. */
export interface SheetFault extends Pick<SheetLine, 'line' | 'who' | 'found'> {
  readonly why: 'time' | 'day' | 'order';
}

export interface SheetReading {
  readonly lines: readonly SheetLine[];
  readonly faults: readonly SheetFault[];
  readonly tooLong: boolean;
}

const header = /姓名|工号|时间|签到|签退/;

/**
 * A list as it is pasted from a table or typed from paper, a person on a line: name or 工号 or both, when they came and,
 * where it is known, when they left: `张三 08:55`, `E2001 张三 2026-11-20 08:55:10 2026-11-20 12:02`, `李四 下午2:05`. Without a
 * time somebody was not there.
 */
export function readSignInSheet(text: string, day: Day): SheetReading {
  const all = [...text.split('\n').entries()]
    .map(([i, raw]) => [i, raw.trim()] as const)
    .filter(([, said]) => said !== '');
  const lines: SheetLine[] = [];
  const faults: SheetFault[] = [];
  for (const [i, said] of all.slice(0, mostLines)) {
    const times = [...said.matchAll(timePattern)];
    if (times.length === 0 && header.test(said)) continue;
    const who = said
      .replace(timePattern, ' ')
      .replace(/[\t,，;；|、]+/g, ' ')
      .replace(/(?<=\s)[-–—~～至到]+(?=\s|$)/g, ' ')
      .replace(/\s+/g, ' ')
      .trim();
    const about = { line: i + 1, who, found: writeSerials(said, day).slice(0, 40) };
    const fault = (why: SheetFault['why']) => faults.push({ ...about, why });
    const instants = times.map((match) => readTime(match, day));
    if (who === '' || /\d[:：]|[:：]\d/.test(who) || times.length > 2 || instants.includes('time')) fault('time');
    else if (instants.includes('day')) fault('day');
    else {
      const [came = null, left = null] = instants.map((one) => (typeof one === 'string' ? null : one.at));
      if (came !== null && left !== null && left < came) fault('order');
      else lines.push({ ...about, in: came, out: left });
    }
  }
  return { lines, faults, tooLong: all.length > mostLines };
}

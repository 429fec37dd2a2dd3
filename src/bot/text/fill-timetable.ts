import type { Day } from '../../domain/day.ts';
import type { DayWorth } from './amounts.ts';
import { type LineReading, readSessionLine, readTimetable, writeTimetable } from './course.ts';

/**
 * A timetable with what is said to it while it is still open: a fragment completes its last line that is not whole, a 课次 with
 * its own day or time is another line. Null: neither fits, and what the lines say already stays.
 */
export function fillTimetable(before: string, said: string, today: Day, policy: DayWorth): string | null {
  let lines = before.split('\n').filter((line) => /[\p{L}\p{N}]/u.test(line));
  for (const more of said.split('\n')) {
    const next = addTo(lines, more, today, policy);
    if (next === null) return null;
    lines = next;
  }
  return lines.join('\n');
}

function addTo(lines: readonly string[], more: string, today: Day, policy: DayWorth): string[] | null {
  const at = (readTimetable(lines.join('\n'), today, policy, '未定').faults.at(-1)?.line ?? 0) - 1;
  const open = lines[at];
  const said = readSessionLine(more, today, policy);
  const whole = open === undefined ? null : complete(readSessionLine(open, today, policy), said);
  if (whole !== null) return lines.map((line, i) => (i === at ? whole : line));
  const { day, span, content, hours } = said;
  const isAnother = span !== null && (day !== null || (content !== null && hours !== null));
  return isAnother || lines.length === 0 ? [...lines, more] : null;
}

const isOther = (a: unknown, b: unknown): boolean =>
  a !== null && b !== null && JSON.stringify(a) !== JSON.stringify(b);

/** Words that stood for what is now said: 0学时, 25:00, 下周. */
const standIns = { hours: /学时|课时/, span: /\d[:：]\d/, day: /[周月年旬期]/ };

function complete(open: LineReading, more: LineReading): string | null {
  const { day, span, content, hours } = open;
  const parts = [
    [day, more.day],
    [span, more.span],
    [content, more.content],
    [hours, more.hours],
    [open.title, more.title],
  ];
  if (parts.some(([a, b]) => isOther(a, b)) || !parts.some(([a, b]) => a === null && b !== null)) return null;
  const isReplaced = (word: string): boolean =>
    (['day', 'span', 'hours'] as const).some(
      (part) => open[part] === null && more[part] !== null && standIns[part].test(word),
    );
  const [lineDay, lineSpan] = [day ?? more.day, span ?? more.span];
  const [lineContent, lineHours] = [content ?? more.content, hours ?? more.hours];
  const topic = open.title ?? more.title;
  const place = open.place ?? more.place;
  return [
    writeTimetable([
      {
        ...(lineDay === null ? {} : { day: lineDay }),
        ...lineSpan,
        ...(lineContent === null ? {} : { content: lineContent }),
        ...(lineHours === null ? {} : { hours: lineHours }),
        ...(topic === null ? {} : { topic }),
        speaker: (open.speaker ?? more.speaker) || null,
        place: place || null,
      },
    ]),
    ...open.rest.filter((word) => !isReplaced(word)),
    ...more.rest,
  ].join(' ');
}

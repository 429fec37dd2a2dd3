import { readSignInSheet } from '../../documents/sign-in-sheet.ts';
import { stateByTimes, wasThere } from '../../domain/attendance.ts';
import type { Course, Session } from '../../domain/course.ts';
import { type Reply, text } from '../../messenger/reply.ts';
import { sheetTexts, rollTexts as texts } from '../../texts/roll.ts';
import type { Context } from '../context.ts';
import { personFinder } from '../text/people.ts';
import { namesOf, type RollRow } from './roll.ts';
import type { Planned, RollPlan } from './roll-words.ts';

/** Asks for the list of a 课次: the next message is it. */
export async function askSheet(context: Context, course: Course, session: Session): Promise<Reply> {
  await context.ask({
    command: '考勤',
    args: { id: course.id, no: session.no, version: course.version },
    asking: 'sheet',
  });
  return text(sheetTexts.ask(course, session));
}

/**
 * What a pasted list says of whom, each state by the times. Nothing is planned as long as a line is not understood, or
 * names nobody of the class or several: which, and what would be right, is said.
 */
export function planSheet(
  context: Context,
  course: Course,
  session: Session,
  rows: readonly RollRow[],
  said: string,
): Planned {
  const refuse = (lines: readonly string[]): Planned => ({
    ok: false,
    reply: text([sheetTexts.notSaved(lines.length), ...lines.slice(0, mostFaults), sheetTexts.example].join('\n')),
  });
  if (session.settled !== null) return { ok: false, reply: text(texts.faults.reason(course, session)) };
  const { lines, faults, tooLong } = readSignInSheet(said, session.day);
  if (tooLong) return refuse([sheetTexts.tooLong]);
  if (lines.length + faults.length === 0) return refuse([sheetTexts.empty]);
  const find = personFinder(rows);
  const known = lines.map((line) => ({ line, found: firstOf(find, line.who) }));
  const people = known.flatMap(({ line, found }) => (found.ok ? [{ line, row: found.person }] : []));
  const twice = people.filter(({ row }, i) => people.findIndex((other) => other.row === row) !== i);
  const wrong = [
    ...faults.map(({ line, found, why }) => sheetTexts.faults[why](line, found, session)),
    ...known.flatMap(({ line, found }) =>
      found.ok
        ? []
        : [
            found.reason === 'none'
              ? sheetTexts.unknown(line.line, line.who)
              : sheetTexts.several(line.line, line.who, namesOf(found.matches, found.matches)),
          ],
    ),
    ...twice.map(({ line }) => sheetTexts.twice(line.line, line.who)),
  ];
  if (wrong.length > 0) return refuse(wrong);
  const marks: RollPlan['marks'] = people.flatMap(({ line, row }) => {
    if (row.staffNo === context.me.staffNo) return [];
    const state = stateByTimes(session, line, context.policy);
    // A list without a time proves less than a code, or than an approved leave.
    if (state === row.known?.state || (state === 'absent' && row.known !== undefined)) return [];
    if (row.known?.in != null && wasThere(row.known)) return [];
    return [{ row, state }];
  });
  const leavesOutSelf = people.some(({ row }) => row.staffNo === context.me.staffNo);
  return { ok: true, plan: { marks, source: 'sheet', reason: null, onLeave: [], leavesOutSelf } };
}

/** Faulty lines that one answer names. */
const mostFaults = 10;

/** By everything that stands there, else by its first word: E2001 张三 科研处. */
function firstOf(find: ReturnType<typeof personFinder<RollRow>>, who: string) {
  const whole = find(who);
  if (whole.ok || whole.reason === 'several') return whole;
  const words = who.split(' ');
  const [first = '', second = ''] = words;
  const found = [find(first), find(`${first}${second}`)].find(({ ok }) => ok);
  // A 工号 with another's name is nobody.
  const fits =
    found?.ok === true &&
    words.every((word) =>
      [found.person.staffNo.toLowerCase(), found.person.name, found.person.unit].includes(word.toLowerCase()),
    );
  return fits ? found : find(first).ok ? whole : find(first);
}

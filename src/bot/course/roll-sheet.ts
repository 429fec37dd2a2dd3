import { readSignInSheet } from '../../documents/sign-in-sheet.ts';
import { stateByTimes, wasThere } from '../../domain/attendance.ts';
import type { Course, Session } from '../../domain/course.ts';
import { type Reply, text } from '../../messenger/reply.ts';
import { sheetTexts, rollTexts as texts } from '../../texts/roll.ts';
import type { Context } from '../context.ts';
import { checkNames } from '../text/names.ts';
import { askWhich, sayNames } from './names.ts';
import type { RollRow } from './roll.ts';
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
 * What a pasted list says of whom, each state by the times. Nothing is planned as long as a line is not understood or names
 * nobody of the class, which is said; where nothing else is open, it is asked who of several is meant.
 */
export async function planSheet(
  context: Context,
  course: Course,
  session: Session,
  rows: readonly RollRow[],
  said: string,
): Promise<Planned> {
  const refuse = (lines: readonly string[], count = lines.length): Planned => ({
    ok: false,
    reply: text([sheetTexts.notSaved(count), ...lines.slice(0, mostFaults), sheetTexts.example].join('\n')),
  });
  if (session.settled !== null) return { ok: false, reply: text(texts.faults.reason(course, session)) };
  const { lines, faults, tooLong } = readSignInSheet(said, session.day);
  if (tooLong) return refuse([sheetTexts.tooLong]);
  if (lines.length + faults.length === 0) return refuse([sheetTexts.empty]);
  const names = checkNames(lines, rows);
  const { known, unknown, twice, doubts } = names;
  const unread = faults.map(({ line, found, why }) => sheetTexts.faults[why](line, found, session));
  const wrong = unread.length + unknown.length + twice.length;
  if (wrong > 0) return refuse([...unread, ...sayNames(names)], wrong + doubts.length);
  const [doubt] = doubts;
  if (doubt !== undefined) {
    const args = { id: course.id, no: session.no, lines: said };
    return { ok: false, reply: await askWhich(context, '考勤', args, doubt) };
  }
  const marks: RollPlan['marks'] = known.flatMap(({ said: line, person: row }) => {
    if (row.staffNo === context.me.staffNo) return [];
    const state = stateByTimes(session, line, context.policy);
    // A list without a time proves less than a code, or than an approved leave.
    if (state === row.known?.state || (state === 'absent' && row.known !== undefined)) return [];
    if (row.known?.in != null && wasThere(row.known)) return [];
    return [{ row, state }];
  });
  const leavesOutSelf = known.some(({ person }) => person.staffNo === context.me.staffNo);
  return { ok: true, plan: { marks, source: 'sheet', reason: null, onLeave: [], leavesOutSelf } };
}

/** Faulty lines that one answer names. */
const mostFaults = 10;

import { joinRows, readSignInSheet } from '../../documents/sign-in-sheet.ts';
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

/** A list of names and times as it came: its lines, and whether they came in a file. */
export interface SaidSheet {
  readonly lines: string;
  readonly isFile: boolean;
}

/**
 * What a list says of whom, each state by the times; several rows of one person are one. Names that are nobody's of the class
 * are left out and named, since a meeting has guests. Nothing is planned as long as a line is not understood or no name is
 * known, which is said; where nothing else is open, it is asked who of several is meant.
 */
export async function planSheet(
  context: Context,
  course: Course,
  session: Session,
  rows: readonly RollRow[],
  { lines: said, isFile }: SaidSheet,
): Promise<Planned> {
  const refuse = (lines: readonly string[], count = lines.length): Planned => ({
    ok: false,
    reply: text([sheetTexts.notSaved(count), ...lines.slice(0, mostFaults), sheetTexts.again(isFile)].join('\n')),
  });
  if (session.settled !== null) return { ok: false, reply: text(texts.faults.reason(course, session)) };
  const { lines, faults, tooLong } = readSignInSheet(said, session.day);
  if (tooLong) return refuse([sheetTexts.tooLong]);
  if (lines.length + faults.length === 0) return refuse([sheetTexts.empty]);
  const { known, unknown, twice, doubts } = checkNames(lines, rows);
  const strangers = new Set(checkNames(faults, rows).unknown);
  const guests = faults.filter((one) => one.why !== 'time' && strangers.has(one));
  const unread = faults.filter((one) => !guests.includes(one));
  const wrong = unread.map(({ line, found, why }) => sheetTexts.faults[why](line, found, session));
  if (wrong.length > 0)
    return refuse([...wrong, ...sayNames({ unknown: [], twice: [], doubts })], wrong.length + doubts.length);
  const unmatched = [...new Set([...unknown, ...guests].map(({ who }) => who))];
  if (known.length + doubts.length === 0) return refuse([sheetTexts.nobody(unmatched)]);
  const [doubt] = doubts;
  if (doubt !== undefined) {
    const args = { id: course.id, no: session.no, lines: said, isFile };
    return { ok: false, reply: await askWhich(context, '考勤', args, doubt) };
  }
  const marks: RollPlan['marks'] = known.flatMap(({ said: line, person: row }) => {
    if (row.staffNo === context.me.staffNo) return [];
    const more = twice.filter(({ person }) => person === row).map((one) => one.said);
    const state = stateByTimes(session, joinRows(line, more), context.policy);
    // A list without a time proves less than a code, or than an approved leave.
    if (state === row.known?.state || (state === 'absent' && row.known !== undefined)) return [];
    if (row.known?.in != null && wasThere(row.known)) return [];
    return [{ row, state }];
  });
  const leavesOutSelf = known.some(({ person }) => person.staffNo === context.me.staffNo);
  return { ok: true, plan: { marks, source: 'sheet', reason: null, onLeave: [], leavesOutSelf, unmatched, isFile } };
}

/** Faulty lines that one answer names. */
const mostFaults = 10;

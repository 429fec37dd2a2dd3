import { readSignInSheet, type SheetLine } from '../../documents/sign-in-sheet.ts';
import { type Attendance, wasThere } from '../../domain/attendance.ts';
import type { Course, Session } from '../../domain/course.ts';
import { isOfMorning, joinStays, stateByTimes } from '../../domain/stay.ts';
import { type Reply, text } from '../../messenger/reply.ts';
import { rollTexts as texts } from '../../texts/roll.ts';
import { sheetTexts } from '../../texts/sheet.ts';
import type { Context } from '../context.ts';
import { checkNames } from '../text/names.ts';
import { personFinder } from '../text/people.ts';
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
  const isMember = memberFinder(rows);
  const unreadTimes = unknown.filter((one) => isMember(one) && (one.in === null || timeWords.test(one.who)));
  const guests = faults.filter((one) => one.why !== 'time' && strangers.has(one) && !isMember(one));
  const stays = known.map(({ said: first, person: row }) => {
    const all = [first, ...twice.filter(({ person }) => person === row).map((one) => one.said)];
    return { row, first, isTimed: all.some((one) => one.in !== null), stay: joinStays(session, all) };
  });
  const wrong = [
    ...faults.filter((one) => !guests.includes(one)),
    ...unreadTimes.map((one) => ({ ...one, why: 'time' as const })),
    ...stays
      .filter(({ stay }) => isOfMorning(session, stay, context.policy))
      .map(({ first }) => ({ ...first, why: 'morning' as const })),
  ]
    .sort((a, b) => a.line - b.line)
    .map(({ line, found, why }) => sheetTexts.faults[why](line, found, session));
  if (wrong.length > 0)
    return refuse([...wrong, ...sayNames({ unknown: [], twice: [], doubts })], wrong.length + doubts.length);
  const unmatched = [...new Set([...unknown, ...guests].map(({ who }) => who))];
  if (known.length + doubts.length === 0) return refuse([sheetTexts.nobody(unmatched)]);
  const [doubt] = doubts;
  if (doubt !== undefined) {
    const args = { id: course.id, no: session.no, lines: said, isFile };
    return { ok: false, reply: await askWhich(context, '考勤', args, doubt) };
  }
  const marks: RollPlan['marks'] = stays.flatMap(({ row, stay }) => {
    if (row.staffNo === context.me.staffNo) return [];
    const state = stateByTimes(session, stay, context.policy);
    // A list without a time proves less than a code, or than an approved leave.
    if (state === row.known?.state || (state === 'absent' && row.known !== undefined)) return [];
    if (row.known !== undefined && isByCode(row.known)) return [];
    return [{ row, state, reason: null, ...(stay.in === null ? {} : { stay }) }];
  });
  const absent = new Set(marks.filter(({ state }) => state === 'absent').map(({ row }) => row));
  return {
    ok: true,
    plan: {
      marks,
      source: 'sheet',
      onLeave: [],
      withoutLeave: [],
      refusedLeave: [],
      leavesOutSelf: known.some(({ person }) => person.staffNo === context.me.staffNo),
      unmatched,
      leftBefore: stays
        .filter(({ row, isTimed, stay }) => isTimed && stay.in === null && absent.has(row))
        .map(({ row }) => row),
      isFile,
    },
  };
}

/** What is left of a time that was not read, behind a name. */
const timeWords = /\d|\s\S*[午早晚点时分]/;

const isByCode = (known: Attendance): boolean => wasThere(known) && known.marks.some(({ source }) => source === 'code');

/** Whether a line begins with a name of the class, or of several there: then it is nobody else's. */
function memberFinder(rows: readonly RollRow[]): (line: Pick<SheetLine, 'who'>) => boolean {
  const find = personFinder(rows);
  return ({ who }) => {
    const found = find(who.split(' ')[0] ?? '');
    return found.ok || found.reason === 'several';
  };
}

/** Faulty lines that one answer names. */
const mostFaults = 10;

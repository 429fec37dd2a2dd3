import {
  type AttendanceState,
  attendanceSources,
  attendanceStates,
  lacksSignOut,
  wasThere,
} from '../../domain/attendance.ts';
import { type Course, endOf, heldSessions, type Session, startOf } from '../../domain/course.ts';
import { dayOf } from '../../domain/day.ts';
import { countRoll, isTaken, settlesFrom } from '../../domain/roll.ts';
import { type Block, button, buttons, card, link, note, type Reply, words } from '../../messenger/reply.ts';
import { showDay } from '../../texts/glossary.ts';
import { concernTexts, rollTexts as texts } from '../../texts/roll.ts';
import type { Context } from '../context.ts';
import { nameOf } from '../review/desk.ts';
import { concernBlocks, concernedOf } from './concerns.ts';
import { leaveBlocks } from './open-leaves.ts';
import { runsCourses } from './own.ts';
import type { Roll } from './read.ts';
import { momentOf, namesOf, openLeavesOf, type RollRow, readNames, rowsOf } from './roll.ts';
import { doubtsOf } from './roll-draft.ts';

/** 课次 that have a button of their own. */
const mostButtons = 6;

/** The 课次 of a class with their counts, and what the department has not decided yet. `done`: what was just done. */
export async function showOverview(context: Context, { course, people }: Roll, done?: string): Promise<Reply> {
  const { tx, me, now, today, policies } = context;
  const held = heldSessions(course);
  const names = await readNames(tx, people);
  const rolls = held.map((session) => rowsOf(session, people, names));
  const everybody = new Map(rolls.flat().map((row) => [row.staffNo, row]));
  const concerned = concernedOf(course, [...everybody.values()], policies.at(course.to));
  const settled = held.filter((session) => session.settled !== null).length;
  const summary = done ?? texts.overview(course, settled, held.length);
  const begun = held.filter((session) => startOf(session) <= now);
  const waiting = begun.filter((session) => session.settled === null);
  const offered = (waiting.length > 0 ? waiting : begun.length > 0 ? begun : held).slice(-mostButtons);
  return card(
    texts.title,
    concerned.length > 0 ? 'warn' : 'info',
    summary,
    words(done === undefined ? summary : `${done}\n${texts.overview(course, settled, held.length)}`),
    {
      type: 'table',
      columns: texts.columns.map((label, i) => ({ label, align: i >= 2 && i <= 7 ? 'right' : 'left' })),
      rows: held.map((session, i) => {
        const counts = countRoll((rolls[i] ?? []).map(({ known }) => known?.state));
        const { expected, there, late, onLeave, absent } = counts;
        // Before it begins nobody can have missed it.
        const unknown = startOf(session) <= now ? String(counts.unknown) : '—';
        return [
          texts.openRoll(session.no),
          texts.when(session, today),
          ...[expected, there, late, onLeave, absent].map(String),
          unknown,
          stateOf(session, now),
        ];
      }),
    },
    ...concernBlocks(course, concerned, policies.at(course.to), runsCourses(me)),
    offered.length === 0
      ? null
      : buttons(...offered.map(({ no }) => link(texts.openRoll(no), '考勤', { id: course.id, no }))),
    concerned.length === 0 ? null : note(concernTexts.summary(course, concerned.length)),
  );
}

const stateOf = (session: Session, now: string): string =>
  session.settled !== null
    ? texts.state.settled
    : endOf(session) <= now
      ? texts.state.open
      : startOf(session) <= now
        ? texts.state.on
        : texts.state.coming;

/** The roll of one 课次: counts, and names by state; who has not signed in would be absent. `done`: what was just done. */
export async function showRoll(
  context: Context,
  course: Course,
  session: Session,
  rows: readonly RollRow[],
  done?: string,
): Promise<Reply> {
  const { now, policy } = context;
  const counts = countRoll(rows.map(({ known }) => known?.state));
  const summary = done ?? texts.session(course, session, counts);
  const isSettled = session.settled !== null;
  const mayCorrect = !isSettled || runsCourses(context.me);
  const press = { id: course.id, no: session.no, version: course.version };
  const open = isSettled ? [] : openLeavesOf(session, rows);
  const awaited = new Set(open.map(({ row }) => row));
  const unknown = namesOf(
    rows.filter((row) => row.known === undefined && !awaited.has(row)),
    rows,
  );
  const there = rows.filter(({ known }) => known !== undefined && wasThere(known));
  const signOutEnds = settlesFrom(course, session, policy);
  const early = namesOf(
    rows.filter(({ known }) => !isSettled && now >= signOutEnds && lacksSignOut(course.signsOut, known)),
    rows,
  );
  const maySettle = !isSettled && course.state === 'open' && now >= signOutEnds && open.length === 0;
  return card(
    texts.sessionTitle,
    isSettled ? 'good' : open.length > 0 ? 'warn' : 'info',
    summary,
    words(done === undefined ? summary : `${done}\n${texts.counts(counts)}`),
    ...namesByState(rows),
    unknown.length === 0 ? null : words(texts.unknown(unknown, isSettled)),
    early.length === 0 ? null : words(texts.notSignedOut(early)),
    ...(await leaveBlocks(context, course, open, rows)),
    ...(await doubtsOf(context, course, session, there, rows)),
    ...(await howKnown(context, rows)),
    session.settled === null
      ? null
      : note(
          texts.settledBy(await nameOf(context, session.settled.by), showDay(dayOf(session.settled.at), context.today)),
        ),
    buttons(
      ...(maySettle
        ? [
            {
              ...button(texts.settle, '考勤', { ...press, settle: true, confirmed: true }, 'primary'),
              confirm: settleQuestion(course, rows),
            },
          ]
        : []),
      ...(mayCorrect ? [button(texts.correct, '考勤', { ...press, edit: true })] : []),
      ...(isSettled ? [] : [link(texts.sheet, '考勤', { ...press, sheet: true })]),
      button(texts.back, '考勤', { id: course.id }),
    ),
    isSettled || course.state !== 'open' || now < startOf(session) || now >= signOutEnds
      ? null
      : note(texts.settlesFrom(momentOf(context, signOutEnds), course.signsOut)),
    note(
      isSettled
        ? mayCorrect
          ? texts.correctHint(course.id, session.no)
          : texts.departmentHint
        : texts.hint(course.id, session.no, runsCourses(context.me)),
    ),
  );
}

/** What settling makes of those of whom nothing is known, or who have not signed out, as a question. */
export function settleQuestion({ signsOut }: Course, rows: readonly RollRow[]): string {
  const unknown = rows.filter(({ known }) => known === undefined);
  const early = rows.filter(({ known }) => lacksSignOut(signsOut, known));
  const hasRoll = isTaken(rows.flatMap(({ known }) => known ?? []));
  return texts.settleAsk(namesOf(unknown, rows), namesOf(early, rows), hasRoll);
}

function namesByState(rows: readonly RollRow[]): Block[] {
  const order: readonly AttendanceState[] = [...attendanceStates].reverse();
  return order.flatMap((state) => {
    const those = rows.filter(({ known }) => known?.state === state);
    return those.length === 0 ? [] : [words(texts.names(state, namesOf(those, rows)))];
  });
}

/** How the attendance is known, and who took it by hand. */
async function howKnown(context: Context, rows: readonly RollRow[]): Promise<Block[]> {
  const last = rows.flatMap(({ known }) => known?.marks.at(-1) ?? []);
  if (last.length === 0) return [];
  const counts = attendanceSources
    .map((source) => [source, last.filter((mark) => mark.source === source).length] as const)
    .filter(([, count]) => count > 0);
  const hands = last.filter(({ source }) => source === 'roll' || source === 'sheet' || source === 'correction');
  const names = await Promise.all([...new Set(hands.map(({ by }) => by))].map((by) => nameOf(context, by)));
  return [note([texts.sources(counts), ...(names.length === 0 ? [] : [texts.byHand(names)])].join(''))];
}

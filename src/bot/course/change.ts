import { type Course, endOf, heldSessions, type Session } from '../../domain/course.ts';
import { isHeld, judgeMove, type Taken } from '../../domain/course-change.ts';
import { type Instant, weekdayOf } from '../../domain/day.ts';
import type { Policy } from '../../domain/policy.ts';
import { changeTexts as texts } from '../../texts/course-change.ts';
import { timetableTexts } from '../../texts/timetable.ts';
import { noSuchDay, readSessionLine, readTimetable, saysNone } from '../text/course.ts';
import { daysOf, sayLineFaults, sayTimetableFaults } from './timetable.ts';

/** What becomes of a class. */
export interface Change {
  readonly change: 'edit' | 'add' | 'cancel' | 'merge' | 'cancel-course';
  readonly no?: number | undefined;
  readonly into?: number | undefined;
  /** A 课次 in words, whole or only what is different. */
  readonly line?: string | undefined;
  /** The form had fields for speaker and place: what is not in them is none. What the line says of them comes first. */
  readonly parts?: boolean | undefined;
  readonly speaker?: string | undefined;
  readonly place?: string | undefined;
}

/** The same, or what the class itself is: `change-settings.ts` reads that. */
export type AnyChange = Omit<Change, 'change'> & {
  readonly change: Change['change'] | 'settings';
  readonly settings?: object | undefined;
};

/** A class as it would be, or the field of the form in which something is wrong. */
export type Changed =
  | {
      readonly ok: true;
      readonly course: Course;
      /** 课次 that are different. */
      readonly nos: readonly number[];
      /** What happened, in words for everybody. */
      readonly what: string;
      /** What it means for the attendance that was taken, in words for whoever decides. */
      readonly notes: readonly string[];
      /** What counts already, and what falls away, changes only with a reason. */
      readonly needsReason: boolean;
    }
  | { readonly ok: false; readonly field: 'no' | 'into' | 'line'; readonly fault: string };

type Refused = Extract<Changed, { ok: false }>;
const refuse = (field: Refused['field'], fault: string): Refused => ({ ok: false, field, fault });

/** What a change is judged by. */
interface Judging {
  readonly today: string;
  readonly now: Instant;
  readonly policy: Policy;
  /** What was taken at each 课次 of the class. */
  readonly taken: ReadonlyMap<number, Taken>;
}

/** The class after a change; nothing is saved. The number of a 课次 is never given to another one. */
export function changeCourse(course: Course, asked: Change, by: Judging): Changed {
  const { change, no, into, line = '' } = asked;
  const { policy, taken } = by;
  if (change === 'cancel-course') {
    const held = heldSessions(course);
    const after: Course = { ...course, state: 'cancelled' };
    const open = held.filter(({ no: one, settled }) => settled === null && taken.has(one));
    const called = open.reduce((sum, { no: one }) => sum + (taken.get(one)?.people ?? 0), 0);
    return {
      ok: true,
      course: after,
      nos: held.map((session) => session.no),
      what: texts.cancelCourse,
      notes: called === 0 ? [] : [texts.takenVoid(called, open.length)],
      needsReason: true,
    };
  }
  if (change === 'add') return addSession(course, line, by);
  const session = course.sessions.find((one) => one.no === no);
  if (session === undefined) return refuse('no', texts.noSession);
  if (session.cancelled) return refuse('no', texts.isCancelled(session));
  if (change === 'edit') return editSession(course, session, asked, by);
  if (heldSessions(course).length === 1) return refuse('no', texts.last);
  const gone = { ...session, cancelled: true };
  const isTaken = isHeld(session, taken);
  if (change === 'cancel')
    return withSessions(course, [gone], texts.cancelled(session), 'no', policy, {
      notes: isTaken && session.settled === null ? [texts.takenVoid(taken.get(session.no)?.people ?? 0)] : [],
      needsReason: isTaken,
    });
  const other = heldSessions(course).find((one) => one.no === into && one.no !== no);
  if (other === undefined) return refuse('into', texts.noInto);
  const held = [session, other].find((one) => isHeld(one, taken));
  if (held !== undefined) return refuse('into', texts.mergeHeld(held));
  if (endOf(other) <= by.now) return refuse('into', texts.mergeOver(other));
  const both = { ...other, hours: other.hours + session.hours };
  return withSessions(course, [gone, both], texts.merged(session, both), 'into', policy, {
    notes: session.content === other.content ? [] : [texts.mergedContent(session, other)],
    needsReason: true,
  });
}

function addSession(course: Course, line: string, { today, policy }: Judging): Changed {
  const { sessions, faults } = readTimetable(line, today, policy, course.title.slice(0, 80));
  const [planned] = sessions;
  if (planned === undefined || sessions.length > 1)
    return refuse('line', sayLineFaults(faults) ?? timetableTexts.faulty([], 0));
  const no = Math.max(0, ...course.sessions.map((one) => one.no)) + 1;
  const added: Session = { ...planned, no, cancelled: false, settled: null };
  return withSessions(course, [added], texts.added(added, whenOf(added, today)), 'line', policy);
}

/** What is not said of a 课次 stays as it was. */
function editSession(course: Course, session: Session, asked: Change, by: Judging): Changed {
  const { today, policy, taken, now } = by;
  const { line = '' } = asked;
  const said = readSessionLine(line, session.day, policy);
  const speaker = said.speaker ?? (asked.parts ? typed(asked.speaker) : session.speaker);
  const place = said.place ?? (asked.parts ? typed(asked.place) : session.place);
  const wrongDay = said.wrong === 'day' ? noSuchDay(line, session.day) : null;
  if (wrongDay !== null) return refuse('line', texts.badLine(texts.noSuchDay(wrongDay)));
  if (said.wrong !== null) return refuse('line', texts.badLine(texts.unread(line)));
  if (said.rest[0] !== undefined) return refuse('line', texts.badLine(texts.unread(said.rest[0])));
  const edited: Session = {
    ...session,
    day: said.day ?? session.day,
    ...said.span,
    content: said.content ?? session.content,
    hours: said.hours ?? session.hours,
    topic: said.title?.slice(0, 80) ?? session.topic,
    speaker: isOpen(speaker) ? null : speaker.slice(0, 40),
    // Where the class has a place, only the word itself says that this 课次 has none yet.
    place: place === '' || (course.place === null && isOpen(place)) ? null : (place?.slice(0, 60) ?? null),
  };
  const known = taken.get(session.no);
  const move = judgeMove(session, edited, known, now);
  const what = differences(course, session, edited, today, move === 'corrects');
  if (what.length === 0) return refuse('line', texts.unchanged);
  if (move === 'held' || move === 'signed') return refuse('line', texts.noMove[move](course, session, today));
  return withSessions(course, [edited], texts.edited(session, what), 'line', policy, {
    notes: move === 'free' ? [] : [texts.moves[move](known?.people ?? 0)],
    needsReason: session.settled !== null || move === 'voids' || move === 'corrects',
  });
}

/** A field of the form as one line, or null for nothing. */
const typed = (said = ''): string | null => (saysNone(said) ? null : said.replace(/\s+/g, ' ').trim());

/** Nothing is settled yet. */
const isOpen = (said: string | null): said is null => said === null || said === '' || said === timetableTexts.open;

function differences(course: Course, before: Session, after: Session, today: string, isCorrection: boolean): string[] {
  const { edits } = texts;
  const [placeBefore, placeAfter] = [before, after].map((session) => session.place ?? course.place);
  const isMoved = before.day !== after.day || before.start !== after.start || before.end !== after.end;
  return [
    ...(isMoved ? [edits.when(whenOf(after, today), isCorrection)] : []),
    ...(placeBefore === placeAfter ? [] : [edits.place(placeAfter ?? null)]),
    ...(before.speaker === after.speaker ? [] : [edits.speaker(after.speaker)]),
    ...(before.topic === after.topic ? [] : [edits.topic(after.topic)]),
    ...(before.content === after.content ? [] : [edits.content(after.content)]),
    ...(before.hours === after.hours ? [] : [edits.hours(after.hours)]),
  ];
}

const whenOf = (session: Session, today: string): string => timetableTexts.when(session, weekdayOf(session.day), today);

function withSessions(
  course: Course,
  changed: readonly Session[],
  what: string,
  field: Refused['field'],
  policy: Policy,
  more: Pick<Extract<Changed, { ok: true }>, 'notes' | 'needsReason'> = { notes: [], needsReason: false },
): Changed {
  const nos = changed.map(({ no }) => no);
  const known = course.sessions.map((session) => changed.find(({ no }) => no === session.no) ?? session);
  const sessions = [...known, ...changed.filter(({ no }) => course.sessions.every((session) => session.no !== no))];
  const fault = sayTimetableFaults(sessions, policy);
  return fault === null
    ? { ok: true, course: { ...course, sessions, ...daysOf(sessions) }, nos, what, ...more }
    : refuse(field, fault);
}

import { type Course, heldSessions, type Session } from '../../domain/course.ts';
import { weekdayOf } from '../../domain/day.ts';
import type { Policy } from '../../domain/policy.ts';
import { changeTexts as texts } from '../../texts/course-change.ts';
import { timetableTexts } from '../../texts/timetable.ts';
import { readSessionLine, readTimetable, saysNone } from '../text/course.ts';
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

/** A class as it would be, or the field of the form in which something is wrong. */
export type Changed =
  | {
      readonly ok: true;
      readonly course: Course;
      /** 课次 that are different. */
      readonly nos: readonly number[];
      /** What happened, in words for everybody. */
      readonly what: string;
    }
  | { readonly ok: false; readonly field: 'no' | 'into' | 'line'; readonly fault: string };

const refuse = (field: 'no' | 'into' | 'line', fault: string): Changed => ({ ok: false, field, fault });

/** The class after a change; nothing is saved. The number of a 课次 is never given to another one. */
export function changeCourse(course: Course, asked: Change, today: string, policy: Policy): Changed {
  const { change, no, into, line = '' } = asked;
  if (change === 'cancel-course') {
    const nos = heldSessions(course).map((session) => session.no);
    return { ok: true, course: { ...course, state: 'cancelled' }, nos, what: texts.cancelCourse };
  }
  if (change === 'add') return addSession(course, line, today, policy);
  const session = course.sessions.find((one) => one.no === no);
  if (session === undefined) return refuse('no', texts.noSession);
  if (session.cancelled) return refuse('no', texts.isCancelled(session));
  if (change === 'edit') return editSession(course, session, asked, today, policy);
  if (heldSessions(course).length === 1) return refuse('no', texts.last);
  const gone = { ...session, cancelled: true };
  if (change === 'cancel') return withSessions(course, [gone], texts.cancelled(session), 'no', policy);
  const other = heldSessions(course).find((one) => one.no === into && one.no !== no);
  if (other === undefined) return refuse('into', texts.noInto);
  const both = { ...other, hours: other.hours + session.hours };
  return withSessions(course, [gone, both], texts.merged(session, both), 'into', policy);
}

function addSession(course: Course, line: string, today: string, policy: Policy): Changed {
  const { sessions, faults } = readTimetable(line, today, policy, course.title.slice(0, 80));
  const [planned] = sessions;
  if (planned === undefined || sessions.length > 1)
    return refuse('line', sayLineFaults(faults) ?? timetableTexts.faulty([], 0));
  const no = Math.max(0, ...course.sessions.map((one) => one.no)) + 1;
  const added: Session = { ...planned, no, cancelled: false, settled: null };
  return withSessions(course, [added], texts.added(added, whenOf(added, today)), 'line', policy);
}

/** What is not said of a 课次 stays as it was. */
function editSession(course: Course, session: Session, asked: Change, today: string, policy: Policy): Changed {
  const { line = '' } = asked;
  const said = readSessionLine(line, session.day, policy);
  const speaker = said.speaker ?? (asked.parts ? typed(asked.speaker) : session.speaker);
  const place = said.place ?? (asked.parts ? typed(asked.place) : session.place);
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
  const what = differences(course, session, edited, today);
  return what.length === 0
    ? refuse('line', texts.unchanged)
    : withSessions(course, [edited], texts.edited(session, what), 'line', policy);
}

/** A field of the form as one line, or null for nothing. */
const typed = (said = ''): string | null => (saysNone(said) ? null : said.replace(/\s+/g, ' ').trim());

/** Nothing is settled yet. */
const isOpen = (said: string | null): said is null => said === null || said === '' || said === timetableTexts.open;

function differences(course: Course, before: Session, after: Session, today: string): string[] {
  const { edits } = texts;
  const [placeBefore, placeAfter] = [before, after].map((session) => session.place ?? course.place);
  const isMoved = before.day !== after.day || before.start !== after.start || before.end !== after.end;
  return [
    ...(isMoved ? [edits.when(whenOf(after, today))] : []),
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
  field: 'no' | 'into' | 'line',
  policy: Policy,
): Changed {
  const nos = changed.map(({ no }) => no);
  const known = course.sessions.map((session) => changed.find(({ no }) => no === session.no) ?? session);
  const sessions = [...known, ...changed.filter(({ no }) => course.sessions.every((session) => session.no !== no))];
  const fault = sayTimetableFaults(sessions, policy);
  return fault === null
    ? { ok: true, course: { ...course, sessions, ...daysOf(sessions) }, nos, what }
    : refuse(field, fault);
}

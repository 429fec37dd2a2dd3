import {
  type Course,
  hoursOf,
  inOrder,
  type Session,
  type TimetableFault,
  theoryShareOf,
  timetableFaults,
} from '../../domain/course.ts';
import { addDays, type Day, daysBetween, weekdayOf, yearOf } from '../../domain/day.ts';
import { contents } from '../../domain/hours.ts';
import type { Policy } from '../../domain/policy.ts';
import { type Block, words } from '../../messenger/reply.ts';
import { contentNames, showHours } from '../../texts/glossary.ts';
import { timetableTexts as texts } from '../../texts/timetable.ts';
import type { LineFault, PlannedSession } from '../text/course.ts';

/** Rows of a timetable that one card shows. */
export const sessionsShown = 20;

/** 课次 with their numbers, in the order in which they take place. */
export const numbered = (planned: readonly PlannedSession[], after = 0): Session[] =>
  inOrder(planned.map((session, i) => ({ ...session, no: i + 1, cancelled: false, settled: null }))).map(
    (session, i) => ({ ...session, no: after + i + 1 }),
  );

/** First and last day of what takes place; of everything when nothing does. */
export function daysOf(sessions: readonly Session[]): Pick<Course, 'from' | 'to'> {
  const held = sessions.filter(({ cancelled }) => !cancelled);
  const days = (held.length > 0 ? held : sessions).map(({ day }) => day).sort();
  return { from: days[0] ?? '', to: days.at(-1) ?? '' };
}

/** The same timetable with another first day; what lies between its days stays. */
export function startingOn<T extends { readonly day: Day }>(sessions: readonly T[], first: Day): T[] {
  const [earliest] = sessions.map(({ day }) => day).sort();
  const shift = earliest === undefined ? 0 : daysBetween(earliest, first);
  return sessions.map((session) => ({ ...session, day: addDays(session.day, shift) }));
}

const faultsSaid = 3;

/** What is wrong in the lines of a timetable, in one sentence; null when they can be read. */
export const sayLineFaults = (faults: readonly LineFault[]): string | null =>
  faults.length === 0
    ? null
    : texts.faulty(
        faults
          .slice(0, faultsSaid)
          .map(({ line, words: said, missing, wrong, unread }) =>
            unread === null ? texts.missing(line, said, missing, wrong) : texts.unread(line, unread),
          ),
        faults.length,
      );

/** What cannot be in a timetable, in one sentence; null when it can be taken. */
export function sayTimetableFaults(sessions: readonly Session[], policy: Policy): string | null {
  const faults: readonly TimetableFault[] = timetableFaults(sessions, policy);
  return faults.length === 0 ? null : faults.slice(0, faultsSaid).map(texts.fault).join('');
}

/** Hours of each content that a timetable has. */
export const hoursByContent = (sessions: readonly Pick<Session, 'content' | 'hours'>[]) =>
  contents
    .map((content) => [content, hoursOf(sessions.filter((session) => session.content === content))] as const)
    .filter(([, hours]) => hours > 0);

/**
 * What a timetable gives everybody, in which year where it goes on into the next one, and how much of it is theory and party
 * spirit (三.4): a rule about timetables, which `policy` null leaves out where it is about one person.
 */
export function sayHours(sessions: readonly Session[], policy: Policy | null): string {
  const share = theoryShareOf(sessions);
  const years = [...new Set(sessions.map(({ day }) => yearOf(day)))].sort((a, b) => a - b);
  const hoursIn = (year: number): number => hoursOf(sessions.filter(({ day }) => yearOf(day) === year));
  return [
    texts.hours(hoursOf(sessions), hoursByContent(sessions)),
    ...(years.length < 2 ? [] : [texts.years(years.map((year) => [year, hoursIn(year)]))]),
    ...(share === null || policy === null ? [] : [texts.share(share, policy.theoryShare)]),
  ].join('；');
}

/**
 * A page of a timetable; cancelled 课次 are faded and say so. A column in which nothing would stand is left out, and
 * where others have a place, one without is 待定.
 */
export function timetableBlocks(sessions: readonly Session[], course: Pick<Course, 'place'>, today: Day): Block[] {
  const shown = sessions.slice(0, sessionsShown);
  const faded = shown.flatMap(({ cancelled }, i) => (cancelled ? [i] : []));
  const placeOf = ({ place }: Session): string | null => place ?? course.place;
  const [no, when, content, hours, topic, speaker, place] = texts.columns;
  const columns: readonly (readonly [label: string, cell: (session: Session) => string, align?: 'right'])[] = [
    [no, (session) => String(session.no)],
    [when, (session) => texts.when(session, weekdayOf(session.day), today)],
    [content, (session) => (session.cancelled ? texts.cancelled : contentNames[session.content])],
    [hours, (session) => showHours(session.hours), 'right'],
    [topic, (session) => session.topic],
    ...(shown.some((one) => one.speaker !== null)
      ? [[speaker, (session: Session) => session.speaker ?? ''] as const]
      : []),
    ...(shown.some((one) => placeOf(one) !== null)
      ? [[place, (session: Session) => placeOf(session) ?? texts.open] as const]
      : []),
  ];
  return [
    {
      type: 'table',
      columns: columns.map(([label, , align]) => ({ label, align: align ?? 'left' })),
      rows: shown.map((session) => columns.map(([, cell]) => cell(session))),
      ...(faded.length === 0 ? {} : { faded }),
    },
    ...(sessions.length > shown.length ? [words(texts.more(sessions.length - shown.length))] : []),
  ];
}

import { type Course, endOf, expectedOf, heldSessions, hoursOf } from '../../domain/course.ts';
import { attendedAfter, moveAttendance, takenAt } from '../../domain/course-change.ts';
import { type CreditLine, creditLines, creditOf, givesHours, owedFor } from '../../domain/course-credit.ts';
import type { Instant } from '../../domain/day.ts';
import { isExamined } from '../../domain/exam.ts';
import { contents } from '../../domain/hours.ts';
import { followExpected, isLess, missedBy } from '../../domain/leave.ts';
import { isClosed } from '../../domain/make-up.ts';
import type { Policy } from '../../domain/policy.ts';
import { type Block, words } from '../../messenger/reply.ts';
import { changeTexts as texts } from '../../texts/course-change.ts';
import { contentNames } from '../../texts/glossary.ts';
import { isMember } from './enrol.ts';
import type { Affected } from './follow-change.ts';
import { isOff } from './follow-make-ups.ts';
import type { Participant } from './read.ts';
import { hoursByContent, sayHours } from './timetable.ts';

/** What a change of a class means for its people, before it is made; hours are hundredths. */
export interface Effects {
  /** 工号 of those who hear of it: who is in the class and expected at a 课次 that changes, or for whom something else changes. */
  readonly affected: readonly string[];
  /** What everybody who attends all of it gets. */
  readonly hours: { readonly before: number; readonly after: number };
  /** The same by content, where that changes: what the timetable gives then. */
  readonly composition: string | null;
  /** Who has hours of the class for the first time, and what they come to. */
  readonly entered: { readonly people: number; readonly hours: number };
  /** Whose hours in the ledger change, and what all of theirs were and are. */
  readonly corrected: {
    readonly people: number;
    readonly before: readonly CreditLine[];
    readonly after: readonly CreditLine[];
  };
  /** Whether the class has given hours before. */
  readonly hasGiven: boolean;
  readonly makeUps: { readonly opened: number; readonly waived: number };
  /** How many are on leave, or have asked for it, from a 课次 that has other times or hours and is still to come for them. */
  readonly leaves: number;
  /** How many leaves are not, or not all, about anything any more. */
  readonly lapsing: number;
}

/** Computes the same as the ledger will, from the same functions, for the class as it is and as it would be. */
export function effectsOf(
  before: Course,
  after: Course,
  nos: readonly number[],
  people: readonly Affected[],
  policy: Policy,
  now: Instant,
): Effects {
  const taken = takenAt(people.flatMap(({ attended }) => attended));
  const moved = nos.filter((no) => timesOf(before, no) !== timesOf(after, no));
  const affected: string[] = [];
  const entered = { people: 0, hours: 0 };
  const corrected = { people: 0, before: [] as CreditLine[], after: [] as CreditLine[] };
  const makeUps = { opened: 0, waived: 0 };
  let [leaves, lapsing, given] = [0, 0, 0];
  for (const person of people) {
    const { enrolment, next: enrolmentAfter, attended } = person;
    const changes = moveAttendance(before, after, taken, person, now);
    const [then, next] = [
      stand(before, person, policy),
      stand(after, { ...person, enrolment: enrolmentAfter, attended: attendedAfter(attended, changes) }, policy),
    ];
    given += then.lines.length;
    const isEntered = then.lines.length === 0 && next.lines.length > 0;
    const isCorrected = !isEntered && !sameLines(then.lines, next.lines);
    if (isEntered) {
      entered.people += 1;
      entered.hours += hoursOf(next.lines);
    }
    if (isCorrected) {
      corrected.people += 1;
      corrected.before.push(...then.lines);
      corrected.after.push(...next.lines);
    }
    const open = person.makeUps.filter((one) => one.cause !== 'failed' && !isClosed(one)).map(({ no }) => no);
    const opened = next.owed.filter((no) => !then.owed.includes(no)).length;
    const resits = person.makeUps.filter((one) => one.cause === 'failed' && !isClosed(one)).length;
    const hasExam = !isOff(after) && isExamined(enrolmentAfter);
    const waived = open.filter((no) => !next.owed.includes(no)).length + (hasExam ? 0 : resits);
    makeUps.opened += opened;
    makeUps.waived += waived;
    const [expected, left] = [expectedOf(before, enrolment), isOff(after) ? [] : expectedOf(after, enrolmentAfter)];
    const gone = person.leaves.filter((leave) => {
      const followed = followExpected(leave, left, now);
      return followed !== null && isLess(followed, leave);
    }).length;
    lapsing += gone;
    const asked = person.leaves.flatMap((leave) => (leave.state === 'asked' ? leave.sessions : missedBy(leave)));
    const ahead = left.filter((session) => endOf(session) > now);
    if (asked.some((no) => moved.includes(no) && ahead.some((session) => session.no === no))) leaves += 1;
    const isThere = isMember(enrolment, now) && [...expected, ...left].some(({ no }) => nos.includes(no));
    if (isThere || isEntered || isCorrected || opened + waived + gone + changes.length > 0)
      affected.push(enrolment.staffNo);
  }
  const [heldBefore, heldAfter] = [heldSessions(before), isOff(after) ? [] : heldSessions(after)];
  const hours = { before: hoursOf(heldBefore), after: hoursOf(heldAfter) };
  const isSameMix = JSON.stringify(hoursByContent(heldBefore)) === JSON.stringify(hoursByContent(heldAfter));
  const composition = isSameMix || heldAfter.length === 0 ? null : sayHours(heldAfter, policy);
  return { affected, hours, composition, entered, corrected, hasGiven: given > 0, makeUps, leaves, lapsing };
}

/** What leave from a 课次 is measured by. */
function timesOf({ sessions }: Course, no: number): string | null {
  const session = sessions.find((one) => one.no === no);
  return session === undefined ? null : [session.day, session.start, session.end, session.hours].join(' ');
}

/** Where a person stands in a class: hours in the ledger, and 课次 that have to be made up. */
function stand(course: Course, { enrolment, attended, makeUps }: Participant, policy: Policy) {
  const credits = isOff(course) ? [] : creditOf(course, enrolment, attended, makeUps, policy);
  const lines = givesHours(course, enrolment.credits) ? creditLines(credits, course) : [];
  return { lines, owed: owedFor(credits, enrolment).map(({ no }) => no) };
}

const sameLines = (a: readonly CreditLine[], b: readonly CreditLine[]): boolean =>
  a.length === b.length && a.every((line) => b.some((other) => keyOf(line) === keyOf(other)));

const keyOf = ({ content, year, no, hours, from, to }: CreditLine): string =>
  [content, year, no, hours, from, to].join(' ');

/** The same in words; `notes`: what besides is said of the attendance. */
export function sayEffects(effects: Effects, notes: readonly string[]): Block {
  const { affected, hours, composition, entered, corrected, hasGiven, makeUps, leaves, lapsing } = effects;
  return words(
    [
      texts.affected(affected.length),
      ...notes,
      texts.hours(hours.before, hours.after),
      ...(composition === null ? [] : [`${composition}。`]),
      ...(entered.people === 0 ? [] : [texts.entered(entered.people, entered.hours)]),
      ...(corrected.people > 0 ? [sayCorrected(corrected)] : hasGiven ? [texts.creditedStays] : []),
      ...(makeUps.opened + makeUps.waived === 0 ? [] : [texts.makeUps(makeUps.opened, makeUps.waived)]),
      ...(leaves === 0 ? [] : [texts.leaves(leaves)]),
      ...(lapsing === 0 ? [] : [texts.lapsing(lapsing)]),
    ].join('\n'),
  );
}

/** How many are corrected, from how much to how much, and from what content or year to what. */
function sayCorrected({ people, before, after }: Effects['corrected']): string {
  const moved = contents
    .map((content) => {
      const [then, next] = [before, after].map((lines) => hoursOf(lines.filter((line) => line.content === content)));
      return { content, before: then ?? 0, after: next ?? 0 };
    })
    .filter((one) => one.before !== one.after);
  const years = [...new Set([...before, ...after].map(({ year }) => year))]
    .sort((a, b) => a - b)
    .map((year) => {
      const [then, next] = [before, after].map((lines) => hoursOf(lines.filter((line) => line.year === year)));
      return { year, before: then ?? 0, after: next ?? 0 };
    });
  const moves = years.filter((one) => one.before !== one.after);
  // Where one content or one year only grows or shrinks, the sum says it.
  const shifts = [
    ...(moved.length > 1 ? moved.map((one) => ({ ...one, of: contentNames[one.content] })) : []),
    ...(moves.length > 1 ? moves.map((one) => ({ ...one, of: texts.year(one.year) })) : []),
  ];
  return texts.corrected(people, hoursOf(before), hoursOf(after), shifts, moved.length + moves.length === 0);
}

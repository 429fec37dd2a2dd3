import { type Course, expectedOf, heldSessions, hoursOf } from '../../domain/course.ts';
import { creditLines, creditOf, givesHours, owedFor } from '../../domain/course-credit.ts';
import { missedBy } from '../../domain/leave.ts';
import { isClosed } from '../../domain/make-up.ts';
import type { Policy } from '../../domain/policy.ts';
import { type Block, words } from '../../messenger/reply.ts';
import { changeTexts as texts } from '../../texts/course-change.ts';
import type { Participant } from './read.ts';

/** What a change of a class means for its people, before it is made; hours are hundredths. */
export interface Effects {
  /** 工号 of those who are expected at a 课次 that changes. */
  readonly affected: readonly string[];
  /** What everybody who attends all of it gets. */
  readonly hours: { readonly before: number; readonly after: number };
  /** What is credited already and changes, over all people. */
  readonly credited: { readonly people: number; readonly before: number; readonly after: number };
  readonly makeUps: { readonly opened: number; readonly waived: number };
  /** How many are on leave, or have asked for it, from a 课次 that changes. */
  readonly leaves: number;
}

/** Computes the same as the ledger will, from the same functions, for the class as it is and as it would be. */
export function effectsOf(
  before: Course,
  after: Course,
  nos: readonly number[],
  people: readonly Participant[],
  policy: Policy,
): Effects {
  const affected: string[] = [];
  const credited = { people: 0, before: 0, after: 0 };
  const makeUps = { opened: 0, waived: 0 };
  let leaves = 0;
  for (const person of people) {
    const expected = [before, after].flatMap((course) => expectedOf(course, person.enrolment));
    if (expected.some(({ no }) => nos.includes(no))) affected.push(person.enrolment.staffNo);
    const [then, next] = [stand(before, person, policy), stand(after, person, policy)];
    if (then.hours !== next.hours) credited.people += 1;
    credited.before += then.hours;
    credited.after += next.hours;
    const open = person.makeUps.filter((one) => one.cause !== 'failed' && !isClosed(one)).map(({ no }) => no);
    makeUps.opened += next.owed.filter((no) => !then.owed.includes(no)).length;
    makeUps.waived += open.filter((no) => !next.owed.includes(no)).length;
    const asked = person.leaves.flatMap((leave) => (leave.state === 'asked' ? leave.sessions : missedBy(leave)));
    if (asked.some((no) => nos.includes(no))) leaves += 1;
  }
  const hours = { before: hoursOf(heldSessions(before)), after: isOff(after) ? 0 : hoursOf(heldSessions(after)) };
  return { affected, hours, credited, makeUps, leaves };
}

const isOff = ({ state }: Course): boolean => state === 'cancelled' || state === 'proposed';

/** Where a person stands in a class: hours in the ledger, and 课次 that have to be made up. */
function stand(course: Course, { enrolment, attended, makeUps }: Participant, policy: Policy) {
  const credits = isOff(course) ? [] : creditOf(course, enrolment, attended, makeUps, policy);
  const lines = givesHours(course) ? creditLines(credits, course) : [];
  return { hours: hoursOf(lines), owed: owedFor(credits).map(({ no }) => no) };
}

/** The same in words. */
export function sayEffects({ affected, hours, credited, makeUps, leaves }: Effects): Block {
  const touchesLedger = credited.before > 0 || credited.after > 0;
  return words(
    [
      texts.affected(affected.length),
      texts.hours(hours.before, hours.after),
      ...(touchesLedger ? [texts.credited(credited.people, credited.before, credited.after)] : []),
      ...(makeUps.opened + makeUps.waived === 0 ? [] : [texts.makeUps(makeUps.opened, makeUps.waived)]),
      ...(leaves === 0 ? [] : [texts.leaves(leaves)]),
    ].join('\n'),
  );
}

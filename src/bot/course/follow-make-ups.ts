import { wasThere } from '../../domain/attendance.ts';
import { keyOf } from '../../domain/collection.ts';
import { type Course, courses, expectedOf } from '../../domain/course.ts';
import { owedFor, type SessionCredit } from '../../domain/course-credit.ts';
import { dayOf } from '../../domain/day.ts';
import { isExamined, standingResult } from '../../domain/exam.ts';
import { followAbsence, isOwing, type MakeUp, makeUps, openMakeUp } from '../../domain/make-up.ts';
import { closeByRun, type Missed } from '../../domain/next-run.ts';
import { listAll, type Reader } from '../../store/store.ts';
import { followResit } from './exam.ts';
import { resultsOf } from './facts.ts';
import type { FollowParts } from './follow.ts';
import { type Participant, readParticipant } from './read.ts';

/** What is different from before of what a person owes. */
export interface MakeUpsFollowed {
  /** New or open again. */
  readonly opened: readonly MakeUp[];
  /** Made up by a later run. */
  readonly closed: readonly MakeUp[];
  /** Not owed any more. */
  readonly waived: readonly MakeUp[];
  /** Still owed, as they were before: the 课次 that was chosen is over without the person, or does not take place. */
  readonly lapsedRuns: readonly MakeUp[];
}

/**
 * Opens what is owed for an absence in a class and lets go what is not any more; then sees, over all runs of the class,
 * what has been made up in another one.
 */
export async function followMakeUps(
  parts: FollowParts,
  course: Course,
  person: Participant,
  credits: readonly SessionCredit[],
  why: string,
): Promise<MakeUpsFollowed> {
  const { tx } = parts;
  const before = new Map(person.makeUps.map((one) => [keyOf(makeUps, one), one]));
  const after = new Map(before);
  for (const one of followAbsences(parts, course, person, credits, why)) after.set(keyOf(makeUps, one), one);
  for (const one of await followExam(parts, course, person, why)) after.set(keyOf(makeUps, one), one);
  const runs = await runsOf(tx, course);
  if (runs.length > 1) {
    for (const one of await listAll(tx, makeUps, { index: 'byPerson', equals: [person.enrolment.staffNo] })) {
      const key = keyOf(makeUps, one);
      before.set(key, one);
      if (!after.has(key)) after.set(key, one);
    }
    for (const run of runs) {
      const there = run === course ? person : await readParticipant(tx, run.id, person.enrolment.staffNo);
      const missed = missedIn(
        runs.filter(({ id }) => id !== run.id),
        [...after.values()],
      );
      const sat = { courseId: run.id, attended: attendedIn(run, there), ahead: aheadIn(run, there) };
      for (const one of closeByRun(missed, sat, parts.now)) {
        after.set(keyOf(makeUps, one), one);
      }
    }
  }
  const changed = [...after].filter(([key, one]) => before.get(key) !== one);
  for (const [, one] of changed) await tx.put(makeUps, one);
  const into = (isSo: (one: MakeUp) => boolean): MakeUp[] =>
    changed.filter(([key, one]) => isSo(one) && !isSo(before.get(key) ?? noneBefore(one))).map(([, one]) => one);
  return {
    opened: into(isOwing),
    closed: into(({ state }) => state === 'accepted'),
    waived: into(({ state }) => state === 'waived'),
    lapsedRuns: changed
      .filter(([key, one]) => isOwing(one) && before.get(key)?.state === 'chosen' && hasLapsed(before.get(key), one))
      .map(([, one]) => one),
  };
}

const hasLapsed = (before: MakeUp | undefined, { by }: MakeUp): boolean => by === null && before?.by != null;

/** Stands for a make-up that was not there before: it is in no state that anything is different from. */
const noneBefore = (one: MakeUp): MakeUp => ({ ...one, state: 'handed-in' });

function followAbsences(
  { now, policies }: FollowParts,
  course: Course,
  { enrolment, makeUps: known }: Participant,
  credits: readonly SessionCredit[],
  why: string,
): MakeUp[] {
  const today = dayOf(now);
  const all = owedFor(credits, enrolment);
  const owed = new Map(all.map((one) => [one.no, one]));
  const followed = known
    .filter(({ cause }) => cause !== 'failed')
    .map((makeUp) => followAbsence(makeUp, owed.get(makeUp.no) ?? null, now, why))
    .filter((next) => next !== null);
  const fresh = all
    .filter(({ no }) => known.every((makeUp) => makeUp.no !== no))
    .map((one) => openMakeUp({ ...one, courseId: course.id, staffNo: enrolment.staffNo }, today, policies.at(today)));
  return [...followed, ...fresh];
}

/** A resit falls away with the class, or for whoever leaves it, and is back when they are. */
async function followExam(
  parts: FollowParts,
  course: Course,
  { enrolment, makeUps: known }: Participant,
  why: string,
): Promise<MakeUp[]> {
  const resit = known.find(({ cause }) => cause === 'failed');
  if (resit === undefined) return [];
  const isAsked = !isOff(course) && isExamined(enrolment);
  const standing = isAsked ? standingResult(await resultsOf(parts.tx, course.id, enrolment.staffNo)) : null;
  const next = followResit(parts, course, enrolment.staffNo, resit, standing, why);
  return next === null ? [] : [next];
}

/** The settled 课次 of a class at which a person was, of those that were expected of them. */
const attendedIn = (course: Course, person: Participant | null) =>
  expectedIn(course, person).filter(
    ({ no, settled }) => settled !== null && person?.attended.some((one) => one.no === no && wasThere(one)) === true,
  );

/** Those that are not settled yet. */
const aheadIn = (course: Course, person: Participant | null) =>
  expectedIn(course, person).filter(({ settled }) => settled === null);

const expectedIn = (course: Course, person: Participant | null) =>
  isOff(course) || person === null ? [] : expectedOf(course, person.enrolment);

/** What was missed in some classes, in the order of the classes and their 课次. */
const missedIn = (runs: readonly Course[], owed: readonly MakeUp[]): Missed[] =>
  runs.flatMap(({ id, sessions }) =>
    sessions.flatMap((session) =>
      owed.filter(({ courseId, no }) => courseId === id && no === session.no).map((makeUp) => ({ makeUp, session })),
    ),
  );

/** Whether a class gives nothing: it has been cancelled, or is not decided yet. */
export const isOff = ({ state }: Pick<Course, 'state'>): boolean => state === 'cancelled' || state === 'proposed';

/** Whether something may follow from a class for everybody in it: a 课次 is settled, or another run's are made up in it. */
export const concernsAll = async (view: Reader, course: Course): Promise<boolean> =>
  course.sessions.some(({ settled }) => settled !== null) || (await runsOf(view, course)).length > 1;

/** All runs of a class (期), the first before those that repeat it; the class itself as it is given. */
export async function runsOf(view: Reader, course: Course): Promise<Course[]> {
  let first = course;
  for (const seen = new Set([course.id]); first.repeats !== null && !seen.has(first.repeats); seen.add(first.id)) {
    const before: Course | undefined = await view.get(courses, first.repeats);
    if (before === undefined) break;
    first = before;
  }
  const runs = [first];
  // What is found while the list is walked is walked as well.
  for (const { id } of runs) {
    const next = await listAll(view, courses, { index: 'byRepeats', equals: [id] });
    runs.push(...next.filter((run) => runs.every((known) => known.id !== run.id)));
  }
  return runs.map((run) => (run.id === course.id ? course : run));
}

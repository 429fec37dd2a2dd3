import {
  annualPlans,
  awaitsClass,
  type ComingHours,
  inForce,
  nearestTo,
  type PlannedTraining,
  plannedHours,
  plannedTrainings,
  standing,
} from '../../domain/annual-plan.ts';
import type { Cadre } from '../../domain/cadre.ts';
import {
  type Course,
  courses,
  type Enrolment,
  enrolments,
  expectedOf,
  heldSessions,
  hoursOf,
} from '../../domain/course.ts';
import { type Day, yearOf } from '../../domain/day.ts';
import { hourEntries } from '../../domain/hours.ts';
import { similarTitles } from '../../domain/overlap.ts';
import type { Policy } from '../../domain/policy.ts';
import { selectPeople } from '../../domain/selection.ts';
import { listAll, type Reader } from '../../store/store.ts';

/** Everything that was ever planned for a year, earliest first. */
const readTrainings = (view: Reader, year: number): Promise<PlannedTraining[]> =>
  listAll(view, plannedTrainings, { index: 'byYear', equals: [year] });

/** What is planned for a year and still meant, earliest first. */
export const readPlan = async (view: Reader, year: number): Promise<PlannedTraining[]> =>
  standing(await readTrainings(view, year));

/** What the year's plan holds as it was approved last. */
export async function readInForce(view: Reader, year: number): Promise<PlannedTraining[]> {
  const [plan, trainings] = await Promise.all([view.get(annualPlans, year), readTrainings(view, year)]);
  return plan === undefined ? [] : inForce(plan, trainings);
}

/** The classes that were opened for planned trainings, by their number; those that are known are not looked up again. */
export async function classesFor(
  view: Reader,
  trainings: readonly PlannedTraining[],
  known: readonly Course[] = [],
): Promise<Map<number, Course>> {
  const classes = new Map(known.map((course) => [course.id, course]));
  const ids = trainings.flatMap(({ courseId }) => (courseId === null || classes.has(courseId) ? [] : [courseId]));
  const found = ids.length === 0 ? [] : await view.getAll(courses, ids.map(String));
  for (const course of found) if (course !== undefined) classes.set(course.id, course);
  return classes;
}

/** Those that have no class, or none that is decided and held. */
export const awaiting = (
  trainings: readonly PlannedTraining[],
  classes: ReadonlyMap<number, Course>,
): PlannedTraining[] => trainings.filter((one) => awaitsClass(one, classes.get(one.courseId ?? 0)));

/** The training of the plan for which a class is opened: of the same title and about that time, and without a class so far. */
export async function plannedFor(
  view: Reader,
  course: Pick<Course, 'title' | 'from' | 'to'>,
): Promise<PlannedTraining | undefined> {
  const year = yearOf(course.from);
  const [before, now] = await Promise.all([readPlan(view, year - 1), readPlan(view, year)]);
  const named = [...before.filter(({ to }) => to >= course.from), ...now].filter(({ title }) =>
    similarTitles(title, course.title),
  );
  const classes = await classesFor(view, named);
  const isFree = ({ courseId }: PlannedTraining): boolean =>
    courseId === null || classes.get(courseId)?.state === 'cancelled';
  return nearestTo(course, named.filter(isFree));
}

/** What an open class still gives to somebody who is in it. */
function comingIn(course: Course, enrolment: Enrolment): ComingHours {
  const credited = enrolment.credits.length > 0 && !course.creditsEach;
  const ahead = expectedOf(course, enrolment).filter(({ settled }) => settled === null || !course.creditsEach);
  return comingOf(course, credited ? [] : ahead);
}

const comingOf = (course: Course, ahead: Course['sessions']): ComingHours => ({
  title: course.title,
  from: ahead[0]?.day ?? course.from,
  on: course.to,
  hours: hoursOf(ahead),
});

/** What may add to the hours of one person. */
export interface Ahead {
  /** What the own classes and the plans for the person give. */
  readonly mine: readonly ComingHours[];
  /** Classes that they are not in, and what is planned for others. */
  readonly others: readonly ComingHours[];
}

/**
 * What the open classes and the approved plans of the cycle hold for one person. A planned training counts until a class
 * that is opened for it is decided, and again when that is cancelled.
 */
export async function readAhead(view: Reader, cadre: Cadre, { to }: Policy['cycle'], today: Day): Promise<Ahead> {
  const years = Array.from({ length: yearOf(to) - yearOf(today) + 1 }, (_, i) => yearOf(today) + i);
  // In one breath, so that a database is asked once.
  const [plans, entered, upcoming] = await Promise.all([
    view.getAll(annualPlans, years.map(String)),
    listAll(view, enrolments, { index: 'byPerson', equals: [cadre.staffNo] }),
    listAll(view, courses, { index: 'byEnd', from: today }),
  ]);
  const known = plans.filter((plan) => plan !== undefined);
  const planned = await Promise.all(known.map(async (plan) => inForce(plan, await readTrainings(view, plan.year))));
  const trainings = planned.flat();
  const mine: ComingHours[] = [];
  const others: ComingHours[] = [];
  const enrolmentIn = new Map(entered.map((one) => [one.courseId, one]));
  for (const course of upcoming.filter(({ state }) => state === 'open')) {
    const enrolment = enrolmentIn.get(course.id);
    if (enrolment !== undefined) mine.push(comingIn(course, enrolment));
    // Who was in the run before has had it.
    else if (!enrolmentIn.has(course.repeats ?? 0))
      others.push(
        comingOf(
          course,
          heldSessions(course).filter(({ day }) => day >= today),
        ),
      );
  }
  for (const training of awaiting(trainings, await classesFor(view, trainings, upcoming))) {
    const isMine = selectPeople(training.selection, [cadre]).length > 0;
    const { title, from, to: on } = training;
    (isMine ? mine : others).push({ title, from, on, hours: plannedHours(training) });
  }
  const isMore = ({ hours }: ComingHours): boolean => hours > 0;
  return { mine: mine.filter(isMore), others: others.filter(isMore) };
}

/** Who has a 专业化能力 training in the year already: approved, or in an open class with one. */
export async function haveProfessional(view: Reader, year: number): Promise<Set<string>> {
  const [from, to] = [`${year}-01-01`, `${year}-12-31`];
  const where = { state: { in: ['approved'] }, content: { in: ['professional'] } };
  const {
    groups: [trained = []],
  } = await view.totals(hourEntries, { index: 'byEnd', from, to, where, groupBy: ['staffNo'], sum: [] });
  const have = new Set(trained.map(String));
  for (const course of await listAll(view, courses, { index: 'byEnd', from, to })) {
    const isProfessional = course.sessions.some(({ content, cancelled }) => content === 'professional' && !cancelled);
    if (course.state !== 'open' || !isProfessional) continue;
    for (const { staffNo, until } of await listAll(view, enrolments, { equals: [course.id] })) {
      if (until === null) have.add(staffNo);
    }
  }
  return have;
}

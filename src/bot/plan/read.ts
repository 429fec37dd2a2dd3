import {
  annualPlans,
  type ComingHours,
  type PlannedTraining,
  plannedHours,
  plannedTrainings,
  standing,
} from '../../domain/annual-plan.ts';
import type { Cadre } from '../../domain/cadre.ts';
import { type Course, courses, enrolments, expectedOf, hoursOf } from '../../domain/course.ts';
import { type Day, yearOf } from '../../domain/day.ts';
import { hourEntries } from '../../domain/hours.ts';
import { similarTitles } from '../../domain/overlap.ts';
import type { Policy } from '../../domain/policy.ts';
import { selectPeople } from '../../domain/selection.ts';
import { listAll, type Reader } from '../../store/store.ts';

/** What is planned for a year and still meant, earliest first. */
export const readPlan = async (view: Reader, year: number): Promise<PlannedTraining[]> =>
  standing(await listAll(view, plannedTrainings, { index: 'byYear', equals: [year] }));

/** The training of the year's plan for which a class is opened: of the same title, and without a class so far. */
export async function plannedFor(
  view: Reader,
  course: Pick<Course, 'title' | 'from'>,
): Promise<PlannedTraining | undefined> {
  const trainings = await readPlan(view, yearOf(course.from));
  return trainings.find(({ courseId, title }) => courseId === null && similarTitles(title, course.title));
}

/** The classes that somebody is in, with the hours that they have still to give. */
async function comingClasses(view: Reader, staffNo: string): Promise<ComingHours[]> {
  const mine = await listAll(view, enrolments, { index: 'byPerson', equals: [staffNo] });
  const found = await view.getAll(
    courses,
    mine.map(({ courseId }) => String(courseId)),
  );
  const coming: ComingHours[] = [];
  for (const [i, enrolment] of mine.entries()) {
    const course = found[i];
    if (course?.state !== 'open') continue;
    const credited = enrolment.credits.length > 0 && !course.creditsEach;
    const ahead = expectedOf(course, enrolment).filter(({ settled }) => settled === null || !course.creditsEach);
    const hours = credited ? 0 : hoursOf(ahead);
    if (hours > 0) coming.push({ title: course.title, on: course.to, hours });
  }
  return coming;
}

/** What may add to the hours of one person. */
export interface Ahead {
  /** What the own classes and the plans for the person give. */
  readonly mine: readonly ComingHours[];
  /** Planned for others. */
  readonly others: readonly ComingHours[];
}

/**
 * What the open classes and the approved plans of the cycle hold for one person. A planned training counts until a class
 * is opened for it, and again when that is cancelled.
 */
export async function readAhead(view: Reader, cadre: Cadre, { to }: Policy['cycle'], today: Day): Promise<Ahead> {
  const years = Array.from({ length: yearOf(to) - yearOf(today) + 1 }, (_, i) => yearOf(today) + i);
  const [approved, mine] = await Promise.all([
    view.getAll(annualPlans, years.map(String)),
    comingClasses(view, cadre.staffNo),
  ]);
  const others: ComingHours[] = [];
  for (const plan of approved) {
    if (plan?.approved == null) continue;
    for (const training of await readPlan(view, plan.year)) {
      if (training.courseId !== null && (await view.get(courses, training.courseId))?.state !== 'cancelled') continue;
      const isMine = selectPeople(training.selection, [cadre]).length > 0;
      const one = { title: training.title, on: training.to, hours: plannedHours(training) };
      (isMine ? mine : others).push(one);
    }
  }
  return { mine, others };
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

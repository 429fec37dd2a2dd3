import type { Course } from '../../domain/course.ts';
import type { ReportFacts } from '../../domain/course-report.ts';
import { type ExamResult, examResults } from '../../domain/exam.ts';
import { type Reflection, reflections } from '../../domain/reflection.ts';
import { listAll, type Reader } from '../../store/store.ts';
import { type Participant, readRoll } from './read.ts';

/** Everything that a report of a class says, person by person; null when there is no such class. */
export async function readReportFacts(
  view: Reader,
  courseId: number,
): Promise<{ readonly course: Course; readonly facts: readonly (ReportFacts & Participant)[] } | null> {
  const roll = await readRoll(view, courseId);
  if (roll === null) return null;
  const results = await listAll(view, examResults, { equals: [courseId] });
  const entryIds = roll.people.flatMap(({ enrolment }) => enrolment.credits.map(({ entryId }) => entryId));
  const owed = await view.getAll(reflections, entryIds.map(String));
  const byEntry = new Map<number, Reflection>(owed.flatMap((one) => (one === undefined ? [] : [[one.entryId, one]])));
  const facts = roll.people.map((person): ReportFacts & Participant => ({
    ...person,
    results: results.filter(({ staffNo }) => staffNo === person.enrolment.staffNo),
    reflection: person.enrolment.credits.flatMap(({ entryId }) => byEntry.get(entryId) ?? [])[0] ?? null,
  }));
  return { course: roll.course, facts };
}

/** A person's exam results in a class, by attempt. */
export const resultsOf = (view: Reader, courseId: number, staffNo: string): Promise<ExamResult[]> =>
  listAll(view, examResults, { equals: [courseId, staffNo] });

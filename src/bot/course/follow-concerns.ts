import { keyOf } from '../../domain/collection.ts';
import { type Concern, concerns, concernsOf, openConcerns } from '../../domain/concern.ts';
import type { Course } from '../../domain/course.ts';
import type { PolicyBook } from '../../domain/policy.ts';
import type { Transaction } from '../../store/store.ts';
import { isOff } from './follow-make-ups.ts';
import type { Participant } from './read.ts';

/** What is different from before of what the department has to decide about a person. */
export interface ConcernsFollowed {
  /** New or open again. */
  readonly raised: readonly Concern[];
  /** Open before, and now neither open nor decided by anybody's word. */
  readonly lapsed: readonly Concern['about'][];
}

/** Keeps what is open about a person as their attendance has it; run again it changes nothing. */
export async function followConcerns(
  { tx, policies }: { readonly tx: Transaction; readonly policies: PolicyBook },
  course: Course,
  { undecided, ...person }: Participant,
): Promise<ConcernsFollowed> {
  const policy = policies.at(course.to);
  const open = isOff(course) ? [] : openConcerns(course, person, policy);
  const about = open.map((one) => one.about);
  const raised = open.filter((one) => !undecided.includes(one.about));
  const gone = undecided.filter((one) => !about.includes(one));
  if (raised.length + gone.length > 0) {
    const row = { courseId: course.id, staffNo: person.enrolment.staffNo, about };
    if (about.length === 0) await tx.remove(concerns, keyOf(concerns, row));
    else await tx.put(concerns, row);
  }
  const known = isOff(course) ? [] : concernsOf(course, person, policy).map((one) => one.about);
  return { raised, lapsed: gone.filter((one) => !known.includes(one)) };
}

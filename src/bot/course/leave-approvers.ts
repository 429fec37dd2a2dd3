import { type Cadre, cadres } from '../../domain/cadre.ts';
import type { Course } from '../../domain/course.ts';
import { type Approver, approvers, type Leave } from '../../domain/leave.ts';
import type { Reader } from '../../store/store.ts';
import { peopleWith } from '../people.ts';

/** Who is asked about a leave: the first of them who answers decides. */
export interface Deciders {
  readonly approver: Approver;
  readonly people: readonly Cadre[];
}

/**
 * Who decides on a leave: 班主任, the clerks, or the head, by its length; where that is only the person themself or nobody
 * active, the next higher, and where there is none higher whoever else of the department there is. Never the person.
 */
export async function decidersOf(
  view: Reader,
  course: Pick<Course, 'tutor'>,
  { approver, staffNo }: Pick<Leave, 'approver' | 'staffNo'>,
): Promise<Deciders | null> {
  const first = approvers.indexOf(approver);
  for (const one of [...approvers.slice(first), ...approvers.slice(0, first).reverse()]) {
    const people = (await holders(view, course, one)).filter((cadre) => cadre.staffNo !== staffNo);
    if (people.length > 0) return { approver: one, people };
  }
  return null;
}

async function holders(view: Reader, { tutor }: Pick<Course, 'tutor'>, approver: Approver): Promise<readonly Cadre[]> {
  if (approver !== 'tutor') return peopleWith(view, approver);
  const cadre = await view.get(cadres, tutor);
  return cadre?.state === 'active' ? [cadre] : [];
}

/** Whether somebody may decide on a leave: who is asked, and whoever ranks higher. */
export async function mayDecideLeave(
  view: Reader,
  me: Cadre,
  course: Pick<Course, 'tutor'>,
  leave: Pick<Leave, 'approver' | 'staffNo'>,
): Promise<boolean> {
  const isAnybody = course.tutor === me.staffNo || approvers.some((one) => me.roles.some((role) => role === one));
  // To find who is asked, the whole roster is read.
  if (me.staffNo === leave.staffNo || !isAnybody) return false;
  const asked = await decidersOf(view, course, leave);
  if (asked?.people.some(({ staffNo }) => staffNo === me.staffNo) === true) return true;
  const higher = approvers.slice(approvers.indexOf(asked?.approver ?? leave.approver) + 1);
  return me.roles.some((role) => higher.some((one) => one === role));
}

import type { Course } from '../../domain/course.ts';
import type { Leave } from '../../domain/leave.ts';
import { changeTexts } from '../../texts/course-change.ts';
import { leaveTexts } from '../../texts/leave.ts';
import type { Context } from '../context.ts';
import type { Affected } from './follow-change.ts';
import { followedLeaves } from './follow-leaves.ts';
import { type Deciders, decidersOf } from './leave-approvers.ts';
import { tellLeave } from './leave-card.ts';

/** A leave that waits and that, after a change of the class, somebody decides on who did not before. */
export interface PassedOn {
  readonly leave: Leave;
  readonly deciders: Deciders;
  /** Those of them to whom it is new. */
  readonly fresh: Deciders['people'];
}

/** The leaves that come to somebody else by a change: a longer one goes higher, and another 班主任 has those of the class. */
export async function passedOn(
  context: Pick<Context, 'tx' | 'now' | 'policies'>,
  before: Course,
  after: Course,
  people: readonly Affected[],
): Promise<PassedOn[]> {
  const passed: PassedOn[] = [];
  for (const { next: enrolment, leaves } of people) {
    const followed = followedLeaves(context, after, enrolment, leaves);
    for (const leave of leaves) {
      const next = followed.find((one) => one.leave === leave)?.next ?? leave;
      if (next.state !== 'asked' || (next.approver === leave.approver && after.tutor === before.tutor)) continue;
      const deciders = await decidersOf(context.tx, after, next);
      const known = (await decidersOf(context.tx, before, leave))?.people.map(({ staffNo }) => staffNo) ?? [];
      const fresh = deciders?.people.filter(({ staffNo }) => !known.includes(staffNo)) ?? [];
      if (deciders !== null && fresh.length > 0) passed.push({ leave: next, deciders, fresh });
    }
  }
  return passed;
}

const nameOf = ({ deciders: { approver, people } }: PassedOn): string =>
  leaveTexts.decider(
    approver,
    people.map(({ name }) => name),
  );

/** The same for whoever makes the change, a sentence for each who decides. */
export const sayPassedOn = (passed: readonly PassedOn[]): string[] =>
  [...new Set(passed.map(nameOf))].map((by) =>
    changeTexts.passedOn(
      passed.filter((one) => nameOf(one) === by).map(({ leave }) => leave.id),
      by,
    ),
  );

/** And for whoever has asked. */
export const passedLines = (passed: readonly PassedOn[], staffNo: string): string[] =>
  passed.filter(({ leave }) => leave.staffNo === staffNo).map((one) => leaveTexts.passedOn(one.leave, nameOf(one)));

/** Whoever decides now gets the card, as when leave is asked for. */
export async function tellPassedOn(context: Context, course: Course, passed: readonly PassedOn[]): Promise<void> {
  for (const { leave, fresh } of passed) await tellLeave(context, leave.id, fresh, `v${course.version}`);
}

import type { Cadre } from './cadre.ts';
import { escalate, officesOf, tierOn } from './chase.ts';
import type { Day } from './day.ts';
import { isOwing, type MakeUp } from './make-up.ts';
import { type Notice, planned } from './notice.ts';
import type { Policy } from './policy.ts';

/** A make-up with the title of its class. */
export interface TitledMakeUp {
  readonly makeUp: MakeUp;
  readonly title: string;
}

/** `1001:2:E0011`: what a notice is about. */
export const makeUpName = ({ courseId, no, staffNo }: Pick<MakeUp, 'courseId' | 'no' | 'staffNo'>): string =>
  `${courseId}:${no}:${staffNo}`;

/** The name under which a step is told once; a proof that came back and is late again deserves one more word. */
export const makeUpStepKey = (makeUp: MakeUp, tier: 'before' | 'due' | 'overdue'): string =>
  `make-up:${makeUpName(makeUp)}:${tier}${tier === 'overdue' && makeUp.handedInAt !== null ? `:${makeUp.handedInAt}` : ''}`;

/**
 * Who hears today of what is still to be made up (三.6 严格执行补训): the person `remindDaysBefore` days before the deadline,
 * on it and after it; `unitHeadDays` after it the head of the unit, `departmentDays` after it the department. Each tier
 * once; `people` is the roster, of whom only the active hear.
 */
export function planMakeUpNotices(
  owed: readonly TitledMakeUp[],
  today: Day,
  { makeUp: rules }: Pick<Policy, 'makeUp'>,
  people: readonly Cadre[],
): Notice[] {
  const active = people.filter(({ state }) => state === 'active');
  const byStaffNo = new Map(active.map((cadre) => [cadre.staffNo, cadre]));
  const offices = officesOf(active);
  return owed
    .filter(({ makeUp }) => isOwing(makeUp))
    .flatMap(({ makeUp, title }) => {
      const owner = byStaffNo.get(makeUp.staffNo);
      const tier = tierOn(makeUp.dueOn, today, rules.remindDaysBefore);
      if (tier === null || owner === undefined) return [];
      const { courseId, no, dueOn } = makeUp;
      const shared = { subject: 'make-up', about: makeUpName(makeUp), plannedOn: today, dueOn } as const;
      const figures = { courseId, no, title };
      const own = planned({ ...shared, figures, key: makeUpStepKey(makeUp, tier), staffNo: owner.staffNo, tier });
      const others = escalate(dueOn, today, rules, owner, offices).map((step) =>
        planned({
          ...shared,
          figures: { ...figures, staffNo: owner.staffNo, name: owner.name, unit: owner.unit },
          key: `make-up:${makeUpName(makeUp)}:${step.tier}:${step.to.staffNo}`,
          staffNo: step.to.staffNo,
          tier: step.tier,
        }),
      );
      return [own, ...others];
    });
}

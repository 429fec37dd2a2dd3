import type { Cadre, Role } from './cadre.ts';
import { addDays, type Day, daysBetween, monthOf } from './day.ts';
import type { HourEntry } from './hours.ts';
import { type Notice, planned, type Standing } from './notice.ts';
import type { Policy, WorkCalendar } from './policy.ts';
import type { QuotaProgress } from './progress.ts';
import { isOwed, minLengthOf, type Reflection } from './reflection.ts';
import { planApprovalNotices, planReturnedNotices } from './waiting.ts';
import { isWorkday } from './working-days.ts';

/** The step that whoever owes something has reached, or null before the first. */
export function tierOn(dueOn: Day, today: Day, remindDaysBefore: number): 'before' | 'due' | 'overdue' | null {
  if (today > dueOn) return 'overdue';
  if (today === dueOn) return 'due';
  return today >= addDays(dueOn, -remindDaysBefore) ? 'before' : null;
}

/** The name under which a step is told its writer once; a text that came back and is late again deserves one more word. */
export const ownStepKey = ({ entryId, handedInAt }: Reflection, tier: 'before' | 'due' | 'overdue'): string =>
  `reflection:${entryId}:${tier}${tier === 'overdue' && handedInAt !== null ? `:${handedInAt}` : ''}`;

/**
 * Whether somebody else hears of it: the head of the writer's unit, or as the department a clerk, or its head where there
 * is no clerk but the writer; never the writer. `clerks` are the active ones.
 */
export function hearsAs(
  tier: 'unit-head' | 'department',
  hearer: Cadre,
  writer: Cadre,
  clerks: readonly Cadre[],
): boolean {
  if (hearer.staffNo === writer.staffNo || hearer.state !== 'active') return false;
  if (tier === 'unit-head') return hearer.unit === writer.unit && hearer.roles.includes('unit-head');
  const isDesk = clerks.some(({ staffNo }) => staffNo !== writer.staffNo);
  return hearer.roles.includes(isDesk ? 'clerk' : 'department-head');
}

/** The active people who may hear of what others owe. */
export interface Offices {
  readonly clerks: readonly Cadre[];
  /** Of the department. */
  readonly desk: readonly Cadre[];
  /** By unit. */
  readonly heads: ReadonlyMap<string, readonly Cadre[]>;
}

export function officesOf(active: readonly Cadre[]): Offices {
  const having = (...wanted: readonly Role[]) =>
    active.filter(({ roles }) => roles.some((role) => wanted.includes(role)));
  const heads = new Map<string, Cadre[]>();
  for (const head of having('unit-head')) heads.set(head.unit, [...(heads.get(head.unit) ?? []), head]);
  return { clerks: having('clerk'), desk: having('clerk', 'department-head'), heads };
}

/** Who else hears of what stays away: the heads of the unit, later the department; days after the deadline. */
export function escalate(
  dueOn: Day,
  today: Day,
  { unitHeadDays, departmentDays }: { readonly unitHeadDays: number; readonly departmentDays: number },
  writer: Cadre,
  offices: Offices,
): { tier: 'unit-head' | 'department'; to: Cadre }[] {
  const late = daysBetween(dueOn, today);
  const steps = [
    ...(late < unitHeadDays ? [] : (['unit-head'] as const)),
    ...(late < departmentDays ? [] : (['department'] as const)),
  ];
  const { clerks, desk, heads } = offices;
  return steps.flatMap((tier) =>
    (tier === 'department' ? desk : (heads.get(writer.unit) ?? []))
      .filter((cadre) => hearsAs(tier, cadre, writer, clerks))
      .map((to) => ({ tier, to })),
  );
}

/**
 * Who hears today of reflections still owed: the writer `remindDaysBefore` days before the deadline, on it and after
 * it; `unitHeadDays` after it the unit's head, `departmentDays` after it the department. Steps that today has passed over
 * are left out. `people` is the roster: without it nobody but the writer hears, with it only the active do.
 */
export function planReflectionNotices(
  reflections: readonly Reflection[],
  today: Day,
  policy: Policy,
  people?: readonly Cadre[],
): Notice[] {
  const active = people?.filter((cadre) => cadre.state === 'active') ?? [];
  const byStaffNo = new Map(active.map((cadre) => [cadre.staffNo, cadre]));
  const offices = officesOf(active);
  return reflections.filter(isOwed).flatMap((reflection) => {
    const writer = byStaffNo.get(reflection.staffNo);
    const tier = tierOn(reflection.dueOn, today, policy.reflection.remindDaysBefore);
    if (tier === null || (people !== undefined && writer === undefined)) return [];
    const shared = {
      subject: 'reflection' as const,
      about: String(reflection.entryId),
      plannedOn: today,
      dueOn: reflection.dueOn,
      figures: { title: reflection.title, minLength: minLengthOf(reflection, policy) },
    };
    const own = planned({
      ...shared,
      key: ownStepKey(reflection, tier),
      staffNo: reflection.staffNo,
      tier,
    });
    if (writer === undefined) return [own];
    const figures = { title: reflection.title, staffNo: writer.staffNo, name: writer.name, unit: writer.unit };
    const others = escalate(reflection.dueOn, today, policy.chasing, writer, offices).map((step) =>
      planned({
        ...shared,
        figures,
        key: `reflection:${reflection.entryId}:${step.tier}:${step.to.staffNo}`,
        staffNo: step.to.staffNo,
        tier: step.tier,
      }),
    );
    return [own, ...others];
  });
}

/**
 * From the month's `paceDay` on, once a month: who lags behind the pace line of the five-year quota (三.5), and, from
 * `professionalFromMonth` on, who has no 专业化能力 training yet this year. Only the active and counted hear of it.
 */
export function planQuotaNotices(people: readonly Standing[], today: Day, policy: Policy): Notice[] {
  if (Number(today.slice(8, 10)) < policy.chasing.paceDay) return [];
  const month = monthOf(today);
  const professionalSeason = Number(month.slice(5, 7)) >= policy.chasing.professionalFromMonth;
  return people.flatMap(({ cadre, progress }) => {
    if (cadre.state !== 'active' || !progress.counted) return [];
    const found: Notice[] = [];
    const shared = { staffNo: cadre.staffNo, tier: 'periodic' as const, about: month, plannedOn: today };
    if (progress.lagging) {
      const { quota, earned, paceNow, behindBy, missing, monthsLeft, neededPerMonth } = progress;
      const figures = { quota, earned, paceNow, behindBy, missing, monthsLeft, neededPerMonth };
      found.push(planned({ ...shared, key: `quota:${month}:${cadre.staffNo}`, subject: 'quota', figures }));
    }
    const { year, count, required } = progress.professional;
    if (professionalSeason && count < required) {
      const figures = { year, count, required };
      found.push(
        planned({ ...shared, key: `professional:${month}:${cadre.staffNo}`, subject: 'professional', figures }),
      );
    }
    return found;
  });
}

/** Everything that decides who must hear what. */
export interface ChaseState {
  readonly reflections: readonly Reflection[];
  /** The roster with everybody's progress. */
  readonly people: readonly Standing<QuotaProgress, Cadre>[];
  readonly waiting: readonly HourEntry[];
  readonly returned: readonly HourEntry[];
  readonly approvers: readonly Cadre[];
  readonly policy: Policy;
  readonly calendar: WorkCalendar;
}

/** Who must hear what today. Nothing on days off and on doubtful days: the next working day finds what is still owed. */
export function plan(state: ChaseState, today: Day): Notice[] {
  if (!isWorkday(state.calendar, today)) return [];
  const roster = state.people.map((person) => person.cadre);
  return [
    ...planReflectionNotices(state.reflections, today, state.policy, roster),
    ...planQuotaNotices(state.people, today, state.policy),
    ...planReturnedNotices(state.returned, roster, today, state.policy, state.calendar),
    ...planApprovalNotices(state.waiting, state.approvers, today, state.policy, state.calendar),
  ];
}

import { z } from 'zod';
import type { Cadre } from './cadre.ts';
import { defineCollection } from './collection.ts';
import { addDays, type Day, dayOf, daysBetween, monthOf } from './day.ts';
import type { HourEntry } from './hours.ts';
import type { Policy, WorkCalendar } from './policy.ts';
import type { FiveYearProgress } from './progress.ts';
import { isOwed, type Reflection } from './reflection.ts';
import { daySchema, staffNoSchema } from './schema.ts';
import { isWorkday, workdaysSince } from './working-days.ts';

export const noticeSubjects = ['reflection', 'quota', 'professional', 'approvals'] as const;
/** The steps of one chase, each taken once: to the person before, on and after the deadline; then to others. */
export const noticeTiers = ['before', 'due', 'overdue', 'unit-head', 'department', 'periodic'] as const;

/**
 * 提醒 (三.6: 提醒学习进度, 督促提交体会): something that a person must hear. The key names what, step and, where it can
 * be several people, whom: `reflection:1004:due`, `quota:2026-11:E1001`; a notice planned again is the same notice.
 */
export const noticeSchema = z.object({
  key: z.string().max(120),
  /** Who hears it. */
  staffNo: staffNoSchema,
  subject: z.enum(noticeSubjects),
  tier: z.enum(noticeTiers),
  /** 登记号, month, or day. */
  about: z.string(),
  plannedOn: daySchema,
  dueOn: daySchema.nullable(),
  /** What the sentence needs; hours are hundredths. */
  figures: z.record(z.string(), z.union([z.number(), z.string()])),
  state: z.enum(['planned', 'told', 'dropped']),
  toldOn: daySchema.nullable(),
});
export type Notice = z.output<typeof noticeSchema>;

export const notices = defineCollection({
  name: 'notices',
  schema: noticeSchema,
  key: ['key'],
  indexes: { byPerson: ['staffNo', 'state', 'plannedOn'], byState: ['state', 'plannedOn'] },
});

/** A person and how far they have come. */
export interface Standing {
  readonly cadre: Cadre;
  readonly progress: FiveYearProgress;
}

const planned = (notice: Omit<Notice, 'state' | 'toldOn' | 'dueOn'> & { dueOn?: Day }): Notice => ({
  key: notice.key,
  staffNo: notice.staffNo,
  subject: notice.subject,
  tier: notice.tier,
  about: notice.about,
  plannedOn: notice.plannedOn,
  dueOn: notice.dueOn ?? null,
  figures: notice.figures,
  state: 'planned',
  toldOn: null,
});

/** The step that the writer has reached, or null before the first. */
function tierOn(reflection: Reflection, today: Day, policy: Policy): 'before' | 'due' | 'overdue' | null {
  if (today > reflection.dueOn) return 'overdue';
  if (today === reflection.dueOn) return 'due';
  return today >= addDays(reflection.dueOn, -policy.reflection.remindDaysBefore) ? 'before' : null;
}

/** Who else hears of a reflection that stays away: the heads of the unit, later the clerks; never the writer. */
function escalate(
  reflection: Reflection,
  today: Day,
  policy: Policy,
  writer: Cadre,
  active: readonly Cadre[],
): { tier: 'unit-head' | 'department'; to: Cadre }[] {
  const late = daysBetween(reflection.dueOn, today);
  const others = active.filter((cadre) => cadre.staffNo !== writer.staffNo);
  const heads =
    late < policy.chasing.unitHeadDays
      ? []
      : others.filter((cadre) => cadre.unit === writer.unit && cadre.roles.includes('unit-head'));
  const clerks = late < policy.chasing.departmentDays ? [] : others.filter((cadre) => cadre.roles.includes('clerk'));
  return [
    ...heads.map((to) => ({ tier: 'unit-head' as const, to })),
    ...clerks.map((to) => ({ tier: 'department' as const, to })),
  ];
}

/**
 * Who hears today of reflections still owed: the writer `remindDaysBefore` days before the deadline, on it and after
 * it; `unitHeadDays` after it the unit's head, `departmentDays` after it the clerks. Steps that today has passed over
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
  return reflections.filter(isOwed).flatMap((reflection) => {
    const writer = byStaffNo.get(reflection.staffNo);
    const tier = tierOn(reflection, today, policy);
    if (tier === null || (people !== undefined && writer === undefined)) return [];
    const shared = {
      subject: 'reflection' as const,
      about: String(reflection.entryId),
      plannedOn: today,
      dueOn: reflection.dueOn,
      figures: { title: reflection.title, minLength: policy.reflection.minLength },
    };
    const own = planned({
      ...shared,
      key: `reflection:${reflection.entryId}:${tier}`,
      staffNo: reflection.staffNo,
      tier,
    });
    if (writer === undefined) return [own];
    const figures = { title: reflection.title, staffNo: writer.staffNo, name: writer.name, unit: writer.unit };
    const others = escalate(reflection, today, policy, writer, active).map((step) =>
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
 * From the month's `paceDay` on, once a month: who is behind the pace line of the five-year quota (三.5), and, from
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
    if (progress.behindBy > 0) {
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

/** Entries that have waited for a decision for at least `approvalDays` working days. */
export const longWaiting = (
  waiting: readonly HourEntry[],
  today: Day,
  policy: Policy,
  calendar: WorkCalendar,
): HourEntry[] =>
  waiting.filter(
    (entry) =>
      entry.state === 'submitted' &&
      workdaysSince(calendar, dayOf(entry.submittedAt), today) >= policy.chasing.approvalDays,
  );

/** One notice a working day per active approver: how many entries, not their own, have waited too long. */
export function planApprovalNotices(
  waiting: readonly HourEntry[],
  approvers: readonly Cadre[],
  today: Day,
  policy: Policy,
  calendar: WorkCalendar,
): Notice[] {
  if (!isWorkday(calendar, today)) return [];
  const long = longWaiting(waiting, today, policy, calendar).sort((a, b) =>
    a.submittedAt === b.submittedAt ? a.id - b.id : a.submittedAt < b.submittedAt ? -1 : 1,
  );
  return approvers.flatMap(({ staffNo, state }) => {
    const foreign = long.filter((entry) => entry.staffNo !== staffNo);
    const oldest = foreign[0];
    if (state !== 'active' || oldest === undefined) return [];
    const figures = {
      count: foreign.length,
      oldestId: oldest.id,
      oldestDays: workdaysSince(calendar, dayOf(oldest.submittedAt), today),
    };
    const key = `approvals:${today}:${staffNo}`;
    return [planned({ key, staffNo, subject: 'approvals', tier: 'periodic', about: today, plannedOn: today, figures })];
  });
}

/** Everything that decides who must hear what. */
export interface ChaseState {
  readonly reflections: readonly Reflection[];
  /** The roster with everybody's progress. */
  readonly people: readonly Standing[];
  readonly waiting: readonly HourEntry[];
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
    ...planApprovalNotices(state.waiting, state.approvers, today, state.policy, state.calendar),
  ];
}

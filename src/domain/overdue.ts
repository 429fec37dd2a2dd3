import type { Cadre } from './cadre.ts';
import { type Day, dayOf, daysBetween, yearOf } from './day.ts';
import type { HourEntry } from './hours.ts';
import { isOwing } from './make-up.ts';
import { makeUpName, type TitledMakeUp } from './make-up-chase.ts';
import type { Standing } from './notice.ts';
import type { Policy, WorkCalendar } from './policy.ts';
import { isOwed, type Reflection } from './reflection.ts';
import { longReturned, longWaiting } from './waiting.ts';
import { workdaysSince } from './working-days.ts';

export const overdueKinds = ['reflection', 'make-up', 'returned', 'professional', 'pace', 'approval'] as const;

/**
 * 逾期名单: who owes what since when, for the department. Beside what is overdue it holds what falls behind without a
 * deadline that has passed (`since` null) and what waits for the department itself (`approval`).
 */
export interface OverdueItem extends Pick<Cadre, 'staffNo' | 'name' | 'unit' | 'position' | 'grade'> {
  kind: (typeof overdueKinds)[number];
  /** The deadline that passed; the day an entry was returned or submitted. */
  since: Day | null;
  /** Days from `since`: calendar days, for `approval` working days. */
  days: number | null;
  /** Title of the training, the cycle (`2023-2027`) or the year. */
  about: string;
  entryId: number | null;
  /** The name of the make-up, for one that is owed. */
  makeUp?: string;
  /** Hundredths: hours behind the pace line, or of the waiting entry; null for the others. */
  hours: number | null;
}

/** Whether the person owes it and is late: neither a pace line, nor a year still running, nor what the department owes. */
export const isOverdue = ({ kind, since }: OverdueItem): boolean => since !== null && kind !== 'approval';

/**
 * Everything of active people that the department looks after on `asOf`: reflections and make-ups after their deadline, returned
 * entries left lying, a year without 专业化能力 training (from 1 January after it; the running year from its month on),
 * people who lag behind the pace line (三.5), entries that wait for a decision too long. By kind, longest first.
 */
export function overdueList(input: {
  readonly reflections: readonly Reflection[];
  readonly makeUps?: readonly TitledMakeUp[];
  readonly people: readonly Standing[];
  readonly waiting: readonly HourEntry[];
  readonly returned: readonly HourEntry[];
  readonly asOf: Day;
  readonly policy: Policy;
  readonly calendar: WorkCalendar;
}): OverdueItem[] {
  const { asOf, policy, calendar } = input;
  const active = input.people.filter((person) => person.cadre.state === 'active');
  const byStaffNo = new Map(active.map((person) => [person.cadre.staffNo, person.cadre]));
  const items: OverdueItem[] = [];
  const add = (owner: string, item: Pick<OverdueItem, 'kind' | 'about'> & Partial<OverdueItem>) => {
    const cadre = byStaffNo.get(owner);
    if (cadre === undefined) return;
    const { staffNo, name, unit, position, grade } = cadre;
    const since = item.since ?? null;
    const days = since === null ? null : daysBetween(since, asOf);
    items.push({ staffNo, name, unit, position, grade, since, days, entryId: null, hours: null, ...item });
  };

  for (const reflection of input.reflections) {
    if (!isOwed(reflection) || asOf <= reflection.dueOn) continue;
    const { staffNo, dueOn, title, entryId } = reflection;
    add(staffNo, { kind: 'reflection', since: dueOn, about: title, entryId });
  }
  for (const { makeUp, title } of input.makeUps ?? []) {
    if (!isOwing(makeUp) || asOf <= makeUp.dueOn) continue;
    add(makeUp.staffNo, { kind: 'make-up', since: makeUp.dueOn, about: title, makeUp: makeUpName(makeUp) });
  }
  for (const { staffNo, title, id, decidedAt } of longReturned(input.returned, asOf, policy, calendar)) {
    if (decidedAt !== null) add(staffNo, { kind: 'returned', since: dayOf(decidedAt), about: title, entryId: id });
  }
  const isSeason = Number(asOf.slice(5, 7)) >= policy.chasing.professionalFromMonth;
  for (const { cadre, progress } of active) {
    const { year, count, required, missedYear } = progress.professional;
    if (missedYear !== null) {
      add(cadre.staffNo, { kind: 'professional', since: `${missedYear}-12-31`, about: String(missedYear) });
    }
    if (isSeason && count < required) add(cadre.staffNo, { kind: 'professional', about: String(year) });
    if (progress.lagging) {
      const about = `${yearOf(progress.cycle.from)}-${yearOf(progress.cycle.to)}`;
      add(cadre.staffNo, { kind: 'pace', about, hours: progress.behindBy });
    }
  }
  for (const { staffNo, title, id, hours, submittedAt } of longWaiting(input.waiting, asOf, policy, calendar)) {
    const since = dayOf(submittedAt);
    const days = workdaysSince(calendar, since, asOf);
    add(staffNo, { kind: 'approval', since, days, about: title, entryId: id, hours });
  }
  return overdueKinds.flatMap((kind) => items.filter((item) => item.kind === kind).sort(longestFirst));
}

/** What has no day comes last; people of one day in the order of the roster. */
function longestFirst(a: OverdueItem, b: OverdueItem): number {
  if (a.since !== b.since) return a.since !== null && (b.since === null || a.since < b.since) ? -1 : 1;
  return a.staffNo < b.staffNo ? -1 : a.staffNo > b.staffNo ? 1 : 0;
}

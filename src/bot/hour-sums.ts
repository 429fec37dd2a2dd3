import { addDays, type Day } from '../domain/day.ts';
import { type HourEntry, hourEntries } from '../domain/hours.ts';
import type { GroupSums, Period } from '../domain/statistics.ts';
import { hoursWithin } from '../domain/totals.ts';
import type { Condition, Query, Reader, TotalsRow } from '../store/store.ts';

/** Approved trainings that touch a period and ended by `asOf`. */
export interface Scope {
  readonly period: Period;
  readonly asOf: Day;
  /** Of whom, by 工号; of everybody without. */
  readonly of?: readonly string[];
  /** What else they have in common. */
  readonly where?: Readonly<Record<string, Condition>>;
}

/** What sums are made by: each person, a property of the training, or nothing. */
export type SumsBy = 'staffNo' | 'content' | 'kind' | 'form' | null;

const conditionsOf = ({ of, where }: Scope): Record<string, Condition> => ({
  ...where,
  state: { in: ['approved'] },
  ...(of === undefined ? {} : { staffNo: { in: of } }),
});

/** The trainings of a scope, the latest last: all that have a day in the period. */
export const trainingsOf = (scope: Scope): Query & { readonly where: Record<string, Condition> } => ({
  index: 'byEnd',
  from: scope.period.from,
  to: scope.asOf,
  where: { ...conditionsOf(scope), from: { to: scope.period.to } },
});

/** The trainings of a scope of which only a part lies in the period: they began before it, or end after it. */
export async function readPartial(view: Reader, scope: Scope): Promise<HourEntry[]> {
  const { period, asOf } = scope;
  const across = async (day: Day): Promise<readonly TotalsRow[]> => {
    if (day > asOf) return [];
    // The condition that nearly none meets comes first.
    const where = { from: { to: addDays(day, -1) }, to: { from: day, to: asOf }, ...conditionsOf(scope) };
    return view.totals(hourEntries, { where, groupBy: ['id'], sum: [] });
  };
  const found = await Promise.all([across(period.from), across(addDays(period.to, 1))]);
  const ids = new Set(found.flat().map(({ group }) => String(group[0])));
  const entries = ids.size === 0 ? [] : await view.getAll(hourEntries, [...ids]);
  return entries.filter((entry) => entry !== undefined);
}

interface SumsOptions {
  /** Counts how many people took part, which costs as much as the sums; otherwise it is 1. */
  readonly withPeople?: boolean;
  /** What `readPartial` gives for the scope, where several sums of it are asked for. */
  readonly partial?: Promise<readonly HourEntry[]>;
}

/**
 * What the trainings of a scope come to: the store adds up all that ended in the period, and of the few that are
 * partial what lies outside is taken off or what lies inside is put on. No index is named: the embedded engine is fastest
 * in the order in which rows lie in memory, and a database finds its own way.
 */
export async function sumHours(
  view: Reader,
  scope: Scope,
  by: SumsBy,
  { withPeople = false, partial = readPartial(view, scope) }: SumsOptions = {},
): Promise<Map<string, GroupSums>> {
  const { period, asOf } = scope;
  const [totals, across] = await Promise.all([
    view.totals(hourEntries, {
      where: { to: { from: period.from, to: asOf < period.to ? asOf : period.to }, ...conditionsOf(scope) },
      groupBy: by === null ? [] : [by],
      sum: ['hours'],
      ...(withPeople ? { distinct: 'staffNo' } : {}),
    }),
    partial,
  ]);
  const sums = new Map<string, GroupSums>();
  for (const {
    group,
    count,
    sums: [hours = 0],
    distinct = 1,
  } of totals) {
    sums.set(String(group[0] ?? ''), { hours, attendances: count, participants: distinct });
  }
  for (const entry of across) {
    const name = by === null ? '' : entry[by];
    const known = sums.get(name) ?? { hours: 0, attendances: 0, participants: 0 };
    const counted = entry.to <= period.to ? entry.hours : 0;
    sums.set(name, { ...known, hours: known.hours + hoursWithin(entry, period.from, period.to) - counted });
  }
  return sums;
}

import { addDays, type Day } from '../domain/day.ts';
import { type HourEntry, hourEntries } from '../domain/hours.ts';
import type { Part, PartSums, Period } from '../domain/statistics.ts';
import { hoursWithin } from '../domain/totals.ts';
import type { Condition, Portion, Query, Reader } from '../store/store.ts';

/** Approved trainings that touch a period and ended by `asOf`. */
export interface Scope {
  readonly period: Period;
  readonly asOf: Day;
  /** Of whom, by 工号; of everybody without. */
  readonly of?: readonly string[] | undefined;
  /** What else they have in common. */
  readonly where?: Readonly<Record<string, Condition>>;
}

const conditionsOf = ({ of, where }: Omit<Scope, 'period' | 'asOf'>): Record<string, Condition> => ({
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

/** The days on which something begins or has just ended: a training that was under way then lies in it with a part only. */
const edgesOf = (periods: readonly Period[], asOf: Day): Day[] =>
  [...new Set(periods.flatMap(({ from, to }) => [from, addDays(to, 1)]))].filter((day) => day <= asOf);

/** The trainings of a scope of which only a part lies in the period: they began before it, or end after it. */
export const readPartial = (view: Reader, scope: Scope): Promise<HourEntry[]> =>
  readAcross(view, scope, edgesOf([scope.period], scope.asOf));

/** The trainings that were under way before any of some days and went on. */
async function readAcross(view: Reader, scope: Omit<Scope, 'period'>, days: readonly Day[]): Promise<HourEntry[]> {
  const found = await Promise.all(
    days.map((day) => {
      // The condition that nearly none meets comes first.
      const where = { from: { to: addDays(day, -1) }, to: { from: day, to: scope.asOf }, ...conditionsOf(scope) };
      return view.totals(hourEntries, { where, groupBy: ['id'], sum: [] });
    }),
  );
  const ids = new Set(found.flatMap(({ groups: [of = []] }) => of.map(String)));
  const entries = ids.size === 0 ? [] : await view.getAll(hourEntries, [...ids]);
  return entries.filter((entry) => entry !== undefined);
}

/** What an entry has in a period, over what is counted of it there when it is added up whole. */
const differenceOf = (entry: HourEntry, { from, to }: Period): number =>
  hoursWithin(entry, from, to) - (from <= entry.to && entry.to <= to ? entry.hours : 0);

/**
 * What the trainings of a scope come to together: the store adds up all that ended in the period, and of the few that
 * are partial what lies outside is taken off or what lies inside is put on. No index is named: the embedded engine is
 * fastest in the order in which rows lie in memory, and a database finds its own way.
 */
export async function sumHours(
  view: Reader,
  scope: Scope,
  partial: Promise<readonly HourEntry[]> = readPartial(view, scope),
): Promise<{ hours: number; attendances: number }> {
  const { period, asOf } = scope;
  const to = { from: period.from, to: asOf < period.to ? asOf : period.to };
  const where = { to, ...conditionsOf(scope) };
  const [totals, across] = await Promise.all([
    view.totals(hourEntries, { where, groupBy: [], sum: ['hours'] }),
    partial,
  ]);
  const whole = totals.sums[0]?.[0] ?? 0;
  return {
    hours: across.reduce((sum, entry) => sum + differenceOf(entry, period), whole),
    attendances: totals.counts[0] ?? 0,
  };
}

/**
 * What the approved trainings that ended by `asOf` come to, person by person and part by part: in one walk over them
 * all, which also tells who has partial ones; those are read. `attendances` are entries.
 */
export async function sumParts(
  view: Reader,
  scope: Pick<Scope, 'asOf' | 'of'>,
  parts: readonly Part[],
): Promise<PartSums> {
  const { asOf } = scope;
  const summed = parts.filter(({ isCounted }) => isCounted === undefined);
  const edges = edgesOf(
    summed.map(({ period }) => period),
    asOf,
  );
  const { where, portionOf } = portionsOf(scope, parts);
  const {
    groups: [people = []],
    sums,
  } = await view.totals(hourEntries, {
    where,
    groupBy: ['staffNo'],
    sum: [
      ...edges.map((day) => ({ where: { from: { to: addDays(day, -1) }, to: { from: day } } })),
      ...parts.map(portionOf),
      ...summed.map((part) => ({ ...portionOf(part), of: 'hours' as const })),
    ],
  });
  const [across, attendances, hoursOf] = [
    sums.slice(0, edges.length),
    sums.slice(edges.length, edges.length + parts.length),
    sums.slice(edges.length + parts.length),
  ];
  const hours = parts.map((part) => [...(hoursOf[summed.indexOf(part)] ?? [])]);
  const places = new Map(people.map((staffNo, place) => [String(staffNo), place]));
  const torn = [...places].filter(([, place]) => across.some((counts) => (counts[place] ?? 0) > 0)).map(([of]) => of);
  for (const entry of torn.length === 0 ? [] : await readAcross(view, { asOf, of: torn }, edges)) {
    const place = places.get(entry.staffNo);
    for (const [i, { period, only, isCounted }] of parts.entries()) {
      const list = hours[i];
      if (place === undefined || list === undefined || isCounted !== undefined) continue;
      if (only === undefined || only.in.includes(entry[only.field]))
        list[place] = (list[place] ?? 0) + differenceOf(entry, period);
    }
  }
  return { places, hours, attendances };
}

/** The same in 人次: a class that gave somebody several entries was attended once, in each part in which it is at all. */
export async function sumAttended(
  view: Reader,
  scope: Pick<Scope, 'asOf' | 'of'>,
  parts: readonly Part[],
): Promise<PartSums> {
  const { where, portionOf } = portionsOf(scope, parts);
  const [sums, ofClasses] = await Promise.all([
    sumParts(view, scope, parts),
    view.totals(hourEntries, {
      index: 'byCourse',
      from: 1,
      where,
      groupBy: ['staffNo', 'courseId'],
      sum: parts.map(portionOf),
    }),
  ]);
  const attendances = sums.attendances.map((list) => [...list]);
  for (const [i, staffNo] of (ofClasses.groups[0] ?? []).entries()) {
    const place = sums.places.get(String(staffNo));
    for (const [part, counts] of ofClasses.sums.entries()) {
      const [list, count = 0] = [attendances[part], counts[i]];
      if (place !== undefined && list !== undefined && count > 1) list[place] = (list[place] ?? 0) - (count - 1);
    }
  }
  return { ...sums, attendances };
}

/** Which trainings some parts are made of, and what of these is one part's. */
function portionsOf(scope: Pick<Scope, 'asOf' | 'of'>, parts: readonly Part[]) {
  const { asOf } = scope;
  const first = parts.reduce((day, { period: { from } }) => (from < day ? from : day), asOf);
  return {
    where: { to: { from: first, to: asOf }, ...conditionsOf(scope) },
    portionOf: ({ period: { from, to }, only }: Part): Portion<never> => ({
      where: {
        ...(only === undefined ? {} : { [only.field]: { in: only.in } }),
        // Of all that is looked at nothing needs to be asked.
        ...(from === first && to >= asOf ? {} : { to: { from, to } }),
      },
    }),
  };
}

import { type Cadre, cadres } from '../../domain/cadre.ts';
import type { Day } from '../../domain/day.ts';
import { type HourEntry, hourEntries } from '../../domain/hours.ts';
import type { Policy } from '../../domain/policy.ts';
import {
  type Dimension,
  dimensions,
  isWanted,
  type Period,
  planStatistics,
  type Statistics,
  yearWithin,
} from '../../domain/statistics.ts';
import { hoursWithin } from '../../domain/totals.ts';
import { type Condition, pagesOf, type Reader } from '../../store/store.ts';
import { listCounted } from '../everybody.ts';
import { readPartial, type Scope, sumAttended, sumHours, trainingsOf } from '../hour-sums.ts';
import type { StatisticsQuery } from './query.ts';

/** The period that a query means, the current cycle without one. */
export const periodOf = ({ from, to }: Pick<StatisticsQuery, 'from' | 'to'>, { cycle }: Policy): Period => ({
  from: from ?? cycle.from,
  to: to ?? cycle.to,
});

/** What is known of those who are counted; of the few that are shown the rest is looked up. */
type Counted = Pick<Cadre, 'staffNo' | 'unit' | 'grade' | 'appointedOn'>;

/** The people whom a query is about, in the order of the roster. */
async function readPeople(view: Reader, query: StatisticsQuery): Promise<Counted[]> {
  const fields = ['staffNo', 'unit', 'grade', 'appointedOn'] as const;
  const people = query.young === true ? listCounted(view, [...fields, 'youngTalent']) : listCounted(view, fields);
  return (await people).filter((cadre) => isWanted(cadre, query));
}

/** 工号 → name, of some people. */
export async function readNames(view: Reader, people: readonly string[]): Promise<(staffNo: string) => string> {
  const known = await view.getAll(cadres, [...new Set(people)]);
  const names = new Map(known.flatMap((cadre) => (cadre === undefined ? [] : [[cadre.staffNo, cadre.name]])));
  return (staffNo) => names.get(staffNo) ?? staffNo;
}

/** What 统计 shows, by the dimension that is asked for. */
export async function readStatistics(
  view: Reader,
  query: StatisticsQuery,
  policy: Policy,
  asOf: Day,
): Promise<{ people: readonly Counted[]; statistics: Statistics }> {
  const { people, all } = await countPeople(view, query, [query.by], periodOf(query, policy), asOf);
  return { people, statistics: all[0] as Statistics };
}

/** The same by every dimension. */
export async function readAllStatistics(
  view: Reader,
  query: StatisticsQuery,
  policy: Policy,
  asOf: Day,
): Promise<{ by: Dimension; statistics: Statistics }[]> {
  const { all } = await countPeople(view, query, dimensions, periodOf(query, policy), asOf);
  return all.map((statistics, i) => ({ by: dimensions[i] as Dimension, statistics }));
}

/** Statistics of the people of a query by some dimensions, in their order. */
async function countPeople(
  view: Reader,
  query: StatisticsQuery,
  by: readonly Dimension[],
  period: Period,
  asOf: Day,
): Promise<{ people: readonly Counted[]; all: Statistics[] }> {
  const { parts, count } = planStatistics(by, period, asOf);
  const reading = readPeople(view, query);
  // A unit is few people, whose trainings alone are looked at; else all are, and what is not wanted is left out.
  const of = query.unit === undefined ? undefined : numbersOf(await reading);
  // Asked at once: a database adds up while what came before is read.
  const [people, sums] = await Promise.all([reading, sumAttended(view, { asOf, of }, parts)]);
  return { people, all: count(people, sums) };
}

const numbersOf = (people: readonly Counted[]): string[] => people.map(({ staffNo }) => staffNo);

/** An entry behind a figure, with the hundredths that fall into the period. */
interface CountedEntry {
  readonly entry: HourEntry;
  readonly hours: number;
}

/**
 * The entries behind a figure, the latest first: those of the people and, where one is named, of the group. The store
 * counts them all and gives one page; a page behind the last means the last.
 */
export async function readEntries(
  view: Reader,
  query: StatisticsQuery,
  group: string | undefined,
  policy: Policy,
  asOf: Day,
  { page, pageSize }: { page: number; pageSize: number },
): Promise<{ rows: readonly CountedEntry[]; page: number; count: number; hours: number }> {
  const { by } = query;
  const all = periodOf(query, policy);
  const period = by === 'year' && group !== undefined ? yearWithin(all, group) : all;
  const people = new Set(numbersOf((await readPeople(view, query)).filter((cadre) => isInGroup(cadre, by, group))));
  const where = { ...conditionOf(by, group), hours: { from: 1 } };
  const scope: Scope = { period, asOf, of: [...people], where };
  const reading = readPartial(view, scope);
  const [partial, sums] = await Promise.all([reading, sumHours(view, scope, reading)]);
  // Of a partial one nothing may fall into the period, and one that ends after it is not among those that ended in it.
  const within = (entry: HourEntry): number => hoursWithin(entry, period.from, period.to);
  const count = partial.reduce(
    (sum, entry) => sum + (within(entry) > 0 ? 1 : 0) - (entry.to <= period.to ? 1 : 0),
    sums.attendances,
  );
  const shown = Math.max(1, Math.min(page, Math.ceil(count / pageSize)));
  const rows: CountedEntry[] = [];
  let before = (shown - 1) * pageSize;
  for await (const entries of pagesOf(view, hourEntries, { ...trainingsOf(scope), order: 'desc' })) {
    for (const entry of entries) {
      const hours = within(entry);
      if (!people.has(entry.staffNo) || hours === 0) continue;
      if (before > 0) before -= 1;
      else if (rows.length < pageSize) rows.push({ entry, hours });
    }
    if (rows.length === pageSize) break;
  }
  return { rows, page: shown, count, hours: sums.hours };
}

/** Whether the entries of a person may belong to the group. */
const isInGroup = (cadre: Counted, by: Dimension, group: string | undefined): boolean =>
  group === undefined || (by !== 'unit' && by !== 'grade') || cadre[by] === group;

const conditionOf = (by: Dimension, group: string | undefined): Record<string, Condition> =>
  group === undefined || by === 'unit' || by === 'grade' || by === 'year' ? {} : { [by]: { in: [group] } };

import { type Cadre, cadres } from '../../domain/cadre.ts';
import { type Day, yearOf } from '../../domain/day.ts';
import { type HourEntry, hourEntries } from '../../domain/hours.ts';
import type { Policy } from '../../domain/policy.ts';
import {
  type Dimension,
  dimensions,
  type GroupSums,
  isWanted,
  type Period,
  type Statistics,
  statisticsOf,
} from '../../domain/statistics.ts';
import { hoursWithin } from '../../domain/totals.ts';
import { type Condition, listAll, pagesOf, type Reader } from '../../store/store.ts';
import { readPartial, type Scope, type SumsBy, sumHours, trainingsOf } from '../hour-sums.ts';
import type { StatisticsQuery } from './query.ts';

/** The period that a query means, the current cycle without one. */
export const periodOf = ({ from, to }: Pick<StatisticsQuery, 'from' | 'to'>, { cycle }: Policy): Period => ({
  from: from ?? cycle.from,
  to: to ?? cycle.to,
});

/** The people whom a query is about, in the order of the roster. */
export const readPeople = async (view: Reader, query: StatisticsQuery): Promise<Cadre[]> =>
  (await listAll(view, cadres, { index: 'byState', equals: ['active'] })).filter((cadre) => isWanted(cadre, query));

/** What 统计 shows, by the dimension that is asked for. */
export async function readStatistics(
  view: Reader,
  query: StatisticsQuery,
  policy: Policy,
  asOf: Day,
): Promise<{ people: readonly Cadre[]; statistics: Statistics }> {
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
): Promise<{ people: readonly Cadre[]; all: Statistics[] }> {
  const reading = readPeople(view, query);
  // A unit is few people, whose trainings alone are looked at; else all are, and what is not wanted is left out later.
  const scope: Scope = { period, asOf, ...(query.unit === undefined ? {} : { of: numbersOf(await reading) }) };
  const partial = readPartial(view, scope);
  const ask = (field: SumsBy, withPeople = true) => sumHours(view, scope, field, { withPeople, partial });
  const fields = by.filter((one) => one === 'kind' || one === 'form');
  // Asked at once: a database adds up while what came before is read.
  const [people, byPerson, contentOfAll, ...fieldsOfAll] = await Promise.all([
    reading,
    ask('staffNo', false),
    ask('content', by.includes('content')),
    ...fields.map((field) => ask(field)),
  ]);
  const wanted = numbersOf(people);
  const isWanted = new Set(wanted);
  const others = [...byPerson.keys()].filter((staffNo) => !isWanted.has(staffNo));
  const narrow = async (all: Map<string, GroupSums>, span: Period, field: SumsBy): Promise<Map<string, GroupSums>> => {
    if (others.length === 0) return all;
    const own: Scope = { period: span, asOf, of: others.length < wanted.length ? others : wanted };
    const part = await sumHours(view, own, field, { withPeople: true });
    // Sums of nearly everybody are those of all without those of the others.
    return others.length < wanted.length ? without(all, part) : part;
  };
  const byContent = await narrow(contentOfAll, period, 'content');
  const found: Statistics[] = [];
  for (const dimension of by) {
    const field = fields.find((one) => one === dimension);
    const byGroup =
      dimension === 'year'
        ? await sumYears(period, asOf, async (span) => {
            const all = await sumHours(view, { ...scope, period: span }, null, { withPeople: true });
            return narrow(all, span, null);
          })
        : field === undefined
          ? byContent
          : await narrow(fieldsOfAll[fields.indexOf(field)] ?? new Map(), period, field);
    found.push(statisticsOf(people, dimension, period, { byPerson, byContent, byGroup }));
  }
  return { people, all: found };
}

const numbersOf = (people: readonly Cadre[]): string[] => people.map(({ staffNo }) => staffNo);

const without = (all: ReadonlyMap<string, GroupSums>, others: ReadonlyMap<string, GroupSums>): Map<string, GroupSums> =>
  new Map(
    [...all].map(([group, sums]) => {
      const { hours = 0, attendances = 0, participants = 0 } = others.get(group) ?? {};
      const rest = {
        hours: sums.hours - hours,
        attendances: sums.attendances - attendances,
        participants: sums.participants - participants,
      };
      return [group, rest];
    }),
  );

/** Every year is a period of its own. */
async function sumYears(
  period: Period,
  asOf: Day,
  sum: (year: Period) => Promise<ReadonlyMap<string, GroupSums>>,
): Promise<Map<string, GroupSums>> {
  const sums = new Map<string, GroupSums>();
  for (let year = yearOf(period.from); year <= yearOf(period.to); year += 1) {
    const own = yearWithin(period, String(year));
    if (own.from > asOf) break;
    const all = (await sum(own)).get('');
    if (all !== undefined) sums.set(String(year), all);
  }
  return sums;
}

/** An entry behind a figure, with the hundredths that fall into the period. */
interface CountedEntry {
  readonly entry: HourEntry;
  readonly cadre: Cadre;
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
  const wanted = (await readPeople(view, query)).filter((cadre) => isInGroup(cadre, by, group));
  const people = new Map(wanted.map((cadre) => [cadre.staffNo, cadre]));
  const where = { ...conditionOf(by, group), hours: { from: 1 } };
  const scope: Scope = { period, asOf, of: [...people.keys()], where };
  const reading = readPartial(view, scope);
  const [partial, whole] = await Promise.all([reading, sumHours(view, scope, null, { partial: reading })]);
  const sums = whole.get('');
  // Of a partial one nothing may fall into the period, and one that ends after it is not among those that ended in it.
  const within = (entry: HourEntry): number => hoursWithin(entry, period.from, period.to);
  const count = partial.reduce(
    (sum, entry) => sum + (within(entry) > 0 ? 1 : 0) - (entry.to <= period.to ? 1 : 0),
    sums?.attendances ?? 0,
  );
  const shown = Math.max(1, Math.min(page, Math.ceil(count / pageSize)));
  const rows: CountedEntry[] = [];
  let before = (shown - 1) * pageSize;
  for await (const entries of pagesOf(view, hourEntries, { ...trainingsOf(scope), order: 'desc' })) {
    for (const entry of entries) {
      const cadre = people.get(entry.staffNo);
      const hours = within(entry);
      if (cadre === undefined || hours === 0) continue;
      if (before > 0) before -= 1;
      else if (rows.length < pageSize) rows.push({ entry, cadre, hours });
    }
    if (rows.length === pageSize) break;
  }
  return { rows, page: shown, count, hours: sums?.hours ?? 0 };
}

/** Whether the entries of a person may belong to the group. */
const isInGroup = (cadre: Cadre, by: Dimension, group: string | undefined): boolean =>
  group === undefined || (by !== 'unit' && by !== 'grade') || cadre[by] === group;

const conditionOf = (by: Dimension, group: string | undefined): Record<string, Condition> =>
  group === undefined || by === 'unit' || by === 'grade' || by === 'year' ? {} : { [by]: { in: [group] } };

function yearWithin({ from, to }: Period, year: string): Period {
  const [first, last] = [`${year}-01-01`, `${year}-12-31`];
  return { from: from > first ? from : first, to: to < last ? to : last };
}

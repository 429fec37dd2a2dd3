import { type Cadre, cadres } from '../../domain/cadre.ts';
import type { Day } from '../../domain/day.ts';
import { type HourEntry, hourEntries } from '../../domain/hours.ts';
import type { Policy } from '../../domain/policy.ts';
import {
  type Dimension,
  dimensions,
  isWanted,
  type Period,
  type Statistics,
  tallyStatistics,
} from '../../domain/statistics.ts';
import { hoursWithin } from '../../domain/totals.ts';
import { eachRow, listAll, type Reader } from '../../store/store.ts';
import type { StatisticsQuery } from './query.ts';

/** The period that a query means, the current cycle without one. */
export const periodOf = ({ from, to }: Pick<StatisticsQuery, 'from' | 'to'>, { cycle }: Policy): Period => ({
  from: from ?? cycle.from,
  to: to ?? cycle.to,
});

/** The people whom a query is about, in the order of the roster. */
export const readPeople = async (view: Reader, query: StatisticsQuery): Promise<Cadre[]> =>
  (await listAll(view, cadres, { index: 'byState', equals: ['active'] })).filter((cadre) => isWanted(cadre, query));

/** Approved trainings that touch a period and ended by `asOf`, of whoever it is. */
const endedSince = (period: Period, asOf: Day) => ({ index: 'byEnd', from: period.from, to: asOf });

/** What 统计 shows, by the dimension that is asked for. */
export async function readStatistics(
  view: Reader,
  query: StatisticsQuery,
  policy: Policy,
  asOf: Day,
): Promise<{ people: readonly Cadre[]; statistics: Statistics }> {
  const people = await readPeople(view, query);
  const tally = tallyStatistics(people, query.by, periodOf(query, policy));
  await eachRow(view, hourEntries, endedSince(periodOf(query, policy), asOf), (entry) => tally.add(entry));
  return { people, statistics: tally.result() };
}

/** The same by every dimension, in one walk. */
export async function readAllStatistics(
  view: Reader,
  query: StatisticsQuery,
  policy: Policy,
  asOf: Day,
): Promise<{ by: Dimension; statistics: Statistics }[]> {
  const people = await readPeople(view, query);
  const period = periodOf(query, policy);
  const tallies = dimensions.map((by) => ({ by, tally: tallyStatistics(people, by, period) }));
  await eachRow(view, hourEntries, endedSince(period, asOf), (entry) => {
    for (const { tally } of tallies) tally.add(entry);
  });
  return tallies.map(({ by, tally }) => ({ by, statistics: tally.result() }));
}

/** An entry behind a figure, with the hundredths that fall into the period. */
interface CountedEntry {
  readonly entry: HourEntry;
  readonly cadre: Cadre;
  readonly hours: number;
}

/**
 * The entries behind a figure, the latest first: those of the people and, where one is named, of the group. All are
 * counted, one page is kept; a page behind the last means the last.
 */
export async function readEntries(
  view: Reader,
  query: StatisticsQuery,
  group: string | undefined,
  policy: Policy,
  asOf: Day,
  { page, pageSize }: { page: number; pageSize: number },
): Promise<{ rows: readonly CountedEntry[]; page: number; count: number; hours: number }> {
  const period = periodOf(query, policy);
  const people = new Map((await readPeople(view, query)).map((cadre) => [cadre.staffNo, cadre]));
  const span = query.by === 'year' && group !== undefined ? yearWithin(period, group) : period;
  let rows: CountedEntry[] = [];
  let [count, hours] = [0, 0];
  await eachRow(view, hourEntries, { ...endedSince(period, asOf), order: 'desc' }, (entry) => {
    const cadre = people.get(entry.staffNo);
    if (cadre === undefined || entry.state !== 'approved') return;
    if (group !== undefined && !isInGroup(entry, cadre, query.by, group)) return;
    const part = hoursWithin(entry, span.from, span.to);
    if (part === 0) return;
    if (count < page * pageSize) {
      if (count % pageSize === 0) rows = [];
      rows.push({ entry, cadre, hours: part });
    }
    count += 1;
    hours += part;
  });
  return { rows, page: Math.max(1, Math.min(page, Math.ceil(count / pageSize))), count, hours };
}

function isInGroup(entry: HourEntry, cadre: Cadre, by: StatisticsQuery['by'], group: string): boolean {
  switch (by) {
    case 'unit':
    case 'grade':
      return cadre[by] === group;
    case 'year':
      return entry.shares.some(({ year }) => String(year) === group);
    default:
      return entry[by] === group;
  }
}

function yearWithin({ from, to }: Period, year: string): Period {
  const [first, last] = [`${year}-01-01`, `${year}-12-31`];
  return { from: from > first ? from : first, to: to < last ? to : last };
}

import { type Cadre, cadres, hasFiveYearQuota } from '../../domain/cadre.ts';
import type { Day } from '../../domain/day.ts';
import { type HourEntry, hourEntries } from '../../domain/hours.ts';
import type { Policy } from '../../domain/policy.ts';
import { quotaLine } from '../../domain/progress.ts';
import { isWanted, type Period, type Statistics, tallyStatistics } from '../../domain/statistics.ts';
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

/** What 统计 shows, by one dimension. */
export async function readStatistics(
  view: Reader,
  query: StatisticsQuery,
  policy: Policy,
  asOf: Day,
): Promise<{ people: readonly Cadre[]; statistics: Statistics }> {
  const people = await readPeople(view, query);
  const period = periodOf(query, policy);
  const tally = tallyStatistics(people, query.by, period);
  await eachRow(view, hourEntries, endedSince(period, asOf), (entry) => tally.add(entry));
  return { people, statistics: tally.result() };
}

/** How many of the people with a five-year quota are on the pace line, and have reached the quota, on a day. */
export async function readStanding(
  view: Reader,
  people: readonly Cadre[],
  policy: Policy,
  asOf: Day,
): Promise<{ counted: number; onPace: number; reached: number }> {
  const { from, to } = policy.cycle;
  const earned = new Map(people.filter(hasFiveYearQuota).map(({ staffNo }) => [staffNo, 0]));
  await eachRow(view, hourEntries, { index: 'byEnd', from, to: asOf }, (entry) => {
    const before = earned.get(entry.staffNo);
    if (before === undefined || entry.state !== 'approved') return;
    earned.set(entry.staffNo, before + hoursWithin(entry, from, to));
  });
  let [onPace, reached] = [0, 0];
  for (const cadre of people) {
    const hours = earned.get(cadre.staffNo);
    if (hours === undefined) continue;
    const { quota, paceNow } = quotaLine(cadre, policy, asOf);
    if (hours >= paceNow) onPace += 1;
    if (hours >= quota) reached += 1;
  }
  return { counted: earned.size, onPace, reached };
}

/** The entries behind a figure: those of the people and, where one is named, of the group. */
export async function readEntries(
  view: Reader,
  query: StatisticsQuery,
  group: string | undefined,
  policy: Policy,
  asOf: Day,
): Promise<{ entry: HourEntry; cadre: Cadre; hours: number }[]> {
  const period = periodOf(query, policy);
  const people = new Map((await readPeople(view, query)).map((cadre) => [cadre.staffNo, cadre]));
  const found: { entry: HourEntry; cadre: Cadre; hours: number }[] = [];
  await eachRow(view, hourEntries, endedSince(period, asOf), (entry) => {
    const cadre = people.get(entry.staffNo);
    if (cadre === undefined || entry.state !== 'approved' || entry.from > period.to) return;
    if (group !== undefined && !isInGroup(entry, cadre, query.by, group)) return;
    const span = query.by === 'year' && group !== undefined ? yearWithin(period, group) : period;
    const hours = hoursWithin(entry, span.from, span.to);
    if (hours > 0) found.push({ entry, cadre, hours });
  });
  return found;
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

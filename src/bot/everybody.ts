import type { Cadre } from '../domain/cadre.ts';
import type { Day } from '../domain/day.ts';
import { hourEntries } from '../domain/hours.ts';
import type { Standing } from '../domain/notice.ts';
import type { Policy } from '../domain/policy.ts';
import { ProgressTally } from '../domain/progress.ts';
import { eachRow, type Reader } from '../store/store.ts';

/**
 * Where many people stand on a day, in the given order. One walk over all entries instead of a query for each person,
 * and in the order in which they lie in memory: in a big college that is the difference between seconds and a moment.
 */
export async function readStandings(
  view: Reader,
  people: readonly Cadre[],
  policy: Policy,
  asOf: Day,
): Promise<Standing[]> {
  const tallied = people.map((cadre) => ({ cadre, tally: new ProgressTally(policy, asOf) }));
  const tallies = new Map(tallied.map(({ cadre, tally }) => [cadre.staffNo, tally]));
  await eachRow(view, hourEntries, {}, (entry) => tallies.get(entry.staffNo)?.add(entry));
  return tallied.map(({ cadre, tally }) => ({ cadre, progress: tally.progressOf(cadre) }));
}

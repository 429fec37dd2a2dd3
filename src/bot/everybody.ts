import { type Cadre, cadres } from '../domain/cadre.ts';
import { type Day, yearOf } from '../domain/day.ts';
import { hourEntries } from '../domain/hours.ts';
import type { Standing } from '../domain/notice.ts';
import type { Policy } from '../domain/policy.ts';
import { type Done, quotaProgress } from '../domain/progress.ts';
import { listAll, type Reader } from '../store/store.ts';
import { sumHours } from './hour-sums.ts';

/** 工号 → what each has done by a day, from sums that the store makes of all trainings at once. */
async function readDone(view: Reader, policy: Policy, asOf: Day): Promise<(staffNo: string) => Done> {
  const year = yearOf(asOf);
  // Asked at once: a database adds up while what came before is read.
  const [earned, professional, before] = await Promise.all([
    readEarned(view, policy, asOf),
    countProfessional(view, `${year}-01-01`, asOf),
    countProfessional(view, `${year - 1}-01-01`, `${year - 1}-12-31`),
  ]);
  return (staffNo) => ({
    earned: earned.get(staffNo) ?? 0,
    professional: professional.get(staffNo) ?? 0,
    professionalBefore: before.get(staffNo) ?? 0,
  });
}

/** Where the active people whom `isMeant` names stand on a day, in the order of the roster. */
export async function readStandings(
  view: Reader,
  policy: Policy,
  asOf: Day,
  isMeant: (cadre: Cadre) => boolean = () => true,
): Promise<Standing[]> {
  const [doneOf, active] = await Promise.all([
    readDone(view, policy, asOf),
    listAll(view, cadres, { index: 'byState', equals: ['active'] }),
  ]);
  return active
    .filter(isMeant)
    .map((cadre) => ({ cadre, progress: quotaProgress(cadre, doneOf(cadre.staffNo), policy, asOf) }));
}

/** 工号 → hundredths approved within the cycle, of trainings that ended by the day. */
export async function readEarned(view: Reader, { cycle }: Policy, asOf: Day): Promise<Map<string, number>> {
  const sums = await sumHours(view, { period: cycle, asOf }, 'staffNo');
  return new Map([...sums].map(([staffNo, { hours }]) => [staffNo, hours]));
}

/** 工号 → approved 专业化能力 trainings that ended within the days. */
async function countProfessional(view: Reader, from: Day, to: Day): Promise<Map<string, number>> {
  const totals = await view.totals(hourEntries, {
    where: { content: { in: ['professional'] }, to: { from, to }, state: { in: ['approved'] } },
    groupBy: ['staffNo'],
    sum: [],
  });
  return new Map(totals.map(({ group, count }) => [String(group[0]), count]));
}

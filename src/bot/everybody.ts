import type { Cadre } from '../domain/cadre.ts';
import { type Day, yearOf } from '../domain/day.ts';
import { hourEntries } from '../domain/hours.ts';
import type { Standing } from '../domain/notice.ts';
import type { Policy } from '../domain/policy.ts';
import { quotaProgress } from '../domain/progress.ts';
import type { Reader } from '../store/store.ts';
import { readPartial, sumHours } from './hour-sums.ts';

/** Where many people stand on a day, in the given order, from sums that the store makes of all trainings at once. */
export async function readStandings(
  view: Reader,
  people: readonly Cadre[],
  policy: Policy,
  asOf: Day,
): Promise<Standing[]> {
  const earned = await readEarned(view, policy, asOf);
  const year = yearOf(asOf);
  const professional = await countProfessional(view, `${year}-01-01`, asOf);
  const before = await countProfessional(view, `${year - 1}-01-01`, `${year - 1}-12-31`);
  return people.map((cadre) => {
    const { staffNo } = cadre;
    const done = {
      earned: earned.get(staffNo) ?? 0,
      professional: professional.get(staffNo) ?? 0,
      professionalBefore: before.get(staffNo) ?? 0,
    };
    return { cadre, progress: quotaProgress(cadre, done, policy, asOf) };
  });
}

/** 工号 → hundredths approved within the cycle, of trainings that ended by the day. */
export async function readEarned(view: Reader, { cycle }: Policy, asOf: Day): Promise<Map<string, number>> {
  const scope = { period: cycle, asOf };
  const sums = await sumHours(view, scope, 'staffNo', await readPartial(view, scope));
  return new Map([...sums].map(([staffNo, { hours }]) => [staffNo, hours]));
}

/** 工号 → approved 专业化能力 trainings that ended within the days. */
async function countProfessional(view: Reader, from: Day, to: Day): Promise<Map<string, number>> {
  const totals = await view.totals(hourEntries, {
    index: 'byEnd',
    from,
    to,
    where: { state: { in: ['approved'] }, content: { in: ['professional'] } },
    groupBy: ['staffNo'],
    sum: [],
  });
  return new Map(totals.map(({ group, count }) => [String(group[0]), count]));
}

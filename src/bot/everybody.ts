import { type Cadre, cadres, type ListedCadre, listedFields } from '../domain/cadre.ts';
import { type Day, yearOf } from '../domain/day.ts';
import type { Standing } from '../domain/notice.ts';
import type { Policy } from '../domain/policy.ts';
import { type Done, quotaLines, quotaProgress } from '../domain/progress.ts';
import { type Part, partOf } from '../domain/statistics.ts';
import { pickAll, type Reader } from '../store/store.ts';
import { sumParts } from './hour-sums.ts';

/** Some fields of everybody who is counted, in the order of the roster: each costs a city's list a tenth of a second. */
export const listCounted = <F extends keyof Cadre>(view: Reader, fields: readonly F[]): Promise<Pick<Cadre, F>[]> =>
  pickAll(view, cadres, fields, { index: 'byState', equals: ['active'] });

/** 工号 → what each has done by a day, from sums that the store makes of all trainings at once. */
async function readDone(view: Reader, { cycle }: Policy, asOf: Day): Promise<(staffNo: string) => Done> {
  const year = yearOf(asOf);
  const professionalIn = (one: number): Part => ({
    period: { from: `${one}-01-01`, to: `${one}-12-31` },
    only: { field: 'content', in: ['professional'] },
    isCounted: true,
  });
  const parts = [{ period: cycle }, professionalIn(year), professionalIn(year - 1)];
  const {
    places,
    hours: [earned],
    attendances: [, professional, before],
  } = await sumParts(view, { asOf }, parts);
  return (staffNo) => {
    const place = places.get(staffNo);
    return {
      earned: partOf(earned, place),
      professional: partOf(professional, place),
      professionalBefore: partOf(before, place),
    };
  };
}

/** Where the active people whom `isMeant` names stand on a day, in the order of the roster. */
export async function readStandings(
  view: Reader,
  policy: Policy,
  asOf: Day,
  isMeant: (cadre: ListedCadre) => boolean = () => true,
): Promise<Standing[]> {
  // Asked at once: a database adds up while what came before is read.
  const [active, doneOf] = await Promise.all([listCounted(view, listedFields), readDone(view, policy, asOf)]);
  const lineOf = quotaLines(policy, asOf);
  return active
    .filter(isMeant)
    .map((cadre) => ({ cadre, progress: quotaProgress(cadre, doneOf(cadre.staffNo), policy, asOf, lineOf(cadre)) }));
}

/** 工号 → hundredths approved within the cycle, of trainings that ended by the day. */
export async function readEarned(view: Reader, { cycle }: Policy, asOf: Day): Promise<Map<string, number>> {
  const {
    places,
    hours: [earned],
  } = await sumParts(view, { asOf }, [{ period: cycle }]);
  return new Map([...places].map(([staffNo, place]) => [staffNo, partOf(earned, place)]));
}

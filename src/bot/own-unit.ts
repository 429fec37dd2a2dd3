import { type Cadre, cadres } from '../domain/cadre.ts';
import type { Day } from '../domain/day.ts';
import { hourEntries } from '../domain/hours.ts';
import type { Standing } from '../domain/notice.ts';
import type { Policy } from '../domain/policy.ts';
import { type FiveYearProgress, fiveYearProgress } from '../domain/progress.ts';
import { isOwed, type Reflection, reflections } from '../domain/reflection.ts';
import { averageOf } from '../domain/unit-figures.ts';
import { listAll, type Reader } from '../store/store.ts';
import { type Owed, owedBy } from './course/make-up-offer.ts';
import { type Scope, sumHours } from './hour-sums.ts';

/** How a unit stands: its active people in the order of the roster, what they owe, and the college beside it. */
export interface UnitState {
  readonly people: readonly Standing<FiveYearProgress>[];
  /** Still to be written, by people of the unit. */
  readonly owed: readonly { readonly cadre: Cadre; readonly reflection: Reflection }[];
  /** What they have to make up, or have handed in. */
  readonly makeUps: readonly (Owed & { readonly cadre: Cadre })[];
  readonly waiting: number;
  /** Average hours a person of this year: of the unit, and of the whole college's counted people. */
  readonly average: { readonly own: number; readonly college: number };
}

export async function readUnit(view: Reader, name: string, policy: Policy, today: Day): Promise<UnitState> {
  const unit = (await listAll(view, cadres, { index: 'byUnit', equals: [name] })).filter(
    ({ state }) => state === 'active',
  );
  const people: Standing<FiveYearProgress>[] = [];
  const owed: { cadre: Cadre; reflection: Reflection }[] = [];
  const missed: (Owed & { cadre: Cadre })[] = [];
  let waiting = 0;
  for (const cadre of unit) {
    const mine = { index: 'byPerson', equals: [cadre.staffNo] };
    const entries = await listAll(view, hourEntries, mine);
    waiting += entries.filter(({ state }) => state === 'submitted').length;
    people.push({ cadre, progress: fiveYearProgress(cadre, entries, policy, today) });
    for (const reflection of (await listAll(view, reflections, mine)).filter(isOwed)) owed.push({ cadre, reflection });
    for (const one of await owedBy({ tx: view }, cadre.staffNo)) missed.push({ ...one, cadre });
  }
  return {
    people,
    owed,
    makeUps: missed,
    waiting,
    average: { own: averageOfPeople(people), college: await collegeAverage(view, today) },
  };
}

const averageOfPeople = (people: readonly Standing<FiveYearProgress>[]): number =>
  averageOf(
    people.reduce((sum, { progress }) => sum + progress.year.earned, 0),
    people.length,
  );

/** Hundredths of the year, a person: of everybody but those who have left. */
async function collegeAverage(view: Reader, today: Day): Promise<number> {
  const year = today.slice(0, 4);
  const scope = { period: { from: `${year}-01-01`, to: `${year}-12-31` }, asOf: today };
  const gone = (
    await Promise.all(['retired', 'left'].map((state) => listAll(view, cadres, { index: 'byState', equals: [state] })))
  ).flat();
  const hoursOf = async (whom: Scope): Promise<number> => (await sumHours(view, whom)).hours;
  const hours = (await hoursOf(scope)) - (await hoursOf({ ...scope, of: gone.map(({ staffNo }) => staffNo) }));
  return averageOf(hours, await view.count(cadres, { index: 'byState', equals: ['active'] }));
}

export const lacksProfessional = ({ progress: { professional } }: Standing): boolean =>
  professional.count < professional.required;

import { cadres, unitsOf } from '../domain/cadre.ts';
import { pickAll, type Reader } from '../store/store.ts';

/** The units that active people belong to, in the order of the roster. */
export const listUnits = async (view: Reader): Promise<string[]> =>
  unitsOf(await pickAll(view, cadres, ['unit', 'state'], { index: 'byState', equals: ['active'] }));

/** The unit that a word names: its whole name, or a part that only one name has. */
export function findUnit(said: string, units: readonly string[]): string | null {
  if (units.includes(said)) return said;
  const [only, ...others] = said === '' ? [] : units.filter((unit) => unit.includes(said));
  return only !== undefined && others.length === 0 ? only : null;
}

import { cadres } from '../domain/cadre.ts';
import type { Reader } from '../store/store.ts';

/** The units that active people belong to, by name. */
export async function listUnits(view: Reader): Promise<string[]> {
  const rows = await view.totals(cadres, { index: 'byState', equals: ['active'], groupBy: ['unit'], sum: [] });
  return rows.map(({ group }) => String(group[0]));
}

/** The unit that a word names: its whole name, or a part that only one name has. */
export function findUnit(said: string, units: readonly string[]): string | null {
  if (units.includes(said)) return said;
  const [only, ...others] = said === '' ? [] : units.filter((unit) => unit.includes(said));
  return only !== undefined && others.length === 0 ? only : null;
}

import { normalise } from './normalise.ts';

export interface Candidate {
  readonly staffNo: string;
  readonly name: string;
  readonly unit: string;
}

export type PersonReading<T extends Candidate> =
  | { readonly ok: true; readonly person: T }
  | { readonly ok: false; readonly reason: 'none' | 'several'; readonly matches: readonly T[] };

/** One form for comparing: widths and spaces do not matter, nor does the case of a 工号. */
const fold = (text: string): string => normalise(text).replace(/\s/g, '').toLowerCase();

const unbracketed = (text: string): string => text.replace(/[()（）,，、]/g, '');

/**
 * The person that a text names by 工号 or by the whole name; of several with one name the unit behind it chooses: 王芳 教务处,
 * 王芳（教务处）. Never by a part of a name.
 */
export const findPerson = <T extends Candidate>(text: string, candidates: readonly T[]): PersonReading<T> =>
  personFinder(candidates)(text);

/** The same for many texts about the same candidates. */
export function personFinder<T extends Candidate>(candidates: readonly T[]): (text: string) => PersonReading<T> {
  const numbers = new Map(candidates.map((one) => [fold(one.staffNo), one]));
  let names: Map<string, T[]> | null = null;
  let fullNames: Map<string, T[]> | null = null;
  return (text) => {
    const said = fold(text);
    const byNumber = numbers.get(said);
    if (byNumber !== undefined) return { ok: true, person: byNumber };
    names ??= groupBy(candidates, ({ name }) => [fold(name)]);
    const exact = names.get(said);
    if (exact === undefined) fullNames ??= groupBy(candidates, fullNamesOf);
    const matches = exact ?? fullNames?.get(unbracketed(said)) ?? [];
    const [person, ...others] = matches;
    if (person === undefined) return { ok: false, reason: 'none', matches };
    return others.length === 0 ? { ok: true, person } : { ok: false, reason: 'several', matches };
  };
}

/** 王芳教务处, 教务处王芳, 王芳E1001, E1001王芳; what was said of them loses its brackets. */
function fullNamesOf(candidate: Candidate): string[] {
  const [name, unit, staffNo] = [fold(candidate.name), fold(candidate.unit), fold(candidate.staffNo)];
  return [...new Set([`${name}${unit}`, `${unit}${name}`, `${name}${staffNo}`, `${staffNo}${name}`])].map(unbracketed);
}

function groupBy<T>(all: readonly T[], keysOf: (one: T) => readonly string[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    for (const key of new Set(keysOf(one))) groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return groups;
}

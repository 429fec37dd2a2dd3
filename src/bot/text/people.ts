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

/**
 * The person that a text names by 工号 or by the whole name; of several with one name the unit behind it chooses: 王芳 教务处,
 * 王芳（教务处）. Never by a part of a name.
 */
export function findPerson<T extends Candidate>(text: string, candidates: readonly T[]): PersonReading<T> {
  const said = fold(text);
  const byNumber = candidates.find(({ staffNo }) => fold(staffNo) === said);
  if (byNumber !== undefined) return { ok: true, person: byNumber };
  const exact = candidates.filter(({ name }) => fold(name) === said);
  const matches = exact.length > 0 ? exact : candidates.filter((candidate) => namesInUnit(said, candidate));
  const [person, ...others] = matches;
  if (person === undefined) return { ok: false, reason: 'none', matches };
  return others.length === 0 ? { ok: true, person } : { ok: false, reason: 'several', matches };
}

/** 王芳教务处, 王芳（教务处）, 教务处王芳, E1001王芳. */
const namesInUnit = (said: string, { staffNo, name, unit }: Candidate): boolean => {
  const bare = said.replace(/[()（）,，、]/g, '');
  return [`${name}${unit}`, `${unit}${name}`, `${name}${staffNo}`, `${staffNo}${name}`].some(
    (full) => fold(full) === bare,
  );
};

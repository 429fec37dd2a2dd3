import { type Candidate, findPerson } from './people.ts';

const ordinal = /^第?(?<n>[1-8一二三四五六七八])(?:个|位|条|项|份)?$/;
const politeness = /^(?:我要|要|看|是|就|选|那个|这个)+|(?:的那[个位]|那[个位]|的|吧|了)+$/g;

/** 第二个, 2: the index in a list, or null. */
export function readOrdinal(said: string): number | null {
  const n = ordinal.exec(said.trim().replace(politeness, ''))?.groups?.['n'];
  return n === undefined ? null : (/\d/.test(n) ? Number(n) : '一二三四五六七八'.indexOf(n) + 1) - 1;
}

/** Which of the people that were offered is meant: by 工号, by unit, by name and unit, or by their place in the list. */
export function readChoice<T extends Candidate>(said: string, offered: readonly T[]): T | null {
  const found = findPerson(said, offered);
  if (found.ok) return found.person;
  const index = readOrdinal(said);
  if (index !== null) return offered[index] ?? null;
  const unit = said.trim().replace(politeness, '');
  const inUnit = offered.filter((one) => unit.length >= 2 && (one.unit.includes(unit) || unit.includes(one.unit)));
  return inUnit.length === 1 ? (inUnit[0] ?? null) : null;
}
